"""The append-only feed: in order, without gaps, and verifiable by whoever reads it."""

import hashlib

import pytest
import rfc8785

from accounts.roles import Role
from publishing.services import retract_verdict
from tests import factories

pytestmark = pytest.mark.django_db
FEED = "/api/v1/publications/"


@pytest.fixture
def record(db):
    claims = [factories.make_published_claim() for _ in range(2)]
    editor = factories.make_user(Role.EDITOR)
    retract_verdict(actor=editor, claim=claims[0], reason="The audit was forged.")
    return claims


def seqs(response):
    return [entry["document"]["seq"] for entry in response.json()["results"]]


def test_the_feed_is_in_order_from_the_first_entry(client, record):
    assert seqs(client.get(FEED)) == [1, 2, 3]


def test_the_feed_goes_on_after_the_entry_one_has(client, record):
    assert seqs(client.get(FEED, {"since": 1})) == [2, 3]


def test_following_next_reads_every_entry_once(client, record):
    found, address = [], f"{FEED}?limit=2"
    while address:
        response = client.get(address)
        found += seqs(response)
        address = response.json()["next"]
    assert found == [1, 2, 3]


def test_the_history_of_one_claim_can_be_read(client, record):
    assert seqs(client.get(FEED, {"claim": record[0].pk})) == [1, 3]


def test_a_reader_can_verify_the_chain_from_the_feed_alone(client, record):
    previous = ""
    for entry in client.get(FEED).json()["results"]:
        assert entry["document"]["previous"] == previous
        previous = hashlib.sha256(rfc8785.dumps(entry["document"])).hexdigest()
        assert entry["sha256"] == previous


def test_an_entry_at_its_own_address_hashes_to_its_etag(client, record):
    response = client.get(f"{FEED}3/")
    assert response["ETag"] == f'"{hashlib.sha256(response.content).hexdigest()}"'


@pytest.mark.parametrize("seq", [0, 4, 10**30])
def test_an_entry_that_is_not_there_is_not_found(client, record, seq):
    assert client.get(f"{FEED}{seq}/").status_code == 404


@pytest.mark.parametrize("since", ["-1", "x", "1.5", 2**63, "9" * 5000])
def test_since_must_be_a_number_of_an_entry(client, db, since):
    response = client.get(FEED, {"since": since})
    assert response.status_code == 400
    assert list(response.json()["errors"]) == ["since"]
