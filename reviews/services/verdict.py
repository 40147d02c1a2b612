"""What the desk concludes: by agreement of the reviewers, by an editor's adjudication, or sent back."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from claims.models import Claim
from claims.services import lock_claim
from reviews.models import Rating, Review, Verdict
from reviews.services.transitions import apply, guard
from reviews.workflow import Action


@dataclass(frozen=True, slots=True)
class VerdictDraft:
    """What an editor writes."""

    rating: Rating
    summary: str
    justification: str


def latest_verdict(claim: Claim) -> Verdict | None:
    return claim.verdicts.select_related("rating__scale").order_by("-revision").first()


def record_agreement(claim: Claim, reviews: Sequence[Review]) -> Verdict:
    """The verdict of reviewers who agree. Their rationales are its draft, for an editor to edit."""
    return new_revision(
        claim,
        VerdictDraft(
            rating=reviews[0].rating,
            summary="",
            justification="\n\n".join(review.rationale for review in reviews),
        ),
        decided_by=None,
    )


@transaction.atomic
def adjudicate(*, actor: User, claim: Claim, draft: VerdictDraft) -> Verdict:
    """An editor who wrote none of the reviews settles a dispute."""
    claim = lock_claim(claim)
    guard(actor=actor, claim=claim, action=Action.ADJUDICATE)
    if not draft.justification.strip():
        raise ValidationError({"justification": "Say why: the reviewers and readers will ask."})
    verdict = new_revision(claim, draft, decided_by=actor)
    apply(actor=actor, claim=claim, action=Action.ADJUDICATE, after={"rating": draft.rating.label})
    return verdict


@transaction.atomic
def write_verdict(
    *, actor: User, claim: Claim, summary: str, justification: str, expected: int | None = None
) -> Verdict:
    """Word the verdict before it goes out. The rating stays what was decided."""
    claim = lock_claim(claim, expected=expected)
    guard(actor=actor, claim=claim, action=Action.WRITE)
    verdict = claim.verdicts.order_by("-revision").select_for_update()[0]
    before = {"summary": verdict.summary, "justification": verdict.justification}
    after = {"summary": summary.strip(), "justification": justification.strip()}
    if before != after:
        verdict.summary, verdict.justification = after["summary"], after["justification"]
        verdict.save(update_fields=["summary", "justification"])
        apply(actor=actor, claim=claim, action=Action.WRITE, after=after)
    return verdict


@transaction.atomic
def send_back(*, actor: User, claim: Claim, reason: str) -> Claim:
    """Another round of reviews: the verdict was not convincing."""
    claim = lock_claim(claim)
    guard(actor=actor, claim=claim, action=Action.SEND_BACK, reason=reason)
    claim.review_round += 1
    return apply(actor=actor, claim=claim, action=Action.SEND_BACK, reason=reason)


def new_revision(
    claim: Claim, draft: VerdictDraft, *, decided_by: User | None, correction_note: str = ""
) -> Verdict:
    """The next revision of the claim's verdict. The claim is locked by the caller."""
    last = latest_verdict(claim)
    return Verdict.objects.create(
        claim=claim,
        rating=draft.rating,
        summary=draft.summary.strip(),
        justification=draft.justification.strip(),
        decided_by=decided_by,
        revision=last.revision + 1 if last else 1,
        correction_note=correction_note.strip(),
    )
