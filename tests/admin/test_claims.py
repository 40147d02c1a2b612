"""A claim's page: its wording, what is added below it, and who sees which review."""

import pytest

from accounts.roles import Role
from audit.models import Event
from claims.kinds import Status
from claims.models import Claim
from claims.services import correct_claim
from reviews.models import Review
from reviews.services import take_claim
from tests.admin.pages import form_data, page
from tests.factories import (
    house_rating,
    make_claim,
    make_evidence,
    make_published_claim,
    make_reviewed_claim,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def send(client):
    """Open a claim's page, change these fields of its form, send it back."""

    def fill_in(claim, **fields):
        form = form_data(client.get(page(claim)))
        return client.post(page(claim), {**form, **fields})

    return fill_in


def errors(response):
    form = response.context["adminform"].form
    return " ".join(str(message) for messages in form.errors.values() for message in messages)


class TestWording:
    def test_a_wording_changes_through_the_service(self, sign_in, send):
        person, claim = sign_in(Role.CONTRIBUTOR), make_claim()
        send(claim, statement="It cost 41 million.")
        claim.refresh_from_db()
        event = Event.objects.about(claim).last()
        assert (claim.statement, claim.lock_version) == ("It cost 41 million.", 2)
        assert (event.verb, event.actor) == ("claim.edited", person)

    def test_tags_change_through_the_service(self, sign_in, send):
        sign_in(Role.CONTRIBUTOR)
        claim = make_claim(tags=["port"])
        send(claim, tags="Port, The  Budget")
        claim.refresh_from_db()
        assert claim.tags == ["port", "the budget"]
        assert Event.objects.about(claim).last().after == {"tags": ["port", "the budget"]}

    def test_tags_that_nobody_touched_stay_as_they_are(self, sign_in, send):
        sign_in(Role.CONTRIBUTOR)
        claim = make_claim(tags=["budget", "port"])
        send(claim)
        claim.refresh_from_db()
        assert (claim.tags, claim.lock_version) == (["budget", "port"], 1)

    def test_too_many_tags_are_refused_in_words(self, sign_in, send):
        sign_in(Role.CONTRIBUTOR)
        response = send(make_claim(), tags=",".join(f"t{n}" for n in range(21)))
        assert "These are 21 tags. Keep the 20 that matter most." in errors(response)

    def test_a_stale_form_is_told_and_overwrites_nothing(self, client, sign_in):
        sign_in()
        claim = make_claim()
        form = form_data(client.get(page(claim)))
        correct_claim(actor=make_user(), claim=claim, expected=1, statement="It cost 41.")
        response = client.post(page(claim), {**form, "statement": "It cost 42."})
        claim.refresh_from_db()
        assert (response.status_code, claim.statement) == (409, "It cost 41.")
        assert "Somebody changed this claim" in errors(response)
        assert "It cost 42." in response.content.decode()

    def test_a_form_without_its_count_of_changes_is_refused(self, sign_in, send):
        sign_in()
        claim = make_claim(statement="It cost 40.")
        send(claim, lock_version="", statement="It cost 42.")
        claim.refresh_from_db()
        assert claim.statement == "It cost 40."

    @pytest.mark.parametrize("status", [Status.PUBLISHED, Status.RETRACTED, Status.DISMISSED])
    def test_a_closed_claim_keeps_its_words_and_says_what_to_do(self, sign_in, send, status):
        sign_in()
        claim = make_claim(status=status)
        response = send(claim, statement="It cost 42.")
        assert response.status_code == 400
        assert "Reopen it" in errors(response)

    @pytest.mark.parametrize(
        "field", ["status", "review_round", "engine", "worth", "flag", "attribution", "article"]
    )
    def test_what_the_workflow_decides_is_not_in_the_form(self, client, sign_in, field):
        sign_in(Role.ADMINISTRATOR)
        assert field not in form_data(client.get(page(make_claim())))

    def test_a_form_that_smuggles_a_status_in_changes_none(self, sign_in, send):
        sign_in(Role.ADMINISTRATOR)
        claim = make_claim()
        send(claim, status=Status.PUBLISHED, review_round=7, engine="me")
        claim.refresh_from_db()
        assert (claim.status, claim.review_round, claim.engine) == (Status.OPEN, 1, "")


class TestEvidence:
    def new(self, source, **fields):
        fields = {"source": source.pk, "stance": "supports", **fields}
        return {f"evidence-0-{name}": value for name, value in fields.items()}

    def test_evidence_is_added_with_its_quote_checked(self, sign_in, send):
        person, claim = sign_in(Role.CONTRIBUTOR), make_claim()
        copy = "The works cost 40 million crowns."
        send(claim, **self.new(make_source(), quote="cost 40 million", copy=copy))
        evidence = claim.evidence.get()
        assert (evidence.added_by, evidence.quote_check) == (person, "verified")
        assert evidence.snapshot.text == copy

    def test_evidence_for_a_published_claim_is_refused_and_nothing_is_kept(self, sign_in, send):
        sign_in()
        claim = make_claim(status=Status.PUBLISHED)
        response = send(claim, **self.new(make_source(), copy="Text."))
        assert (response.status_code, claim.evidence.count()) == (400, 0)

    def test_one_refusal_undoes_what_the_same_form_had_done_before_it(self, sign_in, send):
        sign_in()
        claim = make_claim(statement="It cost 40.")
        response = send(
            claim, statement="It cost 41.", **self.new(make_source(), copy="\t \x0b", quote="x" * 9)
        )
        claim.refresh_from_db()
        saved = (claim.statement, claim.evidence.count())
        assert (response.status_code, saved) in [
            (302, ("It cost 41.", 1)),
            (400, ("It cost 40.", 0)),
        ]

    def test_evidence_that_is_in_cannot_be_rewritten(self, sign_in, send):
        sign_in(Role.ADMINISTRATOR)
        evidence = make_evidence(make_claim())
        send(
            evidence.claim,
            **{
                "evidence-0-id": evidence.pk,
                "evidence-0-quote": "Other words.",
                "evidence-0-stance": "context",
            },
        )
        evidence.refresh_from_db()
        assert (evidence.quote, evidence.stance) == ("cost 40 million crowns", "supports")

    def test_a_withheld_source_shows_as_its_placeholder(self, client, sign_in):
        sign_in(Role.REVIEWER)
        claim = make_claim()
        secret = make_source(title="A clerk", kind="withheld", withheld_reason="Her safety.")
        make_evidence(claim, source=secret)
        shown = client.get(page(claim)).content.decode()
        assert "Withheld source" in shown
        assert "A clerk" not in shown


class TestReviews:
    rationale = "Only I know this rationale."

    @pytest.fixture
    def half_reviewed(self, send, client):
        """Two people hold the claim, one of them is done."""
        claim, done, waiting = make_claim(), make_user(), make_user()
        for person in (done, waiting):
            take_claim(actor=person, claim=claim)
        client.force_login(done)
        send(claim, **self.new())
        return claim, done, waiting

    def new(self, **fields):
        values = {"rating": house_rating().pk, "rationale": self.rationale, **fields}
        return {f"reviews-0-{name}": value for name, value in values.items()}

    def test_the_assigned_reviewer_submits_a_review(self, half_reviewed):
        claim, done, _ = half_reviewed
        review = claim.reviews.get()
        assert (review.reviewer, review.rationale) == (done, self.rationale)

    def test_the_other_reviewer_does_not_see_it(self, client, half_reviewed):
        claim, _, waiting = half_reviewed
        client.force_login(waiting)
        assert self.rationale not in client.get(page(claim)).content.decode()

    @pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.EDITOR, Role.ADMINISTRATOR])
    def test_nobody_else_sees_it_while_the_round_is_open(
        self, client, sign_in, half_reviewed, role
    ):
        sign_in(role)
        assert self.rationale not in client.get(page(half_reviewed[0])).content.decode()

    def test_whoever_wrote_it_sees_it(self, client, half_reviewed):
        claim, done, _ = half_reviewed
        client.force_login(done)
        assert self.rationale in client.get(page(claim)).content.decode()

    def test_a_full_round_is_seen_by_the_desk(self, client, sign_in):
        sign_in(Role.CONTRIBUTOR)
        shown = client.get(page(make_reviewed_claim("true", "false"))).content.decode()
        assert "The audit shows it: false." in shown

    def test_who_does_not_hold_the_claim_is_offered_no_review(self, client, sign_in):
        claim = make_claim()
        take_claim(actor=make_user(), claim=claim)
        sign_in(Role.REVIEWER)
        assert "reviews-0-rationale" not in form_data(client.get(page(claim)))

    def test_a_review_smuggled_in_is_not_kept(self, sign_in, send):
        claim = make_claim()
        take_claim(actor=make_user(), claim=claim)
        sign_in(Role.REVIEWER)
        send(claim, **{"reviews-TOTAL_FORMS": 1}, **self.new())
        assert not Review.objects.exists()

    def test_a_submitted_review_cannot_be_rewritten(self, client, send, half_reviewed):
        claim, done, _ = half_reviewed
        client.force_login(done)
        review = claim.reviews.get()
        send(claim, **self.new(id=review.pk, rationale="Other."))
        review.refresh_from_db()
        assert review.rationale == self.rationale


class TestVerdicts:
    def new(self):
        values = {"rating": house_rating("false").pk, "summary": "No.", "justification": "Audit."}
        return {f"verdicts-0-{name}": value for name, value in values.items()}

    def test_an_editor_who_wrote_no_review_settles_a_dispute(self, sign_in, send):
        editor, claim = sign_in(Role.EDITOR), make_reviewed_claim("true", "false")
        send(claim, **self.new())
        claim.refresh_from_db()
        assert (claim.status, claim.verdicts.get().decided_by) == (Status.DECIDED, editor)

    @pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.REVIEWER])
    def test_nobody_else_is_asked_for_a_verdict(self, client, sign_in, role):
        sign_in(role)
        claim = make_reviewed_claim("true", "false")
        assert "verdicts-0-summary" not in form_data(client.get(page(claim)))

    def test_nobody_is_asked_to_settle_a_dispute_they_are_part_of(self, client, sign_in):
        editor, claim = sign_in(Role.EDITOR), make_reviewed_claim("true", "false")
        Review.objects.filter(pk=claim.reviews.first().pk).update(reviewer=editor)
        assert "verdicts-0-summary" not in form_data(client.get(page(claim)))

    def test_a_decided_verdict_is_worded_on_its_own_page(self, client, sign_in):
        sign_in(Role.EDITOR)
        verdict = make_reviewed_claim().verdicts.get()
        form = form_data(client.get(page(verdict)))
        client.post(page(verdict), {**form, "summary": "It did."})
        verdict.refresh_from_db()
        assert verdict.summary == "It did."

    def test_a_published_verdict_is_not_reworded(self, client, sign_in):
        sign_in(Role.EDITOR)
        verdict = make_published_claim().verdicts.get()
        form = form_data(client.get(page(verdict)))
        response = client.post(page(verdict), {**form, "summary": "Perhaps."})
        verdict.refresh_from_db()
        assert (response.status_code, verdict.summary) == (409, "It did.")


@pytest.mark.parametrize(
    ("tag", "count"), [("port", 1), (" PORT", 1), ("rail", 0), ("x" * 99, 0), ("", 2)]
)
def test_the_list_is_narrowed_to_a_tag(client, sign_in, tag, count):
    sign_in(Role.CONTRIBUTOR)
    make_claim(tags=["budget", "port"])
    make_claim()
    response = client.get(page(Claim, "changelist"), {"tag": tag})
    assert response.context["cl"].result_count == count


def test_a_remark_is_added_below_the_claim(sign_in, send):
    person, claim = sign_in(Role.CONTRIBUTOR), make_claim()
    send(claim, **{"comments-0-text": "Ask the port."})
    assert claim.comments.get().author == person


def test_a_claim_links_to_its_page_at_the_desk(client, sign_in):
    sign_in()
    claim = make_claim()
    assert claim.get_absolute_url() in client.get(page(claim)).content.decode()


def test_a_claim_shows_what_the_public_was_told(client, sign_in):
    sign_in()
    entry = make_published_claim().publications.get()
    assert page(entry) in client.get(page(Claim.objects.get())).content.decode()
