"""The public record as feed readers take it: the newest entries, and archives of all before them.

A reader that was away must lose nothing, so the record is cut into archives (RFC 5005) by its own numbers, which have
no gap: archive 0 is entries 1 to 50, archive 1 entries 51 to 100. An archive exists once it is full, and from then on
only the link to the next one is ever added to it. The feed itself has the newest entries, at least all that are in
no archive.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from django.conf import settings
from django.http import Http404, QueryDict
from django.urls import reverse

from publishing.documents import public_url
from publishing.models import Publication
from publishing.reading import Reading, read

SIZE = 50
LEADS = {"correction": "Corrected", "retraction": "Retracted", "reopening": "Under re-review"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One publication as a line of news. Its id is its place in the record, which never changes."""

    seq: int
    sha256: str
    published_at: datetime
    reading: Reading

    @property
    def id(self) -> str:
        return f"{settings.ASSAY_BASE_URL}{reverse('publishing:feed')}#entry-{self.seq}"

    @property
    def url(self) -> str:
        return public_url("publishing:show-claim", self.reading.id)

    @property
    def title(self) -> str:
        lead = LEADS.get(self.reading.kind, "")
        rating = self.reading.verdict["label"] if self.reading.is_in_force else ""
        return ": ".join(filter(None, (lead, rating, self.reading.statement)))

    @property
    def summary(self) -> str:
        return self.reading.note or str(self.reading.verdict["summary"])


@dataclass(frozen=True, slots=True)
class Window:
    """What one document of the feed holds, newest first. `archive` is its number, or None for the feed itself."""

    entries: Sequence[Entry]
    archive: int | None
    older: int | None
    newer: int | None

    @property
    def changed_at(self) -> datetime:
        """An empty record has not changed since ever, so that its feed does not change by the second."""
        return self.entries[0].published_at if self.entries else datetime.fromtimestamp(0, UTC)


def read_window(query: QueryDict) -> Window:
    """What `?archive=` asks for, else the newest. Raises Http404 for an archive that is not full."""
    if "archive" not in query:
        return _newest()
    number = str(query["archive"])
    if not (number.isascii() and number.isdecimal() and len(number) < 12):
        raise Http404("Archives have numbers.")
    return _archive(int(number))


def _newest() -> Window:
    entries = _entries(Publication.objects.order_by("-seq")[:SIZE])
    full = entries[0].seq // SIZE if entries else 0
    return Window(entries, archive=None, older=full - 1 if full else None, newer=None)


def _archive(number: int) -> Window:
    """One more entry is looked for: it says whether there may be a newer archive."""
    start = number * SIZE
    rows = Publication.objects.filter(seq__gt=start, seq__lte=start + 2 * SIZE)
    entries = _entries(rows.filter(seq__lte=start + SIZE).order_by("-seq"))
    if len(entries) < SIZE:
        raise Http404("This archive is not full yet: its entries are in the feed.")
    is_followed = rows.filter(seq=start + 2 * SIZE).exists()
    return Window(
        entries, number, number - 1 if number else None, number + 1 if is_followed else None
    )


def _entries(rows: object) -> list[Entry]:
    columns = rows.values_list("seq", "sha256", "published_at", "document")  # type: ignore[attr-defined]
    return [Entry(seq, sha256, at, read(text)) for seq, sha256, at, text in columns]
