"""Checks by others are read by the desk through the API, and come in with a report."""

import json

import pytest

from accounts.models import Scope
from accounts.roles import Role
from articles.ingest.fetch_double import FakeFetcher
from audit.models import Event
from claims.models import CheckImport, ExternalCheck
from claims.services.check_imports import run_check_import
from claims.services.checks import Parcel, import_checks
from claims.services.trust import trust_publisher
from tests.factories import make_claim, make_user

CHECKS, IMPORTS = "/api/v1/external-checks/", "/api/v1/external-checks/imports/"
SITE = "https://mill-facts.example"
JSON = "application/json"
pytestmark = pytest.mark.django_db


def review(number=1, **changed):
    return {
        "@type": "ClaimReview",
        "url": f"{SITE}/checks/{number}",
        "claimReviewed": f"The mill ground {number} tons of flour.",
        "author": {"name": "Mill Facts"},
        "reviewRating": {"alternateName": "False"},
        "datePublished": "2026-03-01",
        **changed,
    }


@pytest.fixture(autouse=True)
def mill_facts():
    trust_publisher(actor=make_user(Role.EDITOR), host="mill-facts.example", name="Mill Facts")


@pytest.fixture
def ask(client, key):
    def ask(path=CHECKS, role=Role.CONTRIBUTOR, **query):
        response = client.get(path, query, headers=key(role))
        assert response.status_code == 200, response.content
        return response.json()

    return ask


@pytest.fixture
def post(client, key):
    headers = key(Role.CONTRIBUTOR, Scope.WRITE)

    def send(fields, once=""):
        extra = {"Idempotency-Key": once} if once else {}
        body = fields if isinstance(fields, str) else json.dumps(fields)
        return client.post(IMPORTS, body, content_type=JSON, headers={**headers, **extra})

    return send


def bring_in(*reviews):
    import_checks(actor=None, parcel=Parcel(json.dumps(reviews).encode()))


def test_a_check_is_told_whole(ask):
    bring_in(review())
    check = ExternalCheck.objects.get()
    (found,) = ask()["results"]
    assert found.pop("changed_at")
    assert found == {
        "id": str(check.pk),
        "url": f"{SITE}/checks/1",
        "site": "mill-facts.example",
        "publisher": "Mill Facts",
        "title": "",
        "claim_reviewed": "The mill ground 1 tons of flour.",
        "claimant": "",
        "claim_url": "",
        "rating": "False",
        "normalised": "refuted",
        "justification": "",
        "reviewed_on": "2026-03-01",
        "claim": None,
        "details": {},
        "is_taken_back": False,
        "earlier": 0,
    }


def test_checks_are_narrowed_by_what_they_are(ask):
    bring_in(review(1), review(2, claimReviewed="It sank.", reviewRating={"name": "Bulo"}))
    claim, first = make_claim(), ExternalCheck.objects.get(normalised="refuted")
    ExternalCheck.objects.filter(pk=first.pk).update(claim=claim)
    for query in (
        {"q": "flour"},
        {"normalised": "refuted"},
        {"url": first.url},
        {"claim": claim.pk},
        {"site": "mill-facts.example", "normalised": "refuted"},
    ):
        assert [found["id"] for found in ask(**query)["results"]] == [str(first.pk)], query


def test_checks_are_listed_page_by_page(ask):
    bring_in(*(review(number) for number in range(5)))
    first = ask(limit=3)
    second = ask(first["next"])
    assert [len(first["results"]), len(second["results"]), second["next"]] == [3, 2, None]


@pytest.mark.parametrize(
    "query", [{"nonsense": 1}, {"normalised": "x"}, {"claim": "x"}, {"limit": 0}]
)
def test_a_query_that_is_wrong_is_refused_by_name(client, key, query):
    response = client.get(CHECKS, query, headers=key())
    assert (response.status_code, list(response.json()["errors"])) == (400, list(query))


def finished(client, key, response, fetcher=None):
    run_check_import(import_id=response.json()["id"], fetcher=fetcher)
    return client.get(response["Location"], headers=key()).json()


@pytest.mark.parametrize(
    "markup",
    [review(), [review()], {"@graph": [review()]}, json.dumps(review()), f"<script type='application/ld+json'>{json.dumps(review())}</script>"],
    ids=["object", "array", "graph", "text", "page"],
)  # fmt: skip
def test_markup_of_any_shape_comes_in_with_a_report(client, key, post, markup):
    response = post({"markup": markup})
    assert (response.status_code, response.json()["state"]) == (202, "queued")
    found = finished(client, key, response)
    assert found["state"] == "done"
    assert found["report"]["counts"] == {"new": 1, "changed": 0, "unchanged": 0, "refused": 0}
    assert found["report"]["items"][0]["check"] == str(ExternalCheck.objects.get().pk)


def test_an_address_is_fetched(client, key, post):
    fetcher = FakeFetcher({f"{SITE}/all": json.dumps([review()]).encode()})
    found = finished(client, key, post({"url": f"{SITE}/all"}), fetcher)
    assert (found["address"], found["report"]["found"]) == (f"{SITE}/all", 1)


def test_an_import_that_fails_says_why(client, key, post):
    found = finished(client, key, post({"markup": "just words"}))
    assert (found["state"], found["report"]) == ("failed", None)
    assert "neither a web page nor JSON" in found["error"]


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, "url"),
        ({"url": f"{SITE}/all", "markup": {}}, "url"),
        ({"url": "gopher://x.example/"}, "url"),
        ({"url": 1.5}, "url"),
        ({"url": {}}, "url"),
        ({"markup": review(), "publisher": "me"}, "publisher"),
    ],
)
def test_what_cannot_be_brought_in_is_refused_by_name(post, fields, wrong):
    response = post(fields)
    assert response.status_code == 400
    assert wrong in response.json()["errors"]
    assert not CheckImport.objects.exists()


@pytest.mark.parametrize("markup", ["", None, {}, [], 0, False, "\x00", "\ud800", [[[[]]]]])
def test_markup_that_is_nothing_is_refused_or_ends_in_words(client, key, post, markup):
    response = post({"markup": markup})
    if response.status_code == 400:
        assert response.json()["detail"]
    else:
        found = finished(client, key, response)
        assert found["error"] or found["report"]["found"] == 0


def test_markup_nested_without_end_is_refused(post):
    response = post('{"markup": ' + "[" * 100_000 + "]" * 100_000 + "}")
    assert response.status_code == 400


def test_an_import_that_is_sent_again_is_queued_once(post):
    first, second = (post({"url": f"{SITE}/all"}, once="a key") for _ in range(2))
    assert first.json() == second.json()
    assert Event.objects.filter(verb="checkimport.queued").count() == 1


def test_markup_in_a_publishers_fields_is_told_as_text(client, key):
    bring_in(review(author="<script>alert(1)</script>", url=f"{SITE}/checks/1"))
    response = client.get(CHECKS, headers=key())
    assert response["Content-Type"] == JSON
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response.json()["results"][0]["publisher"] == "<script>alert(1)</script>"
