"""Questions about a claim that no source answers yet."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from reviews.evidence_forms import OpenQuestionForm
from reviews.forms import ReasonForm
from reviews.views.access import (
    DeskRequest,
    Question,
    ask,
    attempt,
    desk_view,
    find_claim,
    form_status,
    posted,
)
from sources import questions
from sources.models import OpenQuestion


@require_POST
@desk_view("sources.add_evidence")
def ask_question(request: DeskRequest, pk: object) -> HttpResponse:
    claim = find_claim(request, pk)
    form = OpenQuestionForm(request.POST)
    if attempt(
        form,
        lambda: questions.ask_question(
            actor=request.user, claim=claim, text=form.cleaned_data["text"]
        ),
    ):
        messages.success(request, "Asked. It stands among the evidence until a source answers it.")
        return redirect(f"{claim.get_absolute_url()}#evidence")
    context = {"form": form, "claim": claim, "question": Question("Ask a question", "Ask", "")}
    return render(request, "reviews/question.html", context, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view("sources.change_evidence")
def close_question(request: DeskRequest, pk: object) -> HttpResponse:
    rows = OpenQuestion.objects.standing().select_related("claim__article", "claim__claimant")
    found = get_object_or_404(rows, pk=pk)
    form = ReasonForm(posted(request))
    return ask(
        request,
        found.claim,
        form,
        Question("Close this question", "Close it", "Closed. It stays in the history."),
        lambda: questions.close_question(
            actor=request.user, question=found, reason=form.cleaned_data["reason"]
        ),
    )
