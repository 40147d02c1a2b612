"""Sources and evidence of a claim."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from claims.models import Claim
from reviews.forms import EvidenceForm, ReasonForm
from reviews.passages_page import offer_passages
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
from sources import services
from sources.models import Evidence


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view("sources.add_evidence")
def add_evidence(request: DeskRequest, pk: object) -> HttpResponse:
    claim = find_claim(request, pk)
    if {"look", "use"} & request.POST.keys():
        return _look(request, claim, request.POST)
    if request.GET.get("source"):
        return _look(request, claim, request.GET)
    form = EvidenceForm(posted(request), user=request.user)
    if request.method == "POST" and attempt(form, lambda: _attach(request, claim, form)):
        messages.success(request, "Evidence added.")
        return redirect(f"{claim.get_absolute_url()}#evidence")
    context = {"form": form, "claim": claim}
    return render(request, "reviews/evidence_form.html", context, status=form_status(form))


def _look(request: DeskRequest, claim: Claim, given: QueryDict) -> HttpResponse:
    """The form as far as it is filled in, with passages to quote. Nothing is saved, so nothing is refused."""
    typed = {name: str(value) for name, value in given.items()}
    if "use" in typed:
        typed["quote"] = typed["use"]
    form = EvidenceForm(initial=typed, user=request.user)
    offers = offer_passages(request.user, claim, form, typed)
    context = {"form": form, "claim": claim, "offers": offers}
    return render(request, "reviews/evidence_form.html", context)


@transaction.atomic
def _attach(request: DeskRequest, claim: Claim, form: EvidenceForm) -> None:
    """Source and evidence together: a refused quote leaves no half record behind."""
    source = form.cleaned_data["source"] or services.add_source(
        actor=request.user, draft=form.source_draft()
    )
    services.add_evidence(
        actor=request.user, claim=claim, source=source, draft=form.evidence_draft()
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view("sources.change_evidence")
def withdraw(request: DeskRequest, pk: object) -> HttpResponse:
    evidence = _find(pk)
    form = ReasonForm(posted(request))
    question = Question(
        "Withdraw this evidence", "Withdraw", "Withdrawn. It stays in the history.", True
    )
    return ask(
        request,
        evidence.claim,
        form,
        question,
        lambda: services.withdraw_evidence(
            actor=request.user, evidence=evidence, reason=form.cleaned_data["reason"]
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view("sources.override_quote")
def override_quote(request: DeskRequest, pk: object) -> HttpResponse:
    evidence = _find(pk)
    form = ReasonForm(posted(request))
    question = Question(
        "Take this quote on in your name", "Take it on", "The quote is taken on in your name."
    )
    return ask(
        request,
        evidence.claim,
        form,
        question,
        lambda: services.override_quote(
            actor=request.user, evidence=evidence, reason=form.cleaned_data["reason"]
        ),
    )


def _find(pk: object) -> Evidence:
    return get_object_or_404(
        Evidence.objects.standing().select_related("claim__article", "claim__claimant", "source"),
        pk=pk,
    )
