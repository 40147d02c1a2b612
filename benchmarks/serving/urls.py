"""The desk's addresses, the floor beneath them, and the conventional way beside them."""

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import path
from django.views.decorators.csrf import csrf_exempt
from uuid_utils.compat import uuid7

from audit.models import Event
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


@csrf_exempt
def insert(request: HttpRequest) -> HttpResponse:
    """One row from what is sent, and what is sent as the answer: the least that a write costs here."""
    sent = json.loads(request.body)
    Event.objects.create(verb="bench.row", subject_type="bench", subject_id=uuid7(), after=sent)
    return JsonResponse(sent, status=201)


urlpatterns = [
    path("floor/insert/", insert),
    path("floor/<int:size>/", floor),
    path("floor/304/none/", nothing),
    path("conventional/", Page.as_view()),
    *urls.urlpatterns,
]
