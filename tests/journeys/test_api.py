"""A check from its article to its retraction through the API alone, by keys of different roles."""

from io import StringIO

import pytest
from django.core.management import call_command

from accounts.roles import Role
from tests.api.writing import Writer
from tests.factories import TEXT

pytestmark = pytest.mark.django_db
WORDS = {"summary": "It cost 45 million.", "justification": "The audit counts every bill."}
ATTEST = {"both_sides": True, "claimant_asked": True, "neutral_wording": True}


@pytest.fixture
def people():
    roles = (Role.CONTRIBUTOR, Role.REVIEWER, Role.REVIEWER, Role.EDITOR, Role.EDITOR)
    return [Writer(role) for role in roles]


def done(response):
    assert response.status_code in {200, 201, 202}, response.content.decode()
    return response.json()


def test_a_check_goes_from_its_article_to_its_retraction_by_keys_alone(people):
    contributor, first, second, editor, chief = people
    article = done(contributor.post("articles/", {"text": TEXT, "publisher": "The Paper"}))
    claim = bring_claim(contributor, article)
    evidence = bring_evidence(contributor, claim)
    for reviewer in (first, second):
        done(reviewer.post(f"{claim}actions/take/"))
        review = {"rating": "false", "rationale": "45, not 40.", "evidence": [evidence]}
        done(reviewer.post(f"{claim}reviews/", review))
    assert done(editor.get(claim))["status"] == "decided"
    done(editor.post(f"{claim}actions/write/", WORDS))
    refused = chief.post(f"{claim}actions/publish/", {"attest": {"both_sides": True}})
    attested = {check["slug"]: True for check in refused.json()["checks"] if not check["is_met"]}
    done(chief.post(f"{claim}actions/publish/", {"attest": {**attested, "both_sides": True}}))
    correction = {"rating": "mostly-false", **WORDS, "note": "One bill was counted twice."}
    done(chief.post(f"{claim}actions/correct/", correction))
    done(chief.post(f"{claim}actions/retract/", {"reason": "The audit was withdrawn."}))
    told = done(chief.post(f"{claim}actions/reopen/", {"reason": "There is a new audit."}))
    assert (told["status"], told["desk"]["review_round"]) == ("open", 2)
    check_the_record(chief, told["id"])


def bring_claim(contributor, article):
    """Suggested with its words, taken on; the address of it below /api/v1/."""
    made = contributor.post(
        "claims/",
        {
            "article": article["id"],
            "spans": [{"quote": "It cost 40 million crowns.", "prefix": "works. "}],
            "statement": "The works at Brinmouth cost 40 million crowns.",
            "status": "suggested",
        },
        idempotency_key="the claim",
    )
    claim = f"claims/{done(made)['id']}/"
    allowed = done(contributor.get(f"{claim}actions/"))["results"]
    assert [one["action"] for one in allowed if one["allowed"]] == ["accept", "dismiss"]
    done(contributor.post(f"{claim}actions/accept/", if_match=made["ETag"]))
    return claim


def bring_evidence(contributor, claim):
    source = done(contributor.post("sources/", {"kind": "official_record", "title": "Audit"}))
    sent = {"source": source["id"], "stance": "undermines", "quote": "cost 45 million"}
    sent["copy"] = "The works cost 45 million crowns, not 40."
    return done(contributor.post(f"{claim}evidence/", sent))["id"]


def check_the_record(reader, claim):
    """In order, verified, and open to who has no key."""
    feed = done(reader.get(f"publications/?claim={claim}"))["results"]
    kinds = [entry["document"]["kind"] for entry in feed]
    assert kinds == ["publication", "correction", "retraction", "reopening"]
    assert [entry["document"]["verdict"]["rating"] for entry in feed][:2] == [
        "false",
        "mostly-false",
    ]
    said = StringIO()
    call_command("verify_publications", stdout=said)
    assert "4" in said.getvalue()
