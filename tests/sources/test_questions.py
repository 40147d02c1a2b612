"""Questions that no source answers yet."""

import pytest
from django.core.exceptions import ValidationError

from audit.models import Event
from sources.questions import ask_question, close_question, missing_answers
from tests.factories import make_claim, make_evidence, make_user

pytestmark = pytest.mark.django_db
COST = "What did the works cost?"


def test_a_question_is_missing_an_answer_until_evidence_answers_it():
    claim = make_claim()
    asked = ask_question(actor=make_user(), claim=claim, text=f"  {COST} ")
    assert missing_answers(claim) == [asked]
    make_evidence(claim, question=COST, answer="Forty million.", answer_type="extractive")
    assert missing_answers(claim) == []


def test_the_same_question_is_asked_once():
    claim, actor = make_claim(), make_user()
    asked = [ask_question(actor=actor, claim=claim, text=COST) for _ in range(2)]
    assert asked[0] == asked[1]
    assert Event.objects.filter(verb="claim.question_asked").count() == 1


@pytest.mark.parametrize("text", ["", " \x00 ", "x" * 501])
def test_a_question_has_words_and_not_too_many(text):
    with pytest.raises(ValidationError):
        ask_question(actor=make_user(), claim=make_claim(), text=text)


def test_a_closed_question_is_no_longer_missing_and_says_why():
    claim, actor = make_claim(), make_user()
    asked = ask_question(actor=actor, claim=claim, text=COST)
    with pytest.raises(ValidationError):
        close_question(actor=actor, question=asked, reason=" ")
    close_question(actor=actor, question=asked, reason="Nobody kept the books.")
    assert missing_answers(claim) == []
    assert Event.objects.get(verb="claim.question_closed").reason == "Nobody kept the books."


def test_the_answer_of_a_source_is_kept_with_its_type():
    evidence = make_evidence(
        make_claim(), question=COST, answer="Yes", answer_type="boolean", explanation="The audit."
    )
    evidence.refresh_from_db()
    assert (evidence.answer, evidence.answer_type, evidence.explanation) == (
        "Yes",
        "boolean",
        "The audit.",
    )
