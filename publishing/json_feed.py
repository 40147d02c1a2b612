"""The public record as a JSON Feed (version 1.1): the same entries as the Atom feed, for programs."""

import json
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.http import http_date

from publishing.documents import public_url
from publishing.feed_entries import Entry, Window, read_window
from publishing.feeds import SUBTITLE, feed_address, feed_title
from publishing.jsonld import ESCAPES

VERSION = "https://jsonfeed.org/version/1.1"
MEDIA_TYPE = "application/feed+json"


def json_feed(request: HttpRequest) -> HttpResponse:
    window = read_window(request.GET)
    text = json.dumps(render_feed(window), ensure_ascii=False).translate(ESCAPES)
    headers = {
        "Last-Modified": http_date(window.changed_at.timestamp()),
        "Access-Control-Allow-Origin": "*",
    }
    return HttpResponse(text, content_type=MEDIA_TYPE, headers=headers)


def render_feed(window: Window) -> dict[str, Any]:
    address = feed_address(window.archive, name="json-feed")
    older = (
        {} if window.older is None else {"next_url": feed_address(window.older, name="json-feed")}
    )
    return {
        "version": VERSION,
        "title": feed_title(),
        "description": SUBTITLE,
        "home_page_url": public_url("publishing:list-verdicts"),
        "feed_url": address,
        **older,
        "authors": [{"name": settings.ASSAY_DESK_NAME, "url": settings.ASSAY_BASE_URL}],
        "items": [_item(entry) for entry in window.entries],
    }


def _item(entry: Entry) -> dict[str, Any]:
    """`_assay` is ours: with it the entry can be looked up in the record and verified."""
    reading = entry.reading
    return {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "content_text": entry.summary,
        "date_published": reading.document["published_at"],
        "_assay": {
            "about": public_url("api:docs"),
            "seq": entry.seq,
            "sha256": entry.sha256,
            "kind": reading.kind,
            "claim": reading.id,
            "rating": reading.verdict["rating"],
            "label": reading.verdict["label"],
            "normalised": reading.verdict["normalised"],
        },
    }
