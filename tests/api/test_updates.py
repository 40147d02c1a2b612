"""`updated_since`: who keeps a copy of a list hears of every change, the first change first."""

from datetime import UTC, datetime, timedelta

import pytest

from accounts.roles import Role
from articles.models import Article
from articles.services import correct_article
from claims.models import Claim
from claims.services import correct_claim
from publishing.models import CurrentVerdict
from publishing.services import retract_verdict
from tests import factories

pytestmark = pytest.mark.django_db
LONG_AGO = "2000-01-01"


def at(number):
    return datetime(2026, 3, number, 12, tzinfo=UTC)


def listed(client, name, headers, **query):
    seen, address = [], f"/api/v1/{name}/"
    while address:
        page = client.get(address, query, headers=headers).json()
        seen += [one["id"] for one in page["results"]]
        address, query = page["next"], {}
    return seen


@pytest.fixture
def three():
    """Three published claims, each of an article of its own, that changed in another order."""
    claims = [factories.make_published_claim() for _ in range(3)]
    for claim, day in zip(claims, (2, 3, 1), strict=True):
        Claim.objects.filter(pk=claim.pk).update(changed_at=at(day))
        Article.objects.filter(pk=claim.article_id).update(changed_at=at(day))
        CurrentVerdict.objects.filter(pk=claim.pk).update(published_at=at(day))
    return [claims[2], claims[0], claims[1]]


@pytest.mark.parametrize("limit", [1, 2, 50])
@pytest.mark.parametrize("audience", ["desk", "everyone"])
@pytest.mark.parametrize("name", ["claims", "articles"])
def test_the_first_change_comes_first_in_pages_of_any_size(
    client, key, three, name, audience, limit
):
    headers = key() if audience == "desk" else {}
    ids = [str(one.pk if name == "claims" else one.article_id) for one in three]
    assert listed(client, name, headers, updated_since=LONG_AGO, limit=limit) == ids
    assert listed(client, name, headers, updated_since="2026-03-02T12:00:00Z") == ids[1:]


@pytest.mark.parametrize("name", ["claims", "verdicts"])
def test_a_retraction_is_told_to_who_keeps_a_copy(client, three, name):
    editor = factories.make_user(Role.EDITOR)
    retract_verdict(actor=editor, claim=three[0], reason="It was wrong.")
    assert listed(client, name, {}, updated_since="2026-04-01") == [str(three[0].pk)]


def test_rows_that_changed_in_the_same_moment_are_told_once_each(client, key, three):
    Claim.objects.update(changed_at=at(1))
    seen = listed(client, "claims", key(), updated_since=LONG_AGO, limit=1)
    assert sorted(seen) == sorted(str(one.pk) for one in three)
    assert len(set(seen)) == 3


def _correct(claim):
    correct_claim(
        actor=factories.make_user(Role.EDITOR), claim=claim, expected=None, statement="It did so."
    )


CHANGES = {
    "its words": ("claims", _correct),
    "its evidence": ("claims", factories.make_evidence),
    "what is known of its article": (
        "articles",
        lambda claim: correct_article(
            actor=factories.make_user(Role.EDITOR), article=claim.article, title="Corrected"
        ),
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_a_change_at_the_desk_is_told_to_the_desk(client, key, what):
    name, change = CHANGES[what]
    claim = factories.make_claim()
    past = datetime.now(UTC) - timedelta(days=2)
    Claim.objects.update(changed_at=past)
    Article.objects.update(changed_at=past)
    since = (past + timedelta(days=1)).isoformat()
    assert listed(client, name, key(), updated_since=since) == []
    change(claim)
    assert len(listed(client, name, key(), updated_since=since)) == 1


def test_history_is_included_when_asked_for(client, key, three):
    editor = factories.make_user(Role.EDITOR)
    retract_verdict(actor=editor, claim=three[0], reason="It was wrong.")
    for headers in ({}, key()):
        for address in (f"/api/v1/claims/{three[0].pk}/", "/api/v1/claims/"):
            found = client.get(address, {"include": "history"}, headers=headers).json()
            one = found["results"][0] if "results" in found else found
            assert "history" in one
            kinds = [entry["kind"] for entry in one["history"]]
            assert kinds in (["publication"], ["publication", "retraction"])


def test_articles_are_found_by_their_verdicts(client, key):
    claim = factories.make_published_claim(claimant_name="Ida Quell")
    factories.make_published_claim(claimant_name="Jo Ek")
    for headers in ({}, key()):
        for query in ({"claimant": "Ida Quell"}, {"claimant": "Ida Quell", "rating": "true"}):
            found = client.get("/api/v1/articles/", query, headers=headers).json()["results"]
            assert [one["id"] for one in found] == [str(claim.article_id)]
        query = {"claimant": "Ida Quell", "normalised": "refuted"}
        assert client.get("/api/v1/articles/", query, headers=headers).json()["results"] == []


@pytest.mark.parametrize("audience", ["desk", "everyone"])
def test_articles_include_their_claims_in_as_many_queries_for_many_as_for_one(
    client, key, three, audience, django_assert_max_num_queries
):
    headers = key() if audience == "desk" else {}
    factories.make_claim(article=three[0].article)
    with django_assert_max_num_queries(14):
        page = client.get("/api/v1/articles/", {"include": "claims"}, headers=headers).json()
    counts = {one["id"]: len(one["claims"]) for one in page["results"]}
    assert counts[str(three[0].article_id)] == (2 if audience == "desk" else 1)


def test_the_desk_gets_claims_in_a_list_as_they_stand(client, key):
    claim = factories.make_published_claim(claimant_name="Ida Quell", tags=["sand"])
    headers = key()
    (article,) = client.get("/api/v1/articles/", {"include": "claims"}, headers=headers).json()[
        "results"
    ]
    (told,) = article["claims"]
    alone = client.get(f"/api/v1/claims/{claim.pk}/", headers=headers).json()
    told["claimant"].pop("id")
    alike = set(told) - {"article", "worth", "flag"}
    assert {name: told[name] for name in alike} == {name: alone[name] for name in alike}
    assert (told["article"], told["worth"]) == (str(claim.article_id), alone["desk"]["worth"])


def test_members_of_claims_in_a_list_can_be_chosen(client, key):
    claim = factories.make_published_claim()
    query = {"fields": "id,claims.statement", "include": "claims"}
    for headers in ({}, key()):
        (article,) = client.get("/api/v1/articles/", query, headers=headers).json()["results"]
        assert article == {
            "id": str(claim.article_id),
            "claims": [{"statement": claim.statement}],
        }
