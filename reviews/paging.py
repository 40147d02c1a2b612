"""Pages of a list by keyset: each page starts after the last row of the one before, at any depth in equal time."""

from dataclasses import dataclass
from typing import Any, Generic, TypeVar
from uuid import UUID

from django.db.models import Model, Q, QuerySet
from django.http import QueryDict

M = TypeVar("M", bound=Model)
PAGE_SIZE = 50
#: Lists say how many up to here; beyond it they say "more than".
COUNT_UP_TO = 1000


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """A page of rows. `count` is capped; `next_query` asks for the following page, if there is one."""

    items: list[M]
    count: int
    is_more: bool
    next_query: str

    @property
    def how_many(self) -> str:
        return f"more than {COUNT_UP_TO:,}" if self.is_more else f"{self.count:,}"


def newest_first(rows: QuerySet[M], query: QueryDict) -> Page[M]:
    """By key, newest first."""
    after = read_key(query.get("after", ""))
    shown = rows.order_by("-pk")
    return _page(
        rows, shown.filter(pk__lt=after) if after else shown, query, lambda row: str(row.pk)
    )


def worthiest_first(rows: QuerySet[M], query: QueryDict) -> Page[M]:
    """By worth, highest first, then oldest first; rows without worth come last."""
    shown = rows.checkworthy()  # type: ignore[attr-defined]  # claims know it
    worth, _, key = query.get("after", "").partition("_")
    if pk := read_key(key):
        shown = shown.filter(_behind(worth, pk))
    return _page(
        rows, shown, query, lambda row: f"{'' if row.worth is None else row.worth!r}_{row.pk}"
    )


def _behind(worth: str, pk: UUID) -> Q:
    try:
        value = float(worth)
    except ValueError:
        return Q(worth=None, pk__gt=pk)
    return Q(worth__lt=value) | Q(worth=None) | Q(worth=value, pk__gt=pk)


def _page(rows: QuerySet[M], shown: QuerySet[M], query: QueryDict, key: Any) -> Page[M]:
    items = list(shown[: PAGE_SIZE + 1])
    count = rows.order_by()[: COUNT_UP_TO + 1].count()
    following = query.copy()
    if has_next := len(items) > PAGE_SIZE:
        following["after"] = key(items[PAGE_SIZE - 1])
    return Page(
        items=items[:PAGE_SIZE],
        count=count,
        is_more=count > COUNT_UP_TO,
        next_query=following.urlencode() if has_next else "",
    )


def read_key(text: str) -> UUID | None:
    """The key that an address or a form holds, or nothing if it cannot be one."""
    try:
        return UUID(text)
    except ValueError:
        return None
