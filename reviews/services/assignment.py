"""Who has a claim. Taking the next one is a single statement, so that no two people get the same turn."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Count, F, Q
from django.utils import timezone

from accounts.models import User
from claims.kinds import Status
from claims.models import Claim
from claims.services import lock_claim
from reviews.models import Assignment, Review
from reviews.permissions import has_reviewed
from reviews.services.transitions import apply, guard
from reviews.workflow import Action

TAKEN_IN = (Status.OPEN, Status.IN_REVIEW)


@transaction.atomic
def take_claim(*, actor: User, claim: Claim) -> Assignment:
    """The reviewer takes the claim for themselves. Taking what one has already changes nothing."""
    claim = lock_claim(claim)
    guard(actor=actor, claim=claim, action=Action.TAKE)
    return _assign(actor=actor, claim=claim, reviewer=actor, action=Action.TAKE)


@transaction.atomic
def assign_claim(
    *, actor: User, claim: Claim, reviewer: User, due_at: datetime | None = None
) -> Assignment:
    """An editor gives the claim to a reviewer."""
    claim = lock_claim(claim)
    guard(actor=actor, claim=claim, action=Action.ASSIGN)
    if not reviewer.is_active or not reviewer.has_perm("reviews.take_claim"):
        raise ValidationError(f"{reviewer} does not review. Choose a reviewer or an editor.")
    return _assign(actor=actor, claim=claim, reviewer=reviewer, action=Action.ASSIGN, due_at=due_at)


@transaction.atomic
def next_claim(*, actor: User) -> Claim | None:
    """Take the most worthy claim that wants a reviewer and that this one has not had. None when there is none."""
    open_places = (
        Claim.objects.filter(status__in=TAKEN_IN)
        .exclude(assignments__in=Assignment.objects.active().filter(reviewer=actor))
        .exclude(reviews__in=Review.objects.filter(reviewer=actor, round=F("claim__review_round")))
        .annotate(
            places=Count(
                "assignments",
                filter=Q(assignments__released_at=None, assignments__round=F("review_round")),
            )
        )
        .filter(places__lt=settings.ASSAY_REVIEWS_PER_ROUND)
        .checkworthy()
        .values_list("pk", flat=True)[:50]
    )
    for pk in list(open_places):
        free = Claim.objects.select_for_update(skip_locked=True).filter(status__in=TAKEN_IN)
        claim = free.filter(pk=pk).first()
        if claim and _has_place(claim):
            guard(actor=actor, claim=claim, action=Action.TAKE)
            _assign(actor=actor, claim=claim, reviewer=actor, action=Action.TAKE)
            return claim
    return None


@transaction.atomic
def release_claim(*, actor: User, claim: Claim, reviewer: User | None = None) -> Claim:
    """Give the claim back before reviewing it. An editor may take it back from somebody else."""
    claim = lock_claim(claim)
    guard(actor=actor, claim=claim, action=Action.RELEASE)
    reviewer = reviewer or actor
    if reviewer != actor and not actor.has_perm("reviews.assign_claim"):
        raise PermissionDenied("Only an editor takes a claim back from somebody else.")
    held = Assignment.objects.active().filter(claim=claim, reviewer=reviewer).first()
    if held is None or has_reviewed(reviewer, claim):
        raise ValidationError("There is nothing to give back: the claim is not held, or reviewed.")
    held.released_at = timezone.now()
    held.save(update_fields=["released_at"])
    return apply(actor=actor, claim=claim, action=Action.RELEASE, after={"reviewer": str(reviewer)})


def _has_place(claim: Claim) -> bool:
    taken = Assignment.objects.active().filter(claim=claim).count()
    return taken < settings.ASSAY_REVIEWS_PER_ROUND


def _assign(
    *, actor: User, claim: Claim, reviewer: User, action: Action, due_at: datetime | None = None
) -> Assignment:
    mine = Assignment.objects.active().filter(claim=claim, reviewer=reviewer).first()
    if mine:
        return mine
    if not _has_place(claim):
        raise ValidationError(
            "This claim has its reviewers already. Take another: “Next claim” finds one."
        )
    assignment = Assignment.objects.create(
        claim=claim,
        reviewer=reviewer,
        round=claim.review_round,
        assigned_by=actor,
        due_at=due_at or timezone.now() + timedelta(days=settings.ASSAY_REVIEW_DAYS),
    )
    apply(actor=actor, claim=claim, action=action, after={"reviewer": str(reviewer)})
    return assignment
