"""Claimants: everyone reads of those with published claims, as published; the desk of all."""

import pytest

from accounts.roles import Role
from claims.models import Claimant
from publishing.services import reopen_claim, retract_verdict
from tests import factories

pytestmark = pytest.mark.django_db
CLAIMANTS = "/api/v1/claimants/"


@pytest.fixture
def quell():
    return factories.make_published_claim(claimant_name="Ida Quell").claimant


def names(client, query=None, headers=None):
    found = client.get(CLAIMANTS, query or {}, headers=headers or {}).json()["results"]
    return [one["name"] for one in found]


def test_everyone_reads_of_those_with_a_published_claim(client, quell):
    factories.make_claim(claimant_name="Not Published")
    [found] = client.get(CLAIMANTS).json()["results"]
    assert (found["id"], found["name"]) == (str(quell.pk), "Ida Quell")
    assert (found["published_claims"], found["tally"]["supported"]) == (1, 1)
    assert found["page"].endswith(f"/claimants/{quell.pk}/")
    assert "desk" not in found


def test_the_desk_reads_of_all_with_their_claims(client, key, quell):
    factories.make_claim(claimant_name="Not Published")
    found = client.get(CLAIMANTS, headers=key()).json()["results"]
    told = {one["name"]: (one["desk"]["claims"], one["published_claims"]) for one in found}
    assert told == {"Ida Quell": (1, 1), "Not Published": (1, 0)}


def test_a_retracted_verdict_is_in_no_tally(client, quell):
    claim = quell.claims.get()
    retract_verdict(actor=factories.make_user(Role.EDITOR), claim=claim, reason="It was wrong.")
    found = client.get(f"{CLAIMANTS}{quell.pk}/").json()
    assert (found["published_claims"], found["tally"]["supported"]) == (1, 0)


def test_a_claimant_under_re_review_is_not_told(client, quell):
    claim = quell.claims.get()
    reopen_claim(actor=factories.make_user(Role.EDITOR), claim=claim, reason="A new audit.")
    assert names(client) == []
    assert client.get(f"{CLAIMANTS}{quell.pk}/").status_code == 404


def test_everyone_reads_the_details_as_they_were_published(client, key, quell):
    Claimant.objects.filter(pk=quell.pk).update(name="Renamed", role="Corrected")
    assert names(client) == ["Ida Quell"]
    assert (names(client, {"q": "renamed"}), names(client, {"q": "quell"})) == ([], ["Ida Quell"])
    assert names(client, {"q": "renamed"}, key()) == ["Renamed"]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"q": "quel"}, 1),
        ({"name": "Ida Quell"}, 1),
        ({"name": "Ida"}, 0),
        ({"kind": "person"}, 1),
        ({"kind": "organisation"}, 0),
    ],
)
def test_a_list_is_narrowed(client, key, quell, query, count):
    assert len(names(client, query)) == len(names(client, query, key())) == count


def test_a_list_takes_as_many_queries_for_many_as_for_one(
    client, key, django_assert_max_num_queries
):
    for number in range(4):
        factories.make_published_claim(claimant_name=f"Person {number}")
    headers = key()
    for given, most in (({}, 3), (headers, 6)):
        with django_assert_max_num_queries(most):
            assert len(names(client, {}, given)) == 4


def test_only_the_fields_asked_for_are_there(client, quell):
    found = client.get(CLAIMANTS, {"fields": "name,tally.supported"}).json()["results"]
    assert found == [{"name": "Ida Quell", "tally": {"supported": 1}}]
