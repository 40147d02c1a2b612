"""The workflow's actions on lists: for those who may, one service call a row, refusals in words."""

import pytest

from accounts.admin import KeptAdmin
from accounts.roles import DESK, Role
from accounts.row_actions import MOST_ROWS, RowAction
from accounts.services import make_key
from claims.kinds import Status
from claims.models import Claim
from publishing.models import Publication
from reviews.models import Assignment, Scale
from reviews.services import take_claim
from sources.models import Evidence
from tests.admin.pages import form_data, page, said
from tests.factories import (
    make_article,
    make_claim,
    make_evidence,
    make_published_claim,
    make_reviewed_claim,
    make_user,
)

pytestmark = pytest.mark.django_db
ANYBODY = {"accept", "dismiss"}
REVIEWERS = ANYBODY | {"take", "release"}
EDITORS = REVIEWERS | {"assign", "send_back", "retract", "reopen"}
OFFERED = {
    Role.CONTRIBUTOR: ANYBODY,
    Role.REVIEWER: REVIEWERS,
    Role.EDITOR: EDITORS,
    Role.ADMINISTRATOR: EDITORS,
}


@pytest.fixture
def do(client):
    """Tick these rows, choose this action, answer what its page asks."""

    def act(action, *rows, **asked):
        address, chosen = page(type(rows[0]), "changelist"), [row.pk for row in rows]
        data = {"action": action, "_selected_action": chosen, "index": 0}
        response = client.post(address, data, follow=True)
        if not asked:
            return response
        form = form_data(response) | {"_selected_action": chosen}
        return client.post(address, {**form, **asked}, follow=True)

    return act


@pytest.mark.parametrize("role", sorted(DESK))
def test_each_role_is_offered_its_actions(client, sign_in, role):
    sign_in(role)
    make_claim()
    choices = client.get(page(Claim, "changelist")).context["action_form"].fields["action"].choices
    assert {value for value, _ in choices if value} == OFFERED[role]


@pytest.mark.parametrize("role", sorted(DESK))
def test_an_action_that_is_not_offered_does_nothing(sign_in, do, role):
    sign_in(role)
    claim = make_published_claim()
    for action in sorted(EDITORS - OFFERED[role]):
        do(action, claim, reason="R.", reviewer=make_user().pk)
    claim.refresh_from_db()
    assert (claim.status, Publication.objects.count()) == (Status.PUBLISHED, 1)


#: Where the claim stands, the action, what it asks, where the claim goes, what is said.
DONE = [
    (Status.SUGGESTED, "accept", {}, Status.OPEN, "1 accepted."),
    (Status.SUGGESTED, "dismiss", {"reason": "Opinion."}, Status.DISMISSED, "1 dismissed."),
    (Status.OPEN, "take", {}, Status.IN_REVIEW, "1 taken."),
    (Status.DECIDED, "send_back", {"reason": "Thin."}, Status.IN_REVIEW, "1 sent back."),
    (Status.DISMISSED, "reopen", {"reason": "It matters."}, Status.OPEN, "1 reopened."),
]


@pytest.mark.parametrize(("status", "action", "asked", "target", "word"), DONE)
def test_an_action_moves_the_claim(sign_in, do, status, action, asked, target, word):
    sign_in(Role.EDITOR)
    claim = make_claim(status=status)
    response = do(action, claim, **asked)
    claim.refresh_from_db()
    assert (claim.status, said(response)) == (target, [word])


@pytest.mark.parametrize("action", ["retract", "reopen"])
def test_a_published_claim_is_taken_back_with_a_public_reason(sign_in, do, action):
    sign_in(Role.EDITOR)
    do(action, make_published_claim(), reason="Wrong port.")
    entry = Publication.objects.latest("seq")
    assert (entry.seq, entry.note) == (2, "Wrong port.")


def test_a_claim_is_assigned_to_somebody_by_a_time(sign_in, do):
    sign_in(Role.EDITOR)
    reviewer = make_user()
    do("assign", make_claim(), reviewer=reviewer.pk, due_at="2031-05-03T09:30")
    assignment = Assignment.objects.get()
    assert (assignment.reviewer, f"{assignment.due_at:%Y-%m-%d %H:%M}") == (
        reviewer,
        "2031-05-03 09:30",
    )


def test_only_people_who_review_can_be_chosen(sign_in, do):
    sign_in(Role.EDITOR)
    response = do("assign", make_claim(), reviewer=make_user(Role.CONTRIBUTOR).pk)
    assert "reviewer" in response.context["form"].errors


def test_a_claim_one_holds_is_given_back(sign_in, do):
    reviewer, claim = sign_in(Role.REVIEWER), make_claim()
    take_claim(actor=reviewer, claim=claim)
    do("release", claim)
    assert not Assignment.objects.active().exists()


@pytest.mark.parametrize("action", ["dismiss", "send_back", "retract", "reopen", "assign"])
def test_an_action_asks_before_it_does_anything(sign_in, do, action):
    sign_in(Role.EDITOR)
    claim = make_claim(statement="It cost 40 million.")
    response = do(action, claim)
    claim.refresh_from_db()
    assert response.templates[0].name == "admin/row_action.html"
    assert "It cost 40 million." in response.content.decode()
    assert form_data(response)["action"] == action
    assert claim.status == Status.OPEN


def test_a_reason_that_is_missing_is_asked_for_again(sign_in, do):
    sign_in(Role.EDITOR)
    response = do("dismiss", make_claim(), reason="  ")
    assert "reason" in response.context["form"].errors


def test_what_was_done_stays_done_where_one_of_several_is_refused(sign_in, do):
    sign_in(Role.EDITOR)
    good, bad = make_claim(status=Status.SUGGESTED), make_claim(statement="Decided long ago.")
    response = do("accept", good, bad)
    good.refresh_from_db()
    refusal = next(text for text in said(response) if "Decided long ago." in text)
    assert (response.status_code, good.status) == (200, Status.OPEN)
    assert "The claim is open, so “accept” does not apply" in refusal


@pytest.mark.parametrize(
    ("role", "make", "action", "asked", "word"),
    [
        (Role.REVIEWER, lambda: make_claim(status=Status.PUBLISHED), "take", {}, "does not apply"),
        (Role.REVIEWER, lambda: make_claim(status=Status.IN_REVIEW), "release", {}, "nothing to"),
        (Role.EDITOR, make_reviewed_claim, "retract", {"reason": "R."}, "does not apply"),
        (Role.EDITOR, make_claim, "reopen", {"reason": "R."}, "does not apply"),
    ],
)
def test_every_refusal_is_a_message(sign_in, do, role, make, action, asked, word):
    sign_in(role)
    (message,) = said(do(action, make(), **asked))
    assert word in message


def test_the_last_place_that_went_meanwhile_is_a_message(sign_in, do):
    claim = make_claim()
    for _ in range(2):
        take_claim(actor=make_user(), claim=claim)
    sign_in(Role.REVIEWER)
    (message,) = said(do("take", claim))
    assert "has its reviewers already" in message


def test_too_many_at_once_are_refused_and_none_is_done(rf, monkeypatch):
    calls, words = [], []
    monkeypatch.setattr("accounts.row_actions.messages.error", lambda _, text: words.append(text))
    action = RowAction("x", "X", "", lambda **given: calls.append(given), "claim", "done")
    assert action(None, rf.post("/"), list(range(MOST_ROWS + 1))) is None
    assert (calls, words) == ([], [f"Choose at most {MOST_ROWS} at a time. Nothing was done."])


def test_a_whole_page_of_a_list_is_not_too_many():
    assert max(page_.list_per_page for page_ in KeptAdmin.__subclasses__()) <= MOST_ROWS


class TestOtherLists:
    def test_evidence_is_withdrawn_with_a_reason(self, sign_in, do):
        sign_in(Role.CONTRIBUTOR)
        do("withdraw", make_evidence(make_claim()), reason="Wrong port.")
        assert not Evidence.objects.standing().exists()

    def test_evidence_of_a_published_claim_stays_and_says_why(self, sign_in, do):
        sign_in(Role.EDITOR)
        evidence = make_published_claim().evidence.get()
        (message,) = said(do("withdraw", evidence, reason="Wrong port."))
        assert "public record" in message

    def test_a_quote_that_was_not_found_is_taken_on_by_an_editor(self, sign_in, do):
        editor = sign_in(Role.EDITOR)
        evidence = make_evidence(make_claim(), quote="cost 50 million crowns")
        do("override_quote", evidence, reason="Seen in print.")
        evidence.refresh_from_db()
        assert evidence.overridden_by == editor

    def test_another_scale_is_chosen_for_new_reviews(self, sign_in, do):
        sign_in(Role.ADMINISTRATOR)
        other = Scale.objects.filter(is_house=False, ratings__isnull=False).distinct()[0]
        do("choose_house_scale", other)
        assert Scale.objects.get(is_house=True) == other

    def test_a_scale_without_ratings_is_not_chosen(self, sign_in, do):
        sign_in(Role.ADMINISTRATOR)
        house = Scale.objects.get(is_house=True)
        (message,) = said(do("choose_house_scale", Scale.objects.create(slug="new", name="New")))
        assert "no ratings yet" in message
        assert Scale.objects.get(is_house=True) == house

    def test_a_key_is_revoked_and_its_hash_is_nowhere(self, client, sign_in, do):
        person = sign_in(Role.REVIEWER)
        key, secret = make_key(actor=person, name="Site")
        do("revoke", key)
        key.refresh_from_db()
        shown = client.get(page(key)).content.decode()
        assert key.state == "revoked"
        assert key.sha256 not in shown
        assert secret not in shown

    def test_nobody_sees_or_revokes_the_keys_of_others(self, client, sign_in, do):
        key, _ = make_key(actor=make_user(), name="Their site")
        sign_in(Role.ADMINISTRATOR)
        do("revoke", key)
        key.refresh_from_db()
        assert key.state == "active"
        assert "Their site" not in client.get(page(type(key), "changelist")).content.decode()


def test_a_claims_page_offers_what_its_status_allows(client, sign_in):
    sign_in(Role.EDITOR)
    offered = client.get(page(make_claim(status=Status.SUGGESTED))).context["page_actions"]
    assert set(offered) == {"accept", "dismiss"}


def test_a_claims_page_has_a_button_for_each(client, sign_in):
    sign_in(Role.EDITOR)
    shown = client.get(page(make_claim())).content.decode()
    assert 'value="take">Take for review</button>' in shown


def test_an_action_on_a_claims_page_is_done_by_its_list(client, sign_in):
    sign_in(Role.EDITOR)
    claim = make_claim(status=Status.SUGGESTED, article=make_article())
    data = {"action": "accept", "index": "0", "_selected_action": claim.pk}
    client.post(page(Claim, "changelist"), data)
    claim.refresh_from_db()
    assert claim.status == Status.OPEN
