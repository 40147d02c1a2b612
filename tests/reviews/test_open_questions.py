"""Questions about a claim that no source answers, on the claim's page."""

import pytest

from accounts.roles import Role
from audit.models import Event
from sources.models import OpenQuestion
from tests.factories import make_claim, make_evidence, make_user

pytestmark = pytest.mark.django_db
TEXT = "Who paid for the works?"


@pytest.fixture
def claim(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return make_claim()


@pytest.fixture
def desk(client):
    client.force_login(make_user(Role.CONTRIBUTOR))
    return client


def page(desk, claim):
    return desk.get(claim.get_absolute_url()).content.decode()


def asked(desk, claim, text=TEXT):
    return desk.post(f"{claim.get_absolute_url()}question/", {"text": text})


def test_a_question_is_asked_and_stands_among_the_evidence(desk, claim):
    assert asked(desk, claim).status_code == 302
    assert TEXT in page(desk, claim)


def test_no_question_is_asked_without_words(desk, claim):
    answer = asked(desk, claim, " ")
    assert answer.status_code == 400
    assert "Ask a question" in answer.content.decode()
    assert not OpenQuestion.objects.exists()


def test_evidence_that_answers_it_takes_it_off_the_list(desk, claim):
    asked(desk, claim)
    make_evidence(claim, question=TEXT)
    assert "Open questions" not in page(desk, claim)


def test_closing_one_asks_why_and_the_history_keeps_it(desk, claim):
    asked(desk, claim)
    found = OpenQuestion.objects.get()
    assert "Close this question" in desk.get(f"/desk/questions/{found.pk}/close/").content.decode()
    desk.post(f"/desk/questions/{found.pk}/close/", {"reason": "Nobody will ever know."})
    assert "Open questions" not in page(desk, claim)
    assert Event.objects.get(verb="claim.question_closed").reason == "Nobody will ever know."


def test_open_questions_are_offered_where_evidence_is_added(desk, claim):
    asked(desk, claim)
    form = desk.get(f"{claim.get_absolute_url()}evidence/?kind=interview").content.decode()
    assert f'<option value="{TEXT}">' in form
