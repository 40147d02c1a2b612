"""How many answers may be sent while they are made.

A long answer that is sent as it is made keeps a thread of the server until its consumer has read it, and a consumer
may read at a byte a second. So only some of the threads send such answers at any time, and whoever asks for one more
is told to come again: everything else goes on being answered.
"""

from collections.abc import Callable, Iterator
from threading import BoundedSemaphore

from django.conf import settings
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase

from api.errors import Problem, answer

AGAIN = 30  # seconds
BUSY = "Too many long answers are being sent just now. Ask again in half a minute."
_free = BoundedSemaphore(settings.ASSAY_LONG_ANSWERS)


class LimitStreams:
    """Innermost, so that files of the site itself do not count: they are short and sent by another hand."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        if not isinstance(response, StreamingHttpResponse) or request.method == "HEAD":
            return response
        if not _free.acquire(blocking=False):
            return _busy()
        response.streaming_content = Held(iter(response), _free)
        return response


class Held:
    """The parts of an answer, and the place that it takes until it has been read, is closed, or is forgotten."""

    def __init__(self, parts: Iterator[bytes], places: BoundedSemaphore) -> None:
        self._parts, self._places, self._is_open = parts, places, True

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            return next(self._parts)
        except BaseException:  # also that it has ended
            self.close()
            raise

    def close(self) -> None:
        if self._is_open:
            self._is_open = False
            self._places.release()

    __del__ = close


def _busy() -> HttpResponse:
    response = answer(Problem("busy", BUSY))
    response["Retry-After"] = str(AGAIN)
    return response
