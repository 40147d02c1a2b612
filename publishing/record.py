"""Reads of the public record as finished bytes: each one statement, whatever the record holds.

What a list is narrowed to is said once, as Django's look-ups. The statement for each set of look-ups is made by
Django's own compiler, once, with marks where the values go; after that a read is the statement and its values.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache, partial
from itertools import count
from typing import Any
from uuid import UUID

import orjson
from django.db.models import QuerySet, Subquery

from publishing.lane import Rows, fetch
from publishing.models import CurrentVerdict, Publication
from reviews.models import Rating

#: Entries are numbered in the order in which they are committed, and may be dated a little out of it.
SLACK = timedelta(hours=1)
LAST = 2**63 - 1
BATCH = 1000
#: Values of these say nothing of how many rows have them, so one plan does not suit all.
UNEVEN = frozenset({"search", "tags__contains", "published_at__gte", "published_at__lt"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A row of a list: its place, the document's bytes, and what readers are told of it today."""

    seq: int
    document: bytes
    state: str = ""
    sha256: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """Entries in order, whether there are more, and the hash of the record's newest entry."""

    entries: list[Entry]
    has_more: bool
    head: str


def head() -> str:
    """The SHA-256 of the newest entry: while it stands, so does the whole record. Empty before the first."""
    statement, _ = _of_newest()
    rows = fetch(statement, ())
    return rows[0][0].decode() if rows else ""


def document_of_claim(claim: UUID) -> tuple[str, bytes] | None:
    """Hash and bytes of the newest entry about a claim."""
    return _one({"current_for__claim_id": claim})


def document_of_entry(seq: int) -> tuple[str, bytes] | None:
    return _one({"seq": seq})


def verdicts(lookups: Mapping[str, Any], *, limit: int, is_oldest_first: bool = False) -> Part:
    """The newest entry of each claim that the look-ups fit."""
    lookups = _with_bounds(lookups)
    statement, names = _of_verdicts(_shape(lookups), is_oldest_first)
    return _part(statement, names, lookups, limit)


def publications(lookups: Mapping[str, Any], *, limit: int) -> Part:
    """Every entry that the look-ups fit, oldest first."""
    statement, names = _of_publications(_shape(lookups))
    return _part(statement, names, lookups, limit)


def each_verdict(lookups: Mapping[str, Any]) -> Iterator[list[Entry]]:
    """All that the look-ups fit, oldest first, in batches that are each a read of its own: no transaction is open
    while they are sent, however slowly. What is published meanwhile comes at the end, so that no claim is left out;
    one that changed comes a second time.
    """
    return _batches(partial(verdicts, is_oldest_first=True), lookups)


def each_publication(lookups: Mapping[str, Any]) -> Iterator[list[Entry]]:
    """All entries that the look-ups fit, oldest first, in the same way."""
    return _batches(publications, lookups)


def _batches(read: Callable[..., Part], lookups: Mapping[str, Any]) -> Iterator[list[Entry]]:
    while True:
        part = read(lookups, limit=BATCH)
        if part.entries:
            yield part.entries
        if not part.has_more:
            return
        lookups = {**lookups, "seq__gt": part.entries[-1].seq}


def histories(claims: Iterable[str]) -> dict[str, list[dict[str, Any]]]:
    """By claim: what was published about it and when, oldest first."""
    found: dict[str, list[dict[str, Any]]] = {claim: [] for claim in claims}
    rows = Publication.objects.filter(claim_id__in=found).order_by("seq")
    for claim, sha256, document in rows.values_list("claim_id", "sha256", "document"):
        told = orjson.loads(document)
        entry = {name: told[name] for name in ("seq", "kind", "published_at", "note")}
        found[str(claim)].append({**entry, "sha256": sha256})
    return found


def is_rating(slug: str) -> bool:
    """Whether a scale has it; no rating at all is none to be wrong."""
    if not slug:
        return True
    statement, names = _of_rating()
    return bool(_fetch(statement, names, {"slug": slug}))


def _part(statement: str, names: tuple[Any, ...], lookups: Mapping[str, Any], limit: int) -> Part:
    # A limit in its own words: the plan that is made for all values cannot know that it is small.
    rows = _fetch(f"{statement} LIMIT {limit + 1}", names, lookups)
    entries = [
        Entry(int(seq), document, state.decode(), sha256.decode())
        for seq, document, state, sha256, _ in rows
    ]
    newest = rows[0][4].decode() if rows else head()
    return Part(entries[:limit], len(entries) > limit, newest)


def _one(lookups: Mapping[str, Any]) -> tuple[str, bytes] | None:
    statement, names = _of_document(_shape(lookups))
    rows = _fetch(statement, names, lookups)
    return (rows[0][0].decode(), rows[0][1]) if rows else None


def _fetch(statement: str, names: tuple[Any, ...], given: Mapping[str, Any]) -> Rows:
    values = [given[name.lookup] if isinstance(name, Mark) else name for name in names]
    plain = [
        value[0] if isinstance(value, list) else value for value in values
    ]  # one tag at a time
    return fetch(statement, plain, is_prepared=UNEVEN.isdisjoint(given))


def _with_bounds(lookups: Mapping[str, Any]) -> Mapping[str, Any]:
    """A time is also a place in the record, so that a list by place does not walk all that is newer or older."""
    bounded = dict(lookups)
    if before := lookups.get("published_at__lt"):
        rows = _fetch(*_of_bound("published_at__gte"), {"published_at__gte": _shift(before, SLACK)})
        bounded["seq__lt"] = min(int(rows[0][0]) if rows else LAST, lookups.get("seq__lt", LAST))
    if after := lookups.get("published_at__gte"):
        rows = _fetch(*_of_bound("published_at__lt"), {"published_at__lt": _shift(after, -SLACK)})
        bounded["seq__gt"] = max(int(rows[0][0]) if rows else 0, lookups.get("seq__gt", 0))
    return bounded


def _shift(moment: datetime, by: timedelta) -> datetime:
    try:
        return moment + by
    except OverflowError:
        return moment


Shape = tuple[tuple[str, Any], ...]


def _shape(lookups: Mapping[str, Any]) -> Shape:
    """What a statement depends on: which look-ups there are, and the values of those that are lists of ours."""
    return tuple(
        (name, value if isinstance(value, tuple) else type(value))
        for name, value in sorted(lookups.items())
    )


@dataclass(frozen=True, slots=True)
class Mark:
    """Where the value of a look-up goes."""

    lookup: str


@lru_cache(maxsize=1)
def _of_newest() -> tuple[str, tuple[Any, ...]]:
    return _compile(_newest(), {})


@lru_cache(maxsize=1)
def _of_rating() -> tuple[str, tuple[Any, ...]]:
    marks = _marks((("slug", str),))
    return _compile(Rating.objects.order_by().filter(**marks).values_list("pk")[:1], marks)


@lru_cache(maxsize=4)
def _of_document(shape: Shape) -> tuple[str, tuple[Any, ...]]:
    marks = _marks(shape)
    rows = Publication.objects.order_by().filter(**marks)
    return _compile(rows.values_list("sha256", "document"), marks)


@lru_cache(maxsize=2)
def _of_bound(lookup: str) -> tuple[str, tuple[Any, ...]]:
    """The first place at or after a time, or the last before it."""
    is_first, marks = lookup.endswith("gte"), _marks(((lookup, datetime),))
    order = ("published_at", "seq") if is_first else ("-published_at", "-seq")
    rows = CurrentVerdict.objects.filter(**marks).order_by(*order).values_list("seq")
    return _compile(rows[:1], marks)


@lru_cache(maxsize=512)
def _of_verdicts(shape: Shape, is_oldest_first: bool) -> tuple[str, tuple[Any, ...]]:
    marks = _marks(shape)
    rows = CurrentVerdict.objects.search(marks.pop("search", "")).filter(**marks)
    rows = rows.order_by("seq" if is_oldest_first else "-seq")
    columns = ("seq", "publication__document", "state", "publication__sha256")
    return _compile(rows.values_list(*columns, Subquery(_newest())), _marks(shape))


@lru_cache(maxsize=16)
def _of_publications(shape: Shape) -> tuple[str, tuple[Any, ...]]:
    rows = Publication.objects.filter(**_marks(shape)).order_by("seq")
    columns = ("seq", "document", "kind", "sha256")
    return _compile(rows.values_list(*columns, Subquery(_newest())), _marks(shape))


def _newest() -> QuerySet[Any, Any]:
    return Publication.objects.order_by("-seq").values("sha256")[:1]


def _marks(shape: Shape) -> dict[str, Any]:
    """A value for each look-up, of its type and like no other, to be found again in the statement."""
    made: dict[str, Any] = {}
    for number, (name, kind) in enumerate(shape, start=1):
        likenesses: dict[Any, Any] = {
            str: f"mark-{name}",
            list: [f"mark-{name}"],
            int: LAST - number,
            UUID: UUID(int=number),
            datetime: datetime(number, 1, 1, tzinfo=UTC),
        }
        made[name] = kind if isinstance(kind, tuple) else likenesses[kind]
    return made


def _compile(rows: QuerySet[Any, Any], marks: dict[str, Any]) -> tuple[str, tuple[Any, ...]]:
    """The statement, and for each of its places the mark of a look-up or a value that is always the same."""
    statement, values = rows.query.sql_with_params()
    found = [
        next((Mark(name) for name, mark in marks.items() if mark in (value, [value])), value)
        for value in values
    ]
    places = count(1)
    statement = re.sub("%[%s]", lambda at: f"${next(places)}" if at[0] == "%s" else "%", statement)
    return statement, tuple(found)
