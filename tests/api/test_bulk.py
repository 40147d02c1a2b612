import json

import pytest

from accounts.roles import Role
from publishing import record
from publishing.models import Publication
from publishing.services import retract_verdict
from tests import factories

VERDICTS = "/api/v1/exports/verdicts.ndjson"
PUBLICATIONS = "/api/v1/exports/publications.ndjson"


@pytest.fixture
def published(db, monkeypatch):
    """Five claims, one taken back since, in batches of two."""
    monkeypatch.setattr(record, "BATCH", 2)
    claims = [factories.make_published_claim() for _ in range(5)]
    retract_verdict(actor=factories.make_user(Role.EDITOR), claim=claims[0], reason="Wrong.")
    return claims


def lines_of(response):
    return [json.loads(line) for line in b"".join(response.streaming_content).splitlines()]


def test_every_verdict_in_force_is_a_line_oldest_first(client, published):
    found = [one["id"] for one in lines_of(client.get(VERDICTS))]
    assert found == [str(claim.pk) for claim in published[1:]]


def test_every_entry_of_the_record_is_a_line_with_its_hash(client, published):
    content = b"".join(client.get(PUBLICATIONS).streaming_content)
    stored = Publication.objects.order_by("seq").values_list("sha256", "document")
    expected = [f'{{"sha256":"{sha256}","document":{document}}}' for sha256, document in stored]
    assert content.decode().splitlines() == expected


@pytest.mark.parametrize(
    ("address", "query", "count"),
    [
        (VERDICTS, {"status": "any"}, 5),
        (VERDICTS, {"status": "retracted"}, 1),
        (VERDICTS, {"since": 5}, 1),
        (VERDICTS, {"q": "nonsense"}, 0),
        (PUBLICATIONS, {"since": 4}, 2),
    ],
)
def test_an_export_is_narrowed_as_a_list_is(client, published, address, query, count):
    assert len(lines_of(client.get(address, query))) == count


@pytest.mark.parametrize("address", [VERDICTS, PUBLICATIONS])
@pytest.mark.parametrize("name", ["limit", "cursor", "nonsense"])
def test_an_export_has_no_pages(client, db, address, name):
    refused = client.get(address, {name: "1"})
    assert (refused.status_code, list(refused.json()["errors"])) == (400, [name])


def test_what_is_published_while_an_export_is_sent_comes_at_its_end(client, published):
    lines = iter(client.get(VERDICTS).streaming_content)
    first = json.loads(next(lines).splitlines()[0])
    late = factories.make_published_claim()
    rest = [json.loads(line)["id"] for batch in lines for line in batch.splitlines()]
    assert (first["id"], rest[-1]) == (str(published[1].pk), str(late.pk))


@pytest.mark.parametrize("address", [VERDICTS, PUBLICATIONS])
def test_who_has_the_export_as_it_stands_is_told_so(client, published, address):
    etag = client.get(address)["ETag"]
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 304
    factories.make_published_claim()
    assert client.get(address, headers={"If-None-Match": etag}).status_code == 200
