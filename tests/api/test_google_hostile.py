"""Whatever is sent to the addresses of Google's tools is answered or refused in their shape, and never breaks."""

import json

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from accounts.models import Scope
from accounts.roles import Role
from api.google.params import OF_ALL
from api.google.views import IMAGES, SEARCH

pytestmark = pytest.mark.django_db
few = settings(
    max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
TEXT = st.text(max_size=30)
VALUES = TEXT | st.sampled_from(["0", "-1", "1e9", "2147483648", "١٢", "en", "true", "json", "*"])
NAMES = st.sampled_from(sorted({*SEARCH, *IMAGES, *OF_ALL} - {"key"}))
PARAMS = st.dictionaries(NAMES | TEXT, VALUES, max_size=5)
PAGE_NAMES = st.sampled_from(
    ["pageUrl", "publishDate", "claimReviewMarkups", "claimReviewed", "rating", "textualRating",
     "ratingValue", "claimAuthor", "name", "versionId", "url", "claimAppearances"]
)  # fmt: skip
LEAF = (
    st.none() | st.booleans() | st.integers() | st.floats() | TEXT | st.just("https://a.example/")
)
JSON = st.recursive(
    LEAF, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(PAGE_NAMES, inner), max_leaves=9
)  # fmt: skip


def is_well_shaped(response):
    content = json.loads(response.content)
    return response.status_code == 200 or content["error"]["code"] == response.status_code < 500


@few
@given(params=PARAMS, path=st.sampled_from(["claims:search", "claims:imageSearch"]))
def test_any_search(client, params, path):
    assert is_well_shaped(client.get(f"/v1alpha1/{path}", {"query": "harbour", **params}))


@few
@given(path=TEXT)
def test_any_page_name(client, key, path):
    if "/" not in path and path not in {"", ".", ".."}:
        response = client.get(f"/v1alpha1/pages/{path}", headers=key(Role.EDITOR))
        assert is_well_shaped(response)


@few
@given(body=JSON)
def test_any_page(client, key, body):
    headers = key(Role.EDITOR, Scope.WRITE)
    response = client.post(
        "/v1alpha1/pages", json.dumps(body), content_type="application/json", headers=headers
    )
    assert is_well_shaped(response)
