"""Publishing, correcting, retracting and reopening: each appends one row to the public record.

One advisory lock orders all writers, so `seq` has no gap and every row follows from the one before it.
"""

import secrets
from dataclasses import asdict, dataclass, field
from typing import Any

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from claims.models import Claim
from claims.services import lock_claim
from publishing import chain, gate
from publishing.claimreview import render_claim_review
from publishing.claimreview_rules import find_problems, site_of
from publishing.documents import render_document
from publishing.models import CurrentVerdict, Publication, PublicationKind
from publishing.proof.heads import lock_record, newest_entry, sign_head
from publishing.webhooks.outbox import queue_publication
from reviews.models import Verdict
from reviews.services import VerdictDraft
from reviews.services import reopen_claim as reopen_review
from reviews.services.transitions import apply, guard
from reviews.services.verdict import latest_verdict, new_revision
from reviews.workflow import Action


@dataclass(frozen=True, slots=True)
class Signature:
    """What the editor signs at the gate: what they attest, and by slug why an unmet check is overridden."""

    attested: gate.Attested = field(default_factory=gate.Attested)
    overrides: dict[str, str] = field(default_factory=dict)


class GateClosed(ValidationError):
    """The gate does not let this verdict through. `checks` is the checklist."""

    def __init__(self, checks: tuple[gate.Check, ...]) -> None:
        missing = "; ".join(check.label for check in gate.unmet(checks))
        super().__init__(f"Not published. Still missing: {missing}.")
        self.checks = checks


def check_gate(claim: Claim, attested: gate.Attested) -> tuple[gate.Check, ...]:
    """The checklist of this claim as it stands."""
    evidence = list(claim.evidence.standing())
    verdict = latest_verdict(claim)
    reviews = claim.reviews.filter(round=claim.review_round).exclude(conflict_of_interest="")
    facts = gate.GateFacts(
        evidence=len(evidence),
        evidence_with_copy=sum(item.snapshot_id is not None for item in evidence),
        unsettled_quotes=sum(not item.is_quote_settled for item in evidence),
        stances=frozenset(item.stance for item in evidence),
        has_justification=bool(verdict and verdict.justification),
        has_summary=bool(verdict and verdict.summary),
        conflicts=tuple(str(review.reviewer) for review in reviews.select_related("reviewer")),
        markup_problems=_preview_problems(claim, verdict) if verdict else (),
    )
    return gate.run_gate(facts, attested)


def _preview_problems(claim: Claim, verdict: Verdict) -> tuple[str, ...]:
    """What is wrong with the ClaimReview that would go out now."""
    document = render_document(
        claim=claim,
        verdict=verdict,
        kind=PublicationKind.PUBLICATION,
        note="",
        published_at=timezone.now(),
    )
    return markup_problems(document)


def markup_problems(document: dict[str, Any]) -> tuple[str, ...]:
    """What is wrong with the ClaimReview of a document, in words."""
    review = render_claim_review(document, licence=settings.ASSAY_LICENCE)
    found = find_problems(review, host=site_of(document["publisher"]["url"]))
    return tuple(str(problem) for problem in found)


@transaction.atomic
def publish_verdict(
    *,
    actor: User,
    claim: Claim,
    signature: Signature,
    note: str = "",
    expected: int | None = None,
) -> Publication:
    """Through the gate and onto the record. A claim that was public before needs a note for readers."""
    claim = lock_claim(claim, expected=expected)
    guard(actor=actor, claim=claim, action=Action.PUBLISH)
    signed = _pass_gate(actor, claim, signature)
    verdict = latest_verdict(claim)
    assert verdict is not None  # noqa: S101 - a decided claim has one
    was_public = claim.publications.exists()
    if was_public and not note.strip():
        raise ValidationError(
            {"note": "Readers knew another verdict: tell them what changed and why."}
        )
    verdict.approved_by = actor
    verdict.correction_note = note.strip()
    verdict.save(update_fields=["approved_by", "correction_note"])
    apply(actor=actor, claim=claim, action=Action.PUBLISH)
    kind = PublicationKind.CORRECTION if was_public else PublicationKind.PUBLICATION
    return _append(actor=actor, claim=claim, verdict=verdict, kind=kind, note=note, signed=signed)


@transaction.atomic
def correct_verdict(
    *, actor: User, claim: Claim, draft: VerdictDraft, note: str, expected: int | None = None
) -> Publication:
    """Replace a published verdict by its next revision, with a note that readers see."""
    claim = lock_claim(claim, expected=expected)
    guard(actor=actor, claim=claim, action=Action.CORRECT, reason=note)
    if not (draft.summary.strip() and draft.justification.strip()):
        raise ValidationError("A published verdict says why: write the summary and justification.")
    verdict = new_revision(claim, draft, decided_by=actor, correction_note=note)
    apply(actor=actor, claim=claim, action=Action.CORRECT, reason=note)
    return _append(
        actor=actor, claim=claim, verdict=verdict, kind=PublicationKind.CORRECTION, note=note
    )


@transaction.atomic
def retract_verdict(
    *, actor: User, claim: Claim, reason: str, expected: int | None = None
) -> Publication:
    """Take the verdict back, with a reason that readers see. What was published stays on the record."""
    claim = lock_claim(claim, expected=expected)
    guard(actor=actor, claim=claim, action=Action.RETRACT, reason=reason)
    apply(actor=actor, claim=claim, action=Action.RETRACT, reason=reason)
    return _append(actor=actor, claim=claim, kind=PublicationKind.RETRACTION, note=reason)


@transaction.atomic
def reopen_claim(*, actor: User, claim: Claim, reason: str) -> Claim:
    """Back to open. If readers know a verdict, the record tells them that it is under re-review."""
    claim = reopen_review(actor=actor, claim=claim, reason=reason)
    if claim.publications.exists():
        _append(actor=actor, claim=claim, kind=PublicationKind.REOPENING, note=reason)
    return claim


def _pass_gate(actor: User, claim: Claim, signature: Signature) -> list[dict[str, object]]:
    checks = check_gate(claim, signature.attested)
    reasons = {slug: why.strip() for slug, why in signature.overrides.items() if why.strip()}
    if reasons and not actor.has_perm("publishing.override_gate"):
        raise PermissionDenied("Only an editor overrides the gate.")
    if any(check.is_final or check.slug not in reasons for check in gate.unmet(checks)):
        raise GateClosed(checks)
    return [
        {**asdict(check), "override": reasons.get(check.slug, "") if not check.is_met else ""}
        for check in checks
    ]


def _append(
    *,
    actor: User,
    claim: Claim,
    kind: PublicationKind,
    note: str,
    verdict: Verdict | None = None,
    signed: list[dict[str, object]] | None = None,
) -> Publication:
    verdict = verdict or Verdict.objects.get(pk=claim.publications.latest("seq").verdict_id)
    row = Publication(
        claim=claim,
        verdict=verdict,
        kind=kind,
        note=note.strip(),
        gate=signed or [],
        nonce=secrets.token_hex(16),
        published_by=actor,
        published_at=timezone.now(),
    )
    document = render_document(
        claim=claim, verdict=verdict, kind=kind, note=row.note, published_at=row.published_at
    )
    is_in_force = kind in {PublicationKind.PUBLICATION, PublicationKind.CORRECTION}
    if is_in_force and (problems := markup_problems(document)):
        raise ValidationError(f"Its ClaimReview would not be valid. {' '.join(problems)}")
    document["private_sha256"] = row.private_sha256
    lock_record()  # held until the commit, so all that can be made before is made
    last, row.previous_sha256 = newest_entry()
    row.seq = last + 1
    row.document = chain.canonical({**document, "seq": row.seq, "previous": row.previous_sha256})
    row.sha256 = chain.digest(row.document)
    row.save(force_insert=True)
    _point_at(row, document)
    sign_head(row.seq, row.sha256)
    queue_publication(row)
    return row


def _point_at(publication: Publication, document: dict[str, Any]) -> None:
    claim, verdict = publication.claim, publication.verdict
    columns = {
        "publication": publication,
        "state": publication.kind,
        "article_id": claim.article_id,
        "statement": claim.statement,
        "claimant": claim.claimant.name if claim.claimant else "",
        "claimant_key": claim.claimant_id,
        "kind": claim.kind,
        "claimed_on": claim.claimed_at,
        "language": claim.language,
        "tags": claim.tags,
        "article_url": claim.article.url,
        "publisher": claim.article.publisher,
        "rating": verdict.rating.slug,
        "normalised": verdict.rating.normalised,
        "sources": [item["source"].get("id") for item in document["evidence"]],
        "seq": publication.seq,
        "published_at": publication.published_at,
    }
    row = CurrentVerdict(claim=claim, first_published_at=publication.published_at, **columns)
    CurrentVerdict.objects.bulk_create(
        [row], update_conflicts=True, unique_fields=["claim"], update_fields=list(columns)
    )
