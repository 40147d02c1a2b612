"""Pages by keyset: each starts after the last row of the one before, at any depth in equal time.

A cursor is opaque and signed, and knows the filters of the list it was cut from: with other filters it would
name a place that means nothing there. It holds no time, so the same page is the same bytes.
"""

import hashlib
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
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
        found = list(rows.order_by(f"-{key}")[: self.limit + 1])
        shown = found[: self.limit]
        more = len(found) > self.limit
        return Page(shown, self.address_after(getattr(shown[-1], key)) if more else None)

    def lookup(self, key: str, of: type = int) -> dict[str, Any]:
        """What the rows from here on have in common."""
        return {f"{key}__lt": of(self._read())} if self.cursor else {}

    def _read(self) -> str:
        try:
            mark, key = SIGNER.unsign_object(self.cursor)
        except (signing.BadSignature, ValueError, TypeError) as error:
            raise _refuse("This is not a cursor of ours. Start again without it.") from error
        if mark != self._mark():
            raise _refuse("This cursor belongs to other filters. Start again without it.")
        return str(key)

    def _mark(self) -> str:
        given = sorted((k, v) for k, v in self.request.GET.items() if k not in OF_THE_PAGE and v)
        return hashlib.sha256(repr((self.request.path, self.audience, given)).encode()).hexdigest()[
            :16
        ]

    def address_after(self, key: Any) -> str:
        """Of the page that begins after the row with this key."""
        query = self.request.GET.copy()
        query["cursor"] = SIGNER.sign_object([self._mark(), str(key)])
        return self.request.build_absolute_uri(f"{self.request.path}?{query.urlencode()}")


def _refuse(words: str) -> ValidationError:
    return ValidationError({"cursor": words})
