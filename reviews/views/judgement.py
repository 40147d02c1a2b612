"""Who has a claim, their review, and what the desk concludes."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from reviews import services, workflow
from reviews.claim_page import card_context, visible_reviews
from reviews.evidence_page import evidence_context
from reviews.forms import ReasonForm
from reviews.judgement_forms import AssignForm, ReviewForm, VerdictForm, WordingForm
from reviews.services.transitions import refusal
from reviews.services.verdict import latest_verdict
from reviews.views.access import (
    DeskRequest,
    Question,
    ask,
    attempt,
    back_to,
    desk_view,
    find_claim,
    form_status,
    posted,
)
from reviews.workflow import Action


@require_POST
@desk_view("reviews.take_claim")
def take_claim(request: DeskRequest, pk: object) -> HttpResponse:
    claim = find_claim(request, pk)
    services.take_claim(actor=request.user, claim=claim)
    messages.success(request, "The claim is yours to review.")
    return back_to(request, claim)


@require_POST
@desk_view("reviews.take_claim")
def release_claim(request: DeskRequest, pk: object) -> HttpResponse:
    claim = find_claim(request, pk)
    holder = request.POST.get("reviewer", "").replace("\x00", "")
    reviewer = get_object_or_404(User, email__iexact=holder) if holder else None
    services.release_claim(actor=request.user, claim=claim, reviewer=reviewer)
    messages.success(request, "Given back: somebody else can take it.")
    return back_to(request, claim)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view("reviews.assign_claim")
def assign_claim(request: DeskRequest, pk: object) -> HttpResponse:
    claim = find_claim(request, pk)
    workflow.find(claim.status, Action.ASSIGN)
    form = AssignForm(posted(request))
    return ask(
        request,
        claim,
        form,
        Question("Assign this claim", "Assign", "Assigned."),
        lambda: services.assign_claim(actor=request.user, claim=claim, **form.cleaned_data),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view("reviews.add_review")
def review_claim(request: DeskRequest, pk: object) -> HttpResponse:
    """The statement, its context and the evidence; nothing of the other reviewer."""
    claim = find_claim(request, pk)
    workflow.find(claim.status, Action.REVIEW)
    if not request.user.has_perm("reviews.add_review", claim):
        raise PermissionDenied(refusal(request.user, "reviews.add_review"))
    form = ReviewForm(posted(request), claim=claim)
    if request.method == "POST" and attempt(
        form,
        lambda: services.submit_review(actor=request.user, claim=claim, draft=form.draft()),
    ):
        messages.success(request, "Your review is in.")
        return redirect(claim)
    context = {"form": form, "claim": claim, **evidence_context(claim)}
    return render(request, "reviews/review_form.html", context, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view("reviews.adjudicate_claim")
def adjudicate(request: DeskRequest, pk: object) -> HttpResponse:
    claim = find_claim(request, pk)
    workflow.find(claim.status, Action.ADJUDICATE)
    if not request.user.has_perm("reviews.adjudicate_claim", claim):
        raise PermissionDenied(refusal(request.user, "reviews.adjudicate_claim"))
    form = VerdictForm(posted(request))
    if request.method == "POST" and attempt(
        form, lambda: services.adjudicate(actor=request.user, claim=claim, draft=form.draft())
    ):
        messages.success(request, "Decided. Another editor publishes it.")
        return redirect(claim)
    reviews = visible_reviews(request.user, claim).filter(round=claim.review_round)
    context = {"form": form, **card_context(request.user, claim), "round_reviews": reviews}
    return render(request, "reviews/adjudicate.html", context, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view("reviews.change_verdict")
def write_verdict(request: DeskRequest, pk: object) -> HttpResponse:
    claim = find_claim(request, pk)
    workflow.find(claim.status, Action.WRITE)
    verdict = latest_verdict(claim)
    words = {
        "summary": getattr(verdict, "summary", ""),
        "justification": getattr(verdict, "justification", ""),
    }
    form = WordingForm(posted(request), initial={**words, "lock_version": claim.lock_version})
    if request.method == "POST" and attempt(
        form,
        lambda: services.write_verdict(
            actor=request.user,
            claim=claim,
            summary=form.cleaned_data["summary"],
            justification=form.cleaned_data["justification"],
            expected=form.cleaned_data["lock_version"] or 0,
        ),
    ):
        return back_to(request, claim)
    context = {"form": form, "claim": claim, "verdict": verdict}
    return render(request, "reviews/verdict_form.html", context, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view("reviews.send_back_claim")
def send_back(request: DeskRequest, pk: object) -> HttpResponse:
    claim = find_claim(request, pk)
    workflow.find(claim.status, Action.SEND_BACK)
    form = ReasonForm(posted(request))
    return ask(
        request,
        claim,
        form,
        Question("Send back for another round", "Send back", "Sent back for another round."),
        lambda: services.send_back(
            actor=request.user, claim=claim, reason=form.cleaned_data["reason"]
        ),
    )
