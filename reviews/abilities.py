"""What a person can do with a claim now, and of everything else why not: the workflow's table read for one reader."""

from dataclasses import dataclass

from django.conf import settings

from accounts.models import User
from claims.kinds import Status
from claims.models import Claim
from reviews import workflow
from reviews.models import Assignment
from reviews.permissions import has_reviewed, is_assigned
from reviews.services.transitions import refusal
from reviews.workflow import Action


@dataclass(frozen=True, slots=True)
class Ability:
    """`why_not` is empty when the action is open to this person now."""

    action: Action
    leads_to: Status
    why_not: str

    @property
    def is_allowed(self) -> bool:
        return not self.why_not


def abilities(user: User, claim: Claim) -> list[Ability]:
    """Every action that a person can take, in the order of the workflow."""
    actions = dict.fromkeys(row.action for row in workflow.TRANSITIONS if row.permission)
    return [_ability(user, claim, action) for action in actions]


def _ability(user: User, claim: Claim, action: Action) -> Ability:
    rows = workflow.rows_of(action)
    here = next((row for row in rows if row.source == claim.status), None)
    if here is None:
        starts = " or ".join(row.source.label.lower() for row in rows)
        stands = Status(claim.status).label.lower()
        return Ability(action, rows[0].target, f"The claim is {stands}; this starts from {starts}.")
    if not user.has_perm(here.permission, claim):
        return Ability(action, here.target, refusal(user, here.permission))
    return Ability(action, here.target, _why_not(user, claim, action))


def _why_not(user: User, claim: Claim, action: Action) -> str:
    """What the services ask besides the table: whether there is a place, or something to give back."""
    held = Assignment.objects.active().filter(claim=claim)
    match action:
        case Action.TAKE if is_assigned(user, claim):
            return "You have this claim already."
        case Action.TAKE | Action.ASSIGN if held.count() >= settings.ASSAY_REVIEWS_PER_ROUND:
            return "This claim has its reviewers already."
        case Action.RELEASE:
            return _why_not_released(user, claim)
    return ""


def _why_not_released(user: User, claim: Claim) -> str:
    if is_assigned(user, claim) and not has_reviewed(user, claim):
        return ""
    done = claim.reviews.filter(round=claim.review_round).values("reviewer")
    held = Assignment.objects.active().filter(claim=claim).exclude(reviewer__in=done)
    if user.has_perm("reviews.assign_claim") and held.exists():
        return ""
    return "There is nothing to give back: you do not hold this claim, or you have reviewed it."
