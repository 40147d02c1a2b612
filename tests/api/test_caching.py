"""ETags that answer 304, who may keep a copy, HEAD, OPTIONS and other sites."""

from itertools import product

import pytest
from django.conf import settings as live

from accounts.roles import Role
from articles.services import correct_article
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESSES = [
    "verdicts/",
    "verdicts/{claim}/",
    "publications/",
    "publications/1/",
    "claims/",
    "claims/{claim}/",
    "articles/",
    "articles/{article}/",
]
FOR_ALL = "public, max-age=0, must-revalidate"
FOR_ONE = "private, no-store"


@pytest.fixture
def addresses(published):
    return [
        f"/api/v1/{a}".format(claim=published.pk, article=published.article_id) for a in ADDRESSES
    ]


def test_what_one_has_is_answered_with_304_and_no_body(client, addresses, subtests):
    for address, weak in product(addresses, ["", "W/"]):
        with subtests.test(address, weak=weak):
            tag = client.get(address)["ETag"]
            again = client.get(address, headers={"If-None-Match": f'"other", {weak}{tag}'})
            assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)


def test_an_etag_that_is_not_ours_is_answered_in_full(client, addresses, subtests):
    for address in addresses:
        with subtests.test(address):
            assert client.get(address, headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_list_has_another_etag_after_a_publication(client, published, subtests):
    lists = [f"/api/v1/{name}" for name in ADDRESSES if name.count("/") == 1]
    before = {address: client.get(address)["ETag"] for address in lists}
    factories.make_published_claim()
    for address, tag in before.items():
        with subtests.test(address):
            assert client.get(address, headers={"If-None-Match": tag}).status_code == 200


def test_different_filters_have_different_etags(client, published):
    tags = {client.get(f"/api/v1/verdicts/?limit={n}")["ETag"] for n in (1, 2, 3)}
    assert len(tags) == 3


def test_a_list_that_is_unchanged_costs_one_query(client, published, django_assert_num_queries):
    etag = client.get("/api/v1/verdicts/")["ETag"]
    with django_assert_num_queries(1):
        client.get("/api/v1/verdicts/", headers={"If-None-Match": etag})


@pytest.mark.parametrize("name", ["publisher", "article_url"])
def test_a_filter_compares_with_what_was_published(client, name):
    """The article may be corrected since: a list is narrowed by what its documents say."""
    old = {"publisher": "The Paper", "article_url": "https://paper.example/x"}
    article = factories.make_article(publisher=old["publisher"], url=old["article_url"])
    factories.make_published_claim(article=article)
    correct_article(
        actor=factories.make_user(),
        article=article,
        publisher="Other",
        url="https://other.example/",
    )
    (found,) = client.get("/api/v1/verdicts/", {name: old[name]}).json()["results"]
    assert old[name] in found["article"].values()


def test_what_is_public_may_be_kept_by_who_asks_again(client, addresses, subtests):
    for address in addresses:
        with subtests.test(address):
            response = client.get(address)
            expected = (FOR_ALL, "Authorization, Cookie, Accept-Encoding")
            assert (response["Cache-Control"], response["Vary"]) == expected


def test_what_the_desk_reads_is_kept_nowhere(client, key, addresses, subtests):
    headers = key(Role.REVIEWER)
    for address in addresses[4:]:
        with subtests.test(address):
            assert client.get(address, headers=headers)["Cache-Control"] == FOR_ONE


def test_head_is_get_without_the_body(client, addresses, subtests):
    for address in addresses:
        with subtests.test(address):
            head, get = client.head(address), client.get(address)
            assert (head.status_code, head.content) == (200, b"")
            assert (head["ETag"], head["Content-Type"]) == (get["ETag"], get["Content-Type"])


def test_options_says_what_the_address_takes(client, addresses, subtests):
    for address in addresses:
        with subtests.test(address):
            response = client.options(address)
            assert response.status_code == 204
            assert {"GET", "HEAD", "OPTIONS"} <= set(response["Allow"].split(", "))


def test_other_sites_may_read_what_is_public(client, addresses, subtests):
    origin = {"Origin": "https://other.example"}
    for address, method in product(addresses, ["get", "head", "options"]):
        with subtests.test(address, method=method):
            response = getattr(client, method)(address, headers=origin)
            assert response["Access-Control-Allow-Origin"] == "*"
            assert "Access-Control-Allow-Credentials" not in response


def test_other_sites_read_nothing_with_a_key_or_a_session(client, key, published):
    assert "Access-Control-Allow-Origin" not in client.get("/api/v1/claims/", headers=key())
    client.force_login(factories.make_user(Role.EDITOR))
    assert live.SESSION_COOKIE_NAME in client.cookies
    assert "Access-Control-Allow-Origin" not in client.get("/api/v1/claims/")


def test_other_sites_read_nothing_of_a_closed_api(client, published, settings):
    settings.ASSAY_PUBLIC_API = False
    assert "Access-Control-Allow-Origin" not in client.get("/api/v1/verdicts/")
