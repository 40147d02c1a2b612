"""An article changes: its new version is frozen, and every claim is found in it again or said to be lost.

A span is a row only where its words are. What became of each span is a `SpanFate`: exact and fuzzy ones have a new
span, ambiguous and orphaned ones have none and wait for a person (ADR: anchoring with a floor).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from articles.anchoring import Anchor, Anchored, anchor_all
from articles.anchoring import Resolution as Outcome
from articles.models import Article, Version
from articles.services import Arrival, add_version
from audit.services import record
from claims.detection.base import Place
from claims.kinds import Status
from claims.models import Claim, Decision, Resolution, Span, SpanFate
from claims.services.detection import start_detection
from claims.services.editing import flag_claim, lock_claim, place_span, save_claim, unflag_claim

#: How a flag begins that a new version raised; deciding on every span clears such a flag and no other.
CHANGED = "The article has changed"
#: Claims nobody works on or stands by need no flag.
QUIET = frozenset({Status.SUGGESTED, Status.DISMISSED})


@transaction.atomic
def revise_article(*, actor: User | None, article: Article, arrival: Arrival) -> Version:
    """Freeze a new version, carry every claim over and read it for more. Equal bytes change nothing."""
    article = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    before = article.current
    version = add_version(actor=actor, article=article, arrival=arrival)
    if before is None or version.pk == before.pk:
        return version
    fates = [
        fate for old, spans in _waiting(article, before) for fate in _carry(old, version, spans)
    ]
    _flag_changed(actor, version, fates)
    counts = {value: sum(f.resolution == value for f in fates) for value in Resolution.values}
    record("version.anchored", article, actor=actor, after={"number": version.number, **counts})
    start_detection(actor=actor, version=version)
    return version


@transaction.atomic
def confirm_span(*, actor: User, fate: SpanFate) -> SpanFate:
    """A person looked: the nearly equal words are the claim's. The span counts as exact from now on."""
    fate = _lock(fate)
    span = fate.placed
    if span is None:
        raise ValidationError("These words were not found, so there is nothing to confirm.")
    span.resolution, span.score = Resolution.EXACT, 1.0
    span.save(update_fields=["resolution", "score"])
    record("claim.span_confirmed", span.claim, actor=actor, after={"quote": span.quote})
    return _settle(actor, fate, Decision.CONFIRMED)


@transaction.atomic
def move_span(*, actor: User, fate: SpanFate, place: Place) -> SpanFate:
    """A person says which words of the new version carry the claim, also after they were let go."""
    fate = _lock(fate, revises=Decision.LET_GO)
    spans = fate.span.claim.spans.filter(version_id=fate.version_id)
    others = spans.exclude(pk=fate.placed_id) if fate.placed_id else spans
    if others.filter(start__lt=place.end, end__gt=place.start).exists():
        raise ValidationError("These words are part of the claim already. Select others.")
    _remove(fate)
    fate.placed = place_span(fate.span.claim, fate.version, place)
    was, now = {"quote": fate.span.quote}, {"quote": fate.placed.quote}
    record("claim.span_moved", fate.span.claim, actor=actor, before=was, after=now)
    return _settle(actor, fate, Decision.MOVED)


@transaction.atomic
def let_go_span(*, actor: User, fate: SpanFate) -> SpanFate:
    """A person says that the new version no longer has these words. They stay in the older one."""
    fate = _lock(fate)
    _remove(fate)
    record("claim.span_let_go", fate.span.claim, actor=actor, before={"quote": fate.span.quote})
    return _settle(actor, fate, Decision.LET_GO)


def _waiting(article: Article, before: Version) -> Iterable[tuple[Version, list[Span]]]:
    """Spans by the version that has their words: the last one, or an earlier one where they were lost since."""
    lost = SpanFate.objects.undecided().filter(version=before, placed=None).values("span")
    spans = Span.objects.filter(version=before) | Span.objects.filter(pk__in=lost)
    found: dict[Version, list[Span]] = defaultdict(list)
    for span in spans.select_related("claim", "version").order_by("version__number", "start"):
        found[span.version].append(span)
    return found.items()


def _carry(old: Version, new: Version, spans: list[Span]) -> list[SpanFate]:
    """Find these spans in the new version, all in one pass, and write down what became of each."""
    anchors = [Anchor(s.start, s.end, s.quote, s.prefix, s.suffix) for s in spans]
    answers = map(_in_doubt, spans, anchor_all(old.text, new.text, anchors))
    return SpanFate.objects.bulk_create(
        [_fate(span, new, answer) for span, answer in zip(spans, answers, strict=True)]
    )


def _in_doubt(span: Span, answer: Anchored) -> Anchored:
    """Words that nobody has confirmed are no surer for being found again: the question comes along."""
    if span.resolution == Resolution.EXACT or answer.resolution is not Outcome.EXACT:
        return answer
    place = answer.place and replace(answer.place, score=span.score)
    return replace(answer, resolution=Outcome.FUZZY, place=place)


def _fate(span: Span, version: Version, answer: Anchored) -> SpanFate:
    fate = SpanFate(
        span=span,
        version=version,
        resolution=answer.resolution.value,
        score=answer.score,
        has_moved=answer.has_moved,
        candidates=[[c.start, c.end, c.score] for c in answer.candidates],
    )
    if answer.place:
        fate.placed = _place(span.claim, version, answer)
    return fate


def _place(claim: Claim, version: Version, answer: Anchored) -> Span:
    """The span in the new version; two fragments that run together there are one."""
    assert answer.place is not None  # noqa: S101 - the caller asked
    place = Place(answer.place.start, answer.place.end)
    known = claim.spans.filter(version=version, start=place.start, end=place.end).first()
    return known or place_span(
        claim, version, place, resolution=answer.resolution.value, score=answer.score
    )


def _flag_changed(actor: User | None, version: Version, fates: list[SpanFate]) -> None:
    """Ask for a look at every claim that somebody works on or stands by and whose words are not the same."""
    changed: dict[Claim, set[str]] = defaultdict(set)
    for fate in fates:
        if fate.resolution != Resolution.EXACT and fate.span.claim.status not in QUIET:
            changed[fate.span.claim].add(fate.resolution)
    for claim, outcomes in changed.items():
        what = next(words for outcome, words in SAID.items() if outcome in outcomes)
        flag_claim(actor=actor, claim=claim, why=f"{CHANGED} (version {version.number}): {what}")


def _lock(fate: SpanFate, *, revises: str = "") -> SpanFate:
    """The fate with its claim locked. Deciding twice is refused, so nobody overwrites a colleague."""
    lock_claim(fate.span.claim)
    fate = SpanFate.objects.select_related("span__claim", "version", "placed").get(pk=fate.pk)
    if fate.decision not in {"", revises}:
        raise ValidationError("Somebody has decided on these words already. Reload the page.")
    if not fate.version.is_current:
        raise ValidationError("There is a newer version of the article. Decide on it there.")
    return fate


def _remove(fate: SpanFate) -> None:
    """Take the claim off the words it was put on, unless another fragment is there too."""
    placed, fate.placed = fate.placed, None
    fate.save(update_fields=["placed"])
    if placed and not placed.came_from.exists():
        placed.delete()


def _settle(actor: User, fate: SpanFate, decision: Decision) -> SpanFate:
    fate.decision, fate.decided_by, fate.decided_at = decision, actor, timezone.now()
    fate.save(update_fields=["placed", "decision", "decided_by", "decided_at"])
    claim = lock_claim(fate.span.claim)
    save_claim(claim)
    open_ones = SpanFate.objects.undecided().filter(version=fate.version_id, span__claim=claim)
    if claim.flag.startswith(CHANGED) and not open_ones.exists():
        unflag_claim(actor=actor, claim=claim)
    return fate


#: What a flag says, the gravest first.
SAID = {
    Resolution.ORPHANED: "the words of this claim are gone. Look whether the verdict still stands.",
    Resolution.AMBIGUOUS: "the words of this claim are in several places. Choose the right one.",
    Resolution.FUZZY: "the words of this claim are no longer the same. Look whether it still says so.",
}
