"""Pages of the public record: each starts where the last one ended, whatever was published meanwhile."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from django.db.models import QuerySet
from django.http import QueryDict

PAGE_SIZE = 20
Row = TypeVar("Row")


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Rows, newest first, and where their neighbours are: a query, or nothing."""

    rows: list[Row]
    newer: str = ""
    older: str = ""


def cut_page(rows: QuerySet[Any, Row], query: QueryDict, *, key: str = "seq") -> Page[Row]:
    """The page of `rows` that the query asks for with ?before= or ?after=, else the first.

    `key` numbers the rows: a field of theirs, or an annotation if they are dicts.
    """
    before, after = _number(query.get("before")), _number(query.get("after"))
    if after is not None:
        ahead = list(rows.filter(**{f"{key}__gt": after}).order_by(key)[: PAGE_SIZE + 1])
        if len(ahead) > PAGE_SIZE:
            found = ahead[PAGE_SIZE - 1 :: -1]
            return Page(
                found,
                _query(query, after=found[0], key=key),
                _query(query, before=found[-1], key=key),
            )
        before = None
    if before is not None:
        rows = rows.filter(**{f"{key}__lt": before})
    found = list(rows.order_by(f"-{key}")[: PAGE_SIZE + 1])
    has_older, found = len(found) > PAGE_SIZE, found[:PAGE_SIZE]
    return Page(
        found,
        _query(query, after=found[0], key=key) if before is not None and found else "",
        _query(query, before=found[-1], key=key) if has_older else "",
    )


def _query(query: QueryDict, *, key: str, **ends: Any) -> str:
    """The query as it is, but for the end of the page it asks for."""
    changed = query.copy()
    for name in ("before", "after"):
        changed.pop(name, None)
    for name, row in ends.items():
        changed[name] = str(row[key] if isinstance(row, dict) else getattr(row, key))
    return "?" + changed.urlencode()


def _number(text: str | None) -> int | None:
    """A place in the record, or nothing if it cannot be one."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) < 19 else None
