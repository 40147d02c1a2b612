"""Versions of an article and what changed between them: for each as the article is."""

import pytest

from articles.services import Arrival
from claims.services import revise_article
from publishing.services import correct_verdict
from reviews.services import VerdictDraft
from tests import factories

pytestmark = pytest.mark.django_db
SECOND = factories.TEXT.replace("40 million", "45 million") + "\n\nA bakery won a prize.\n"
#: In the claim's own words, so that it is carried over.
THIRD = f"A new first line of the piece.\n\n{factories.TEXT}"


def revise(article, text):
    arrival = Arrival(content=text.encode())
    return revise_article(actor=factories.make_user(), article=article, arrival=arrival)


@pytest.fixture
def claim():
    """Checked against version 1; version 2 has other words."""
    claim = factories.make_published_claim()
    revise(claim.article, SECOND)
    return claim


def address(claim, rest=""):
    return f"/api/v1/articles/{claim.article_id}/versions/{rest}"


def numbers(client, claim, **headers):
    found = client.get(address(claim), **headers).json()
    assert found["next"] is None
    return [version["version"] for version in found["results"]]


def test_the_desk_reads_every_version(client, key, claim):
    assert numbers(client, claim, headers=key()) == [1, 2]


def test_everyone_reads_the_version_that_was_checked_and_no_other(client, claim):
    assert numbers(client, claim) == [1]
    assert client.get(address(claim, "1/")).status_code == 200
    for rest in ("2/", "2/difference/", "2/difference/?since=1"):
        assert client.get(address(claim, rest)).status_code == 404


def test_a_version_becomes_public_with_the_verdict_that_was_checked_against_it(client):
    claim = factories.make_published_claim()
    revise(claim.article, THIRD)
    assert numbers(client, claim) == [1]
    claim.refresh_from_db()
    draft = VerdictDraft(factories.house_rating("false"), "No.", "It did not.")
    editor = factories.make_user("editor")
    correct_verdict(actor=editor, claim=claim, draft=draft, note="We misread it.")
    assert numbers(client, claim) == [2]


def test_a_version_is_there_in_full(client, claim):
    found = client.get(address(claim, "1/")).json()
    version = claim.article.versions.get(number=1)
    assert (found["text"], found["sha256"]) == (version.text, version.sha256)
    assert (found["origin"], found["media_type"]) == ("paste", "text/plain")
    assert found["blocks"] == [
        {"kind": kind, "start": start, "end": end} for kind, start, end in version.blocks
    ]


def test_a_difference_says_what_became_of_each_paragraph(client, key, claim):
    found = client.get(address(claim, "2/difference/"), headers=key()).json()
    assert found["counts"] == {"kept": 3, "changed": 1, "added": 1, "removed": 0, "moved": 0}
    (changed,) = [p for p in found["paragraphs"] if p["change"] == "changed"]
    assert [w for w in changed["words"] if w["change"] != "kept"] == [
        {"change": "removed", "text": "40"},
        {"change": "added", "text": "45"},
    ]
    assert (found["old"]["version"], found["new"]["version"]) == (1, 2)


def test_a_moved_paragraph_keeps_its_words_and_says_which_way(client, key):
    claim = factories.make_claim(
        article=factories.make_article("One is.\n\nTwo is.\n\nThree is.\n"), quote="One"
    )
    revise(claim.article, "Three is.\n\nOne is.\n\nTwo is.\n")
    (first, *_) = client.get(address(claim, "2/difference/"), headers=key()).json()["paragraphs"]
    assert first == {
        "change": "moved",
        "moved": "up",
        "kind": first["kind"],
        "old": {"start": 18, "end": 27},
        "new": {"start": 0, "end": 9},
        "words": [{"change": "kept", "text": "Three is."}],
    }


def test_a_difference_can_be_asked_with_an_earlier_version(client, key, claim):
    revise(claim.article, factories.TEXT + "\n\nAn end.\n")
    found = client.get(address(claim, "3/difference/?since=1"), headers=key()).json()
    assert (found["old"]["version"], found["counts"]["changed"]) == (1, 0)


def test_of_the_first_version_everything_is_new(client, claim):
    found = client.get(address(claim, "1/difference/")).json()
    assert (found["old"], {p["change"] for p in found["paragraphs"]}) == (None, {"added"})


@pytest.mark.parametrize(
    ("rest", "status"),
    [
        ("9/", 404),
        ("99999999999999999999/", 404),
        ("9/difference/", 404),
        ("2/difference/?since=2", 400),
        ("2/difference/?since=0", 400),
        ("2/difference/?since=x", 400),
        ("2/difference/?limit=2", 400),
    ],
)
def test_what_is_not_there_or_makes_no_sense_is_refused(client, key, claim, rest, status):
    assert client.get(address(claim, rest), headers=key()).status_code == status


@pytest.mark.parametrize("text", [SECOND, THIRD])
@pytest.mark.parametrize("audience", ["desk", "everyone"])
def test_a_claim_says_whether_its_words_are_still_there(client, key, audience, text):
    claim = factories.make_published_claim()
    revise(claim.article, text)
    headers = key() if audience == "desk" else {}
    expected = {"version": 1, "still_there": text == THIRD}
    for where in (f"claims/{claim.pk}/", f"articles/{claim.article_id}/", "claims/"):
        found = client.get(f"/api/v1/{where}", headers=headers).json()
        found = found.get("claims") or found.get("results") or [found]
        assert [one["checked"] for one in found] == [expected], where


def test_a_claim_that_is_not_published_was_not_checked(client, key):
    claim = factories.make_claim()
    found = client.get(f"/api/v1/claims/{claim.pk}/", headers=key()).json()
    assert found["checked"] is None
