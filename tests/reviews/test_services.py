"""What reviewers and editors do to a claim, from taking it to reopening it."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.roles import Role
from audit.models import Event
from claims.kinds import Status
from reviews.models import Assignment, Review
from reviews.services import (
    ReviewDraft,
    VerdictDraft,
    accept_claim,
    add_comment,
    adjudicate,
    assign_claim,
    dismiss_claim,
    next_claim,
    release_claim,
    reopen_claim,
    send_back,
    submit_review,
    take_claim,
    write_verdict,
)
from reviews.services.verdict import latest_verdict
from reviews.workflow import InvalidTransition
from tests.factories import house_rating, make_claim, make_evidence, make_reviewed_claim, make_user

pytestmark = pytest.mark.django_db


def review(actor, claim, slug="true", **fields):
    fields.setdefault("rationale", "The audit says so.")
    draft = ReviewDraft(rating=house_rating(slug), **fields)
    return submit_review(actor=actor, claim=claim, draft=draft)


def verdict(slug="false"):
    return VerdictDraft(rating=house_rating(slug), summary="No.", justification="It did not.")


def verbs(claim):
    return [event.verb for event in Event.objects.about(claim)]


class TestSuggestions:
    def test_accepting_a_suggestion_with_other_words_keeps_both_changes_in_the_history(self):
        claim = make_claim(status=Status.SUGGESTED)
        accepted = accept_claim(
            actor=make_user(Role.CONTRIBUTOR), claim=claim, expected=1, statement="It cost 40."
        )
        assert (accepted.status, accepted.statement) == (Status.OPEN, "It cost 40.")
        assert verbs(claim) == ["claim.added", "claim.edited", "claim.accepted"]

    def test_a_suggestion_accepted_from_a_bad_edit_stays_a_suggestion_as_it_was(self):
        claim = make_claim(status=Status.SUGGESTED)
        with pytest.raises(ValidationError):
            accept_claim(actor=make_user(), claim=claim, statement=" ")
        claim.refresh_from_db()
        assert claim.status == Status.SUGGESTED

    def test_accepting_twice_is_refused(self):
        claim = make_claim(status=Status.SUGGESTED)
        accept_claim(actor=make_user(), claim=claim)
        with pytest.raises(InvalidTransition):
            accept_claim(actor=make_user(), claim=claim)

    def test_a_dismissed_claim_keeps_its_reason_and_can_come_back_in_the_same_round(self):
        claim = dismiss_claim(actor=make_user(), claim=make_claim(), reason="An opinion.")
        reopened = reopen_claim(actor=make_user(Role.EDITOR), claim=claim, reason="It is not.")
        assert (reopened.status, reopened.review_round) == (Status.OPEN, 1)


class TestTaking:
    def test_a_taken_claim_is_in_review_and_due_when_the_desk_says(self, settings):
        settings.ASSAY_REVIEW_DAYS = 5
        claim, reviewer = make_claim(), make_user()
        assignment = take_claim(actor=reviewer, claim=claim)
        claim.refresh_from_db()
        assert claim.status == Status.IN_REVIEW
        assert assignment.due_at - timezone.now() > timedelta(days=4, hours=23)

    def test_taking_what_one_has_changes_nothing(self):
        claim, reviewer = make_claim(), make_user()
        first = take_claim(actor=reviewer, claim=claim)
        events = Event.objects.count()
        assert take_claim(actor=reviewer, claim=claim) == first
        assert Event.objects.count() == events

    def test_a_full_claim_is_refused_with_a_way_on(self):
        claim = make_claim()
        for _ in range(2):
            take_claim(actor=make_user(), claim=claim)
        with pytest.raises(ValidationError, match="Next claim"):
            take_claim(actor=make_user(), claim=claim)

    def test_an_assigned_claim_is_due_when_the_editor_says(self):
        due = timezone.now() + timedelta(hours=3)
        claim, reviewer = make_claim(), make_user()
        given = assign_claim(
            actor=make_user(Role.EDITOR), claim=claim, reviewer=reviewer, due_at=due
        )
        assert (given.reviewer, given.due_at) == (reviewer, due)

    @pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.CONSUMER])
    def test_nobody_is_given_a_claim_who_does_not_review(self, role):
        with pytest.raises(ValidationError, match="does not review"):
            assign_claim(actor=make_user(Role.EDITOR), claim=make_claim(), reviewer=make_user(role))

    def test_nobody_is_given_a_claim_who_has_left(self):
        gone = make_user(is_active=False)
        with pytest.raises(ValidationError, match="does not review"):
            assign_claim(actor=make_user(Role.EDITOR), claim=make_claim(), reviewer=gone)


class TestGivingBack:
    def test_a_place_given_back_is_free_for_somebody_else(self):
        claim, first = make_claim(), make_user()
        take_claim(actor=first, claim=claim)
        take_claim(actor=make_user(), claim=claim)
        release_claim(actor=first, claim=claim)
        assert take_claim(actor=make_user(), claim=claim)

    def test_what_was_given_back_can_be_taken_again(self):
        claim, reviewer = make_claim(), make_user()
        take_claim(actor=reviewer, claim=claim)
        release_claim(actor=reviewer, claim=claim)
        assert take_claim(actor=reviewer, claim=claim).released_at is None

    def test_an_editor_takes_a_claim_back_from_somebody(self):
        claim, reviewer = make_claim(), make_user()
        take_claim(actor=reviewer, claim=claim)
        release_claim(actor=make_user(Role.EDITOR), claim=claim, reviewer=reviewer)
        assert not Assignment.objects.active().filter(claim=claim).exists()

    def test_a_reviewer_does_not_take_a_claim_from_another(self):
        claim, reviewer = make_claim(), make_user()
        take_claim(actor=reviewer, claim=claim)
        with pytest.raises(PermissionDenied):
            release_claim(actor=make_user(), claim=claim, reviewer=reviewer)

    def test_a_reviewed_claim_is_not_given_back(self):
        claim, reviewer = make_claim(), make_user()
        take_claim(actor=reviewer, claim=claim)
        review(reviewer, claim)
        with pytest.raises(ValidationError, match="nothing to give back"):
            release_claim(actor=reviewer, claim=claim)

    def test_a_claim_one_does_not_hold_is_not_given_back(self):
        claim = make_claim(status=Status.IN_REVIEW)
        with pytest.raises(ValidationError, match="nothing to give back"):
            release_claim(actor=make_user(), claim=claim)


class TestNextClaim:
    def test_the_most_worthy_claim_comes_first_and_one_of_unknown_worth_last(self):
        unknown, high, low = make_claim(), make_claim(worth=0.9), make_claim(worth=0.2)
        reviewer = make_user()
        taken = [next_claim(actor=reviewer) for _ in range(4)]
        assert taken == [high, low, unknown, None]

    @pytest.mark.parametrize(
        "status", sorted(set(Status) - {Status.OPEN, Status.IN_REVIEW}, key=str)
    )
    def test_a_claim_that_wants_no_reviewer_is_never_next(self, status):
        make_claim(status=status)
        assert next_claim(actor=make_user()) is None

    def test_a_full_claim_is_never_next(self):
        claim = make_claim()
        for _ in range(2):
            take_claim(actor=make_user(), claim=claim)
        assert next_claim(actor=make_user()) is None

    def test_a_claim_that_waits_for_its_second_reviewer_is_next(self):
        claim = make_claim()
        take_claim(actor=make_user(), claim=claim)
        assert next_claim(actor=make_user()) == claim

    def test_a_new_round_brings_a_claim_back_to_whoever_had_it(self):
        claim = make_reviewed_claim("true", "true")
        reviewer = claim.reviews.first().reviewer
        send_back(actor=make_user(Role.EDITOR), claim=claim, reason="Thin.")
        assert next_claim(actor=reviewer) == claim

    def test_somebody_who_does_not_review_gets_none(self):
        make_claim()
        with pytest.raises(PermissionDenied):
            next_claim(actor=make_user(Role.CONTRIBUTOR))


class TestReviewing:
    def test_a_review_keeps_what_it_cites(self):
        claim, reviewer = make_claim(), make_user()
        evidence = make_evidence(claim)
        take_claim(actor=reviewer, claim=claim)
        assert list(review(reviewer, claim, evidence=[evidence]).evidence.all()) == [evidence]

    def test_evidence_of_another_claim_is_not_cited(self):
        claim, reviewer = make_claim(), make_user()
        take_claim(actor=reviewer, claim=claim)
        with pytest.raises(ValidationError, match="this claim only"):
            review(reviewer, claim, evidence=[make_evidence(make_claim())])

    @pytest.mark.parametrize("rationale", ["", "  \n "])
    def test_a_review_says_why(self, rationale):
        claim, reviewer = make_claim(), make_user()
        take_claim(actor=reviewer, claim=claim)
        with pytest.raises(ValidationError):
            review(reviewer, claim, rationale=rationale)
        assert not Review.objects.exists()

    def test_who_does_not_hold_the_claim_does_not_review_it(self):
        claim = make_claim()
        take_claim(actor=make_user(), claim=claim)
        with pytest.raises(PermissionDenied, match="not assigned to you"):
            review(make_user(), claim)

    def test_a_second_review_of_a_round_is_refused_and_the_first_stands(self):
        claim, reviewer = make_claim(), make_user()
        take_claim(actor=reviewer, claim=claim)
        first = review(reviewer, claim, "true")
        with pytest.raises(PermissionDenied, match="in already"):
            review(reviewer, claim, "false")
        first.refresh_from_db()
        assert first.rating.slug == "true"

    def test_one_review_of_two_leaves_the_claim_in_review(self):
        claim, reviewer = make_claim(), make_user()
        take_claim(actor=reviewer, claim=claim)
        review(reviewer, claim)
        claim.refresh_from_db()
        assert (claim.status, latest_verdict(claim)) == (Status.IN_REVIEW, None)

    def test_reviews_that_agree_decide_the_claim_and_draft_its_verdict(self):
        claim = make_reviewed_claim("false", "false")
        drafted = latest_verdict(claim)
        assert claim.status == Status.DECIDED
        assert (drafted.rating.slug, drafted.decided_by) == ("false", None)
        assert drafted.justification.count("The audit shows it") == 2

    def test_reviews_that_differ_make_a_dispute_without_a_verdict(self):
        claim = make_reviewed_claim("true", "false")
        assert (claim.status, latest_verdict(claim)) == (Status.DISPUTED, None)

    def test_a_desk_of_three_waits_for_the_third(self, settings):
        settings.ASSAY_REVIEWS_PER_ROUND = 3
        assert make_reviewed_claim("true", "true").status == Status.IN_REVIEW
        assert make_reviewed_claim("true", "true", "false").status == Status.DISPUTED


class TestDeciding:
    def test_an_editor_who_wrote_no_review_settles_a_dispute(self):
        claim, editor = make_reviewed_claim("true", "false"), make_user(Role.EDITOR)
        written = adjudicate(actor=editor, claim=claim, draft=verdict())
        claim.refresh_from_db()
        assert (claim.status, written.decided_by) == (Status.DECIDED, editor)

    def test_nobody_settles_a_dispute_they_are_part_of(self):
        claim, editor = make_claim(), make_user(Role.EDITOR)
        for person, slug in ((editor, "true"), (make_user(), "false")):
            take_claim(actor=person, claim=claim)
            review(person, claim, slug)
        with pytest.raises(PermissionDenied, match="wrote one of the reviews"):
            adjudicate(actor=editor, claim=claim, draft=verdict())

    def test_an_editor_of_an_earlier_round_settles_a_later_dispute(self):
        claim, editor = make_claim(), make_user(Role.EDITOR)
        for person in (editor, make_user()):
            take_claim(actor=person, claim=claim)
            review(person, claim)
        send_back(actor=make_user(Role.EDITOR), claim=claim, reason="Thin.")
        for slug in ("true", "false"):
            take_claim(actor=(person := make_user()), claim=claim)
            review(person, claim, slug)
        assert adjudicate(actor=editor, claim=claim, draft=verdict()).revision == 2

    def test_an_adjudication_says_why(self):
        claim = make_reviewed_claim("true", "false")
        draft = VerdictDraft(rating=house_rating(), summary="Yes.", justification=" ")
        with pytest.raises(ValidationError, match="Say why"):
            adjudicate(actor=make_user(Role.EDITOR), claim=claim, draft=draft)

    def test_wording_a_verdict_leaves_its_rating(self):
        claim = make_reviewed_claim("false", "false")
        words = {"summary": " It did not. ", "justification": "The audit."}
        written = write_verdict(actor=make_user(Role.EDITOR), claim=claim, **words)
        assert (written.summary, written.rating.slug) == ("It did not.", "false")

    def test_writing_the_same_words_again_writes_nothing(self):
        claim, editor = make_reviewed_claim(), make_user(Role.EDITOR)
        words = {"summary": "It did.", "justification": "The audit."}
        write_verdict(actor=editor, claim=claim, **words)
        events = Event.objects.count()
        write_verdict(actor=editor, claim=claim, **words)
        assert Event.objects.count() == events

    def test_a_claim_sent_back_starts_a_round_for_anybody(self):
        claim = make_reviewed_claim("true", "true")
        back = send_back(actor=make_user(Role.EDITOR), claim=claim, reason="Thin.")
        assert (back.status, back.review_round) == (Status.IN_REVIEW, 2)
        assert not Assignment.objects.active().filter(claim=claim).exists()


class TestComments:
    def test_people_are_mentioned_by_first_name_full_name_or_address(self):
        ida = make_user(name="Ida Quell")
        max_ = make_user(Role.EDITOR, name="Max Roe")
        make_user(name="Una Lee")
        text = f"@Ida see this, and @{max_.email} too; mail me at una@example.org"
        comment = add_comment(actor=ida, claim=make_claim(), text=text)
        assert set(comment.mentions.all()) == {ida, max_}

    @pytest.mark.parametrize("text", ["", "  ", "\x00"])
    def test_an_empty_remark_is_refused(self, text):
        with pytest.raises(ValidationError, match="Write something"):
            add_comment(actor=make_user(), claim=make_claim(), text=text)

    def test_who_has_left_or_only_reads_the_api_is_not_mentioned(self):
        make_user(name="Ida Quell", is_active=False)
        make_user(Role.CONSUMER, name="Ida Bot")
        comment = add_comment(actor=make_user(), claim=make_claim(), text="@Ida look")
        assert not comment.mentions.exists()
