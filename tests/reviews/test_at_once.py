"""Several reviewers at the same moment, on connections of their own."""

from functools import partial

import pytest

from accounts.roles import Role
from claims.kinds import Status
from claims.models import Claim
from claims.services import StaleClaim
from reviews.models import Assignment, Review, Verdict
from reviews.services import (
    ReviewDraft,
    accept_claim,
    next_claim,
    submit_review,
    take_claim,
    write_verdict,
)
from reviews.workflow import InvalidTransition
from tests.at_once import at_once
from tests.factories import house_rating, make_article, make_claim, make_reviewed_claim, make_user

pytestmark = pytest.mark.django_db(transaction=True)


def kinds(results):
    return sorted(type(result).__name__ for result in results)


def test_of_two_people_who_take_the_last_place_one_gets_it():
    claim = make_claim()
    take_claim(actor=make_user(), claim=claim)
    results = at_once(*(partial(take_claim, actor=make_user(), claim=claim) for _ in range(2)))
    assert kinds(results) == ["Assignment", "ValidationError"]
    assert Assignment.objects.active().filter(claim=claim).count() == 2


def test_taking_twice_in_one_moment_takes_one_place():
    claim, reviewer = make_claim(), make_user()
    one, two = at_once(*[partial(take_claim, actor=reviewer, claim=claim)] * 2)
    assert one == two
    assert Assignment.objects.count() == 1


def test_eight_people_who_ask_for_the_next_claim_get_eight_claims(settings):
    settings.ASSAY_REVIEWS_PER_ROUND = 1
    article = make_article()
    claims = {make_claim(article=article, worth=n / 10) for n in range(8)}
    people = [make_user() for _ in range(8)]
    assert set(at_once(*(partial(next_claim, actor=person) for person in people))) == claims


def test_no_place_is_given_twice_where_a_claim_wants_two_reviewers():
    article = make_article()
    for n in range(4):
        make_claim(article=article, worth=n / 10)
    people = [make_user() for _ in range(8)]
    at_once(*(partial(next_claim, actor=person) for person in people))
    for claim in Claim.objects.all():
        assert Assignment.objects.active().filter(claim=claim).count() <= 2


def test_a_review_submitted_twice_in_one_moment_counts_once():
    claim, reviewer = make_claim(), make_user()
    take_claim(actor=reviewer, claim=claim)
    draft = ReviewDraft(rating=house_rating(), rationale="The audit says so.")
    results = at_once(*[partial(submit_review, actor=reviewer, claim=claim, draft=draft)] * 2)
    assert kinds(results) == ["PermissionDenied", "Review"]
    assert Review.objects.count() == 1


def test_two_last_reviews_in_one_moment_decide_the_claim_once():
    claim = make_claim()
    drafts = []
    for _ in range(2):
        take_claim(actor=(person := make_user()), claim=claim)
        draft = ReviewDraft(rating=house_rating(), rationale="The audit says so.")
        drafts.append(partial(submit_review, actor=person, claim=claim, draft=draft))
    assert kinds(at_once(*drafts)) == ["Review", "Review"]
    claim.refresh_from_db()
    assert (claim.status, Verdict.objects.count()) == (Status.DECIDED, 1)


def test_of_two_editors_who_word_one_verdict_from_the_same_page_the_second_is_told():
    claim = make_reviewed_claim()
    results = at_once(
        *(
            partial(
                write_verdict,
                actor=make_user(Role.EDITOR),
                claim=claim,
                summary=words,
                justification="The audit.",
                expected=claim.lock_version,
            )
            for words in ("One.", "Two.")
        )
    )
    assert kinds(results) == [StaleClaim.__name__, Verdict.__name__]


def test_of_two_people_who_accept_a_suggestion_the_second_is_told():
    claim = make_claim(status=Status.SUGGESTED)
    results = at_once(*(partial(accept_claim, actor=make_user(), claim=claim) for _ in range(2)))
    assert kinds(results) == ["Claim", InvalidTransition.__name__]


def test_a_claim_dismissed_while_somebody_asks_for_the_next_is_passed_over(monkeypatch):
    """The list of candidates is read first: whoever stands in it may be gone when their turn comes."""
    gone, there = make_claim(worth=0.9), make_claim(worth=0.1)
    reviewer = make_user()
    lock = Claim.objects.select_for_update

    def dismiss_first(*args, **kwargs):
        Claim.objects.filter(pk=gone.pk).update(status=Status.DISMISSED)
        return lock(*args, **kwargs)

    monkeypatch.setattr(Claim.objects, "select_for_update", dismiss_first)
    assert next_claim(actor=reviewer) == there
