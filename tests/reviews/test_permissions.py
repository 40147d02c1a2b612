"""What must hold of a claim besides the role: blind reviews, no judge in one's own case."""

import pytest

from accounts.roles import Role
from claims.kinds import Status
from claims.models import Claim
from reviews.models import Review
from reviews.permissions import may_see_round
from reviews.services import (
    ReviewDraft,
    VerdictDraft,
    adjudicate,
    release_claim,
    send_back,
    submit_review,
    take_claim,
)
from tests.factories import house_rating, make_claim, make_reviewed_claim, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def round_of_one():
    """A claim two people hold; the first of them is done."""
    claim, done, waiting = make_claim(), make_user(), make_user()
    for person in (done, waiting):
        take_claim(actor=person, claim=claim)
    draft = ReviewDraft(rating=house_rating(), rationale="The audit says so.")
    submit_review(actor=done, claim=claim, draft=draft)
    claim.refresh_from_db()
    return claim, done, waiting


def seen(person, claim):
    return set(Review.objects.visible_to(person, claim))


def test_a_reviewer_sees_nothing_of_the_other_before_their_own_is_in(round_of_one):
    claim, _, waiting = round_of_one
    assert seen(waiting, claim) == set()


def test_a_reviewer_who_is_done_sees_the_round(round_of_one):
    claim, done, _ = round_of_one
    assert seen(done, claim) == set(claim.reviews.all())


@pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.EDITOR, Role.ADMINISTRATOR])
def test_while_a_round_is_open_nobody_else_sees_it_either(round_of_one, role):
    claim, _, _ = round_of_one
    assert seen(make_user(role), claim) == set()


@pytest.mark.parametrize("slugs", [("true", "true"), ("true", "false")])
def test_a_full_round_is_open_to_the_desk(slugs):
    claim = make_reviewed_claim(*slugs)
    assert seen(make_user(Role.CONTRIBUTOR), claim) == set(claim.reviews.all())


def test_earlier_rounds_stay_open_to_the_desk_while_a_new_one_is_blind():
    claim = make_reviewed_claim("true", "true")
    earlier = set(claim.reviews.all())
    claim = send_back(actor=make_user(Role.EDITOR), claim=claim, reason="Thin.")
    reviewer = make_user()
    take_claim(actor=reviewer, claim=claim)
    draft = ReviewDraft(rating=house_rating("false"), rationale="It does not.")
    submit_review(actor=reviewer, claim=claim, draft=draft)
    assert seen(make_user(Role.EDITOR), claim) == earlier


@pytest.mark.parametrize("status", Status)
def test_a_round_is_hidden_exactly_while_it_is_open(status):
    claim = make_claim(status=status)
    hidden = {Status.OPEN, Status.IN_REVIEW}
    assert may_see_round(make_user(Role.EDITOR), claim) == (status not in hidden)


def test_only_who_holds_a_claim_may_review_it_and_only_once(round_of_one):
    claim, done, waiting = round_of_one
    may = {p: p.has_perm("reviews.add_review", claim) for p in (done, waiting, make_user())}
    assert list(may.values()) == [False, True, False]


def test_who_gave_a_claim_back_may_not_review_it(round_of_one):
    claim, _, waiting = round_of_one
    release_claim(actor=waiting, claim=claim)
    assert not waiting.has_perm("reviews.add_review", claim)


def test_a_place_of_an_earlier_round_does_not_count_in_the_next(round_of_one):
    claim, _, waiting = round_of_one
    Claim.objects.filter(pk=claim.pk).update(review_round=2)
    claim.refresh_from_db()
    assert not waiting.has_perm("reviews.add_review", claim)


def test_an_editor_does_not_adjudicate_a_round_they_reviewed():
    claim = make_reviewed_claim("true", "false")
    judge, party = make_user(Role.EDITOR), make_user(Role.EDITOR)
    Review.objects.filter(pk=claim.reviews.first().pk).update(reviewer=party)
    assert judge.has_perm("reviews.adjudicate_claim", claim)
    assert not party.has_perm("reviews.adjudicate_claim", claim)


def test_who_decided_a_verdict_alone_does_not_publish_it():
    claim = make_reviewed_claim("true", "false")
    judge, other = make_user(Role.EDITOR), make_user(Role.EDITOR)
    draft = VerdictDraft(rating=house_rating(), summary="Yes.", justification="The audit.")
    adjudicate(actor=judge, claim=claim, draft=draft)
    assert not judge.has_perm("publishing.publish_verdict", claim)
    assert other.has_perm("publishing.publish_verdict", claim)


def test_a_verdict_of_reviewers_who_agree_may_be_published_by_any_editor():
    claim = make_reviewed_claim("true", "true")
    assert make_user(Role.EDITOR).has_perm("publishing.publish_verdict", claim)


def test_a_claim_without_a_verdict_hinders_no_editor():
    assert make_user(Role.EDITOR).has_perm("publishing.publish_verdict", make_claim())
