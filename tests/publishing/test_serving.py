"""How readers' pages are served: read-only, cached, and in how many queries."""

import gzip

import pytest
from django.urls import reverse

from tests.factories import make_published_claim, make_user
from tests.publishing.pages import claim_page, correct, make_pair, page

pytestmark = pytest.mark.django_db

PATHS = [
    "list-verdicts",
    "list-articles",
    "list-claimants",
    "list-corrections",
    "search",
    "describe-search",
    "robots",
    "sitemap",
    "sitemap-pages",
    "methodology",
    "show-record",
    "verifier",
    "feed",
    "json-feed",
]


@pytest.mark.parametrize("name", PATHS)
@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
def test_pages_are_read_only(client, name, method):
    assert getattr(client, method)(reverse(f"publishing:{name}")).status_code == 405


@pytest.mark.parametrize("name", PATHS)
def test_pages_answer_head_without_a_body(client, name):
    response = client.head(reverse(f"publishing:{name}"))
    assert (response.status_code, response.content) == (200, b"")


@pytest.mark.parametrize("name", PATHS)
def test_a_stranger_s_page_may_be_shared_for_a_minute(client, name):
    response = client.get(reverse(f"publishing:{name}"))
    directives = set(response["Cache-Control"].split(", "))
    expected = {"public", "max-age=60", "stale-while-revalidate=60"}
    assert (directives, "Cookie" in response["Vary"]) == (expected, True)


def test_a_page_for_somebody_signed_in_is_theirs(client):
    client.force_login(make_user())
    response = client.get(reverse("publishing:list-verdicts"))
    assert set(response["Cache-Control"].split(", ")) == {"private", "no-cache"}


PACKED = {"Accept-Encoding": "gzip"}


def test_a_stranger_s_page_is_compressed_and_still_the_same(client):
    address = reverse("publishing:methodology")
    plain, packed = client.get(address), client.get(address, headers=PACKED)
    assert packed["Content-Encoding"] == "gzip"
    assert "Accept-Encoding" in packed["Vary"]
    assert gzip.decompress(packed.content) == plain.content


def test_a_compressed_page_that_is_unchanged_is_not_sent_again(client):
    address = reverse("publishing:methodology")
    tag = client.get(address, headers=PACKED)["ETag"]
    answer = client.get(address, headers=PACKED | {"If-None-Match": tag})
    assert answer.status_code == 304


def test_a_page_with_a_token_in_it_is_not_compressed(client):
    client.force_login(make_user())
    answer = client.get(reverse("publishing:methodology"), headers=PACKED)
    assert "Content-Encoding" not in answer


@pytest.mark.parametrize("name", PATHS)
def test_an_unchanged_page_is_not_sent_again(client, name):
    address = reverse(f"publishing:{name}")
    tag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": tag}).status_code == 304


def test_a_correction_changes_the_etag(client):
    claim = make_published_claim()
    address = reverse("publishing:show-claim", args=[claim.pk])
    before = client.get(address)["ETag"]
    correct(claim)
    assert client.get(address, headers={"If-None-Match": before}).status_code == 200


@pytest.mark.parametrize("name", ["list-verdicts", "list-articles", "list-claimants"])
def test_strangers_get_no_script(client, name):
    make_pair()
    assert "<script" not in page(client, name)


@pytest.mark.parametrize(
    ("name", "most"),
    [
        ("list-verdicts", 6),
        ("list-articles", 4),
        ("list-claimants", 4),
        ("list-corrections", 2),
        ("feed", 1),
        ("json-feed", 1),
    ],
)
def test_a_list_takes_few_queries_however_long_it_is(
    client, name, most, django_assert_max_num_queries
):
    for _ in range(4):
        correct(make_published_claim(claimant_name="Ida Quell"))
    with django_assert_max_num_queries(most):
        client.get(reverse(f"publishing:{name}"))


def test_a_claim_page_takes_few_queries(client, django_assert_max_num_queries):
    said, _ = make_pair()
    correct(said)
    with django_assert_max_num_queries(7):
        claim_page(client, said)


def test_an_article_page_takes_few_queries(client, django_assert_max_num_queries):
    said, _ = make_pair()
    with django_assert_max_num_queries(3):
        page(client, "show-article", said.article_id)


def test_a_claimant_s_page_takes_few_queries(client, django_assert_max_num_queries):
    _, is_true = make_pair()
    with django_assert_max_num_queries(4):
        page(client, "show-claimant", is_true.claimant_id)
