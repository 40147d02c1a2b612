"""The address of a verdict's picture. The same for everyone, kept by caches, and drawn anew only when it changed."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import condition, require_safe

from publishing import queries
from publishing.cards import draw_card
from publishing.documents import public_url
from publishing.reading import Reading, read
from publishing.sharing import standing

MAX_AGE = 3600


def _tag(request: HttpRequest, pk: UUID) -> str | None:
    sha256 = queries.verdicts().filter(pk=pk).values_list("publication__sha256", flat=True)
    found: str | None = sha256.first()
    return f'"{found}"' if found else None


@require_safe
@condition(etag_func=_tag)
def show_card(request: HttpRequest, pk: UUID) -> HttpResponse:
    row: Any = get_object_or_404(queries.verdicts(), pk=pk)
    reading = read(row.publication.document)
    picture = draw_card(reading, reading.document["publisher"]["name"])
    headers = {
        "Cache-Control": f"public, max-age={MAX_AGE}, stale-while-revalidate={24 * MAX_AGE}",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    return HttpResponse(picture, content_type="image/png", headers=headers)


def card_address(reading: Reading) -> str:
    """With the entry's number, so that sites which keep pictures for long ask again after a change."""
    return f"{public_url('publishing:show-card', reading.id)}?entry={reading.seq}"


def card_description(reading: Reading) -> str:
    """The picture in words."""
    claimant = reading.claimant.get("name", "")
    claimed = f" Claimed by {claimant}." if claimant else ""
    return f"“{reading.statement}” {standing(reading)}.{claimed}"
