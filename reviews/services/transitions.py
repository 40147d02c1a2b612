"""The one writer of `Claim.status`, and the transitions that need nothing else."""

from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction

from accounts.models import User
from audit.services import record
from claims.kinds import Status
from claims.models import Claim
from claims.services import correct_claim, lock_claim
from claims.services.editing import save_claim
from reviews import workflow
from reviews.workflow import Action

#: The verb each action leaves in the history.
VERBS = {
    Action.ACCEPT: "claim.accepted",
    Action.DISMISS: "claim.dismissed",
    Action.TAKE: "claim.taken",
    Action.ASSIGN: "claim.assigned",
    Action.RELEASE: "claim.released",
    Action.REVIEW: "review.submitted",
    Action.AGREE: "claim.agreed",
    Action.DIFFER: "claim.disputed",
    Action.ADJUDICATE: "claim.adjudicated",
    Action.WRITE: "verdict.written",
    Action.SEND_BACK: "claim.sent_back",
    Action.PUBLISH: "verdict.published",
    Action.CORRECT: "verdict.corrected",
    Action.RETRACT: "verdict.retracted",
    Action.REOPEN: "claim.reopened",
}


def guard(*, actor: User, claim: Claim, action: Action, reason: str = "") -> workflow.Transition:
    """The transition, if the locked claim stands right, the actor may, and a needed reason is given."""
    row = workflow.find(claim.status, action)
    if not actor.has_perm(row.permission, claim):
        raise PermissionDenied(refusal(actor, row.permission))
    if row.needs_reason and not reason.strip():
        raise ValidationError({"reason": "Give a reason: it stays in the history."})
    return row


def refusal(actor: User, permission: str) -> str:
    """Why not, in words."""
    if not actor.has_perm(permission):
        return f"Your role ({actor.get_role_display().lower()}) may not do this."
    match permission:
        case "reviews.add_review":
            return "This claim is not assigned to you, or your review of this round is in already."
        case "reviews.adjudicate_claim":
            return "You wrote one of the reviews. An editor who wrote none adjudicates."
        case "publishing.publish_verdict":
            return "You decided this verdict alone. Another editor publishes it."
        case _:
            return "You may not do this to this claim."


def apply(
    *,
    actor: User | None,
    claim: Claim,
    action: Action,
    reason: str = "",
    after: dict[str, Any] | None = None,
) -> Claim:
    """Write the target status of a guarded transition and record it. The claim is locked by the caller."""
    row = workflow.find(claim.status, action)
    before = claim.status
    claim.status = row.target
    save_claim(claim, "status", "review_round")
    record(
        VERBS[action],
        claim,
        actor=actor,
        before={"status": before},
        after={"status": str(row.target), **(after or {})},
        reason=reason.strip(),
    )
    return claim


@transaction.atomic
def move(
    *, actor: User, claim: Claim, action: Action, reason: str = "", expected: int | None = None
) -> Claim:
    """Lock, guard, apply: the whole of a transition that writes nothing but the status."""
    claim = lock_claim(claim, expected=expected)
    guard(actor=actor, claim=claim, action=action, reason=reason)
    return apply(actor=actor, claim=claim, action=action, reason=reason)


@transaction.atomic
def accept_claim(
    *, actor: User, claim: Claim, expected: int | None = None, **changes: Any
) -> Claim:
    """Take a suggestion on, with the wording corrected where `changes` say so."""
    if changes:
        claim = correct_claim(actor=actor, claim=claim, expected=expected, **changes)
        expected = None
    return move(actor=actor, claim=claim, action=Action.ACCEPT, expected=expected)


def dismiss_claim(*, actor: User, claim: Claim, reason: str, expected: int | None = None) -> Claim:
    return move(actor=actor, claim=claim, action=Action.DISMISS, reason=reason, expected=expected)


@transaction.atomic
def reopen_claim(*, actor: User, claim: Claim, reason: str) -> Claim:
    """Back to open, for a fresh round of reviews. `publishing.services.reopen` also tells the public."""
    claim = lock_claim(claim)
    guard(actor=actor, claim=claim, action=Action.REOPEN, reason=reason)
    if claim.status != Status.DISMISSED:
        claim.review_round += 1
    return apply(actor=actor, claim=claim, action=Action.REOPEN, reason=reason)
