"""Signed heads and keys over HTTP, and that what comes out is what the program for consumers takes."""

import hashlib
import json

import pytest
from django.urls import reverse

from publishing.models import Publication, SignedHead, SigningKey
from publishing.proof import keys, verify_record
from publishing.proof.rotation import rotate_key
from tests.factories import make_published_claim
from tests.publishing.pages import correct

pytestmark = pytest.mark.django_db


def get(client, path, **headers):
    return client.get(f"/api/v1/{path}", headers=headers)


@pytest.fixture
def record():
    """Three entries, two keys, four heads."""
    claim = make_published_claim()
    correct(claim)
    rotate_key()
    correct(claim, note="Once more.")
    return claim


def test_heads_come_newest_first(client, record):
    found = get(client, "heads/").json()
    assert [(one["head"]["number"], one["head"]["seq"]) for one in found["results"]] == [
        (4, 3),
        (3, 2),
        (2, 2),
        (1, 1),
    ]
    assert found["next"] is None


def test_heads_come_by_pages(client, record):
    first = get(client, "heads/?limit=3").json()
    second = client.get(first["next"]).json()
    numbers = [one["head"]["number"] for page in (first, second) for one in page["results"]]
    assert numbers == [4, 3, 2, 1]


def test_heads_of_later_entries_only(client, record):
    found = get(client, "heads/?since=2").json()["results"]
    assert [one["head"]["seq"] for one in found] == [3]


@pytest.mark.parametrize("query", ["since=-1", "since=x", "limit=0", "cursor=x", "until=2"])
def test_a_wrong_query_is_refused_in_words(client, query):
    response = get(client, f"heads/?{query}")
    assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")


def test_a_head_is_sent_in_the_bytes_that_were_signed(client, record):
    row = SignedHead.objects.first()
    body = get(client, "heads/latest/").content.decode()
    assert body == f'{{"signature":"{row.signature}","head":{row.document}}}'


def test_before_anything_is_published_there_is_no_head(client):
    assert get(client, "heads/latest/").status_code == 404
    assert get(client, "heads/").json() == {"results": [], "next": None}


def test_keys_come_oldest_first_with_the_statements_that_put_them_into_use(client, record):
    first, second = get(client, "keys/").json()["results"]
    assert (first["statement"]["previous"], first["previous_signature"]) == (None, "")
    assert second["statement"]["previous"] == first["statement"]["key"]
    statement = SigningKey.objects.last().statement
    assert json.dumps(second["statement"]["desk"]["name"]) in statement
    assert keys.is_signed(first["statement"]["public_key"], statement, second["previous_signature"])


@pytest.mark.parametrize("path", ["heads/", "heads/latest/", "keys/"])
def test_the_proof_is_kept_and_asked_for_again(client, record, path):
    first = get(client, path)
    assert "public" in first["Cache-Control"]
    assert get(client, path, **{"If-None-Match": first["ETag"]}).status_code == 304


@pytest.mark.parametrize("path", ["heads/", "heads/latest/", "keys/"])
def test_the_number_of_queries_does_not_grow(client, record, path, django_assert_max_num_queries):
    with django_assert_max_num_queries(1):
        get(client, path)


def test_what_the_api_hands_out_verifies_without_us(client, record, tmp_path, capsys):
    feed = get(client, "publications/?since=0").content.decode()
    entries = Publication.objects.order_by("seq").values_list("sha256", "document")
    lines = [f'{{"sha256":"{sha256}","document":{document}}}' for sha256, document in entries]
    assert all(line in feed for line in lines)
    (tmp_path / "record").write_text("\n".join(lines))
    parts = [get(client, path).content.decode() for path in ("keys/", "heads/", "heads/latest/")]
    (tmp_path / "proof").write_text("".join(parts))
    first = SigningKey.objects.order_by("created_at").first().fingerprint
    code = verify_record.main(
        [str(tmp_path / "record"), "--proof", str(tmp_path / "proof"), "--key", first]
    )
    assert (code, capsys.readouterr().out.partition(",")[0]) == (0, "3 entries verify")


class TestTheReadersPage:
    def page(self, client):
        return client.get(reverse("publishing:show-record")).content.decode()

    def test_it_shows_the_newest_head_and_the_fingerprint(self, client, record):
        html = self.page(client)
        assert Publication.objects.first().sha256 in html
        assert SignedHead.objects.first().key.fingerprint in html

    def test_it_gives_the_hash_of_the_program_as_it_is_served(self, client):
        program = client.get(reverse("publishing:verifier"))
        assert program["Content-Type"] == "text/plain; charset=utf-8"
        assert hashlib.sha256(program.content).hexdigest() in self.page(client)

    def test_an_empty_record_has_a_page(self, client):
        assert "Nothing is published yet." in self.page(client)

    def test_an_unsigned_record_has_a_page(self, client, settings):
        settings.ASSAY_SIGNING_KEY = "no key"
        make_published_claim()
        assert "The record is not signed yet." in self.page(client)

    def test_it_takes_few_queries(self, client, record, django_assert_max_num_queries):
        with django_assert_max_num_queries(3):
            self.page(client)
