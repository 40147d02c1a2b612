"""The desk's addresses, the floor beneath them, and the conventional way beside them."""

from django.http import HttpRequest, HttpResponse
from django.urls import path

from benchmarks.serving.conventional import Page
from config import urls
from config.urls import handler400, handler403, handler404, handler500

__all__ = ["handler400", "handler403", "handler404", "handler500"]
_bodies: dict[int, bytes] = {}


def floor(request: HttpRequest, size: int) -> HttpResponse:
    """As many bytes as are asked for, always the same: what any answer of this size costs here."""
    body = _bodies.setdefault(size, b"x" * size)
    return HttpResponse(body, content_type="application/json")


def nothing(request: HttpRequest) -> HttpResponse:
    return HttpResponse(status=304)


urlpatterns = [
    path("floor/<int:size>/", floor),
    path("floor/304/none/", nothing),
    path("conventional/", Page.as_view()),
    *urls.urlpatterns,
]
