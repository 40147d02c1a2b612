"""Publishing through the gate, correcting, retracting, reopening."""

import json

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from claims.models import Claim
from publishing import services
from publishing.claimreview import render_claim_review
from publishing.desk.forms import GateForm
from publishing.documents import render_document
from publishing.models import PublicationKind
from reviews import workflow
from reviews.claim_page import card_context
from reviews.forms import PublicReasonForm, ReasonForm
from reviews.judgement_forms import VerdictForm
from reviews.services.transitions import refusal
from reviews.services.verdict import latest_verdict
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
from reviews.workflow import Action


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view("publishing.publish_verdict")
def publish(request: DeskRequest, pk: object) -> HttpResponse:
    """The gate: a checklist that links to where to mend it, and a preview of what will go out."""
    claim = find_claim(request, pk)
    workflow.find(claim.status, Action.PUBLISH)
    if not request.user.has_perm("publishing.publish_verdict", claim):
        raise PermissionDenied(refusal(request.user, "publishing.publish_verdict"))
    form = GateForm(posted(request), initial={"lock_version": claim.lock_version})
    checks = services.check_gate(claim, form.attested())
    if request.method == "POST" and attempt(form, lambda: _publish(request, claim, form)):
        messages.success(request, "Published.")
        return redirect("publishing:show-claim", claim.pk)
    context = {
        **card_context(request.user, claim),
        **_preview(claim),
        "form": form,
        "checks": form.beside(checks),
    }
    return render(request, "publishing/desk/gate.html", context, status=form_status(form))


def _publish(request: DeskRequest, claim: Claim, form: GateForm) -> None:
    services.publish_verdict(
        actor=request.user,
        claim=claim,
        signature=form.signature(services.check_gate(claim, form.attested())),
        note=form.cleaned_data["note"],
        expected=form.cleaned_data["lock_version"] or 0,
    )


def _preview(claim: Claim) -> dict[str, object]:
    """The document as it would go out now, and its ClaimReview."""
    verdict = latest_verdict(claim)
    if verdict is None:
        return {}
    kind = PublicationKind.PUBLICATION
    facts = render_document(
        claim=claim, verdict=verdict, kind=kind, note="", published_at=claim.changed_at
    )
    review = json.dumps(
        render_claim_review(facts, licence=settings.ASSAY_LICENCE), indent=2, ensure_ascii=False
    )
    return {"facts": facts, "claim_review": review, "was_public": claim.publications.exists()}


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view("publishing.correct_verdict")
def correct(request: DeskRequest, pk: object) -> HttpResponse:
    claim = find_claim(request, pk)
    workflow.find(claim.status, Action.CORRECT)
    verdict = latest_verdict(claim)
    words = {name: getattr(verdict, name, "") for name in ("rating", "summary", "justification")}
    form = VerdictForm(posted(request), initial={**words, "lock_version": claim.lock_version})
    note = PublicReasonForm(posted(request))
    if (
        request.method == "POST"
        and note.is_valid()
        and attempt(
            form,
            lambda: services.correct_verdict(
                actor=request.user,
                claim=claim,
                draft=form.draft(),
                note=note.cleaned_data["reason"],
                expected=form.cleaned_data["lock_version"] or 0,
            ),
        )
    ):
        messages.success(request, "Corrected. Readers see the note beside the new verdict.")
        return redirect("publishing:show-claim", claim.pk)
    context = {"form": form, "note": note, "claim": claim, "verdict": verdict}
    status = max(form_status(form), form_status(note))
    return render(request, "publishing/desk/correct.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view("publishing.retract_verdict")
def retract(request: DeskRequest, pk: object) -> HttpResponse:
    claim = find_claim(request, pk)
    workflow.find(claim.status, Action.RETRACT)
    form = PublicReasonForm(posted(request))
    question = Question(
        "Retract this verdict",
        "Retract",
        "Retracted. The record keeps what was said, and why.",
        True,
    )
    return ask(
        request,
        claim,
        form,
        question,
        lambda: services.retract_verdict(
            actor=request.user, claim=claim, reason=form.cleaned_data["reason"]
        ),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view("reviews.reopen_claim")
def reopen(request: DeskRequest, pk: object) -> HttpResponse:
    claim = find_claim(request, pk)
    workflow.find(claim.status, Action.REOPEN)
    form = (
        PublicReasonForm(posted(request))
        if claim.publications.exists()
        else ReasonForm(posted(request))
    )
    return ask(
        request,
        claim,
        form,
        Question("Reopen this claim", "Reopen", "Reopened."),
        lambda: services.reopen_claim(
            actor=request.user, claim=claim, reason=form.cleaned_data["reason"]
        ),
    )
