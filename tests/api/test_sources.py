"""Sources and evidence over the API: read with how they stand, named, described, attached once."""

import pytest

from accounts.models import Scope
from accounts.roles import Role
from publishing.services import retract_verdict
from sources.captures import request_capture
from sources.models import Capture, Evidence, Source
from sources.services import add_snapshot, override_quote
from tests import factories

pytestmark = pytest.mark.django_db
SOURCES = "/api/v1/sources/"
ADDRESS = "https://records.example/audit"
HIDDEN = {"title": "The clerk", "kind": "withheld", "withheld_reason": "Her safety."}


@pytest.fixture
def claim():
    return factories.make_claim()


@pytest.fixture
def send(client, key):
    headers = key(Role.CONTRIBUTOR, Scope.WRITE)

    def post(address, once="", **fields):
        extra = {"Idempotency-Key": once} if once else {}
        return client.post(
            address, fields, content_type="application/json", headers={**headers, **extra}
        )

    return post


def at(claim):
    return f"/api/v1/claims/{claim.pk}/evidence/"


class TestReading:
    def test_a_source_tells_how_it_stands_and_what_was_kept(self, client, key):
        source = factories.make_source(url=ADDRESS, reference="File 12")
        add_snapshot(actor=factories.make_user(), source=source, text="It cost 40 million.")
        request_capture(actor=factories.make_user(), source=source)
        Capture.objects.update(state="failed", error="It did not answer.", status=503)
        found = client.get(f"{SOURCES}{source.pk}/", headers=key()).json()
        assert (found["reference"], found["state"]) == ("File 12", "unchecked")
        [copy], [look] = found["snapshots"], found["looks"]
        assert (copy["origin"], len(copy["sha256"])) == ("pasted", 64)
        assert (look["error"], look["status"]) == ("It did not answer.", 503)
        assert "text" not in copy

    def test_a_list_is_narrowed_by_words_kind_and_state(self, client, key):
        factories.make_source(title="Audit", kind="law")
        factories.make_source(title="Report", kind="study")
        for query in ({"q": "audit"}, {"kind": "law"}):
            found = client.get(SOURCES, query, headers=key()).json()["results"]
            assert [one["title"] for one in found] == ["Audit"]
        assert client.get(SOURCES, {"state": "gone"}, headers=key()).json()["results"] == []

    @pytest.mark.parametrize(
        "query", [{}, {"q": "clerk"}, {"url": ADDRESS}, {"state": "unchecked"}]
    )
    def test_nothing_of_a_withheld_source_is_told_to_others(self, client, key, query):
        source = factories.make_source(url=ADDRESS, **HIDDEN)
        add_snapshot(actor=factories.make_user(), source=source, text="What the clerk said.")
        headers = key(Role.REVIEWER)
        whole = client.get(f"{SOURCES}{source.pk}/", headers=headers)
        known = {"id": str(source.pk), "kind": "withheld", "title": "Withheld source"}
        assert whole.json() == {**known, "reason": "Her safety."}
        listed = client.get(SOURCES, query, headers=headers).json()["results"]
        assert listed == ([] if query else [whole.json()])

    def test_an_editor_sees_a_withheld_source(self, client, key):
        source = factories.make_source(**HIDDEN)
        found = client.get(f"{SOURCES}{source.pk}/", headers=key(Role.EDITOR)).json()
        assert found["title"] == "The clerk"

    def test_a_list_takes_as_many_queries_for_many_as_for_one(
        self, client, key, django_assert_max_num_queries
    ):
        for _ in range(6):
            factories.make_source()
        headers = key()
        with django_assert_max_num_queries(6):
            client.get(SOURCES, headers=headers)


class TestNaming:
    def test_an_address_is_queued_to_be_fetched(self, client, send):
        response = send(SOURCES, name=f"{ADDRESS}?utm_source=x")
        source = Source.objects.get()
        assert (response.status_code, response.json()["url"]) == (202, ADDRESS)
        assert response["Location"].endswith(f"{SOURCES}{source.pk}/")
        assert response.json()["looks"][0]["state"] == "queued"

    def test_an_isbn_and_a_description_are_here_at_once(self, send):
        assert send(SOURCES, name="978-3-16-148410-0").status_code == 201
        described = {
            "kind": "interview",
            "title": "Interview with Jo Ek",
            "reference": "By telephone",
        }
        assert send(SOURCES, **described).json()["reference"] == "By telephone"

    def test_the_same_source_is_one_record(self, send):
        first, second = send(SOURCES, name=ADDRESS), send(SOURCES, name=f"{ADDRESS}#top")
        assert first.json()["id"] == second.json()["id"]

    def test_an_address_of_a_withheld_source_tells_nothing_of_it(self, send):
        hidden = factories.make_source(url=ADDRESS, **HIDDEN)
        found = send(SOURCES, name=ADDRESS).json()
        assert found["id"] != str(hidden.pk)
        assert found["kind"] == "news_report"

    @pytest.mark.parametrize(
        ("sent", "field"),
        [
            ({}, "kind"),
            ({"name": "the audit"}, "name"),
            ({"name": ADDRESS, "title": "The audit"}, "name"),
            ({"kind": "law"}, "title"),
            ({"kind": "rumour", "title": "A"}, "kind"),
            ({"kind": "withheld", "title": "A"}, "withheld_reason"),
            ({"colour": "red"}, "colour"),
        ],
    )
    def test_what_does_not_fit_is_refused_by_field(self, send, sent, field):
        response = send(SOURCES, **sent)
        assert response.status_code == 400
        assert field in response.json()["errors"]
        assert not Source.objects.exists()


class TestEvidence:
    def test_is_added_with_its_quote_looked_for(self, client, key, send, claim):
        source = factories.make_source()
        sent = {"source": str(source.pk), "stance": "supports", "quote": "40 million crowns"}
        response = send(at(claim), **sent, copy="It cost 40 million crowns.")
        assert response.status_code == 201
        found = response.json()
        assert (found["quote_check"], found["place"]) == ("verified", {"start": 8, "end": 25})
        assert found["snapshot"] == str(source.snapshots.get().pk)
        listed = client.get(at(claim), headers=key()).json()["results"]
        assert [one["id"] for one in listed] == [found["id"]]

    def test_with_a_key_is_added_once(self, send, claim):
        sent = {"source": str(factories.make_source().pk), "stance": "context"}
        answers = [send(at(claim), once="one", **sent).json() for _ in range(2)]
        assert answers[0] == answers[1]
        assert Evidence.objects.count() == 1

    def test_of_a_withheld_source_names_nobody(self, send, claim):
        source = factories.make_source(**HIDDEN)
        found = send(at(claim), source=str(source.pk), stance="context").json()
        assert found["source"]["title"] == "Withheld source"

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"stance": "maybe"}, "stance"),
            ({"source": "00000000-0000-0000-0000-000000000000"}, "source"),
            ({"source": "nonsense"}, "source"),
        ],
    )
    def test_what_does_not_fit_is_refused_by_field(self, send, claim, changed, field):
        sent = {"source": str(factories.make_source().pk), "stance": "context", **changed}
        response = send(at(claim), **sent)
        assert response.status_code == 400
        assert field in response.json()["errors"]

    def test_of_a_published_claim_stays_as_it_is(self, send):
        claim = factories.make_published_claim()
        before = Evidence.objects.count()
        sent = {"source": str(factories.make_source().pk), "stance": "context", "copy": "Words."}
        assert send(at(claim), **sent).status_code == 400
        assert Evidence.objects.count() == before

    def test_its_list_takes_as_many_queries_for_many_as_for_one(
        self, client, key, claim, django_assert_max_num_queries
    ):
        for _ in range(6):
            factories.make_evidence(claim)
        headers = key()
        with django_assert_max_num_queries(8):
            client.get(at(claim), headers=headers)


def test_readers_are_told_of_no_source_that_is_not_published(client, key, claim):
    source = factories.make_evidence(claim).source
    for headers in ({}, key(Role.CONSUMER)):
        assert client.get(SOURCES, headers=headers).json()["results"] == []
        for address in (f"{SOURCES}{source.pk}/", at(claim)):
            assert client.get(address, headers=headers).status_code == 404


class TestEvidenceOfAnyClaim:
    ALL = "/api/v1/evidence/"

    def test_is_narrowed_by_what_it_is_and_what_it_is_about(self, client, key, claim):
        item = factories.make_evidence(claim, stance="undermines", quote="cost 40 million crowns")
        factories.make_evidence(factories.make_claim(), quote="not in the copy at all")
        headers = key()
        queries = (
            {"claim": claim.pk},
            {"source": item.source_id},
            {"stance": "undermines"},
            {"quote_check": "verified"},
        )
        for query in queries:
            [found] = client.get(self.ALL, query, headers=headers).json()["results"]
            assert (found["id"], found["claim"]) == (str(item.pk), str(claim.pk))

    def test_a_quote_that_an_editor_vouches_for_is_found_as_that(self, client, key, claim):
        item = factories.make_evidence(claim, quote="not in the copy at all")
        editor = factories.make_user(Role.EDITOR)
        override_quote(actor=editor, evidence=item, reason="I heard it.")
        for check, count in (("overridden", 1), (item.quote_check, 0)):
            query = {"quote_check": check}
            assert len(client.get(self.ALL, query, headers=key()).json()["results"]) == count

    def test_takes_as_many_queries_for_many_as_for_one(
        self, client, key, claim, django_assert_max_num_queries
    ):
        for _ in range(6):
            factories.make_evidence(claim)
        headers = key()
        with django_assert_max_num_queries(6):
            client.get(self.ALL, headers=headers)


@pytest.mark.parametrize("audience", ["desk", "everyone"])
def test_the_evidence_of_a_claim_comes_in_pages(client, key, audience):
    headers = key() if audience == "desk" else {}
    claim = factories.make_claim()
    for _ in range(4):
        factories.make_evidence(claim)
    claim = factories.publish_claim(claim)
    seen, address = [], f"{at(claim)}?limit=3&fields=quote,source.id"
    while address:
        page = client.get(address, headers=headers).json()
        seen += [item["source"]["id"] for item in page["results"]]
        address = page["next"]
    assert seen == [str(item.source_id) for item in claim.evidence.all()]


def test_a_cursor_into_a_document_that_was_corrected_says_so(client):
    claim = factories.make_claim()
    for _ in range(3):
        factories.make_evidence(claim)
    claim = factories.publish_claim(claim)
    following = client.get(f"{at(claim)}?limit=2").json()["next"]
    retract_verdict(actor=factories.make_user(Role.EDITOR), claim=claim, reason="It was wrong.")
    response = client.get(following)
    assert response.status_code == 400
    assert "has changed since" in response.json()["detail"]
