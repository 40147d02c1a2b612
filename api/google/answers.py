"""Answers as Google's APIs write them: JSON that is pretty unless asked otherwise, and one shape for every error."""

import json
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from api.authentication import CHALLENGE
from publishing.jsonld import harmless

PREFIX = "/v1alpha1/"
CONTENT_TYPE = "application/json; charset=UTF-8"
#: What Google calls each HTTP status.
STATUSES = {
    400: "INVALID_ARGUMENT",
    401: "UNAUTHENTICATED",
    403: "PERMISSION_DENIED",
    404: "NOT_FOUND",
    405: "UNIMPLEMENTED",
    409: "ABORTED",
    413: "OUT_OF_RANGE",
    415: "INVALID_ARGUMENT",
    422: "INVALID_ARGUMENT",
    429: "RESOURCE_EXHAUSTED",
    500: "INTERNAL",
}


def is_google(request: HttpRequest) -> bool:
    return request.path.startswith(PREFIX)


def write(content: Any, *, is_pretty: bool = True) -> str:
    if is_pretty:
        return harmless(json.dumps(content, ensure_ascii=False, indent=2)) + "\n"
    return harmless(json.dumps(content, ensure_ascii=False, separators=(",", ":")))


def refuse(
    code: int,
    message: str,
    *,
    status: str = "",
    fields: dict[str, list[str]] | None = None,
    reason: str = "",
) -> HttpResponse:
    """An error. `fields` says what is wrong with each, `reason` is a word for programs."""
    error: dict[str, Any] = {
        "code": code,
        "message": message,
        "status": status or STATUSES.get(code, "UNKNOWN"),
    }
    if details := [*_reason(reason), *_violations(fields)]:
        error["details"] = details
    response = HttpResponse(
        write({"error": error}),
        status=code,
        content_type=CONTENT_TYPE,
        headers={"Cache-Control": "no-store"},
    )
    if code == 401:
        response["WWW-Authenticate"] = CHALLENGE
    return response


def _reason(reason: str) -> list[dict[str, Any]]:
    if not reason:
        return []
    kind = "type.googleapis.com/google.rpc.ErrorInfo"
    domain = urlsplit(settings.ASSAY_BASE_URL).hostname or ""
    return [{"@type": kind, "reason": reason, "domain": domain}]


def _violations(fields: dict[str, list[str]] | None) -> list[dict[str, Any]]:
    if not fields:
        return []
    kind = "type.googleapis.com/google.rpc.BadRequest"
    found = [
        {"field": name, "description": " ".join(words)} for name, words in sorted(fields.items())
    ]
    return [{"@type": kind, "fieldViolations": found}]
