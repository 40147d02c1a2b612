"""What will go away says so in time: `Deprecation` (RFC 9745), `Sunset` (RFC 8594) and a link to what to do.

A view sets `deprecated_since`, and `sunset` once the day is known; the OpenAPI document then marks its operations.
"""

from datetime import UTC, date, datetime
from typing import Any

from django.http.response import HttpResponseBase
from django.utils.http import http_date

from publishing.documents import public_url


def mark(view: Any, response: HttpResponseBase) -> None:
    """The header fields of a view that is deprecated."""
    if (since := getattr(view, "deprecated_since", None)) is None:
        return
    response["Deprecation"] = f"@{_seconds(since)}"
    response["Link"] = f'<{public_url("api:docs")}>; rel="deprecation"; type="text/html"'
    if (sunset := getattr(view, "sunset", None)) is not None:
        response["Sunset"] = http_date(_seconds(sunset))


def _seconds(day: date) -> int:
    """When the day begins, in UTC."""
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())
