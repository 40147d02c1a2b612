"""What a write answers is what the OpenAPI document says of it, and its address is what the document names."""

import json

import pytest
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer2

from accounts.roles import Role
from tests import factories
from tests.api.test_schema import check
from tests.api.writing import Writer

pytestmark = pytest.mark.django_db
REASON = {"reason": "It is for the best."}


@pytest.fixture(scope="module")
def document():
    schema = SchemaGenerator().get_schema(request=None, public=True)
    return json.loads(OpenApiJsonRenderer2().render(schema))


@pytest.fixture
def made():
    """A writer, and one of each that is written to."""
    writer, claim = Writer(Role.EDITOR), factories.make_claim(claimant_name="Ida Quell")
    item = factories.make_evidence(claim)
    question = writer.post(f"claims/{claim.pk}/questions/", {"text": "Who paid?"}).json()
    return {
        "writer": writer,
        "articles": claim.article_id,
        "claims": claim.pk,
        "evidence": item.pk,
        "questions": question["id"],
        "source": str(item.source_id),
    }


WRITES = [
    ("PATCH", "articles/{id}/", {"title": "The harbour"}),
    ("POST", "articles/{id}/versions/", {"text": "Another text of it."}),
    ("POST", "articles/{id}/versions/", {"text": factories.TEXT}),
    ("POST", "articles/{id}/detect/", {}),
    ("POST", "claims/", {"statement": "It did.", "spans": [{"start": 0, "end": 7}]}),
    ("PATCH", "claims/{id}/", {"tags": ["harbours"]}),
    ("POST", "claims/{id}/spans/", {"quote": "reopened on Monday"}),
    ("POST", "claims/{id}/evidence/", {"stance": "context"}),
    ("POST", "claims/{id}/comments/", {"text": "I know this mill."}),
    ("POST", "claims/{id}/questions/", {"text": "What for?"}),
    ("POST", "claims/{id}/actions/take/", {}),
    ("POST", "claims/{id}/actions/dismiss/", REASON),
    ("POST", "questions/{id}/close/", REASON),
    ("POST", "evidence/{id}/withdraw/", REASON),
    ("POST", "evidence/{id}/override-quote/", REASON),
]


@pytest.mark.parametrize(("method", "path", "sent"), WRITES)
def test_a_write_answers_as_described(document, made, method, path, sent):
    writer, kind = made["writer"], path.partition("/")[0]
    sent = {**sent, **({"article": str(made["articles"])} if path == "claims/" else {})}
    sent |= {"source": made["source"]} if path.endswith("/evidence/") else {}
    response = writer.send(method, path.format(id=made[kind]), sent)
    assert response.status_code < 300, response.content.decode()
    check(document, f"/api/v1/{path}", response, method=method.lower())


def test_a_review_is_told_as_described(document):
    writer, claim = Writer(Role.REVIEWER), factories.make_claim()
    writer.post(f"claims/{claim.pk}/actions/take/")
    response = writer.post(f"claims/{claim.pk}/reviews/", {"rating": "true", "rationale": "So."})
    check(document, "/api/v1/claims/{id}/reviews/", response, method="post")


def test_every_action_that_is_listed_has_an_address_in_the_document(document, made):
    writer, claim = made["writer"], made["claims"]
    listed = writer.get(f"claims/{claim}/actions/").json()["results"]
    paths = {one["address"].partition("/api/v1")[2].replace(str(claim), "{id}") for one in listed}
    assert paths <= {path.removeprefix("/api/v1") for path in document["paths"]}
