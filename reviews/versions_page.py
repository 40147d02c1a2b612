"""What the pages of an article's versions show: what changed, and what became of each claim's words."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.http import Http404

from accounts.models import User
from articles.difference import Line, Piece, Stretch, compare, compare_words
from articles.models import Article, Version
from claims.models import Decision, Resolution, SpanFate
from claims.services.revising import QUIET

LABELS = {"needs_look": "to look at", "gone": "gone", "moved": "moved", "kept": "kept"}
CHANGES = {
    "changed": "changed",
    "moved": "moved",
    "added": "added",
    "removed": "removed",
    "same": "unchanged",
}


@dataclass(frozen=True)
class FateView:
    """A span and what became of it. `choices` are places in the new text that a person may choose."""

    fate: SpanFate
    version: Version
    may_change: bool
    line: int | None = None

    @property
    def outcome(self) -> str:
        return self.fate.outcome

    @property
    def may_decide(self) -> bool:
        return self.may_change and self.fate.is_undecided

    @property
    def may_move(self) -> bool:
        """Words that were let go may be found after all."""
        return self.may_decide or (self.may_change and self.fate.decision == Decision.LET_GO)

    @property
    def is_quiet(self) -> bool:
        """Nobody works on the claim or stands by it."""
        return self.fate.span.claim.status in QUIET

    @property
    def choices(self) -> list[tuple[int, int, str]]:
        places = self.fate.candidates if self.fate.is_undecided else []
        return [(start, end, self.version.text[start:end]) for start, end, _ in places]

    @cached_property
    def words(self) -> tuple[Piece, ...]:
        """The claim's words, with what became of them where they are found."""
        old, placed = self.fate.span.quote, self.fate.placed
        return compare_words(old, placed.quote if placed else old)

    @property
    def has_words_of_its_own(self) -> bool:
        """Whether the words say more than the claim's statement, which stands above them."""
        return len(self.words) > 1 or _bare(self.fate.span.quote) != _bare(
            self.fate.span.claim.statement
        )


@dataclass(frozen=True, slots=True)
class FateGroup:
    """Spans that want the same of a person, or nothing any more; those are folded away."""

    key: str
    title: str
    views: tuple[FateView, ...]
    is_open: bool


#: Title, whether it is open, and which spans are in it: each is in the first that takes it.
GROUPS: tuple[tuple[str, str, bool, Callable[[FateView], bool]], ...] = (
    ("needs_look", "Look at these", True, lambda v: _waits(v) and not _is_gone(v)),
    ("gone", "Their words are gone", True, lambda v: _waits(v) and _is_gone(v)),
    ("quiet", "Suggestions and dismissed claims", False, lambda v: v.fate.is_undecided),
    ("decided", "Decided", False, lambda v: bool(v.fate.decision)),
    ("moved", "Moved with their words", False, lambda v: v.outcome == "moved"),
    ("kept", "Kept", False, lambda v: True),
)


def difference_context(user: User, article: Article, old: int, new: int) -> dict[str, Any]:
    before, after = _find(article, old), _find(article, new)
    views = fate_views(user, after, before)
    outcomes = Counter(view.outcome for view in views)
    stretches = compare(before.document, after.document)
    return {
        "article": article,
        "old": before,
        "new": after,
        "following": None if after.is_current else new + 1,
        "stretches": stretches,
        "changes": count_changes(stretches),
        "fate_count": len(views),
        "groups": _groups(views),
        "waiting": sum(view.fate.is_undecided for view in views),
        "tally": [(key, label, outcomes[key]) for key, label in LABELS.items() if outcomes[key]],
    }


def count_changes(stretches: Iterable[Stretch]) -> list[tuple[str, str, int]]:
    """How many paragraphs were changed in which way, as (key, word, number)."""
    changes = Counter(_told(line) for stretch in stretches for line in stretch.lines)
    return [(key, word, changes[key]) for key, word in CHANGES.items() if changes[key]]


def _find(article: Article, number: int) -> Version:
    rows = article.versions.light().select_related("article")
    if (version := rows.filter(number=number).first()) is None:
        raise Http404("This article has no such version.")
    return version


def fate_views(user: User, version: Version, before: Version | None = None) -> list[FateView]:
    """Every span that came to this version, as they stood in the older text."""
    may_change = version.is_current and user.has_perm("claims.change_claim")
    return [
        FateView(fate, version, may_change, _paragraph(fate, before))
        for fate in version.span_fates.in_order()
    ]


def deciding(user: User, version: Version, key: str) -> FateView | None:
    """The span somebody is about to find new words for, if it is still open."""
    views = fate_views(user, version) if key else []
    return next((v for v in views if str(v.fate.pk) == key and v.may_move), None)


def _groups(views: Iterable[FateView]) -> list[FateGroup]:
    sorted_in: dict[str, list[FateView]] = {key: [] for key, *_ in GROUPS}
    for view in views:
        key = next(key for key, _, _, takes in GROUPS if takes(view))
        sorted_in[key].append(view)
    return [
        FateGroup(key, title, tuple(sorted_in[key]), is_open)
        for key, title, is_open, _ in GROUPS
        if sorted_in[key]
    ]


def _waits(view: FateView) -> bool:
    return view.fate.is_undecided and not view.is_quiet


def _is_gone(view: FateView) -> bool:
    return view.fate.resolution == Resolution.ORPHANED


def _paragraph(fate: SpanFate, before: Version | None) -> int | None:
    """Which paragraph of the older text the words stood in: the page has an anchor there."""
    if before is None or fate.span.version_id != before.pk:
        return None
    at = fate.span.start
    return next((i for i, (_, s, e) in enumerate(before.blocks) if s <= at < e), None)


def _told(line: Line) -> str:
    return "moved" if line.moved and line.change == "same" else line.change


def _bare(text: str) -> str:
    return " ".join(text.split()).rstrip(".").casefold()
