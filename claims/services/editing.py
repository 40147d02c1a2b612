"""Making a claim from selected words, and changing what it says."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from articles.anchoring import CONTEXT
from articles.models import Version
from articles.places import Candidate
from audit.services import record
from claims.detection.base import Place
from claims.kinds import Kind, Mode, Status
from claims.models import Claim, Claimant, Resolution, Span
from claims.services.attributing import refuse_attribution
from claims.services.claimants import find_claimant

#: What a claim says, and what it may hang on besides.
EDITABLE = ("statement", "kind", "mode", "claimant", "claimed_at", "language", "tags")
CHANGEABLE = frozenset({*EDITABLE, "attribution"})
#: What is checked with a query or by hand; all else is checked field by field, and by the database.
RELATED = frozenset({"article", "added_by", "attribution", "claimant"})
#: Where words stand, as a person selected them or as they were found.
Words = Place | Candidate
#: After publication the wording is on the record: it changes by a correction, not by an edit.
EDITABLE_IN = frozenset(
    {Status.SUGGESTED, Status.OPEN, Status.IN_REVIEW, Status.DISPUTED, Status.DECIDED}
)


class StaleClaim(Exception):
    """The claim changed since the form was opened. Nothing was written."""

    def __init__(self, claim: Claim) -> None:
        super().__init__(
            "Somebody changed this claim after you opened it. Nothing of yours was saved: "
            "look at the claim as it is now, then make your change again."
        )
        self.claim = claim


@dataclass(frozen=True, slots=True)
class ClaimDraft:
    """What a person says about words they selected. `language` is the article's unless it is given."""

    statement: str
    kind: str = Kind.EVENT
    mode: str = Mode.NARRATOR
    claimant_name: str = ""
    claimant_role: str = ""
    claimed_at: date | None = None
    attribution: Claim | None = None
    tags: Sequence[str] = ()
    claimant_kind: str = ""
    claimant: Claimant | None = None
    language: str = ""
    is_suggestion: bool = False


def lock_claim(claim: Claim, *, expected: int | None = None) -> Claim:
    """The claim, locked until the transaction ends. Raises StaleClaim if it changed since `expected`."""
    locked = Claim.objects.select_for_update().get(pk=claim.pk)
    if expected is not None and locked.lock_version != expected:
        raise StaleClaim(locked)
    return locked


def save_claim(claim: Claim, *fields: str) -> None:
    """Write these fields of a locked claim and count the change."""
    claim.lock_version += 1
    claim.changed_at = timezone.now()
    claim.save(update_fields=[*fields, "lock_version", "changed_at"])


def note_change(claim: Claim) -> None:
    """What a claim is shown with changed, not the claim itself: a form that is open stays good."""
    Claim.objects.filter(pk=claim.pk).update(changed_at=timezone.now())


def add_claim(
    *,
    actor: User,
    version: Version,
    place: Words,
    draft: ClaimDraft,
    further: Sequence[Words] = (),
) -> Claim:
    """A claim from the words a person selected, in one run or several. It is open at once: a person has looked."""
    claim, _ = make_claim(actor=actor, version=version, places=[place, *further], draft=draft)
    return claim


@transaction.atomic
def make_claim(
    *, actor: User, version: Version, places: Sequence[Words], draft: ClaimDraft
) -> tuple[Claim, list[Span]]:
    """As `add_claim`, with the claim's spans in their order, for who tells of them at once."""
    _refuse_overlap(places)
    claimant = draft.claimant or find_claimant(
        draft.claimant_name, role=draft.claimant_role, kind=draft.claimant_kind
    )
    claim = Claim(
        article_id=version.article_id,
        statement=_statement(draft.statement),
        kind=draft.kind,
        mode=draft.mode,
        claimant=claimant,
        claimed_at=draft.claimed_at,
        language=draft.language or version.article.language,
        attribution=draft.attribution,
        tags=clean_tags(draft.tags),
        added_by=actor,
        status=Status.SUGGESTED if draft.is_suggestion else Status.OPEN,
    )
    refuse_attribution(claim)
    claim.clean_fields(exclude=RELATED)
    claim.save(force_insert=True)
    in_order = sorted(places, key=lambda place: (place.start, place.end))
    spans = [_place_words(claim, version, words) for words in in_order]
    record("claim.added", claim, actor=actor, after={"statement": claim.statement})
    return claim, spans


@transaction.atomic
def add_span(*, actor: User, claim: Claim, version: Version, place: Words) -> Span:
    """A further fragment of the article that carries the claim."""
    claim = lock_claim(claim)
    if claim.status not in EDITABLE_IN:
        raise ValidationError("This claim is closed. Reopen it before you add words to it.")
    if claim.spans.filter(version=version, start__lt=place.end, end__gt=place.start).exists():
        raise ValidationError("These words are part of the claim already. Select others.")
    span = _place_words(claim, version, place)
    save_claim(claim)
    record("claim.span_added", claim, actor=actor, after={"quote": span.quote})
    return span


def place_span(
    claim: Claim,
    version: Version,
    place: Words,
    *,
    resolution: str = Resolution.EXACT,
    score: float = 1.0,
) -> Span:
    """A span on these words of the version."""
    span = span_on(claim, version, place, resolution=resolution, score=score)
    span.save(force_insert=True)
    return span


def _place_words(claim: Claim, version: Version, words: Words) -> Span:
    """A span on selected words, or on those that were found to be nearly meant."""
    score = words.score if isinstance(words, Candidate) else 1.0
    resolution = Resolution.EXACT if score == 1 else Resolution.FUZZY
    return place_span(claim, version, words, resolution=resolution, score=score)


def _refuse_overlap(places: Sequence[Words]) -> None:
    in_order = sorted(places, key=lambda place: place.start)
    if any(after.start < before.end for before, after in pairwise(in_order)):
        raise ValidationError("Two runs of words overlap. Select each word once.")


def span_on(
    claim: Claim,
    version: Version,
    place: Words,
    *,
    resolution: str = Resolution.EXACT,
    score: float = 1.0,
) -> Span:
    """The only maker of spans: the words are read from the version, never taken from a form. It is not saved yet."""
    text = version.text
    if not 0 <= place.start < place.end <= len(text) or not text[place.start : place.end].strip():
        raise ValidationError("Select some words of the article first.")
    return Span(
        claim=claim,
        version=version,
        start=place.start,
        end=place.end,
        quote=text[place.start : place.end],
        prefix=text[max(0, place.start - CONTEXT) : place.start],
        suffix=text[place.end : place.end + CONTEXT],
        resolution=resolution,
        score=score,
    )


@transaction.atomic
def correct_claim(*, actor: User, claim: Claim, expected: int | None, **changes: Any) -> Claim:
    """Change what the claim says. `expected` is the lock_version the person saw. No change writes nothing."""
    claim = lock_claim(claim, expected=expected)
    if claim.status not in EDITABLE_IN:
        raise ValidationError("This claim is closed. Reopen it before you change its words.")
    if "statement" in changes:
        changes["statement"] = _statement(changes["statement"])
    if "tags" in changes:
        changes["tags"] = clean_tags(changes["tags"])
    changed = {k: v for k, v in changes.items() if k in CHANGEABLE and getattr(claim, k) != v}
    if not changed:
        return claim
    before = {name: getattr(claim, name) for name in changed}
    for name, value in changed.items():
        setattr(claim, name, value)
    if "attribution" in changed:
        refuse_attribution(claim)
    claim.clean_fields(exclude=RELATED)
    save_claim(claim, *changed)
    record("claim.edited", claim, actor=actor, before=before, after=changed)
    return claim


@transaction.atomic
def flag_claim(*, actor: User | None, claim: Claim, why: str) -> Claim:
    """Ask the desk to look at the claim again."""
    claim = lock_claim(claim)
    claim.flag = why[:300]
    save_claim(claim, "flag")
    record("claim.flagged", claim, actor=actor, reason=why)
    return claim


@transaction.atomic
def unflag_claim(*, actor: User, claim: Claim) -> Claim:
    claim = lock_claim(claim)
    if claim.flag:
        record("claim.unflagged", claim, actor=actor, before={"flag": claim.flag})
        claim.flag = ""
        save_claim(claim, "flag")
    return claim


def clean_tags(tags: Iterable[str]) -> list[str]:
    """Each once, in small letters, in order of the alphabet: two spellings would be two lists."""
    cleaned = {
        " ".join(str(tag).replace("\x00", "").replace(",", " ").casefold().split()) for tag in tags
    }
    return sorted(cleaned - {""})


def _statement(text: str) -> str:
    text = " ".join(str(text).replace("\x00", "").split())
    if not text:
        raise ValidationError({"statement": "Say what is claimed, in one sentence."})
    if len(text) > 2000:
        raise ValidationError({"statement": "A claim is one sentence: at most 2,000 characters."})
    return text
