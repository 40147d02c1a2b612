"""What every view of the API has in common: JSON whatever is asked for, ETags, and who may keep a copy.

What is public may be kept by anyone who asks each time whether it still holds. What only the desk sees is
never kept. Pages of other sites may read what is public, without credentials.
"""

import hashlib
import json
from datetime import date
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.http import parse_etags
from rest_framework.negotiation import BaseContentNegotiation
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request
from rest_framework.views import APIView

from api import deprecation
from api.parsers import BoundedJSONParser
from api.schema import AssaySchema
from api.throttling import CallerThrottle, show_use
from config import replica

FOR_ALL = "public, max-age=0, must-revalidate"
FOR_ONE = "private, no-store"
#: What a browser hears that asks first whether another site's page may read.
PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "If-None-Match",
    "Access-Control-Max-Age": "86400",
}
#: Headers of an answer that a page of another site may read, besides those that it always may.
EXPOSED = "ETag, RateLimit, RateLimit-Policy, Retry-After, Deprecation, Sunset, Link"


class AlwaysJSON(BaseContentNegotiation):
    """There is one format, so there is nothing to negotiate."""

    def select_parser(self, request: Request, parsers: Any) -> Any:
        sent = (request.content_type or "").partition(";")[0].strip().lower()
        return next((parser for parser in parsers if parser.media_type == sent), None)

    def select_renderer(
        self, request: Request, renderers: Any, format_suffix: str | None = None
    ) -> tuple[Any, str]:
        return renderers[0], renderers[0].media_type


class ApiView(APIView):
    """A view that answers with finished bytes."""

    parser_classes = [BoundedJSONParser]
    content_negotiation_class = AlwaysJSON
    throttle_classes = [CallerThrottle]
    refuses_readers = False  # whether reading is for the desk alone; the document says so
    deprecated_since: date | None = None
    sunset: date | None = None
    schema = AssaySchema()

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """A key that may write here reads where it writes; a consumer's other reads may be a moment behind."""
        super().initial(request, *args, **kwargs)
        if replica.ALIAS in settings.DATABASES:
            is_desk = request.user.has_perm("claims.view_claim")
            is_behind = not is_desk and not getattr(self, "writes", "")
            replica.read_for(request._request, is_allowed=is_behind)

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        """What the address takes: for a browser that asks before it lets another site's page in."""
        return HttpResponse(status=204, headers={"Allow": ", ".join(self.allowed_methods)})

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        deprecation.mark(self, response)
        return finish(request, response)


def finish(request: Any, response: HttpResponse) -> HttpResponse:
    """The headers that every answer has."""
    patch_vary_headers(response, ["Authorization", "Cookie"])
    response.headers.setdefault("Cache-Control", FOR_ONE)
    show_use(request, response)
    if settings.ASSAY_PUBLIC_API and request.method in SAFE_METHODS and _is_anyone(request):
        _open_to_other_sites(response)
        if request.method == "OPTIONS":
            for name, value in PREFLIGHT.items():
                response[name] = value
    return response


def _is_anyone(request: Any) -> bool:
    return (
        "Authorization" not in request.headers
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
    )


def _open_to_other_sites(response: HttpResponse) -> None:
    """Without credentials, so a browser never hands over what only its owner may see."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = EXPOSED


def send(
    request: Any,
    body: str | bytes,
    *,
    etag: str = "",
    is_public: bool,
    content_type: str = "application/json",
) -> HttpResponse:
    """Finished JSON with a strong ETag: the one given, else the hash of the bytes. 304 if it is known."""
    content = body.encode() if isinstance(body, str) else body
    etag = etag or quote(hashlib.sha256(content).hexdigest())
    if is_known(request, etag):
        return not_modified(etag, is_public=is_public)
    return _with_headers(HttpResponse(content, content_type=content_type), etag, is_public)


def not_modified(etag: str, *, is_public: bool) -> HttpResponse:
    return _with_headers(HttpResponse(status=304), etag, is_public)


def is_known(request: Any, etag: str) -> bool:
    """Whether the client has this. A proxy may have marked the tag as weak: the bytes are the same."""
    if not (sent := request.META.get("HTTP_IF_NONE_MATCH")):
        return False
    known = parse_etags(sent)
    return "*" in known or etag in {tag.removeprefix("W/") for tag in known}


def quote(tag: str) -> str:
    return f'"{tag}"'


def list_body(results: list[str], next_url: str | None) -> str:
    """A page of results that are JSON text already."""
    return f'{{"results":[{",".join(results)}],"next":{json.dumps(next_url)}}}'


def list_bytes(results: list[bytes], next_url: str | None) -> bytes:
    """The same of bytes, which are joined once."""
    return b'{"results":[%b],"next":%b}' % (b",".join(results), json.dumps(next_url).encode())


def to_json(content: Any) -> str:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def _with_headers(response: HttpResponse, etag: str, is_public: bool) -> HttpResponse:
    response["ETag"] = etag
    response["Cache-Control"] = FOR_ALL if is_public and settings.ASSAY_PUBLIC_API else FOR_ONE
    return response
