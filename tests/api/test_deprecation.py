"""What will go away says so, in each answer and in the document."""

from datetime import date

import pytest
from django.http import HttpResponse
from django.test import override_settings
from django.urls import path
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.utils import extend_schema

from api.lean import LeanView, lean
from api.views import ApiView
from config.urls import urlpatterns as ours


class Old(ApiView):
    deprecated_since, sunset = date(2026, 3, 1), date(2027, 3, 1)

    @extend_schema(operation_id="old", summary="Old", responses={200: None})
    def get(self, request):
        return HttpResponse("{}", content_type="application/json")


class OldAndLean(LeanView):
    deprecated_since = date(2026, 3, 1)

    @staticmethod
    def answer_plainly(request, **kwargs):
        return HttpResponse("{}", content_type="application/json")


urlpatterns = [
    path("api/old/", Old.as_view()),
    path("api/old-and-lean/", lean(OldAndLean)),
    *ours,
]


@pytest.fixture
def deprecated(db):
    with override_settings(ROOT_URLCONF=__name__):
        yield


def test_every_answer_says_since_when_and_until_when(client, deprecated):
    response = client.get("/api/old/")
    assert response["Deprecation"] == "@1772323200"
    assert response["Sunset"] == "Mon, 01 Mar 2027 00:00:00 GMT"
    assert 'rel="deprecation"' in response["Link"]


def test_so_does_one_that_goes_the_short_way_and_as_long_as_no_day_is_set_no_more(
    client, deprecated
):
    response = client.get("/api/old-and-lean/")
    assert response["Deprecation"] == "@1772323200"
    assert "Sunset" not in response


def test_the_document_marks_the_operation(deprecated):
    patterns = [pattern for pattern in urlpatterns if str(pattern.pattern) == "api/old/"]
    [operation] = SchemaGenerator(patterns=patterns).get_schema(public=True)["paths"].values()
    assert operation["get"]["deprecated"] is True


def test_nothing_else_says_so(client, deprecated):
    assert "Deprecation" not in client.get("/api/v1/verdicts/")
