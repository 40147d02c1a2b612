"""A review comes in; the last one of a round decides where the claim goes."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from claims.models import Claim
from claims.services import lock_claim
from reviews.models import Confidence, Rating, Review
from reviews.services.transitions import apply, guard
from reviews.services.verdict import record_agreement
from reviews.workflow import Action
from sources.models import Evidence


@dataclass(frozen=True, slots=True)
class ReviewDraft:
    """What a reviewer submits."""

    rating: Rating
    rationale: str
    confidence: str = Confidence.MEDIUM
    conflict_of_interest: str = ""
    evidence: Sequence[Evidence] = field(default=())


@transaction.atomic
def submit_review(*, actor: User, claim: Claim, draft: ReviewDraft) -> Review:
    """The assigned reviewer's judgement. A second one of the same round is refused, never an overwrite."""
    claim = lock_claim(claim)
    guard(actor=actor, claim=claim, action=Action.REVIEW)
    if any(item.claim_id != claim.pk for item in draft.evidence):
        raise ValidationError({"evidence": "Cite evidence of this claim only."})
    review = Review(
        claim=claim,
        reviewer=actor,
        round=claim.review_round,
        rating=draft.rating,
        rationale=draft.rationale.strip(),
        confidence=draft.confidence,
        conflict_of_interest=draft.conflict_of_interest.strip(),
    )
    review.full_clean(exclude=["claim", "reviewer", "rating"])
    review.save()
    review.evidence.set(draft.evidence)
    apply(actor=actor, claim=claim, action=Action.REVIEW, after={"round": claim.review_round})
    _close_round_if_full(claim)
    return review


def _close_round_if_full(claim: Claim) -> None:
    """Agreement is on the rating. One reviewer's doubt about the words is for the editor to read."""
    reviews = list(claim.reviews.filter(round=claim.review_round).select_related("rating"))
    if len(reviews) < settings.ASSAY_REVIEWS_PER_ROUND:
        return
    if len({review.rating_id for review in reviews}) > 1:
        apply(actor=None, claim=claim, action=Action.DIFFER)
        return
    record_agreement(claim, reviews)
    apply(actor=None, claim=claim, action=Action.AGREE, after={"rating": reviews[0].rating.label})
