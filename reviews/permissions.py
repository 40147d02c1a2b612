"""What must hold of the claim, besides the role, for an action on it. Asked through `user.has_perm`."""

from typing import Any

from accounts.backends import predicate
from claims.kinds import Status
from claims.models import Claim
from reviews.models import Assignment, Review


def has_reviewed(user: Any, claim: Claim) -> bool:
    """Whether this person's review of the present round is in."""
    return Review.objects.filter(claim=claim, reviewer=user, round=claim.review_round).exists()


def is_assigned(user: Any, claim: Claim) -> bool:
    return Assignment.objects.active().filter(claim=claim, reviewer=user).exists()


def may_see_round(user: Any, claim: Claim) -> bool:
    """Reviews of the present round are hidden while it is open, from everyone but those who are done.

    An editor who has not reviewed sees them only once the round is full: they might yet be assigned.
    """
    return claim.status not in {Status.OPEN, Status.IN_REVIEW} or has_reviewed(user, claim)


@predicate("reviews.add_review")
def _assigned_and_not_done(user: Any, claim: Claim) -> bool:
    return is_assigned(user, claim) and not has_reviewed(user, claim)


@predicate("reviews.adjudicate_claim")
def _wrote_none_of_the_reviews(user: Any, claim: Claim) -> bool:
    return not has_reviewed(user, claim)


@predicate("publishing.publish_verdict")
def _did_not_decide_alone(user: Any, claim: Claim) -> bool:
    verdict = claim.verdicts.order_by("-revision").first()
    return verdict is None or verdict.decided_by_id != user.pk
