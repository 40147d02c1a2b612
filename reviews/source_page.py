"""What a source's page shows: how it stands, the looks at it, its copies, and the claims that lean on it."""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from accounts.models import User
from articles.ingest.media_types import DOCX, HTML, MARKDOWN, PDF, PLAIN_TEXT
from reviews.copy_forms import PasteCopyForm, UploadCopyForm
from sources.models import Capture, Evidence, QuoteCheck, Snapshot, Source

KINDS = {
    HTML: "Web page",
    PDF: "PDF",
    DOCX: "Word document",
    PLAIN_TEXT: "Plain text",
    MARKDOWN: "Markdown",
}
#: Looks that the page lists.
LOOKS = 10
#: Characters of a copy's text that its page shows; the rest is in the file.
MOST_SHOWN = 300_000


@dataclass(frozen=True, slots=True)
class CopyView:
    """A copy among the others of its source. `before` is the one that it came after."""

    copy: Snapshot
    before: Snapshot | None = None
    quotes: int = 0

    @property
    def kind(self) -> str:
        return KINDS.get(self.copy.media_type, self.copy.media_type)

    @property
    def is_page(self) -> bool:
        return self.copy.media_type == HTML

    @property
    def has_text(self) -> bool:
        return not self.copy.trouble

    @property
    def can_be_compared(self) -> bool:
        return self.before is not None and self.has_text and not self.before.trouble


@dataclass(frozen=True, slots=True)
class Run:
    """Words of a copy's text, and whether somebody quotes them."""

    text: str
    is_quoted: bool


def source_context(user: User, source: Source) -> dict[str, Any]:
    """Everything the page's template asks for. Of a withheld source others see no more than that it is there."""
    rows = source.evidence.standing().select_related("claim__article", "snapshot")
    evidence = list(rows.with_passage())
    context = {"source": source, "is_shown": source.is_shown_to(user), "evidence": evidence}
    if not context["is_shown"]:
        return context
    looks = list(source.captures.select_related("requested_by")[:LOOKS])
    return {
        **context,
        "look": looks[0] if looks else None,
        "looks": [look for look in looks if not look.is_waiting],
        "copies": copy_views(source, evidence),
        "lost": [item for item in evidence if item.has_lost_its_words],
        "upload_form": UploadCopyForm(),
        "paste_form": PasteCopyForm(),
    }


def copy_views(source: Source, evidence: Iterable[Evidence] = ()) -> list[CopyView]:
    """The copies, newest first, without their texts."""
    copies = list(source.snapshots.defer("text", "headers").select_related("added_by"))
    quotes = Counter(item.snapshot_id for item in evidence if item.quote)
    pairs = zip_longest(copies, copies[1:])
    return [CopyView(copy, before, quotes[copy.pk]) for copy, before in pairs]


def copy_context(copy: Snapshot) -> dict[str, Any]:
    """A copy's text in runs: the main text, then what else it shows, with the quotes that lean on it."""
    view = next(view for view in copy_views(copy.source) if view.copy.pk == copy.pk)
    evidence = copy.evidence.standing().filter(quote_check=QuoteCheck.VERIFIED)
    places = sorted(
        (start, end)
        for start, end in evidence.values_list("quote_start", "quote_end")
        if start is not None and end is not None
    )
    text, end_of_main = copy.text[:MOST_SHOWN], copy.main_length or len(copy.text)
    at = len(text) - len(text[end_of_main:].lstrip())
    return {
        "view": view,
        "copy": copy,
        "source": copy.source,
        "main": list(in_runs(text[:end_of_main], places)),
        "rest": list(in_runs(text[at:], [(start - at, end - at) for start, end in places])),
        "is_cut": len(copy.text) > MOST_SHOWN,
    }


def in_runs(text: str, places: Iterable[tuple[int, int]]) -> Iterator[Run]:
    """The text in quoted and other runs. Places are in order of their start; they may overlap, or lie outside."""
    at = 0
    for start, end in places:
        start, end = max(start, at), min(end, len(text))
        if start >= end:
            continue
        if start > at:
            yield Run(text[at:start], is_quoted=False)
        yield Run(text[start:end], is_quoted=True)
        at = end
    if at < len(text):
        yield Run(text[at:], is_quoted=False)


def latest_look(source: Source) -> Capture | None:
    return source.captures.first()
