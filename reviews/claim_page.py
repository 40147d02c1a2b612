"""What a claim's card and page show, gathered once: blind reviews, grouped evidence, what can be done now."""

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from accounts.models import User
from audit.models import Event
from claims.models import Claim, SpanFate
from claims.services.editing import EDITABLE_IN
from reviews import workflow
from reviews.evidence_page import evidence_context
from reviews.models import Assignment, Review
from reviews.permissions import may_see_round
from reviews.services.verdict import latest_verdict
from reviews.workflow import Action

#: Where each action is done: a page with a form, or a button that posts.
PAGES = {
    Action.DISMISS: "reviews:dismiss-claim",
    Action.ASSIGN: "reviews:assign-claim",
    Action.REVIEW: "reviews:review-claim",
    Action.ADJUDICATE: "reviews:adjudicate-claim",
    Action.WRITE: "reviews:write-verdict",
    Action.SEND_BACK: "reviews:send-back",
    Action.PUBLISH: "release:publish-verdict",
    Action.CORRECT: "release:correct-verdict",
    Action.RETRACT: "release:retract-verdict",
    Action.REOPEN: "release:reopen-claim",
}
BUTTONS = {
    Action.ACCEPT: "reviews:accept-claim",
    Action.TAKE: "reviews:take-claim",
    Action.RELEASE: "reviews:release-claim",
}
LABELS = {
    Action.ACCEPT: "Accept",
    Action.DISMISS: "Dismiss",
    Action.TAKE: "Take it",
    Action.RELEASE: "Give it back",
    Action.ASSIGN: "Assign",
    Action.REVIEW: "Review",
    Action.ADJUDICATE: "Adjudicate",
    Action.WRITE: "Word the verdict",
    Action.SEND_BACK: "Send back",
    Action.PUBLISH: "Publish",
    Action.CORRECT: "Correct",
    Action.RETRACT: "Retract",
    Action.REOPEN: "Reopen",
}
KEYS = {Action.ACCEPT: "a", Action.DISMISS: "x", Action.REVIEW: "v"}
PRIMARY = frozenset({Action.ACCEPT, Action.REVIEW, Action.ADJUDICATE, Action.PUBLISH, Action.TAKE})


@dataclass(frozen=True, slots=True)
class Offer:
    """An action this person can do now."""

    action: Action
    label: str
    url: str
    is_button: bool
    key: str
    is_primary: bool


def offers(user: User, claim: Claim) -> list[Offer]:
    """What the workflow and this person's rights allow, in the order of the table; the first primary leads."""
    found: list[Offer] = []
    for action in workflow.actions_from(claim.status):
        row = workflow.find(claim.status, action)
        if not user.has_perm(row.permission, claim) or not _applies(user, claim, action):
            continue
        name = BUTTONS.get(action) or PAGES[action]
        leads = action in PRIMARY and not any(offer.is_primary for offer in found)
        found.append(
            Offer(
                action,
                LABELS[action],
                reverse(name, args=[claim.pk]),
                action in BUTTONS,
                KEYS.get(action, ""),
                leads,
            )
        )
    return found


def _applies(user: User, claim: Claim, action: Action) -> bool:
    """Taking what one has and giving back what one has not are no offers."""
    if action not in {Action.TAKE, Action.RELEASE}:
        return True
    has = Assignment.objects.active().filter(claim=claim, reviewer=user).exists()
    is_done = claim.reviews.filter(reviewer=user, round=claim.review_round).exists()
    return not is_done and has == (action == Action.RELEASE)


def card_context(user: User, claim: Claim) -> dict[str, Any]:
    """Everything the card's template asks for."""
    is_blind = not may_see_round(user, claim)
    verdict = latest_verdict(claim)
    said, asserted = pair_of(claim)
    return {
        "claim": claim,
        "said": said,
        "asserted": asserted,
        "spans": claim.spans.select_related("version__article").defer(
            "version__text", "version__original"
        ),
        "offers": offers(user, claim),
        **evidence_context(claim),
        "reviews": visible_reviews(user, claim),
        "reviews_hidden": claim.reviews.filter(round=claim.review_round).count() if is_blind else 0,
        "assignments": Assignment.objects.active().filter(claim=claim).select_related("reviewer"),
        "verdict": verdict,
        "history": Event.objects.about(claim),
        "external_checks": claim.external_checks.all(),
        "may_edit": claim.status in EDITABLE_IN and user.has_perm("claims.change_claim"),
        "undecided": _undecided(claim) if claim.flag else None,
        "may_see_withheld": user.has_perm("sources.view_withheld"),
    }


def _undecided(claim: Claim) -> SpanFate | None:
    """Words of the claim that wait for a person since the article changed."""
    fates = SpanFate.objects.undecided().filter(span__claim=claim)
    return (
        fates.filter(version__current_of__isnull=False)
        .select_related("span__version", "version")
        .first()
    )


def pair_of(claim: Claim) -> tuple[Claim | None, Claim | None]:
    """(*was it said?*, *is it true?*); one of them is the claim itself, None where there is no pair."""
    if claim.attribution is not None:
        return claim.attribution, claim
    embedded = claim.embedded.order_by("id").first()
    return (claim, embedded) if embedded else (None, None)


def visible_reviews(user: User, claim: Claim) -> QuerySet[Review]:
    return (
        Review.objects.visible_to(user, claim)
        .select_related("rating", "reviewer")
        .prefetch_related("evidence__source")
    )
