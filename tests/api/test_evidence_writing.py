"""Evidence over the API: with an answer, taken off its claim, a quote taken on by name."""

import pytest

from accounts.roles import Role
from audit.models import Event
from sources.models import Evidence, SourceKind
from tests import factories
from tests.api.writing import Writer

pytestmark = pytest.mark.django_db
REASON = {"reason": "It is another harbour."}


@pytest.fixture
def writer():
    return Writer(Role.CONTRIBUTOR)


@pytest.fixture
def item():
    return factories.make_evidence(factories.make_claim())


def test_evidence_may_answer_a_question(writer):
    claim, source = factories.make_claim(), factories.make_source()
    answer = {"answer": "Yes.", "answer_type": "boolean", "explanation": "Page 4 says so."}
    sent = {"source": str(source.pk), "stance": "supports", "question": "Did it?", **answer}
    found = writer.post(f"claims/{claim.pk}/evidence/", sent).json()
    assert {**found["answer"], "text": "Yes."}["explanation"] == "Page 4 says so."
    assert (found["answer"]["text"], found["answer"]["type"]) == ("Yes.", "boolean")


def test_withdrawn_evidence_is_off_the_claim_and_in_its_history(writer, item):
    found = writer.post(f"evidence/{item.pk}/withdraw/", REASON)
    assert (found.status_code, found.json()["evidence"]) == (200, [])
    event = Event.objects.get(verb="evidence.withdrawn")
    assert (event.actor, event.reason) == (writer.person, REASON["reason"])


def test_what_is_withdrawn_is_not_withdrawn_again(writer, item):
    address = f"evidence/{item.pk}/withdraw/"
    assert [writer.post(address, REASON).status_code for _ in range(2)] == [200, 404]


def test_an_editor_takes_a_quote_on(item):
    editor = Writer(Role.EDITOR)
    found = editor.post(f"evidence/{item.pk}/override-quote/", {"reason": "I heard it."}).json()
    assert found["evidence"][0]["quote_check"] == "overridden"


@pytest.mark.parametrize("action", ["withdraw", "override-quote"])
@pytest.mark.parametrize("reason", ["", None, "a\x00", "\ud800", "x" * 2001, ["a"]])
def test_a_reason_is_needed(item, action, reason):
    response = Writer(Role.EDITOR).post(f"evidence/{item.pk}/{action}/", {"reason": reason})
    assert (response.status_code, list(response.json()["errors"])) == (400, ["reason"])
    assert Evidence.objects.standing().filter(pk=item.pk, overridden_by=None).exists()


def test_evidence_of_a_published_claim_stands(writer):
    item = factories.make_published_claim().evidence.get()
    response = writer.post(f"evidence/{item.pk}/withdraw/", REASON)
    assert response.status_code == 400
    assert "Reopen it" in response.json()["detail"]


def test_a_withheld_source_does_not_come_out_with_the_answer(writer):
    claim = factories.make_claim()
    source = factories.make_source(
        title="Quillonberg", kind=SourceKind.WITHHELD, withheld_reason="Her safety."
    )
    factories.make_evidence(claim, source=source)
    response = writer.post(f"claims/{claim.pk}/actions/dismiss/", REASON)
    assert "Her safety." in response.content.decode()
    assert "Quillonberg" not in response.content.decode()
