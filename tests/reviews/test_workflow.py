"""The table of transitions, and the one service that walks it, for every status, action and role."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.roles import PERMISSIONS, Role
from audit.models import Event
from claims.kinds import Status
from claims.models import Claim
from claims.services import StaleClaim
from reviews.services import move
from reviews.services.transitions import VERBS
from reviews.workflow import TRANSITIONS, Action, InvalidTransition, actions_from, find
from tests.factories import make_claim, make_user

#: The design's table once more, in its own words, so that a slip in the code's table shows.
DESIGN = {
    (Status.SUGGESTED, Action.ACCEPT): Status.OPEN,
    (Status.SUGGESTED, Action.DISMISS): Status.DISMISSED,
    (Status.OPEN, Action.DISMISS): Status.DISMISSED,
    (Status.OPEN, Action.TAKE): Status.IN_REVIEW,
    (Status.OPEN, Action.ASSIGN): Status.IN_REVIEW,
    (Status.IN_REVIEW, Action.TAKE): Status.IN_REVIEW,
    (Status.IN_REVIEW, Action.ASSIGN): Status.IN_REVIEW,
    (Status.IN_REVIEW, Action.RELEASE): Status.IN_REVIEW,
    (Status.IN_REVIEW, Action.REVIEW): Status.IN_REVIEW,
    (Status.IN_REVIEW, Action.AGREE): Status.DECIDED,
    (Status.IN_REVIEW, Action.DIFFER): Status.DISPUTED,
    (Status.DISPUTED, Action.ADJUDICATE): Status.DECIDED,
    (Status.DECIDED, Action.WRITE): Status.DECIDED,
    (Status.DECIDED, Action.SEND_BACK): Status.IN_REVIEW,
    (Status.DECIDED, Action.PUBLISH): Status.PUBLISHED,
    (Status.PUBLISHED, Action.CORRECT): Status.PUBLISHED,
    (Status.PUBLISHED, Action.RETRACT): Status.RETRACTED,
    (Status.PUBLISHED, Action.REOPEN): Status.OPEN,
    (Status.RETRACTED, Action.REOPEN): Status.OPEN,
    (Status.DISMISSED, Action.REOPEN): Status.OPEN,
}
DESK = {Role.CONTRIBUTOR, Role.REVIEWER, Role.EDITOR, Role.ADMINISTRATOR}
REVIEWERS = DESK - {Role.CONTRIBUTOR}
EDITORS = {Role.EDITOR, Role.ADMINISTRATOR}
WHO = {
    Action.ACCEPT: DESK,
    Action.DISMISS: DESK,
    Action.TAKE: REVIEWERS,
    Action.RELEASE: REVIEWERS,
    Action.REVIEW: REVIEWERS,
    Action.ASSIGN: EDITORS,
    Action.ADJUDICATE: EDITORS,
    Action.WRITE: EDITORS,
    Action.SEND_BACK: EDITORS,
    Action.PUBLISH: EDITORS,
    Action.CORRECT: EDITORS,
    Action.RETRACT: EDITORS,
    Action.REOPEN: EDITORS,
}
REASONED = {Action.DISMISS, Action.SEND_BACK, Action.CORRECT, Action.RETRACT, Action.REOPEN}
EVERY = [(status, action) for status in Status for action in Action]


@pytest.mark.parametrize(("status", "action"), EVERY)
def test_the_table_holds_what_the_design_says_and_nothing_else(status, action):
    if (status, action) in DESIGN:
        assert find(status, action).target == DESIGN[status, action]
    else:
        with pytest.raises(InvalidTransition):
            find(status, action)


def test_no_transition_is_listed_twice():
    keys = [(row.source, row.action) for row in TRANSITIONS]
    assert len(keys) == len(set(keys))


@pytest.mark.parametrize("row", TRANSITIONS, ids=lambda row: f"{row.source}-{row.action}")
def test_each_transition_asks_for_the_roles_of_the_design(row):
    if row.action in {Action.AGREE, Action.DIFFER}:
        assert row.permission == ""
    else:
        assert PERMISSIONS[row.permission] == WHO[row.action]


@pytest.mark.parametrize("row", TRANSITIONS, ids=lambda row: f"{row.source}-{row.action}")
def test_a_reason_is_needed_where_something_is_taken_back_or_refused(row):
    assert row.needs_reason == (row.action in REASONED)


@pytest.mark.parametrize("action", Action)
def test_every_action_leaves_its_own_verb_in_the_history(action):
    assert VERBS[action].split(".")[0] in {"claim", "review", "verdict"}
    assert len(set(VERBS.values())) == len(Action)


@pytest.mark.parametrize("status", Status)
def test_screens_offer_exactly_what_a_person_can_do_from_a_status(status):
    expected = {
        action for (source, action) in DESIGN if source == status and action in WHO
    }  # agreeing and differing are the desk's own doing
    assert set(actions_from(status)) == expected


def test_a_refused_transition_says_where_the_claim_stands_and_what_is_possible():
    with pytest.raises(InvalidTransition) as refused:
        find(Status.DISMISSED, Action.SEND_BACK)
    assert "The claim is dismissed" in str(refused.value)
    assert "“send back”" in str(refused.value)
    assert "Possible now: reopen." in str(refused.value)


def test_a_status_without_a_way_on_says_so(monkeypatch):
    monkeypatch.setattr("reviews.workflow.TRANSITIONS", ())
    assert "Possible now: nothing." in str(InvalidTransition(Status.OPEN, Action.TAKE))


@pytest.fixture
def claim(db):
    return make_claim()


#: `move` walks every transition whose permission depends on the role alone; the others have their own tests.
BY_ROLE_ALONE = [a for a in WHO if a not in {Action.REVIEW}]


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("action", BY_ROLE_ALONE)
def test_every_status_lets_an_action_through_for_its_roles_only(claim, role, action):
    actor = make_user(role)
    for status in Status:
        Claim.objects.filter(pk=claim.pk).update(status=status)
        claim.refresh_from_db()
        assert outcome(actor, claim, action) == expected_outcome(role, status, action), status


def outcome(actor, claim, action):
    try:
        return move(actor=actor, claim=claim, action=action, reason="Because.").status
    except (InvalidTransition, PermissionDenied) as refusal:
        return type(refusal)


def expected_outcome(role, status, action):
    """Where a claim stands is asked first: a person without the right learns of it only where it applies."""
    if (status, action) not in DESIGN:
        return InvalidTransition
    return DESIGN[status, action] if role in WHO[action] else PermissionDenied


@pytest.mark.parametrize("action", [Action.REVIEW, Action.AGREE, Action.DIFFER])
@pytest.mark.parametrize("role", Role)
def test_nobody_moves_a_claim_through_a_review_they_do_not_owe(claim, role, action):
    Claim.objects.filter(pk=claim.pk).update(status=Status.IN_REVIEW)
    with pytest.raises(PermissionDenied):
        move(actor=make_user(role), claim=claim, action=action)


@pytest.mark.parametrize("row", [row for row in TRANSITIONS if row.needs_reason], ids=str)
@pytest.mark.parametrize("reason", ["", "  \n"])
def test_a_missing_reason_is_asked_for_and_nothing_is_written(claim, row, reason):
    Claim.objects.filter(pk=claim.pk).update(status=row.source)
    events = Event.objects.count()
    with pytest.raises(ValidationError, match="Give a reason"):
        move(actor=make_user(Role.EDITOR), claim=claim, action=row.action, reason=reason)
    claim.refresh_from_db()
    assert (claim.status, Event.objects.count()) == (row.source, events)


def test_a_move_counts_the_change_and_writes_who_did_what_and_why(claim):
    editor = make_user(Role.EDITOR)
    moved = move(actor=editor, claim=claim, action=Action.DISMISS, reason=" An opinion. ")
    event = Event.objects.about(claim).last()
    assert moved.lock_version == claim.lock_version + 1
    assert (event.verb, event.actor, event.reason) == ("claim.dismissed", editor, "An opinion.")
    assert (event.before, event.after) == ({"status": "open"}, {"status": "dismissed"})


def test_a_move_from_a_stale_page_is_told(claim):
    Claim.objects.filter(pk=claim.pk).update(lock_version=2)
    with pytest.raises(StaleClaim):
        move(
            actor=make_user(Role.EDITOR), claim=claim, action=Action.DISMISS, reason="R", expected=1
        )
