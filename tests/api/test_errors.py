"""One shape for every error, wherever it arises."""

import json

import pytest
from django.core.exceptions import (
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
    ValidationError,
)
from django.http import Http404
from django.test import Client
from rest_framework import exceptions as drf

from accounts.models import Scope
from accounts.roles import Role
from api.errors import KINDS, problem_response
from api.v1 import record_views
from claims.kinds import Status
from claims.models import Claim
from claims.services import StaleClaim
from reviews.workflow import Action, InvalidTransition
from tests import factories


class Somebody:
    is_authenticated = True


class Nobody:
    is_authenticated = False


def raised(error, user=Somebody):
    request = type("Request", (), {"user": user})()
    return problem_response(error, {"request": request})


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [
        (ValidationError("No."), 400, "invalid"),
        (ValidationError({"text": "Empty."}), 400, "invalid"),
        (drf.ValidationError({"text": ["Empty."]}), 400, "invalid"),
        (drf.ParseError(), 400, "invalid"),
        (SuspiciousOperation("odd"), 400, "invalid"),
        (drf.NotAuthenticated(), 401, "not-signed-in"),
        (drf.AuthenticationFailed(), 401, "not-signed-in"),
        (PermissionDenied("Not yours."), 403, "forbidden"),
        (drf.PermissionDenied(), 403, "forbidden"),
        (Http404(), 404, "not-found"),
        (drf.NotFound(), 404, "not-found"),
        (drf.MethodNotAllowed("PUT"), 405, "method-not-allowed"),
        (InvalidTransition(Status.OPEN, Action.PUBLISH), 409, "conflict"),
        (StaleClaim(Claim()), 409, "stale"),
        (RequestDataTooBig("Large."), 413, "too-large"),
        (drf.UnsupportedMediaType("text/html"), 415, "unsupported-media-type"),
        (drf.Throttled(3), 429, "throttled"),
    ],
)
def test_an_exception_becomes_a_problem_with_its_status(error, status, kind):
    response = raised(error)
    problem = json.loads(response.content)
    assert (response.status_code, problem["status"]) == (status, status)
    assert problem["type"].endswith(f"#{kind}")
    assert problem["title"] == KINDS[kind][1]


def test_what_nobody_foresaw_is_left_to_the_log_and_the_500():
    assert raised(RuntimeError("a bug")) is None


def test_a_refusal_to_a_stranger_asks_for_a_key():
    assert raised(PermissionDenied("Not yours."), Nobody).status_code == 401


@pytest.mark.parametrize(
    ("detail", "errors"),
    [
        ({"a": ["x", "y"]}, {"a": ["x", "y"]}),
        ({"a": {"b": ["x"]}}, {"a.b": ["x"]}),
        ({"a": [{}, {"b": ["x"]}]}, {"a.1.b": ["x"]}),
        ({"non_field_errors": ["x"]}, {"body": ["x"]}),
        (["x"], {"body": ["x"]}),
    ],
)
def test_nested_errors_are_named_by_their_path(detail, errors):
    assert json.loads(raised(drf.ValidationError(detail)).content)["errors"] == errors


def test_general_words_are_in_the_detail_and_fields_in_errors():
    error = ValidationError({"__all__": ["Both."], "text": ["Empty."]})
    problem = json.loads(raised(error).content)
    assert problem["errors"] == {"text": ["Empty."]}
    assert problem["detail"] == "Both. text: Empty."


CASES = [
    ("get", "/api/v1/nonsense/", {}, 404),
    ("get", "/api/nonsense/", {}, 404),
    ("get", "/api/v1/claims/not-an-id/", {}, 404),
    ("get", "/api/v1/claims/00000000-0000-0000-0000-000000000000/", {}, 404),
    ("get", "/api/v1/verdicts/?colour=red", {}, 400),
    ("get", "/api/v1/verdicts/?rating=true&rating=false", {}, 400),
    ("get", "/api/v1/verdicts/?rating=nearly-right", {}, 400),
    ("get", "/api/v1/verdicts/?rating=%00", {}, 400),
    ("get", "/api/v1/verdicts/?normalised=red", {}, 400),
    ("get", "/api/v1/verdicts/?kind=red", {}, 400),
    ("get", "/api/v1/verdicts/?status=open", {}, 400),
    ("get", "/api/v1/verdicts/?article=12", {}, 400),
    ("get", "/api/v1/verdicts/?article_url=ftp://x", {}, 400),
    ("get", "/api/v1/verdicts/?claimant=%00", {}, 400),
    ("get", "/api/v1/verdicts/?q=%00", {}, 400),
    ("get", "/api/v1/verdicts/?q=%ff%fe", {}, 400),
    ("get", "/api/v1/verdicts/?published_after=yesterday", {}, 400),
    ("get", "/api/v1/verdicts/?published_after=2026-13-01", {}, 400),
    ("get", "/api/v1/verdicts/?published_before=03/01/2026", {}, 400),
    ("get", "/api/v1/verdicts/?format=xml", {}, 400),
    ("get", "/api/v1/articles/?url=javascript:alert(1)", {}, 400),
    ("get", "/api/v1/publications/?cursor=x", {}, 400),
    ("get", "/api/v1/verdicts/", {"Authorization": "Bearer nonsense"}, 401),
    ("post", "/api/v1/articles/", {}, 401),
    ("post", "/api/v1/verdicts/", {}, 405),
    ("delete", "/api/v1/claims/", {}, 405),
    ("put", "/api/v1/publications/1/", {}, 405),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("method", "address", "headers", "status"), CASES)
def test_every_refusal_has_the_one_shape(client, method, address, headers, status):
    response = getattr(client, method)(address, headers=headers)
    assert_problem(response, status)


def assert_problem(response, status):
    assert (response.status_code, response["Content-Type"]) == (status, "application/problem+json")
    problem = response.json()
    assert set(problem) == {
        "type",
        "title",
        "status",
        "detail",
        *(["errors"] if status == 400 else []),
    }
    assert problem["status"] == status
    assert problem["detail"]
    assert response["Cache-Control"] == "no-store"


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["verdicts", "publications", "claims", "articles"])
def test_an_unknown_parameter_is_named_with_those_that_are_known(client, name):
    errors = client.get(f"/api/v1/{name}/?colour=red&size=3").json()["errors"]
    assert sorted(errors) == ["colour", "size"]
    assert "limit" in errors["colour"][0]


@pytest.mark.django_db
def test_all_wrong_parameters_are_named_at_once(client):
    response = client.get("/api/v1/verdicts/?colour=red&limit=0&article=x&q=a&q=b")
    assert sorted(response.json()["errors"]) == ["article", "colour", "limit", "q"]


@pytest.mark.django_db
def test_a_method_an_address_does_not_take_is_answered_with_those_it_takes(client):
    assert client.put("/api/v1/verdicts/")["Allow"] == "GET, HEAD, OPTIONS"


BODIES = [
    (b"not json", "application/json", 400),
    (b'{"text": "\xff\xfe"}', "application/json", 400),
    (b'{"text": NaN}', "application/json", 400),
    (b'{"text": ', "application/json", 400),
    (b"[" * 100_000, "application/json", 400),
    (b'{"text": ' + b"[" * 100_000 + b"]" * 100_000 + b"}", "application/json", 400),
    (b'["text"]', "application/json", 400),
    (b'"text"', "application/json", 400),
    (b"null", "application/json", 400),
    (b"", "application/json", 400),
    (b'{"text": "a\\u0000b"}', "application/json", 400),
    (b'{"text": "a\\ud800b"}', "application/json", 400),
    (b'{"text": "a", "title": "a\\ud800b"}', "application/json", 400),
    (b"text=a", "application/x-www-form-urlencoded", 415),
    (b"<text/>", "text/xml", 415),
    (b'{"text": "a"}', "application/jsonx", 415),
    (b"a", "nonsense", 415),
]


@pytest.mark.django_db
@pytest.mark.parametrize(("body", "content_type", "status"), BODIES)
def test_a_body_that_cannot_be_read_is_refused_in_the_one_shape(
    client, key, body, content_type, status
):
    headers = key(Role.EDITOR, Scope.WRITE)
    response = client.generic("POST", "/api/v1/articles/", body, content_type, headers=headers)
    assert_problem(response, status)


@pytest.mark.django_db
def test_a_body_beyond_the_limit_is_refused_without_reading_it_all(client, key, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 1_000_000
    body = json.dumps({"text": "a" * 1_000_001})
    headers = key(Role.EDITOR, Scope.WRITE)
    response = client.post("/api/v1/articles/", body, "application/json", headers=headers)
    assert_problem(response, 413)


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["articles/", "claims/", "sources/"])
def test_a_body_of_50_megabytes_is_beyond_the_limit_as_it_comes(client, key, address):
    headers = key(Role.EDITOR, Scope.WRITE)
    body = b'{"text": "' + b"a" * 50_000_000 + b'"}'
    response = client.generic(
        "POST", f"/api/v1/{address}", body, "application/json", headers=headers
    )
    assert_problem(response, 413)


@pytest.mark.django_db
def test_a_bug_is_answered_in_the_one_shape_without_its_details(monkeypatch):
    def break_down(*_, **__):
        raise RuntimeError("inner details")

    monkeypatch.setattr(record_views.record, "verdicts", break_down)
    response = Client(raise_request_exception=False).get("/api/v1/verdicts/")
    assert_problem(response, 500)
    assert "inner details" not in response.content.decode()


@pytest.mark.django_db
def test_outside_the_api_an_error_stays_a_page(client):
    response = client.get("/nonsense/")
    assert (response.status_code, response["Content-Type"].split(";")[0]) == (404, "text/html")


@pytest.mark.django_db
def test_the_reference_page_explains_every_kind_of_problem(client):
    page = client.get("/api/docs/").content.decode()
    assert all(f'id="{kind}"' in page for kind in KINDS)


@pytest.mark.django_db
def test_an_address_without_its_slash_leads_to_the_one_with_it(client):
    factories.make_user()
    response = client.get("/api/v1/verdicts")
    assert (response.status_code, response["Location"]) == (301, "/api/v1/verdicts/")
