"""Whatever stands in a field of a write, the answer is no server error, and says what is wrong."""

import json

import pytest
from drf_spectacular.generators import SchemaGenerator

from accounts.roles import Role
from tests import factories
from tests.api.writing import Writer

pytestmark = pytest.mark.django_db
NOBODY = "00000000-0000-7000-8000-000000000000"
DEEP = json.loads("[" * 200 + "]" * 200)
HOSTILE = [None, -1, 10**30, "\x00", "\ud800", NOBODY, {"\ud800": {}}, DEEP]
SCHEMA = SchemaGenerator().get_schema(request=None, public=True)
WRITES = sorted(
    (method.upper(), path.removeprefix("/api/v1/"))
    for path, operations in SCHEMA["paths"].items()
    for method in operations
    if method in {"post", "patch"} and path.split("/")[3] in {"claims", "articles", "evidence"}
)


def fields_of(method, path):
    """The names that the body knows."""
    body = SCHEMA["paths"][f"/api/v1/{path}"][method.lower()].get("requestBody")
    if body is None:
        return ["anything"]
    [name] = {
        media["schema"]["$ref"].rpartition("/")[2]
        for kind, media in body["content"].items()
        if kind == "application/json"
    }
    return list(SCHEMA["components"]["schemas"][name]["properties"])


@pytest.fixture
def targets():
    claim = factories.make_claim()
    return {
        "articles": claim.article_id,
        "claims": claim.pk,
        "evidence": factories.make_evidence(claim).pk,
    }


#: What makes the rest of the body right, so that the field in question is looked at.
RIGHT = {
    "claims/": {"statement": "It did.", "spans": [{"start": 0, "end": 7}]},
    "claims/{id}/evidence/": {"stance": "context"},
    "claims/{id}/reviews/": {"rating": "true", "rationale": "So."},
}


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_no_value_of_a_field_breaks_anything(targets, method, path):
    writer = Writer(Role.EDITOR)
    address = path.format(id=targets[path.partition("/")[0]])
    article = {"article": str(targets["articles"])} if path == "claims/" else {}
    for name in fields_of(method, path):
        for value in HOSTILE:
            sent = {**RIGHT.get(path, {}), **article, name: value}
            response = writer.send(method, address, sent)
            assert response.status_code < 500, (name, value)
            if response.status_code >= 400:
                assert json.loads(response.content)["detail"], (name, value)
