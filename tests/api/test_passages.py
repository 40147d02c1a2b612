"""The passages of a source that bear on a claim, over the API."""

import pytest

from accounts.roles import Role
from sources.models import SourceKind
from tests import factories

pytestmark = pytest.mark.django_db
TEXT = "The weather was fair. The bridge cost 40 million crowns. The bridge is red."


@pytest.fixture
def claim():
    return factories.make_claim(statement="The bridge cost 40,000,000 crowns.")


def ask(client, headers, claim, **query):
    return client.get(f"/api/v1/claims/{claim.pk}/passages/", query, headers=headers)


def with_copy(text=TEXT, **fields):
    source = factories.make_source(**fields)
    factories.make_evidence(factories.make_claim(), source=source, copy=text, quote="")
    return source


def test_passages_are_exact_slices_with_the_places_that_matched(client, key, claim):
    source = with_copy()
    answer = ask(client, key(), claim, source=source.pk).json()
    best = answer["passages"][0]
    assert best["text"] == TEXT[best["start"] : best["end"]] == "The bridge cost 40 million crowns."
    matched = [TEXT[place["start"] : place["end"]] for place in best["places"]]
    assert matched == ["bridge", "cost", "40", "crowns"]
    assert answer["snapshot"] == str(source.snapshots.get().pk)


def test_as_many_come_as_are_asked_for(client, key, claim):
    answer = ask(client, key(), claim, source=with_copy().pk, limit=1).json()
    assert len(answer["passages"]) == 1


def test_a_source_without_a_copy_has_none(client, key, claim):
    source = factories.make_source()
    answer = ask(client, key(), claim, source=source.pk).json()
    assert answer == {"source": str(source.pk), "snapshot": None, "passages": []}


def test_a_source_that_shares_nothing_has_none(client, key, claim):
    answer = ask(client, key(), claim, source=with_copy("Penguins swim.").pk).json()
    assert answer["passages"] == []


@pytest.mark.parametrize(
    ("query", "status"),
    [
        ({}, 400),
        ({"source": "nonsense"}, 400),
        ({"source": "00000000-0000-0000-0000-000000000000"}, 404),
        ({"source": "00000000-0000-0000-0000-000000000000", "limit": 21}, 400),
        ({"text": "mine"}, 400),
    ],
)
def test_what_cannot_be_answered_is_refused(client, key, claim, query, status):
    assert ask(client, key(), claim, **query).status_code == status


@pytest.mark.parametrize(
    ("role", "status"),
    [(Role.CONTRIBUTOR, 403), (Role.REVIEWER, 403), (Role.EDITOR, 200), (Role.CONSUMER, 403)],
)
def test_a_withheld_sources_words_are_for_editors(client, key, claim, role, status):
    source = with_copy(kind=SourceKind.WITHHELD, withheld_reason="In danger.")
    response = ask(client, key(role), claim, source=source.pk)
    assert response.status_code == status
    assert ("40 million" in response.content.decode()) == (status == 200)
