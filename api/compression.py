"""The API's answers, packed with gzip for those who take it.

Only here, and only what holds no secret beside what a stranger can choose. Packing both together tells the one
by the length of the other (BREACH): a page of another site can have a browser ask with its cookies, and the
address that it chose comes back in `next`. So an answer for a browser's session is never packed. Nor can a
page make a browser send somebody's key, and what is public is no secret.

Packed and plain are two representations, each with a strong ETag of its own: the packed one's ends in `-gzip`.
What comes back with it, to ask or to change, is taken for the plain one's here, so that nobody else need know.
"""

import gzip
import re
import zlib
from collections.abc import Callable, Iterable, Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils.cache import patch_vary_headers

Answer = HttpResponse | StreamingHttpResponse
#: Less goes into one packet as it is.
SHORTEST = 1000
LEVEL = 5
#: How the tag of a packed answer ends.
MARK = '-gzip"'
PACKABLE = re.compile(
    r"(application|text|image)/([\w.-]+\+)?(json|x-ndjson|xml|yaml|plain|csv|html|javascript)"
)
WANTED = re.compile(r"(?:^|,)\s*(gzip|\*)\s*(?:;\s*q\s*=\s*([\d.]+))?\s*(?=,|$)", re.IGNORECASE)


class PackedApi:
    """Middleware; it stands outside of what sets Content-Length."""

    def __init__(self, get_response: Callable[[HttpRequest], Answer]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> Answer:
        if not request.path_info.startswith("/api/"):
            return self.get_response(request)
        has_packed = _unmark(request)
        response = self.get_response(request)
        pack(request, response, has_packed=has_packed)
        return response


def pack(request: HttpRequest, response: Answer, *, has_packed: bool = False) -> None:
    """Pack the answer in place, if that is safe, wanted and worth it."""
    is_packable = PACKABLE.match(response.get("Content-Type", "")) is not None
    if response.has_header("Content-Encoding") or not (is_packable or response.status_code == 304):
        return
    patch_vary_headers(response, ["Accept-Encoding"])
    if response.status_code == 304:
        if has_packed:
            _mark(response)
    elif settings.SESSION_COOKIE_NAME in request.COOKIES or not _takes_gzip(request):
        return
    elif isinstance(response, StreamingHttpResponse):
        parts: Iterable[bytes] = response.streaming_content  # type: ignore[assignment]  # never asynchronous
        response.streaming_content = _pack_stream(parts)
        _tell(response)
    elif len(response.content) >= SHORTEST:
        response.content = gzip.compress(response.content, LEVEL, mtime=0)
        _tell(response)
        response["Content-Length"] = str(len(response.content))


def _tell(response: Answer) -> None:
    response["Content-Encoding"] = "gzip"
    del response["Content-Length"]
    _mark(response)


def _mark(response: Answer) -> None:
    etag = response.get("ETag", "")
    if etag.startswith('"'):
        response["ETag"] = f"{etag[:-1]}{MARK}"


def _unmark(request: HttpRequest) -> bool:
    """Whether the client has something packed. Its tags become those that the views know."""
    has_packed = False
    for name in ("HTTP_IF_NONE_MATCH", "HTTP_IF_MATCH"):
        if MARK in (sent := request.META.get(name, "")):
            request.META[name] = sent.replace(MARK, '"')
            has_packed = True
    return has_packed


def _takes_gzip(request: HttpRequest) -> bool:
    weights = {
        name.lower(): float(weight or 1)
        for name, weight in WANTED.findall(request.headers.get("Accept-Encoding", ""))
        if weight.count(".") < 2 and weight != "."
    }
    return weights.get("gzip", weights.get("*", 0)) > 0


def _pack_stream(parts: Iterable[bytes]) -> Iterator[bytes]:
    """As it comes: what is held back is the packer's own window, whatever the length of the whole."""
    packer = zlib.compressobj(LEVEL, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    for part in parts:
        if packed := packer.compress(part):
            yield packed
    yield packer.flush()
