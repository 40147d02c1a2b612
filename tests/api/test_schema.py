"""The OpenAPI document is valid, complete, and true of every answer."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command
from jsonschema import Draft202012Validator

from accounts.models import Scope
from accounts.roles import Role
from api.errors import KINDS
from api.v1.urls import urlpatterns
from articles.ingest.post import Posted
from articles.ingest.post_double import FakePoster
from claims.services import start_batch
from claims.services.check_imports import run_check_import, start_check_import
from claims.services.trust import trust_publisher
from publishing.webhooks.sending import take_turn
from sources.models import SourceKind
from tests import factories
from tests.publishing.webhooks.making import make_endpoint

pytestmark = pytest.mark.django_db


@pytest.fixture
def document(client):
    return client.get("/api/v1/openapi.json").json()


def test_the_generator_has_no_warnings(tmp_path):
    call_command(
        "spectacular", validate=True, fail_on_warn=True, file=str(tmp_path / "openapi.yaml")
    )


def test_the_document_is_openapi_3_1(document):
    assert document["openapi"] == "3.1.0"


def test_every_address_of_version_1_is_described(document):
    assert len(document["paths"]) == len(urlpatterns)


def operations(document):
    return [
        (path, method, operation)
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    ]


def test_every_operation_has_a_summary_and_the_one_shape_of_errors(document):
    for _, _, operation in operations(document):
        assert operation["summary"]
        refusals = {
            status: one for status, one in operation["responses"].items() if status >= "400"
        }
        assert {"401", "429"} <= refusals.keys()
        for refusal in refusals.values():
            assert list(refusal["content"]) == ["application/problem+json"]


def test_the_committed_document_is_what_the_code_says(tmp_path):
    said = tmp_path / "openapi.yaml"
    call_command("spectacular", file=str(said))
    committed = Path("docs/reference/openapi.yaml").read_text()
    assert said.read_text() == committed, (
        "The API changed: run `make openapi`, and look at the diff."
    )


def test_reading_needs_no_key_and_writing_does(document):
    for _, method, operation in operations(document):
        assert ({} in operation["security"]) == (method == "get")


def test_every_parameter_is_explained(document):
    for path, _, operation in operations(document):
        for parameter in operation.get("parameters", []):
            assert parameter["in"] == "path" or parameter["description"], (path, parameter)


def test_keys_are_described_as_bearer_tokens(document):
    assert document["components"]["securitySchemes"]["key"]["scheme"] == "bearer"


@pytest.mark.parametrize(("query", "start"), [("", b"{"), ("?format=yaml", b"openapi: 3.1.0")])
def test_the_document_is_served_as_json_and_as_yaml(client, query, start):
    assert client.get(f"/api/v1/openapi.json{query}").content.startswith(start)


def closed(schema):
    """The schema with nothing allowed that it does not name, so that no field goes undescribed."""
    if isinstance(schema, dict):
        schema = {name: closed(inner) for name, inner in schema.items()}
        if "properties" in schema and "additionalProperties" not in schema:
            schema["additionalProperties"] = False
    elif isinstance(schema, list):
        schema = [closed(item) for item in schema]
    return schema


def check(document, path, response, *, method="get"):
    described = document["paths"][path][method]["responses"][str(response.status_code)]
    [media_type] = described["content"]
    schema = described["content"][media_type]["schema"]
    assert response.headers["Content-Type"].partition(";")[0] == media_type
    whole = closed({**schema, "components": document["components"]})
    whole.pop("additionalProperties", None)
    for answer in answers_of(response):
        errors = list(Draft202012Validator(whole).iter_errors(answer))
        assert not errors, [f"{list(e.absolute_path)}: {e.message}" for e in errors]


def answers_of(response):
    """What came as JSON: one thing, or one a line. A table is none."""
    if "json" not in response["Content-Type"]:
        return [] if response.getvalue() else [None]
    if not response.streaming:
        return [json.loads(response.content)]
    return [json.loads(line) for line in response.getvalue().splitlines()]


@pytest.fixture
def rich(db):
    """A published claim that fills every part of the shapes."""
    article = factories.make_article(url="https://paper.example/x", publisher="The Paper")
    said = factories.make_claim(article=article, kind="quotation")
    claim = factories.make_claim(article=article, claimant_name="Ida Quell")
    type(claim).objects.filter(pk=claim.pk).update(attribution=said)
    withheld = factories.make_source(
        title="A witness", kind=SourceKind.WITHHELD, withheld_reason="In danger."
    )
    open_source = factories.make_evidence(claim).source
    factories.make_evidence(claim, source=withheld, stance="undermines")
    published = factories.make_published_claim(article=article, claimant_name="Ida Quell")
    return claim, published, open_source


#: Kinds of things that nobody without a role sees.
FOR_THE_DESK = {"imports", "batches", "exports", "evidence", "webhooks", "external-checks"}


def make_delivery():
    """A delivery with an attempt that failed."""
    endpoint = make_endpoint()
    factories.make_published_claim()
    take_turn(endpoint_id=str(endpoint.pk), poster=FakePoster(Posted(500)))
    return endpoint.deliveries.get()


def make_check_import():
    """An import with one check that came in and one that was refused."""
    editor = factories.make_user(Role.EDITOR)
    trust_publisher(actor=editor, host="mill.example", name="The Mill")
    reviews = [
        {
            "@type": "ClaimReview",
            "url": f"https://{host}.example/1",
            "claimReviewed": "The mill burnt down.",
            "reviewRating": {"alternateName": "False", "ratingValue": "1/5"},
        }
        for host in ("mill", "other")
    ]
    item = start_check_import(actor=editor, content=json.dumps(reviews).encode())
    return run_check_import(import_id=str(item.pk))


@pytest.mark.parametrize("audience", ["desk", "everyone"])
def test_every_answer_is_as_described(client, key, document, rich, subtests, audience):
    is_desk = audience == "desk"
    headers = key(Role.EDITOR) if is_desk else {}
    item = start_batch(actor=None, addresses="https://paper.example/1").imports.get()
    keys = {"articles": rich[1].article_id, "imports": item.pk, "batches": item.batch_id}
    keys["sources"] = rich[1].evidence.get().source_id
    keys["claimants"] = rich[1].claimant_id
    keys["external-checks"] = make_check_import().pk
    delivery = make_delivery()
    keys["webhooks"] = delivery.endpoint_id
    for path, operations in document["paths"].items():
        kind = path.split("/")[3]
        is_for_desk = kind in FOR_THE_DESK or path.endswith(
            ("/passages/", "/actions/", "/gate/", "/reviews/", "/comments/", "/questions/")
        )
        if "get" not in operations or (is_for_desk and not is_desk):
            continue
        with subtests.test(path):
            pk = keys.get(kind, rich[1].pk)
            asked = {"source": rich[2].pk} if path.endswith("/passages/") else {}
            at = path.format(id=pk, seq=1, number=1, delivery=delivery.pk)
            check(document, path, client.get(at, asked, headers=headers))


def test_the_answer_to_a_list_of_addresses_is_as_described(client, key, document):
    response = client.post(
        "/api/v1/imports/",
        {"addresses": ["https://paper.example/1"]},
        content_type="application/json",
        headers=key(Role.EDITOR, Scope.WRITE),
    )
    check(document, "/api/v1/imports/", response, method="post")


@pytest.mark.parametrize("role", [Role.EDITOR, Role.REVIEWER])
def test_an_unpublished_claim_is_as_described(client, key, document, rich, role):
    response = client.get(f"/api/v1/claims/{rich[0].pk}/", headers=key(role))
    check(document, "/api/v1/claims/{id}/", response)


def test_the_answer_to_a_new_article_is_as_described(client, key, document):
    response = client.post(
        "/api/v1/articles/",
        {"text": factories.TEXT},
        content_type="application/json",
        headers=key(Role.EDITOR, Scope.WRITE),
    )
    check(document, "/api/v1/articles/", response, method="post")


def test_the_written_reference_names_every_parameter_and_every_kind_of_problem(document):
    text = Path("docs/reference/api.md").read_text()
    parameters = {
        parameter["name"]
        for _, _, operation in operations(document)
        for parameter in operation.get("parameters", [])
        if parameter["in"] == "query"
    }
    missing = {name for name in parameters | set(KINDS) if f"`{name}" not in text}
    assert missing == set()


@pytest.mark.parametrize(
    ("method", "path", "content"),
    [
        ("post", "/api/v1/webhooks/", {"url": "https://site.example/hook"}),
        ("patch", "/api/v1/webhooks/{id}/", {"description": "Site"}),
        ("post", "/api/v1/webhooks/{id}/rotate-secret/", {}),
        ("post", "/api/v1/webhooks/{id}/test/", {}),
        ("post", "/api/v1/webhooks/{id}/replay/", {"since": "2020-01-01T00:00:00Z"}),
        ("post", "/api/v1/webhooks/{id}/deliveries/{delivery}/replay/", {}),
    ],
)
def test_what_is_done_to_a_webhook_is_answered_as_described(
    client, key, document, method, path, content
):
    delivery = make_delivery()
    at = path.format(id=delivery.endpoint_id, delivery=delivery.pk)
    headers = key(Role.EDITOR, Scope.WRITE)
    send = getattr(client, method)
    response = send(at, content, content_type="application/json", headers=headers)
    check(document, path, response, method=method)
