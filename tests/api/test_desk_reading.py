"""What people of the desk read: everything of articles and claims, but no review and no withheld source."""

from datetime import UTC, datetime
from itertools import product

import pytest

from accounts.roles import DESK, EDITORS, Role
from claims.models import Claim
from sources.models import SourceKind
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("role", sorted(DESK))
def test_every_desk_role_reads_claims_that_are_not_published(client, key, role):
    claim = factories.make_claim()
    response = client.get(f"/api/v1/claims/{claim.pk}/", headers=key(role))
    assert response.json()["status"] == "open"


@pytest.mark.parametrize("role", sorted(DESK))
def test_every_desk_role_reads_articles_that_are_not_published(client, key, role):
    claim = factories.make_claim()
    found = client.get(f"/api/v1/articles/{claim.article_id}/", headers=key(role)).json()
    assert [item["id"] for item in found["claims"]] == [str(claim.pk)]


def test_somebody_signed_in_in_the_browser_reads_as_themselves(client):
    claim = factories.make_claim()
    client.force_login(factories.make_user(Role.REVIEWER))
    assert client.get(f"/api/v1/claims/{claim.pk}/").status_code == 200


def test_somebody_deactivated_is_a_stranger(client):
    claim = factories.make_claim()
    user = factories.make_user(Role.EDITOR)
    client.force_login(user)
    user.is_active = False
    user.save()
    assert client.get(f"/api/v1/claims/{claim.pk}/").status_code == 404


@pytest.mark.parametrize("role", sorted(DESK))
def test_details_of_a_withheld_source_are_for_editors(client, key, role):
    claim = factories.make_claim()
    source = factories.make_source(
        title="Name of the witness", kind=SourceKind.WITHHELD, withheld_reason="In danger."
    )
    factories.make_evidence(claim, source=source)
    body = client.get(f"/api/v1/claims/{claim.pk}/", headers=key(role)).content.decode()
    assert ("Name of the witness" in body) == (role in EDITORS)


def test_reviews_of_an_open_round_are_served_to_nobody(client, key, subtests):
    claim = factories.make_claim()
    _review(claim, "A rationale that must stay blind.")
    addresses = (f"claims/{claim.pk}/", "claims/", f"articles/{claim.article_id}/")
    for address, role in product(addresses, DESK):
        with subtests.test(address, role=role):
            body = client.get(f"/api/v1/{address}", headers=key(role)).content.decode()
            assert "must stay blind" not in body


def _review(claim, rationale):
    from reviews.services import ReviewDraft, submit_review, take_claim

    reviewer = factories.make_user()
    take_claim(actor=reviewer, claim=claim)
    draft = ReviewDraft(rating=factories.house_rating("true"), rationale=rationale)
    submit_review(actor=reviewer, claim=claim, draft=draft)


def test_withdrawn_evidence_is_gone(client, key):
    from sources.services import withdraw_evidence

    claim = factories.make_claim()
    evidence = factories.make_evidence(claim)
    withdraw_evidence(actor=factories.make_user(), evidence=evidence, reason="Forged.")
    found = client.get(f"/api/v1/claims/{claim.pk}/", headers=key()).json()
    assert found["evidence"] == []


def test_offsets_are_code_points_of_the_text(client, key):
    article = factories.make_article(
        "A headline 🦐\n\nשלום 🦐🦐 the port cost 40 crowns, we know.\n"
    )
    claim = factories.make_claim(article=article, quote="the port cost 40 crowns")
    found = client.get(f"/api/v1/articles/{article.pk}/", headers=key()).json()
    [span] = found["claims"][0]["spans"]
    assert found["text"][span["start"] : span["end"]] == "the port cost 40 crowns"
    assert claim.spans.get().start == span["start"]


def test_a_verdict_that_is_not_out_yet_has_no_publication(client, key):
    claim = factories.make_reviewed_claim("true", "true")
    found = client.get(f"/api/v1/claims/{claim.pk}/", headers=key()).json()
    assert (found["verdict"]["rating"], found["publication"], found["page"]) == ("true", None, None)


@pytest.mark.parametrize(
    ("query", "which"),
    [
        ({"status": "dismissed"}, "b"),
        ({"kind": "statistic"}, "b"),
        ({"claimant": "Ida Quell"}, "b"),
        ({"publisher": "The Paper"}, "b"),
        ({"article_url": "https://paper.example/x"}, "b"),
        ({"q": "prawns"}, "b"),
        ({"q": "prawns -cost"}, None),
        ({"language": "nb"}, "b"),
        ({"rating": "true"}, None),
        ({"status": "open"}, "a"),
    ],
)
def test_claims_of_the_desk_can_be_narrowed(client, key, query, which):
    article = factories.make_article(url="https://paper.example/x", publisher="The Paper")
    claims = {
        "a": factories.make_claim(),
        "b": factories.make_claim(
            article=article,
            statement="Prawns cost 40 crowns.",
            kind="statistic",
            claimant_name="Ida Quell",
            status="dismissed",
            language="nb",
        ),
    }
    found = client.get("/api/v1/claims/", query, headers=key()).json()["results"]
    assert [item["id"] for item in found] == ([str(claims[which].pk)] if which else [])


ARTICLE_QUERIES = [
    ("url=https://paper.example/x", True),
    ("url=https://paper.example/y", False),
    ("publisher=The Paper", True),
    ("publisher=Paper", False),
    ("q=paper", True),
    ("q=journal", False),
    ("language=nb", False),
    ("published_after=2026-03-01", True),
    ("published_after=2026-03-02", False),
    ("published_before=2026-03-01T12:00:00Z", False),
]


@pytest.mark.parametrize("audience", ["desk", "everyone"])
def test_articles_can_be_narrowed(client, key, subtests, audience):
    article = factories.make_article(
        url="https://paper.example/x",
        publisher="The Paper",
        published_at=datetime(2026, 3, 1, 12, tzinfo=UTC),
    )
    factories.make_published_claim(article=article)
    headers = key() if audience == "desk" else {}
    for query, is_found in ARTICLE_QUERIES:
        with subtests.test(query):
            results = client.get(f"/api/v1/articles/?{query}", headers=headers).json()["results"]
            assert bool(results) == is_found


def test_a_later_version_is_not_shown_to_readers_before_it_is_checked(client):
    from articles.services import Arrival, add_version

    claim = factories.make_published_claim()
    later = Arrival(content=b"A quite different text, which nobody has checked.\n")
    add_version(actor=factories.make_user(), article=claim.article, arrival=later)
    found = client.get(f"/api/v1/articles/{claim.article_id}/").json()
    assert (found["version"], "nobody has checked" in found["text"]) == (1, False)


#: Queries of a list, for the desk and for everyone, without those that look up a key.
COSTS = {"verdicts": (1, 1), "publications": (1, 1), "claims": (6, 2), "articles": (1, 2)}
OF_A_KEY = 1


def test_a_list_asks_the_same_number_of_queries_however_long_it_is(
    client, key, django_assert_num_queries, subtests
):
    for _ in range(3):
        claim = factories.make_published_claim()
        factories.make_claim(article=claim.article)
    headers = key()
    client.get("/api/v1/articles/", headers=headers)  # the first use of a key is noted
    for name, (at_desk, for_everyone) in COSTS.items():
        with subtests.test(name, audience="desk"), django_assert_num_queries(at_desk + OF_A_KEY):
            response = client.get(f"/api/v1/{name}/", headers=headers)
            assert len(response.json()["results"]) >= 3
        with subtests.test(name, audience="everyone"), django_assert_num_queries(for_everyone):
            assert len(client.get(f"/api/v1/{name}/").json()["results"]) == 3


@pytest.mark.parametrize(("audience", "queries"), [("desk", 7), ("everyone", 3)])
def test_an_article_asks_the_same_number_of_queries_however_many_claims_it_has(
    client, key, django_assert_num_queries, audience, queries
):
    article = factories.make_article()
    for _ in range(3):
        factories.make_published_claim(article=article)
    headers = key() if audience == "desk" else {}
    client.get("/api/v1/articles/", headers=headers)  # the first use of a key is noted
    with django_assert_num_queries(queries + (OF_A_KEY if headers else 0)):
        response = client.get(f"/api/v1/articles/{article.pk}/", headers=headers)
    assert len(response.json()["claims"]) == 3


def test_no_claim_of_the_desk_is_left_out_of_the_list(client, key):
    for _ in range(3):
        factories.make_claim()
    found = client.get("/api/v1/claims/", headers=key()).json()["results"]
    assert {item["id"] for item in found} == {str(c.pk) for c in Claim.objects.all()}
