"""Pages by keyset: each starts after the last row of the one before, at any depth in equal time.

A cursor is opaque and signed, and knows the filters of the list it was cut from: with other filters it would
name a place that means nothing there. It holds no time, so the same page is the same bytes.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from rest_framework.request import Request

SIGNER = signing.Signer(salt="api.paging")
#: What may differ between the pages of one list.
OF_THE_PAGE = frozenset({"limit", "cursor"})


@dataclass(frozen=True, slots=True)
class Page:
    """Rows and the address of the next ones, if there are any."""

    rows: list[Any]
    next_url: str | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where in which list: `audience` tells apart two lists that share an address."""

    request: Request | HttpRequest
    audience: str
    limit: int
    cursor: str

    def cut(self, rows: QuerySet[Any, Any], *, key: str) -> Page:
        """The page of `rows` from here on, highest `key` first."""
        rows = rows.filter(**self.lookup(key, of=str))
        return self._page(list(rows.order_by(f"-{key}")[: self.limit + 1]), (key,))

    def lookup(self, key: str, of: type = int) -> dict[str, Any]:
        """What the rows from here on have in common."""
        return {f"{key}__lt": of(self._read()[0])} if self.cursor else {}

    def cut_upwards(self, rows: QuerySet[Any, Any], *keys: str) -> Page:
        """The page of `rows` from here on, lowest first: by one unique key, or by one and a unique second."""
        if self.cursor:
            rows = rows.filter(_after(dict(zip(keys, self._read(len(keys)), strict=True))))
        return self._page(list(rows.order_by(*keys)[: self.limit + 1]), keys)

    def cut_list(self, items: Sequence[Any], *, edition: str) -> Page:
        """The page of what is all here, by its place; `edition` tells when it has become another list."""
        start = 0
        if self.cursor:
            known, place = self._read(2)
            if known != edition:
                raise _refuse("The list has changed since this cursor. Start again without it.")
            start = int(place)
        shown, end = list(items[start : start + self.limit]), start + self.limit
        return Page(shown, self.address_after(edition, end) if end < len(items) else None)

    def _page(self, found: list[Any], keys: Sequence[str]) -> Page:
        shown, more = found[: self.limit], len(found) > self.limit
        return Page(
            shown, self.address_after(*(_key(shown[-1], k) for k in keys)) if more else None
        )

    def _read(self, length: int = 1) -> list[str]:
        try:
            mark, *keys = SIGNER.unsign_object(self.cursor)
        except (signing.BadSignature, ValueError, TypeError) as error:
            raise _refuse("This is not a cursor of ours. Start again without it.") from error
        if mark != self._mark() or len(keys) != length:
            raise _refuse("This cursor belongs to other filters. Start again without it.")
        return [str(key) for key in keys]

    def _mark(self) -> str:
        given = sorted((k, v) for k, v in self.request.GET.items() if k not in OF_THE_PAGE and v)
        return hashlib.sha256(repr((self.request.path, self.audience, given)).encode()).hexdigest()[
            :16
        ]

    def address_after(self, *keys: Any) -> str:
        """Of the page that begins after the row with these keys."""
        query = self.request.GET.copy()
        query["cursor"] = SIGNER.sign_object([self._mark(), *(str(key) for key in keys)])
        return self.request.build_absolute_uri(f"{self.request.path}?{query.urlencode()}")


def _key(row: Any, name: str) -> Any:
    return row[name] if isinstance(row, dict) else getattr(row, name)


def _after(ends: dict[str, str]) -> Q:
    """What comes after a row with these values. The first comparison alone is one that an index answers."""
    (name, value), *rest = ends.items()
    if not rest:
        return Q(**{f"{name}__gt": value})
    [(second, last)] = rest
    return Q(**{f"{name}__gte": value}) & (
        Q(**{f"{name}__gt": value}) | Q(**{f"{second}__gt": last})
    )


def _refuse(words: str) -> ValidationError:
    return ValidationError({"cursor": words})
