"""Two people, or one person twice, at the same claim: the second is told, and nothing is overwritten."""

import pytest

from accounts.roles import Role
from claims.kinds import Status
from claims.models import Claim, Claimant
from publishing.models import Publication
from reviews.models import Assignment, Review
from reviews.services import ReviewDraft, submit_review, take_claim
from tests.factories import (
    house_rating,
    make_claim,
    make_evidence,
    make_published_claim,
    make_reviewed_claim,
    make_user,
)
from tests.reviews.forms import at, counts, filled_in, make_subject

pytestmark = pytest.mark.django_db
WORDS = "The long reasoning of somebody who wrote for an hour."


def review(rating="true"):
    return {"rating": house_rating(rating).pk, "rationale": WORDS, "confidence": "high"}


def take(client, person, claim):
    client.force_login(person)
    return client.post(at("reviews:take-claim", claim), follow=True)


class TestTaking:
    def test_a_claim_for_a_third_time_is_refused_in_words(self, client):
        claim = make_claim()
        take(client, make_user(), claim)
        take(client, make_user(), claim)
        response = take(client, make_user(), claim)
        assert response.status_code == 400
        assert "has its reviewers already" in response.content.decode()
        assert Assignment.objects.count() == 2

    def test_twice_takes_one_place(self, client):
        claim, person = make_claim(), make_user()
        assert [take(client, person, claim).status_code for _ in range(2)] == [200, 200]
        assert Assignment.objects.count() == 1

    def test_the_next_claim_when_none_is_left_says_so(self, desk):
        response = desk.post(at("reviews:next-claim"), follow=True)
        assert "Nothing is waiting for you" in response.content.decode()

    def test_and_giving_back_leaves_the_place_to_somebody_else(self, client):
        claim, person = make_claim(), make_user()
        take(client, person, claim)
        assert client.post(at("reviews:release-claim", claim)).status_code == 302
        assert not Assignment.objects.active().exists()

    def test_back_from_somebody_else_is_for_editors(self, client):
        claim, person = make_claim(), make_user()
        take(client, person, claim)
        client.force_login(make_user())
        response = client.post(at("reviews:release-claim", claim), {"reviewer": person.email})
        assert (response.status_code, Assignment.objects.active().count()) == (403, 1)

    def test_back_what_nobody_has_is_refused(self, desk):
        claim = make_claim(status=Status.IN_REVIEW)
        assert desk.post(at("reviews:release-claim", claim)).status_code == 400


class TestReviewing:
    @pytest.fixture
    def claim(self, editor):
        claim = make_claim()
        for person in (editor, make_user()):
            take_claim(actor=person, claim=claim)
        return claim

    def test_twice_is_refused_and_the_first_review_stands(self, desk, claim):
        assert desk.post(at("reviews:review-claim", claim), review("true")).status_code == 302
        response = desk.post(at("reviews:review-claim", claim), review("false"))
        assert response.status_code == 403
        assert "your review of this round is in already" in response.content.decode()
        assert Review.objects.get().rating == house_rating("true")

    def test_after_the_round_was_closed_is_a_conflict_that_keeps_the_words(self, desk, claim):
        Claim.objects.filter(pk=claim.pk).update(status=Status.DECIDED)
        response = desk.post(at("reviews:review-claim", claim), review())
        assert response.status_code == 409
        assert WORDS in response.content.decode()
        assert "Possible now: write, send back, publish" in response.content.decode()

    def test_evidence_of_another_claim_cannot_be_cited(self, desk, claim, unchanged):
        evidence = make_evidence(make_claim())
        unchanged()
        sent = {**review(), "evidence": [str(evidence.pk)]}
        assert desk.post(at("reviews:review-claim", claim), sent).status_code == 400

    def test_with_a_rating_of_another_scale_is_refused(self, desk, claim, unchanged):
        from reviews.models import Rating

        other = Rating.objects.exclude(scale__is_house=True).first()
        unchanged()
        sent = {**review(), "rating": other.pk}
        assert desk.post(at("reviews:review-claim", claim), sent).status_code == 400


class TestEditing:
    def edit(self, browser, claim, **changed):
        return browser.post(at("reviews:edit-claim", claim), filled_in(claim) | changed)

    def test_from_an_old_form_shows_theirs_keeps_ones_own_and_overwrites_nothing(self, desk):
        claim = make_claim()
        self.edit(desk, claim, statement="Theirs came first.", claimant="Ida Quell")
        response = self.edit(desk, claim, statement="Mine came second.", claimant="Nobody Known")
        page = response.content.decode()
        assert response.status_code == 409
        assert "Theirs came first." in page
        assert "Mine came second." in page
        claim.refresh_from_db()
        assert claim.statement == "Theirs came first."

    def test_from_an_old_form_leaves_no_new_claimant(self, desk):
        claim = make_claim()
        self.edit(desk, claim, statement="Theirs came first.")
        self.edit(desk, claim, statement="Mine came second.", claimant="Nobody Known")
        assert not Claimant.objects.filter(name="Nobody Known").exists()

    def test_again_after_seeing_theirs_saves(self, desk):
        claim = make_claim()
        self.edit(desk, claim, statement="Theirs came first.")
        page = self.edit(desk, claim, statement="Mine came second.").context["form"]
        assert desk.post(at("reviews:edit-claim", claim), page.data).status_code == 302
        claim.refresh_from_db()
        assert claim.statement == "Mine came second."

    def test_without_a_change_writes_nothing(self, desk, unchanged):
        claim = make_claim()
        form = desk.get(at("reviews:edit-claim", claim)).context["form"]
        unchanged()
        sent = {name: value or "" for name, value in form.initial.items()}
        assert desk.post(at("reviews:edit-claim", claim), sent).status_code == 302

    def test_a_suggestion_takes_it_on(self, desk):
        claim = make_claim(status=Status.SUGGESTED)
        self.edit(desk, claim)
        claim.refresh_from_db()
        assert (claim.status, claim.statement) == (Status.OPEN, "The mill burnt down.")

    def test_what_is_published_is_refused(self, desk, unchanged):
        claim = make_published_claim()
        unchanged()
        response = self.edit(desk, claim)
        assert response.status_code == 400
        assert "Reopen it before you change its words" in response.content.decode()


#: Forms that were opened while a claim stood where they apply, and where it stands when they are sent.
MOVED_ON = [
    ("reviews:accept-claim", Status.DISMISSED), ("reviews:dismiss-claim", Status.PUBLISHED),
    ("reviews:take-claim", Status.DECIDED), ("reviews:release-claim", Status.DECIDED),
    ("reviews:assign-claim", Status.DISMISSED), ("reviews:review-claim", Status.DISPUTED),
    ("reviews:adjudicate-claim", Status.DECIDED), ("reviews:write-verdict", Status.PUBLISHED),
    ("reviews:send-back", Status.IN_REVIEW), ("release:publish-verdict", Status.PUBLISHED),
    ("release:correct-verdict", Status.RETRACTED), ("release:retract-verdict", Status.OPEN),
    ("release:reopen-claim", Status.OPEN),
]  # fmt: skip


@pytest.mark.parametrize(("name", "status"), MOVED_ON)
def test_a_form_that_comes_after_the_claim_moved_on_is_a_conflict(
    desk, editor, unchanged, name, status
):
    claim = make_subject(name, editor)
    Claim.objects.filter(pk=claim.pk).update(status=status)
    unchanged()
    response = desk.post(at(name, claim), filled_in(claim) | {"reviewer": ""})
    page = response.content.decode()
    assert response.status_code == 409
    assert "Possible now" in page
    claim.refresh_from_db()
    assert claim.status == status


@pytest.mark.parametrize(
    "name", ["reviews:write-verdict", "release:publish-verdict", "release:correct-verdict"]
)
def test_a_verdict_worded_on_an_old_form_is_a_conflict_that_keeps_the_words(
    desk, editor, unchanged, name
):
    claim = make_subject(name, editor)
    Claim.objects.filter(pk=claim.pk).update(lock_version=99)
    unchanged()
    sent = filled_in(claim) | {"justification": WORDS, "note": WORDS}
    response = desk.post(at(name, claim), sent)
    assert response.status_code == 409
    assert WORDS in response.content.decode()


def test_an_htmx_refusal_is_a_message_that_leaves_the_page_as_it_is(desk):
    claim = make_claim()
    response = desk.post(at("reviews:accept-claim", claim), headers={"HX-Request": "true"})
    assert (response.status_code, response["HX-Retarget"]) == (409, "#messages")
    assert "<html" not in response.content.decode()


def test_an_editor_does_not_adjudicate_a_dispute_of_their_own(desk, editor, unchanged):
    claim = make_claim()
    for person, slug in ((editor, "true"), (make_user(), "false")):
        take_claim(actor=person, claim=claim)
        draft = ReviewDraft(rating=house_rating(slug), rationale="So it is.")
        submit_review(actor=person, claim=claim, draft=draft)
    unchanged()
    for response in (
        desk.get(at("reviews:adjudicate-claim", claim)),
        desk.post(at("reviews:adjudicate-claim", claim), filled_in(claim)),
    ):
        assert response.status_code == 403
        assert "An editor who wrote none adjudicates" in response.content.decode()


class TestPublishing:
    @pytest.fixture
    def claim(self, desk, editor):
        claim = make_reviewed_claim()
        sent = filled_in(claim)
        assert desk.post(at("reviews:write-verdict", claim), sent).status_code == 302
        claim.refresh_from_db()
        return claim

    def test_with_a_double_click_publishes_once(self, desk, claim):
        sent = filled_in(claim)
        answers = [desk.post(at("release:publish-verdict", claim), sent) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [302, 409]
        assert Publication.objects.count() == 1
        assert "“publish” does not apply" in answers[1].content.decode()

    def test_through_a_closed_gate_says_what_is_missing(self, desk, claim, unchanged):
        unchanged()
        sent = {"lock_version": claim.lock_version, "claimant_asked": "on"}
        response = desk.post(at("release:publish-verdict", claim), sent)
        assert response.status_code == 400
        assert "Still missing" in response.content.decode()

    def test_with_an_override_in_ones_name_keeps_the_reason_on_the_record(self, desk, claim):
        sent = filled_in(claim) | {
            "claimant_asked": "",
            "override_claimant_asked": "They are dead.",
        }
        assert desk.post(at("release:publish-verdict", claim), sent).status_code == 302
        gate = {check["slug"]: check["override"] for check in Publication.objects.get().gate}
        assert gate["claimant_asked"] == "They are dead."

    def test_what_one_decided_alone_is_for_another_editor(self, desk, unchanged):
        claim = make_reviewed_claim("true", "false")
        desk.post(at("reviews:adjudicate-claim", claim), filled_in(claim))
        claim.refresh_from_db()
        unchanged()
        response = desk.post(at("release:publish-verdict", claim), filled_in(claim))
        assert response.status_code == 403
        assert "Another editor publishes it" in response.content.decode()

    def test_again_after_a_reopening_asks_for_a_note(self, desk, unchanged):
        claim = make_published_claim()
        desk.post(at("release:reopen-claim", claim), filled_in(claim))
        for _ in range(2):
            person = make_user()
            take_claim(actor=person, claim=claim)
            draft = ReviewDraft(rating=house_rating("false"), rationale="It did not.")
            submit_review(actor=person, claim=claim, draft=draft)
        claim.refresh_from_db()
        desk.post(at("reviews:write-verdict", claim), filled_in(claim))
        claim.refresh_from_db()
        unchanged()
        response = desk.post(at("release:publish-verdict", claim), filled_in(claim))
        assert response.status_code == 400
        assert "tell them what changed and why" in response.content.decode()


class TestCorrecting:
    def test_twice_from_the_same_form_corrects_once(self, desk):
        claim = make_published_claim()
        sent = filled_in(claim)
        answers = [desk.post(at("release:correct-verdict", claim), sent) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [302, 409]
        assert Publication.objects.count() == 2

    def test_without_a_note_is_refused(self, desk, unchanged):
        claim = make_published_claim()
        unchanged()
        sent = filled_in(claim) | {"reason": " "}
        assert desk.post(at("release:correct-verdict", claim), sent).status_code == 400

    def test_back_and_forth_retracts_once(self, desk):
        claim = make_published_claim()
        sent = {"reason": "It was wrong."}
        answers = [desk.post(at("release:retract-verdict", claim), sent) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [302, 409]
        assert Publication.objects.count() == 2


class TestEvidence:
    def test_that_is_refused_leaves_no_source_behind(self, desk, unchanged):
        claim = make_claim()
        unchanged()
        sent = filled_in(claim) | {"kind": "law", "title": "A law", "stance": "maybe"}
        assert desk.post(at("reviews:add-evidence", claim), sent).status_code == 400

    def test_for_a_claim_that_is_published_leaves_no_source_behind(self, desk, unchanged):
        claim = make_published_claim()
        unchanged()
        sent = filled_in(claim) | {"kind": "law", "title": "A law"}
        response = desk.post(at("reviews:add-evidence", claim), sent)
        assert response.status_code == 400
        assert "Reopen it before you change its evidence" in response.content.decode()

    @pytest.mark.parametrize("missing", ["kind", "title"])
    def test_of_a_new_source_needs_its_kind_and_title(self, desk, unchanged, missing):
        claim = make_claim()
        unchanged()
        sent = filled_in(claim) | {"kind": "law", "title": "A law", missing: ""}
        assert desk.post(at("reviews:add-evidence", claim), sent).status_code == 400

    def test_from_a_withheld_source_says_why_it_is_withheld(self, desk, unchanged):
        claim = make_claim()
        unchanged()
        sent = filled_in(claim) | {"kind": "withheld", "title": "A person"}
        response = desk.post(at("reviews:add-evidence", claim), sent)
        assert response.status_code == 400
        assert "Tell readers why" in response.content.decode()

    def test_withdrawn_twice_is_withdrawn_once(self, desk):
        evidence = make_evidence(make_claim())
        sent = {"reason": "It speaks of another mill."}
        answers = [desk.post(at("reviews:withdraw-evidence", evidence), sent) for _ in range(2)]
        assert [answer.status_code for answer in answers] == [302, 404]


class TestManyAtOnce:
    def test_those_that_moved_on_are_named_and_left(self, desk):
        one, two = make_claim(status=Status.SUGGESTED), make_claim(status=Status.OPEN)
        sent = {"claim": [str(one.pk), str(two.pk)], "action": "accept"}
        page = desk.post(at("reviews:bulk"), sent, follow=True).content.decode()
        assert "Done for 1 claim." in page
        assert "1 left as it was" in page

    def test_without_a_reason_nothing_is_dismissed(self, desk, unchanged):
        claim = make_claim(status=Status.SUGGESTED)
        unchanged()
        sent = {"claim": str(claim.pk), "action": "dismiss"}
        page = desk.post(at("reviews:bulk"), sent, follow=True).content.decode()
        assert "Give a reason" in page

    @pytest.mark.parametrize(
        "sent",
        [
            {"claim": "x" * 36}, {"claim": "-" * 36}, {"claim": "\x00"}, {"action": "publish"},
            {"action": "assign", "reviewer": "nobody@example.org"}, {"claim": []},
        ],
        ids=str,
    )  # fmt: skip
    def test_without_claims_or_something_to_do_asks_for_them(self, desk, unchanged, sent):
        claim = make_claim(status=Status.SUGGESTED)
        unchanged()
        sent = {"claim": str(claim.pk), "action": "accept", **sent}
        page = desk.post(at("reviews:bulk"), sent, follow=True).content.decode()
        assert "Choose claims and what to do with them." in page

    def test_a_name_that_is_none_does_not_stop_the_others(self, desk):
        claim = make_claim(status=Status.SUGGESTED)
        sent = {"claim": ["nonsense", str(claim.pk)], "action": "accept"}
        desk.post(at("reviews:bulk"), sent)
        claim.refresh_from_db()
        assert claim.status == Status.OPEN

    def test_a_role_that_may_not_is_told_for_each(self, client):
        claim, before = make_claim(), counts()
        client.force_login(make_user(Role.CONTRIBUTOR))
        sent = {"claim": str(claim.pk), "action": "assign", "reviewer": make_user().email}
        page = client.post(at("reviews:bulk"), sent, follow=True).content.decode()
        assert "Your role (contributor) may not do this" in page
        assert counts() == before
