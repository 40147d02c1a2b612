"""Records by the API: for the desk, the same as by the command."""

import json

import pytest

from accounts.roles import Role
from claims.models import Claim
from publishing.question_records.outgoing import record_lines
from sources.models import SourceKind
from tests import factories

pytestmark = pytest.mark.django_db
ADDRESS = "/api/v1/exports/question-records/"


def lines(response):
    return [json.loads(line) for line in response.getvalue().splitlines()]


def test_every_claim_with_evidence_is_one_line(client, key):
    factories.make_evidence(factories.make_claim(), question="What did it cost?")
    factories.make_published_claim()
    factories.make_claim()
    response = client.get(ADDRESS, headers=key(Role.REVIEWER))
    assert response.headers["Content-Type"] == "application/x-ndjson"
    expected = [json.loads(line) for line in record_lines(Claim.objects.all())]
    assert lines(response) == expected
    assert len(expected) == 2


def test_a_withheld_source_is_a_placeholder_for_editors_too(client, key):
    source = factories.make_source(
        title="The nurse", kind=SourceKind.WITHHELD, withheld_reason="In danger."
    )
    factories.make_evidence(factories.make_claim(), source=source, copy="")
    response = client.get(ADDRESS, headers=key(Role.EDITOR))
    [answer] = lines(response)[0]["questions"][0]["answers"]
    assert answer["source_url"] == "Withheld source"


@pytest.mark.parametrize(("role", "status"), [(None, 401), (Role.CONSUMER, 403)])
def test_it_is_for_nobody_else(client, key, role, status):
    response = client.get(ADDRESS, headers=key(role) if role else {})
    assert response.status_code == status


class TestAnswers:
    """What a source answers is public with the verdict, and at the desk before."""

    def put_down(self, claim, **source):
        evidence = factories.make_evidence(
            claim,
            source=factories.make_source(**source),
            question="Did it?",
            answer="Yes",
            answer_type="boolean",
            explanation="The audit says so.",
        )
        evidence.medium, evidence.archived_url = "PDF", "https://archive.example/1"
        evidence.save()
        return evidence

    def answer(self, client, claim, headers=None):
        found = client.get(f"/api/v1/claims/{claim.pk}/", headers=headers or {}).json()
        return next(one for one in found["evidence"] if one["question"])["answer"]

    def published(self, **source):
        claim = factories.make_reviewed_claim("true", "true")
        self.put_down(claim, **source)
        editor = factories.make_user(Role.EDITOR)
        factories.write_verdict(
            actor=editor, claim=claim, summary="It did.", justification="So it says."
        )
        factories.publish_verdict(actor=editor, claim=claim, signature=factories.SIGNED)
        return claim

    def test_readers_and_the_desk_are_told_the_same(self, client, key):
        claim = self.published()
        public = self.answer(client, claim)
        assert public == {
            "text": "Yes",
            "type": "boolean",
            "explanation": "The audit says so.",
            "medium": "PDF",
            "archived_url": "https://archive.example/1",
        }
        assert self.answer(client, claim, key(Role.REVIEWER)) == public

    def test_the_page_of_the_claim_says_it(self, client):
        page = client.get(f"/claims/{self.published().pk}/").content.decode()
        assert "The audit says so." in page

    def test_of_a_withheld_source_nothing_leads_to_it(self, client, key):
        claim = self.published(kind=SourceKind.WITHHELD, withheld_reason="In danger.")
        for headers in ({}, key(Role.REVIEWER)):
            answer = self.answer(client, claim, headers)
            assert (answer["medium"], answer["archived_url"]) == ("", "")

    def test_evidence_without_one_says_so(self, client):
        claim = factories.make_published_claim()
        found = client.get(f"/api/v1/claims/{claim.pk}/").json()
        assert [item["answer"] for item in found["evidence"]] == [None]
