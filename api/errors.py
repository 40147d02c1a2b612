"""The one shape of every error (RFC 9457), and the one place where exceptions become statuses.

`problem_response` answers for everything a view raises. The handlers answer where no view does: an address
that matches nothing, and what nobody foresaw. Outside /api/ they leave the answer to the desk's own pages.
"""

import json
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import (
    NON_FIELD_ERRORS,
    BadRequest,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.http import Http404, HttpRequest, HttpResponse
from django.views import defaults
from rest_framework import exceptions as drf

from api.authentication import CHALLENGE
from api.google.answers import is_google, refuse
from api.idempotency import KeyReused
from api.preconditions import PreconditionFailed
from api.refusals import of_gate, of_transition
from articles.services import AlreadyHere
from claims.services import StaleClaim
from publishing.documents import public_url
from publishing.services import GateClosed
from reviews.views import errors as pages
from reviews.workflow import InvalidTransition

CONTENT_TYPE = "application/problem+json"
BROKEN = "It is our fault, it is logged, and nothing was changed. Try again, or tell us."

#: Every kind of problem: the last part of its `type`, the status and the title.
KINDS: dict[str, tuple[int, str]] = {
    "invalid": (400, "The request is not right"),
    "not-signed-in": (401, "A key is needed"),
    "forbidden": (403, "Not allowed"),
    "not-found": (404, "Not found"),
    "gone": (410, "It was there, and was taken back"),
    "not-acceptable": (406, "Not in this form"),
    "method-not-allowed": (405, "This address does not take this method"),
    "conflict": (409, "It does not stand where this starts"),
    "stale": (409, "It changed in the meantime"),
    "gate-closed": (409, "The gate does not let it through"),
    "already-here": (409, "It is here already"),
    "precondition-failed": (412, "It is not as you know it"),
    "too-large": (413, "Too large"),
    "unsupported-media-type": (415, "Send JSON"),
    "key-reused": (422, "This key stands for another request"),
    "throttled": (429, "Too many requests"),
    "busy": (503, "Busy just now"),
    "server-error": (500, "Something broke here"),
}
_BY_STATUS = {status: kind for kind, (status, _) in reversed(KINDS.items())}


class Gone(drf.APIException):
    """What was there for everyone, and was taken back."""

    status_code = 410


@dataclass(frozen=True, slots=True)
class Problem:
    """`errors` says what is wrong with each field or parameter; `more` is what a program can go on with."""

    kind: str
    detail: str
    errors: dict[str, list[str]] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)

    @property
    def status(self) -> int:
        return KINDS[self.kind][0]

    @property
    def content(self) -> dict[str, Any]:
        status, title = KINDS[self.kind]
        return {
            "type": f"{public_url('api:docs')}#{self.kind}",
            "title": title,
            "status": status,
            "detail": self.detail,
            **({"errors": self.errors} if status == 400 else {}),
            **self.more,
        }


def problem_response(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """REST framework's exception handler. None for what nobody foresaw: that is logged as a 500."""
    request = context.get("request")
    if isinstance(error, PermissionDenied) and not (request and request.user.is_authenticated):
        error = drf.NotAuthenticated()
    problem = describe(error)
    return None if problem is None else answer(problem)


def answer(problem: Problem) -> HttpResponse:
    response = HttpResponse(
        _readable(problem.content),
        status=problem.status,
        content_type=CONTENT_TYPE,
        headers={"Cache-Control": "no-store"},
    )
    if problem.status == 401:
        response["WWW-Authenticate"] = CHALLENGE
    return response


def _readable(content: dict[str, Any]) -> bytes:
    """What was sent may be named in it, also what no text can hold."""
    return json.dumps(content, ensure_ascii=False).encode("utf-8", "backslashreplace")


def describe(error: Exception) -> Problem | None:
    """What an exception means to a client. None for what nobody foresaw."""
    match error:
        case KeyReused():
            return Problem("key-reused", str(error))
        case PreconditionFailed():
            return Problem("precondition-failed", str(error))
        case AlreadyHere() | InvalidTransition() | StaleClaim() | GateClosed():
            return _conflict(error)
        case ValidationError():
            return _invalid(error)
        case drf.ValidationError():
            errors = dict(_flatten(error.detail))
            return Problem("invalid", _all_words(errors), errors)
        case PermissionDenied():
            return Problem("forbidden", str(error) or "You may not do this.")
        case Http404() | drf.NotFound():
            return Problem("not-found", "There is nothing here, or nothing that is published.")
        case RequestDataTooBig():
            return Problem("too-large", str(error))
        case SuspiciousOperation() | BadRequest():
            return Problem("invalid", "The request cannot be read.")
        case drf.APIException():
            ours = "invalid" if error.status_code < 500 else "server-error"
            return Problem(_BY_STATUS.get(error.status_code, ours), str(error.detail))
    return None


def _conflict(error: AlreadyHere | InvalidTransition | StaleClaim | GateClosed) -> Problem:
    match error:
        case AlreadyHere():
            return Problem("already-here", f"{' '.join(error.messages)} Its id: {error.article.pk}")
        case StaleClaim():
            return Problem("stale", str(error))
        case GateClosed():
            return Problem("gate-closed", " ".join(error.messages), more=of_gate(error))
        case InvalidTransition():
            return Problem("conflict", str(error), more=of_transition(error))


def _invalid(error: ValidationError) -> Problem:
    if not hasattr(error, "error_dict"):
        return Problem("invalid", " ".join(error.messages))
    errors = {name: list(words) for name, words in error.message_dict.items()}
    general = errors.pop(NON_FIELD_ERRORS, [])
    return Problem("invalid", " ".join([*general, _all_words(errors)]).strip(), errors)


def _flatten(detail: Any, path: str = "") -> list[tuple[str, list[str]]]:
    """Nested error details as (path, words): {"spans": {"0": {"start": [..]}}} is “spans.0.start”."""
    if isinstance(detail, dict):
        found = []
        for name, inner in detail.items():
            name = "" if name == "non_field_errors" else str(name)
            found += _flatten(inner, f"{path}.{name}".strip("."))
        return found
    if isinstance(detail, list) and any(isinstance(item, dict | list) for item in detail):
        return _flatten({str(place): item for place, item in enumerate(detail)}, path)
    words = [str(item) for item in (detail if isinstance(detail, list) else [detail])]
    return [(path or "body", words)]


def _all_words(errors: dict[str, list[str]]) -> str:
    return " ".join(f"{name}: {' '.join(words)}" for name, words in errors.items())


def is_api(request: HttpRequest) -> bool:
    return request.path.startswith(("/api/", "/annotations/"))


def handler400(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_google(request):
        return refuse(400, "The request cannot be read.")
    if not is_api(request):
        return pages.bad_request(request, exception)
    return answer(describe(exception) or Problem("invalid", "The request cannot be read."))


def handler403(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_google(request):
        return refuse(403, "You may not do this.")
    if not is_api(request):
        return defaults.permission_denied(request, exception)
    return answer(Problem("forbidden", str(exception) or "You may not do this."))


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    if is_google(request):
        return refuse(404, "There is nothing at this address.")
    if not is_api(request):
        return defaults.page_not_found(request, exception)
    return answer(Problem("not-found", "There is nothing at this address. /api/docs/ lists them."))


def handler500(request: HttpRequest) -> HttpResponse:
    if is_google(request):
        return refuse(500, BROKEN)
    if not is_api(request):
        return defaults.server_error(request)
    return answer(Problem("server-error", BROKEN))
