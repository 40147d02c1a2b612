"""The workflow over the API: what each action does, what it refuses, and what can be done now and by whom."""

import pytest

from accounts.roles import Role
from claims.kinds import Status
from claims.services import flag_claim
from publishing.models import Publication
from reviews.models import Assignment, Comment, Review
from reviews.workflow import Action
from tests import factories
from tests.api.writing import Writer

pytestmark = pytest.mark.django_db
WORDS = {"summary": "It did.", "justification": "The audit says so."}
ATTEST = {"both_sides": True, "claimant_asked": True, "neutral_wording": True}


@pytest.fixture
def editor():
    return Writer(Role.EDITOR)


@pytest.fixture
def reviewer():
    return Writer(Role.REVIEWER)


def act(writer, claim, action, **sent):
    return writer.post(f"claims/{claim.pk}/actions/{action}/", sent)


def wording(claim):
    """A decided claim whose verdict is worded."""
    act(Writer(Role.EDITOR), claim, "write", **WORDS)
    return claim


@pytest.mark.parametrize(
    ("status", "action", "sent", "then"),
    [
        (Status.SUGGESTED, "accept", {}, "open"),
        (Status.SUGGESTED, "dismiss", {"reason": "It is a repeat."}, "dismissed"),
        (Status.OPEN, "dismiss", {"reason": "It is a repeat."}, "dismissed"),
        (Status.OPEN, "take", {}, "in_review"),
        (Status.DISMISSED, "reopen", {"reason": "It was no repeat."}, "open"),
    ],
)
def test_an_action_answers_with_the_claim_as_it_is_then(editor, status, action, sent, then):
    claim = factories.make_claim(status=status)
    response = act(editor, claim, action, **sent)
    assert (response.status_code, response.json()["status"]) == (200, then)
    assert response["ETag"] == editor.get(f"claims/{claim.pk}/")["ETag"]


def test_a_flag_is_taken_off(editor):
    claim = flag_claim(actor=None, claim=factories.make_claim(), why="The article has changed.")
    assert act(editor, claim, "unflag").json()["desk"]["flag"] == ""


class TestWhoHasIt:
    def test_an_editor_assigns_by_address(self, editor):
        claim, person = factories.make_claim(), factories.make_user()
        act(editor, claim, "assign", reviewer=person.email, due_at="2030-01-01T12:00:00Z")
        held = Assignment.objects.get(claim=claim)
        assert (held.reviewer, held.due_at.year) == (person, 2030)

    def test_an_editor_assigns_by_id_and_takes_back(self, editor):
        claim, person = factories.make_claim(), factories.make_user()
        act(editor, claim, "assign", reviewer=str(person.pk))
        assert act(editor, claim, "release", reviewer=person.email).status_code == 200
        assert not Assignment.objects.active().exists()

    @pytest.mark.parametrize("named", ["nobody@example.org", "0", "a\u0661"])
    def test_who_is_not_here_is_not_assigned(self, editor, named):
        response = act(editor, factories.make_claim(), "assign", reviewer=named)
        assert (response.status_code, list(response.json()["errors"])) == (400, ["reviewer"])

    def test_who_does_not_review_is_not_assigned(self, editor):
        person = factories.make_user(Role.CONTRIBUTOR)
        response = act(editor, factories.make_claim(), "assign", reviewer=person.email)
        assert response.status_code == 400
        assert "does not review" in response.json()["detail"]

    def test_a_reviewer_gives_back_their_own_only(self, reviewer):
        claim, person = factories.make_claim(), factories.make_user()
        act(Writer(Role.EDITOR), claim, "assign", reviewer=person.email)
        assert act(reviewer, claim, "release", reviewer=person.email).status_code == 403


class TestReviewing:
    def review(self, writer, claim, rating="true", **fields):
        act(writer, claim, "take")
        sent = {"rating": rating, "rationale": "The audit says so.", **fields}
        return writer.post(f"claims/{claim.pk}/reviews/", sent)

    def test_a_review_comes_in_with_what_it_rests_on(self, reviewer):
        claim = factories.make_claim()
        item = factories.make_evidence(claim)
        response = self.review(
            reviewer,
            claim,
            confidence="high",
            conflict_of_interest="My aunt fishes there.",
            evidence=[str(item.pk)],
        )
        found = response.json()
        assert (response.status_code, found["evidence"]) == (201, [str(item.pk)])
        assert (found["rating"]["slug"], found["confidence"]) == ("true", "high")
        assert found["conflict_of_interest"] == "My aunt fishes there."

    def test_nobody_reads_the_others_review_before_theirs_is_in(self, reviewer):
        claim, other = factories.make_claim(), Writer(Role.REVIEWER)
        self.review(other, claim, rationale="A secret reason.")
        reviews = f"claims/{claim.pk}/reviews/"
        for blind in (reviewer, Writer(Role.EDITOR), Writer(Role.CONTRIBUTOR)):
            assert blind.get(reviews).json()["results"] == []
        act(reviewer, claim, "take")
        assert reviewer.get(reviews).json()["results"] == []
        self.review(reviewer, claim)
        assert len(reviewer.get(reviews).json()["results"]) == 2

    def test_reviews_that_agree_decide(self, reviewer):
        claim = factories.make_claim()
        for writer in (reviewer, Writer(Role.REVIEWER)):
            self.review(writer, claim)
        assert reviewer.get(f"claims/{claim.pk}/").json()["verdict"]["rating"] == "true"

    def test_a_second_review_of_the_round_is_refused(self, reviewer):
        claim = factories.make_claim()
        self.review(reviewer, claim)
        assert self.review(reviewer, claim, "false").status_code == 403
        assert Review.objects.get().rating.slug == "true"

    @pytest.mark.parametrize(
        ("fields", "wrong"),
        [
            ({"rating": "splendid"}, "rating"),
            ({"rating": ""}, "rating"),
            ({"rating": None}, "rating"),
            ({"rationale": " "}, "rationale"),
            ({"rationale": "x" * 20_001}, "rationale"),
            ({"confidence": "total"}, "confidence"),
            ({"evidence": "all"}, "evidence"),
            ({"evidence": ["none"]}, "evidence.0"),
            ({"evidence": ["00000000-0000-7000-8000-000000000000"]}, "evidence"),
            ({"reviewer": "me"}, "reviewer"),
        ],
    )
    def test_what_is_wrong_is_named_and_nothing_is_judged(self, reviewer, fields, wrong):
        response = self.review(reviewer, factories.make_claim(), **fields)
        assert response.status_code == 400
        assert wrong in response.json()["errors"]
        assert not Review.objects.exists()

    def test_an_unknown_rating_is_answered_with_those_of_the_scale(self, reviewer):
        response = self.review(reviewer, factories.make_claim(), "splendid")
        assert "true" in response.json()["errors"]["rating"][0]

    def test_an_editor_settles_a_dispute(self, editor):
        claim = factories.make_reviewed_claim("true", "false")
        found = act(editor, claim, "adjudicate", rating="false", **WORDS).json()
        assert (found["status"], found["verdict"]["rating"]) == ("decided", "false")

    def test_an_editor_sends_back_for_another_round(self, editor):
        claim = factories.make_reviewed_claim()
        found = act(editor, claim, "send-back", reason="Thin evidence.").json()
        assert (found["status"], found["desk"]["review_round"]) == ("in_review", 2)


class TestPublishing:
    def test_through_the_gate(self, editor):
        claim = wording(factories.make_reviewed_claim())
        found = act(editor, claim, "publish", attest=ATTEST).json()
        assert (found["status"], found["publication"]["kind"]) == ("published", "publication")

    def test_a_closed_gate_is_answered_with_what_is_missing(self, editor):
        claim = factories.make_reviewed_claim()
        response = act(editor, claim, "publish", attest={"neutral_wording": True})
        problem = response.json()
        assert (response.status_code, problem["type"].partition("#")[2]) == (409, "gate-closed")
        unmet = {check["slug"]: check["mend"] for check in problem["checks"] if not check["is_met"]}
        assert set(unmet) == {"summary", "both_sides", "claimant_asked"}
        assert unmet["summary"] == "Write the summary and the justification."
        assert not Publication.objects.exists()

    def test_the_checklist_can_be_read_before(self, editor):
        found = editor.get(f"claims/{factories.make_reviewed_claim().pk}/gate/").json()
        attested = [check["slug"] for check in found["checks"] if check["attested_by_editor"]]
        assert (found["is_open"], attested) == (
            False,
            ["both_sides", "claimant_asked", "neutral_wording"],
        )

    def test_an_unmet_check_is_overridden_by_name_with_the_reason(self, editor):
        claim = factories.make_reviewed_claim()
        reason = "The summary is for the print edition."
        response = act(editor, claim, "publish", attest=ATTEST, overrides={"summary": reason})
        assert response.status_code == 200
        assert reason in [check["override"] for check in Publication.objects.get().gate]

    @pytest.mark.parametrize(
        ("sent", "wrong"),
        [
            ({"overrides": {"luck": "Why not."}}, "overrides.luck"),
            ({"overrides": {"\ud800": "Why not."}}, "overrides.\ud800"),
            ({"overrides": {"summary": None}}, "overrides.summary"),
            ({"overrides": ["summary"]}, "overrides"),
            ({"attest": {"luck": True}}, "attest.luck"),
            ({"attest": {"both_sides": "perhaps"}}, "attest.both_sides"),
            ({"attest": True}, "attest"),
            ({"note": ["a"]}, "note"),
        ],
    )
    def test_what_is_signed_wrongly_is_named_and_nothing_is_published(self, editor, sent, wrong):
        claim = wording(factories.make_reviewed_claim())
        response = act(editor, claim, "publish", **sent)
        assert (response.status_code, list(response.json()["errors"])) == (400, [wrong])
        assert not Publication.objects.exists()

    def test_who_decided_alone_does_not_publish(self, editor):
        claim = factories.make_reviewed_claim("true", "false")
        act(editor, claim, "adjudicate", rating="false", **WORDS)
        response = act(editor, claim, "publish", attest=ATTEST)
        assert response.status_code == 403
        assert "Another editor publishes it" in response.json()["detail"]

    def test_correct_retract_reopen_each_add_to_the_record(self, editor):
        claim = factories.make_published_claim()
        act(editor, claim, "correct", rating="false", note="The audit was read wrongly.", **WORDS)
        act(editor, claim, "retract", reason="The audit was forged.")
        found = act(editor, claim, "reopen", reason="There is another audit.").json()
        kinds = list(Publication.objects.order_by("seq").values_list("kind", flat=True))
        assert kinds == ["publication", "correction", "retraction", "reopening"]
        assert (found["status"], found["publication"]["note"]) == (
            "open",
            "There is another audit.",
        )


class TestWhatCanBeDone:
    def actions(self, writer, claim):
        found = writer.get(f"claims/{claim.pk}/actions/").json()["results"]
        return {item["action"]: item for item in found}

    def test_every_action_of_a_person_is_listed_with_its_address(self, editor):
        claim = factories.make_claim()
        found = self.actions(editor, claim)
        people = {a.value.replace("_", "-") for a in Action} - {"agree", "differ"}
        assert set(found) == people
        assert editor.post(found["take"]["address"]).status_code == 200

    @pytest.mark.parametrize(
        ("role", "expected"),
        [
            (Role.CONTRIBUTOR, {"dismiss"}),
            (Role.REVIEWER, {"dismiss", "take"}),
            (Role.EDITOR, {"dismiss", "take", "assign"}),
        ],
    )
    def test_the_role_decides_what_is_allowed(self, role, expected):
        found = self.actions(Writer(role), factories.make_claim())
        assert {name for name, item in found.items() if item["allowed"]} == expected

    @pytest.mark.parametrize(
        ("role", "action", "why"),
        [
            (Role.EDITOR, "publish", "The claim is open; this starts from decided."),
            (Role.CONTRIBUTOR, "take", "Your role (contributor) may not do this."),
        ],
    )
    def test_what_is_not_allowed_says_why(self, role, action, why):
        assert self.actions(Writer(role), factories.make_claim())[action]["why_not"] == why

    def test_a_key_that_may_only_read_is_told_so(self, client, key):
        claim = factories.make_claim()
        found = client.get(f"/api/v1/claims/{claim.pk}/actions/", headers=key("editor")).json()
        assert {item["why_not"] for item in found["results"] if item["action"] == "take"} == {
            "This key may only read."
        }

    def test_who_has_a_claim_can_give_it_back_and_not_take_it_again(self, reviewer):
        claim = factories.make_claim()
        act(reviewer, claim, "take")
        claim.refresh_from_db()
        found = self.actions(reviewer, claim)
        allowed = {name for name, item in found.items() if item["allowed"]}
        assert allowed == {"release", "review"}

    def test_what_is_listed_as_allowed_is_what_the_services_let_through(self, editor):
        """Of the actions that need no more than an address."""
        for status in Status:
            for action in ("accept", "take"):
                claim = factories.make_claim(status=status)
                allowed = self.actions(editor, claim)[action]["allowed"]
                assert (act(editor, claim, action).status_code == 200) == allowed, (status, action)


def test_an_action_that_does_not_apply_says_from_where_to_where_it_leads_and_who_may(editor):
    response = act(editor, factories.make_claim(), "publish", attest=ATTEST)
    problem = response.json()
    assert (response.status_code, problem["status_of_claim"]) == (409, "open")
    assert (problem["starts_from"], problem["leads_to"]) == (["decided"], ["published"])
    assert problem["roles"] == ["editor", "administrator"]
    assert problem["possible"] == ["dismiss", "take", "assign"]
    assert "Publish leads from decided to published; who may: editor" in problem["detail"]


@pytest.mark.parametrize(
    ("action", "sent", "wrong"),
    [
        ("dismiss", {}, "reason"),
        ("dismiss", {"reason": "  "}, "reason"),
        ("dismiss", {"reason": "a\x00b"}, "reason"),
        ("dismiss", {"reason": "\ud800"}, "reason"),
        ("dismiss", {"reason": "x" * 2001}, "reason"),
        ("dismiss", {"reason": {"why": "so"}}, "reason"),
        ("dismiss", {"reason": "So.", "force": True}, "force"),
        ("take", {"reviewer": "me"}, "reviewer"),
        ("adjudicate", {"rating": "true"}, "summary"),
        ("retract", {}, "reason"),
        ("correct", {**WORDS, "rating": "true"}, "note"),
    ],
)
def test_what_is_sent_with_an_action_is_checked_by_name(editor, action, sent, wrong):
    claim = factories.make_claim()
    response = act(editor, claim, action, **sent)
    assert response.status_code == 400
    assert wrong in response.json()["errors"]
    claim.refresh_from_db()
    assert claim.status == Status.OPEN


class TestTalking:
    def test_colleagues_read_a_comment_and_who_wrote_it(self, editor, reviewer):
        claim = factories.make_claim()
        made = reviewer.post(f"claims/{claim.pk}/comments/", {"text": "I know this mill."})
        [found] = editor.get(f"claims/{claim.pk}/comments/").json()["results"]
        assert (made.status_code, made.json()) == (201, found)
        assert found["author"] == {"id": str(reviewer.person.pk), "name": reviewer.person.name}

    def test_a_comment_sent_again_with_its_key_is_said_once(self, editor):
        address = f"claims/{factories.make_claim().pk}/comments/"
        for _ in range(2):
            editor.post(address, {"text": "Once."}, idempotency_key="a")
        assert Comment.objects.count() == 1

    def test_a_question_stands_until_it_is_closed(self, editor):
        claim = factories.make_claim()
        asked = editor.post(f"claims/{claim.pk}/questions/", {"text": "Who paid?"}).json()
        questions = f"claims/{claim.pk}/questions/"
        assert [one["text"] for one in editor.get(questions).json()["results"]] == ["Who paid?"]
        closed = editor.post(f"questions/{asked['id']}/close/", {"reason": "Answered."})
        assert closed.json()["closed_at"]
        assert editor.get(questions).json()["results"] == []

    @pytest.mark.parametrize("text", ["", " ", None, ["a"], "a\x00", "\ud800", "x" * 10_001])
    @pytest.mark.parametrize("address", ["comments", "questions"])
    def test_words_that_are_none_are_refused(self, editor, address, text):
        claim = factories.make_claim()
        response = editor.post(f"claims/{claim.pk}/{address}/", {"text": text})
        assert (response.status_code, list(response.json()["errors"])) == (400, ["text"])
