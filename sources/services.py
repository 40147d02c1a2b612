"""Changes to sources and evidence."""

from dataclasses import dataclass, replace
from datetime import date

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

from accounts.models import User
from articles.addresses import BadAddress, normalise
from articles.ingest import PLAIN_TEXT
from audit.services import record
from claims.kinds import Status
from claims.models import Claim
from claims.services import lock_claim, note_change
from sources.archive.reading import ReadCopy
from sources.captures import keep_copy
from sources.models import Evidence, QuoteCheck, Snapshot, SnapshotOrigin, Source, SourceKind
from sources.quotes import check_quote

#: While a claim stands here its evidence may change; after that it is on the record.
OPEN_TO_EVIDENCE = frozenset(
    {Status.SUGGESTED, Status.OPEN, Status.IN_REVIEW, Status.DISPUTED, Status.DECIDED}
)


@dataclass(frozen=True, slots=True)
class SourceDraft:
    """What a person knows of a source."""

    title: str
    kind: str
    url: str = ""
    publisher: str = ""
    author: str = ""
    published_at: date | None = None
    language: str = "en"
    doi: str = ""
    isbn: str = ""
    reference: str = ""
    withheld_reason: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceDraft:
    """What the source says about the claim. `copy` is its text as the person read it, if they kept it."""

    stance: str
    question: str = ""
    quote: str = ""
    note: str = ""
    copy: str = ""
    answer: str = ""
    answer_type: str = ""
    explanation: str = ""


@transaction.atomic
def add_source(*, actor: User, draft: SourceDraft) -> Source:
    """The source with this address, DOI or ISBN, or a new one. The same source is one record."""
    draft = replace(draft, url=_address(draft.url))
    if known := find_known(draft, actor):
        return known
    source = Source(
        url=draft.url,
        doi=draft.doi,
        isbn=draft.isbn,
        reference=draft.reference.strip(),
        title=draft.title.strip(),
        publisher=draft.publisher.strip(),
        author=draft.author.strip(),
        published_at=draft.published_at,
        kind=draft.kind,
        language=draft.language,
        withheld_reason=draft.withheld_reason.strip(),
        added_by=actor,
    )
    _refuse_unfit(source)
    try:
        with transaction.atomic():
            source.save()
    except IntegrityError:  # somebody added the same one at the same moment
        if known := find_known(draft, actor):
            return known
        raise
    record("source.added", source, actor=actor, after={"title": source.public_title})
    return source


def find_known(draft: SourceDraft, actor: User) -> Source | None:
    """The source with the same address, DOI or ISBN, as far as this person may know of it.

    What is withheld stays apart: it is not found by who may not see it, and is never taken for one that readers see.
    """
    same = Q()
    for name in ("url", "doi", "isbn"):
        if value := getattr(draft, name):
            same |= Q(**{name: value})
    rows = Source.objects.filter(same) if same else Source.objects.none()
    if draft.kind == SourceKind.WITHHELD:
        rows = rows.filter(kind=SourceKind.WITHHELD)
    found = [source for source in rows if source.is_shown_to(actor)]
    return min(found, key=lambda source: source.is_withheld, default=None)


@transaction.atomic
def correct_source(*, actor: User, source: Source, **changes: object) -> Source:
    """Correct what is known about a source. A withheld one only by somebody who may see it."""
    source = Source.objects.select_for_update().get(pk=source.pk)
    if not source.is_shown_to(actor):
        raise PermissionDenied("This source is withheld: an editor looks after it.")
    if "url" in changes:
        changes["url"] = _address(str(changes["url"] or ""))
    after = {name: value for name, value in changes.items() if getattr(source, name) != value}
    before = {name: getattr(source, name) for name in after}
    for name, value in after.items():
        setattr(source, name, value)
    _refuse_unfit(source)
    _refuse_taken(source)
    if after:
        source.save(update_fields=list(after))
        hidden = source.is_withheld or before.get("kind") == SourceKind.WITHHELD
        shown = {"fields": sorted(after)} if hidden else after
        record(
            "source.corrected", source, actor=actor, before={} if hidden else before, after=shown
        )
    return source


@transaction.atomic
def add_snapshot(*, actor: User, source: Source, text: str) -> Snapshot:
    """Keep what the source says, as a person copied it. The same words again make no second copy."""
    text = clean_copy(text)
    if not text.strip():
        raise ValidationError({"copy": "Paste the text of the source, or leave this empty."})
    copy = ReadCopy(text, PLAIN_TEXT, main_length=len(text))
    draft = Snapshot(source=source, origin=SnapshotOrigin.PASTED, added_by=actor)
    return keep_copy(actor=actor, draft=draft, content=text.encode(), copy=copy)[0]


def clean_copy(text: str) -> str:
    """A text as it is kept: one kind of line end, and nothing that PostgreSQL cannot store."""
    return text.replace("\x00", "").replace("\r\n", "\n").replace("\r", "\n")


@transaction.atomic
def add_evidence(*, actor: User, claim: Claim, source: Source, draft: EvidenceDraft) -> Evidence:
    """Attach what a source says to a claim, its quote looked for in the newest copy of the source."""
    claim = lock_claim(claim)
    _refuse_closed(claim)
    if draft.copy.strip():
        add_snapshot(actor=actor, source=source, text=draft.copy)
    snapshot = source.snapshots.first()
    evidence = Evidence(
        claim=claim,
        source=source,
        snapshot=snapshot,
        stance=draft.stance,
        question=draft.question.strip(),
        quote=draft.quote.replace("\x00", "").strip(),
        note=draft.note.replace("\x00", "").strip(),
        answer=draft.answer.replace("\x00", "").strip(),
        answer_type=draft.answer_type,
        explanation=draft.explanation.replace("\x00", "").strip(),
        added_by=actor,
    )
    _check(evidence)
    evidence.full_clean(exclude=["claim", "source", "snapshot", "added_by"])
    evidence.save()
    note_change(claim)
    after = {
        "stance": evidence.stance,
        "source": source.public_title,
        "quote": evidence.quote_check,
    }
    record("evidence.added", claim, actor=actor, after=after)
    return evidence


@transaction.atomic
def withdraw_evidence(*, actor: User, evidence: Evidence, reason: str) -> Evidence:
    """Take evidence off the claim. It stays in the record with the reason."""
    _refuse_closed(lock_claim(evidence.claim))
    if not reason.strip():
        raise ValidationError({"reason": "Say why this evidence is withdrawn."})
    evidence = Evidence.objects.select_for_update(of=("self",)).get(pk=evidence.pk)
    if evidence.withdrawn_at is None:
        evidence.withdrawn_at = timezone.now()
        evidence.save(update_fields=["withdrawn_at"])
        note_change(evidence.claim)
        before = {"source": evidence.source.public_title, "stance": evidence.stance}
        record("evidence.withdrawn", evidence.claim, actor=actor, before=before, reason=reason)
    return evidence


@transaction.atomic
def override_quote(*, actor: User, evidence: Evidence, reason: str) -> Evidence:
    """An editor takes a quote on by name although it was not found in the copy."""
    if not actor.has_perm("sources.override_quote"):
        raise PermissionDenied("Only an editor takes on a quote that was not found.")
    if not reason.strip():
        raise ValidationError({"reason": "Say how you know that these are the source's words."})
    _refuse_closed(lock_claim(evidence.claim))
    evidence.override_reason, evidence.overridden_by = reason.strip()[:300], actor
    evidence.save(update_fields=["override_reason", "overridden_by"])
    note_change(evidence.claim)
    record("evidence.quote_overridden", evidence.claim, actor=actor, reason=reason)
    return evidence


def _refuse_unfit(source: Source) -> None:
    if source.is_withheld and not source.withheld_reason.strip():
        raise ValidationError({"withheld_reason": "Tell readers why this source is withheld."})
    source.full_clean(exclude=["added_by"], validate_constraints=False)


def _refuse_taken(source: Source) -> None:
    """Two that readers see are never the same. A withheld one stands beside them: to refuse it would tell of it."""
    if source.is_withheld:
        return
    others = Source.objects.exclude(kind=SourceKind.WITHHELD).exclude(pk=source.pk)
    for name, what in (("url", "address"), ("doi", "DOI"), ("isbn", "ISBN")):
        same = {name: getattr(source, name)}
        if same[name] and others.filter(**same).exists():
            raise ValidationError({name: f"Another source has this {what}. Use that one."})


def _check(evidence: Evidence) -> None:
    if not evidence.quote or evidence.snapshot is None:
        evidence.quote_check = QuoteCheck.UNCHECKED
        return
    found = check_quote(evidence.quote, evidence.snapshot.text)
    evidence.quote_check = QuoteCheck(found.check)
    evidence.quote_start, evidence.quote_end = found.start, found.end


def _refuse_closed(claim: Claim) -> None:
    if claim.status not in OPEN_TO_EVIDENCE:
        raise ValidationError(
            "This claim is on the public record. Reopen it before you change its evidence."
        )


def _address(address: str) -> str:
    try:
        return normalise(address)
    except BadAddress as error:
        raise ValidationError({"url": str(error)}) from error
