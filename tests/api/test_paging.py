"""Cursors: every row once, whatever is published meanwhile, and only in the list they were cut from."""

from itertools import product
from urllib.parse import parse_qs, urlsplit

import pytest

from accounts.roles import Role
from api.paging import SIGNER
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def claims(db):
    return [factories.make_published_claim() for _ in range(3)]


def follow(client, address, headers=None):
    """Ids of every page, in order."""
    while address:
        response = client.get(address, headers=headers or {})
        assert response.status_code == 200, response.content
        yield from (item["id"] for item in response.json()["results"])
        address = response.json()["next"]


def cursor_of(response):
    return parse_qs(urlsplit(response.json()["next"]).query)["cursor"][0]


@pytest.mark.parametrize("name", ["verdicts", "claims", "articles"])
def test_following_next_reads_every_row_once(client, key, claims, subtests, name):
    expected = [str(c.article_id if name == "articles" else c.pk) for c in reversed(claims)]
    for limit, headers in product([1, 2, 3, 200], [{}, key()]):
        with subtests.test(limit=limit, audience="desk" if headers else "everyone"):
            assert list(follow(client, f"/api/v1/{name}/?limit={limit}", headers)) == expected


def test_a_row_published_while_one_reads_moves_nothing(client, claims):
    first = client.get("/api/v1/verdicts/?limit=2").json()
    factories.make_published_claim()
    rest = list(follow(client, first["next"]))
    assert rest == [str(claim.pk) for claim in reversed(claims[:1])]


def test_a_deep_page_costs_what_the_first_one_costs(client, claims, django_assert_num_queries):
    address = "/api/v1/verdicts/?limit=1"
    for _ in range(2):
        address = client.get(address).json()["next"]
    with django_assert_num_queries(1) as captured:
        assert len(client.get(address).json()["results"]) == 1
    assert not any("OFFSET" in query["sql"] for query in captured.captured_queries)


@pytest.mark.parametrize("limit", ["0", "-1", "201", str(10**9), "9" * 5000, "many", "1.5", "∞"])
def test_a_limit_out_of_bounds_is_refused_by_name(client, db, subtests, limit):
    for name in ("verdicts", "claims", "articles", "publications"):
        with subtests.test(name):
            response = client.get(f"/api/v1/{name}/", {"limit": limit})
            assert response.status_code == 400
            assert list(response.json()["errors"]) == ["limit"]


def edited(cursor):
    return cursor[:-2] + ("AA" if not cursor.endswith("AA") else "BB")


SPOILT = {
    "edited": edited,
    "cut": lambda cursor: cursor[3:],
    "short": lambda cursor: "x",
    "not ASCII": lambda cursor: "é🦐",
    "not JSON": lambda cursor: SIGNER.sign("bm90IGpzb24"),
    "not a place": lambda cursor: SIGNER.sign_object("not a pair"),
    "too long": lambda cursor: "A" * 3000,
}


def test_an_edited_cursor_is_refused_by_name(client, claims, subtests):
    cursor = cursor_of(client.get("/api/v1/verdicts/?limit=2"))
    for how, spoil in SPOILT.items():
        with subtests.test(how):
            response = client.get("/api/v1/verdicts/", {"limit": 2, "cursor": spoil(cursor)})
            assert response.status_code == 400
            assert list(response.json()["errors"]) == ["cursor"]


OTHERS = ["verdicts/?rating=true", "verdicts/?status=any", "claims/?", "articles/?"]


def test_a_cursor_of_another_list_is_refused_with_the_reason(client, claims, subtests):
    cursor = cursor_of(client.get("/api/v1/verdicts/?limit=2"))
    for other in OTHERS:
        with subtests.test(other):
            response = client.get(f"/api/v1/{other}&cursor={cursor}")
            assert response.status_code == 400
            assert "other filters" in response.json()["errors"]["cursor"][0]


def test_a_cursor_of_the_desks_claims_is_refused_to_everyone_else(client, key, claims):
    response = client.get("/api/v1/claims/?limit=2", headers=key(Role.EDITOR))
    assert client.get("/api/v1/claims/", {"cursor": cursor_of(response)}).status_code == 400


def test_the_limit_may_change_from_page_to_page(client, claims):
    cursor = cursor_of(client.get("/api/v1/verdicts/?limit=2"))
    response = client.get("/api/v1/verdicts/", {"limit": 1, "cursor": cursor})
    assert [item["id"] for item in response.json()["results"]] == [str(claims[0].pk)]


def test_next_keeps_the_filters(client, claims):
    address = client.get("/api/v1/verdicts/?limit=2&rating=true&q=harbour").json()["next"]
    query = parse_qs(urlsplit(address).query)
    assert (query["rating"], query["q"], query["limit"]) == (["true"], ["harbour"], ["2"])
