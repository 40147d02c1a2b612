"""Publishing, correcting, retracting, reopening: what goes onto the record, and who may put it there."""

import json
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client

from accounts.roles import Role
from audit.models import Event
from claims.kinds import Status
from claims.services import StaleClaim
from publishing.chain import digest
from publishing.gate import Attested
from publishing.models import CurrentVerdict, Publication
from publishing.services import (
    GateClosed,
    Signature,
    correct_verdict,
    publish_verdict,
    reopen_claim,
    retract_verdict,
)
from reviews.models import Review
from reviews.services import (
    ReviewDraft,
    VerdictDraft,
    adjudicate,
    submit_review,
    take_claim,
    write_verdict,
)
from reviews.workflow import InvalidTransition
from sources.services import override_quote, withdraw_evidence
from tests.at_once import at_once
from tests.factories import (
    SIGNED,
    house_rating,
    make_article,
    make_claim,
    make_evidence,
    make_published_claim,
    make_reviewed_claim,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db
WORDS = {"summary": "It did.", "justification": "The audit says so."}


def make_worded_claim(**fields):
    """Decided and worded: only the gate is left."""
    claim = make_reviewed_claim("true", "true", **fields)
    write_verdict(actor=make_user(Role.EDITOR), claim=claim, **WORDS)
    claim.refresh_from_db()
    return claim


def publish(claim, actor=None, **fields):
    fields.setdefault("signature", SIGNED)
    return publish_verdict(actor=actor or make_user(Role.EDITOR), claim=claim, **fields)


def draft(slug="false"):
    return VerdictDraft(rating=house_rating(slug), summary="No.", justification="A newer audit.")


def unmet(refusal):
    return [check.slug for check in refusal.value.checks if not check.is_met]


class TestPublishing:
    def test_the_first_entry_holds_the_finished_document_and_its_hash(self):
        entry = publish(make_worded_claim())
        document = json.loads(entry.document)
        assert (entry.seq, entry.previous_sha256, entry.kind) == (1, "", "publication")
        assert entry.sha256 == digest(entry.document)
        assert (document["seq"], document["verdict"]["rating"]) == (1, "true")

    def test_each_entry_names_the_hash_of_the_one_before(self):
        first, second = publish(make_worded_claim()), publish(make_worded_claim())
        assert (second.seq, second.previous_sha256) == (2, first.sha256)

    def test_the_claim_is_published_and_its_verdict_signed(self):
        claim, editor = make_worded_claim(), make_user(Role.EDITOR)
        entry = publish(claim, actor=editor)
        claim.refresh_from_db()
        assert (claim.status, entry.verdict.approved_by) == (Status.PUBLISHED, editor)

    def test_what_lists_filter_on_points_at_the_newest_entry(self):
        claim = make_worded_claim(claimant_name="Ida Quell")
        entry = publish(claim)
        current = CurrentVerdict.objects.get(claim=claim)
        assert (current.publication, current.claimant, current.rating) == (
            entry,
            "Ida Quell",
            "true",
        )

    def test_a_second_click_is_told_and_adds_nothing(self):
        claim = make_worded_claim()
        publish(claim)
        with pytest.raises(InvalidTransition):
            publish(claim)
        assert Publication.objects.count() == 1

    def test_a_stale_page_does_not_publish(self):
        claim = make_worded_claim()
        with pytest.raises(StaleClaim):
            publish(claim, expected=claim.lock_version - 1)

    def test_nobody_publishes_what_they_decided_alone(self):
        claim, judge = make_reviewed_claim("true", "false"), make_user(Role.EDITOR)
        adjudicate(actor=judge, claim=claim, draft=draft())
        with pytest.raises(PermissionDenied, match="You decided this verdict alone"):
            publish(claim, actor=judge)

    @pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.REVIEWER, Role.CONSUMER])
    def test_nobody_publishes_but_editors(self, role):
        with pytest.raises(PermissionDenied, match="Your role"):
            publish(make_worded_claim(), actor=make_user(role))

    def test_a_document_names_no_reviewer_and_no_editor(self):
        claim = make_worded_claim()
        reviewer = claim.reviews.first().reviewer
        editor = make_user(Role.EDITOR)
        document = publish(claim, actor=editor).document
        assert reviewer.name not in document
        assert editor.email not in document

    def test_a_withheld_source_is_a_placeholder_with_its_reason(self):
        claim = make_reviewed_claim()
        secret = make_source(
            title="Deep Throat",
            kind="withheld",
            url="https://secret.example/",
            withheld_reason="Safety.",
        )
        make_evidence(claim, source=secret)
        write_verdict(actor=make_user(Role.EDITOR), claim=claim, **WORDS)
        document = publish(claim).document
        assert '"reason":"Safety."' in document
        assert "Deep Throat" not in document
        assert "secret.example" not in document

    def test_evidence_that_was_withdrawn_is_not_published(self):
        claim = make_worded_claim()
        gone = make_evidence(claim, quote="", note="A rumour.")
        withdraw_evidence(actor=make_user(), evidence=gone, reason="Wrong port.")
        assert "A rumour." not in publish(claim).document


class TestGate:
    def test_a_claim_that_lacks_something_is_not_published_and_the_checklist_says_what(self):
        claim = make_reviewed_claim()
        with pytest.raises(GateClosed, match="Still missing") as refusal:
            publish(claim, signature=Signature())
        claim.refresh_from_db()
        assert unmet(refusal) == ["summary", "both_sides", "claimant_asked", "neutral_wording"]
        assert (claim.status, Publication.objects.count()) == (Status.DECIDED, 0)

    def test_evidence_without_a_copy_does_not_pass(self):
        claim = make_claim()
        make_evidence(claim, copy="", quote="")
        self.decide(claim)
        with pytest.raises(GateClosed) as refusal:
            publish(claim)
        assert unmet(refusal) == ["evidence"]

    def test_a_quote_that_was_not_found_does_not_pass_until_somebody_takes_it_on(self):
        claim = make_worded_claim()
        doubtful = make_evidence(claim, quote="cost 50 million crowns")
        with pytest.raises(GateClosed) as refusal:
            publish(claim)
        assert unmet(refusal) == ["quotes"]
        override_quote(actor=make_user(Role.EDITOR), evidence=doubtful, reason="Read it in print.")
        assert '"quote_check":"overridden"' in publish(claim).document

    def test_a_declared_conflict_of_interest_does_not_pass(self):
        claim = make_worded_claim()
        Review.objects.filter(pk=claim.reviews.first().pk).update(conflict_of_interest="A cousin.")
        with pytest.raises(GateClosed) as refusal:
            publish(claim)
        assert unmet(refusal) == ["conflicts"]

    def test_evidence_on_both_sides_needs_no_word_of_the_editor(self):
        claim = make_worded_claim()
        make_evidence(claim, stance="undermines")
        said = Attested(claimant_asked=True, neutral_wording=True)
        assert publish(claim, signature=Signature(said)).seq == 1

    def test_the_signed_checklist_and_each_override_stay_on_the_record(self):
        said = Attested(both_sides=True, neutral_wording=True)
        signature = Signature(
            said, {"claimant_asked": "He died in 1912.", "evidence": "Not needed."}
        )
        gate = {row["slug"]: row for row in publish(make_worded_claim(), signature=signature).gate}
        assert gate["claimant_asked"]["override"] == "He died in 1912."
        assert gate["claimant_asked"]["is_met"] is False
        assert gate["evidence"]["override"] == ""

    def test_an_override_without_a_reason_overrides_nothing(self):
        with pytest.raises(GateClosed):
            publish(
                make_worded_claim(),
                signature=Signature(Attested(True, False, True), {"claimant_asked": "  "}),
            )

    def decide(self, claim):
        for _ in range(2):
            take_claim(actor=(person := make_user()), claim=claim)
            judged = ReviewDraft(rating=house_rating(), rationale="The audit.")
            submit_review(actor=person, claim=claim, draft=judged)
        write_verdict(actor=make_user(Role.EDITOR), claim=claim, **WORDS)


class TestAfterwards:
    def test_a_correction_is_the_next_revision_with_a_note(self):
        claim = make_published_claim()
        entry = correct_verdict(
            actor=make_user(Role.EDITOR), claim=claim, draft=draft(), note="A newer audit came."
        )
        claim.refresh_from_db()
        assert (entry.seq, entry.kind, entry.verdict.revision) == (2, "correction", 2)
        assert (claim.status, claim.current_verdict.rating) == (Status.PUBLISHED, "false")

    def test_what_was_first_published_stays_as_it_was(self):
        claim = make_published_claim()
        before = Publication.objects.get(seq=1).document
        correct_verdict(actor=make_user(Role.EDITOR), claim=claim, draft=draft(), note="Newer.")
        assert Publication.objects.get(seq=1).document == before

    @pytest.mark.parametrize(("summary", "justification"), [("", "Why."), ("No.", " ")])
    def test_a_correction_says_why_in_full(self, summary, justification):
        words = VerdictDraft(house_rating(), summary, justification)
        with pytest.raises(ValidationError, match="says why"):
            correct_verdict(
                actor=make_user(Role.EDITOR), claim=make_published_claim(), draft=words, note="N."
            )

    def test_a_retraction_tells_readers_why_and_leaves_force(self):
        claim = make_published_claim()
        entry = retract_verdict(actor=make_user(Role.EDITOR), claim=claim, reason="Wrong port.")
        assert (entry.kind, entry.note) == ("retraction", "Wrong port.")
        assert not CurrentVerdict.objects.in_force().filter(claim=claim).exists()

    def test_a_reopened_claim_is_open_and_the_public_knows(self):
        claim = make_published_claim()
        reopened = reopen_claim(actor=make_user(Role.EDITOR), claim=claim, reason="New papers.")
        assert (reopened.status, reopened.review_round) == (Status.OPEN, 2)
        assert Publication.objects.latest("seq").kind == "reopening"

    def test_a_claim_that_never_was_public_is_reopened_in_silence(self):
        claim = make_claim(status=Status.DISMISSED)
        reopen_claim(actor=make_user(Role.EDITOR), claim=claim, reason="It matters.")
        assert not Publication.objects.exists()

    def test_publishing_again_after_a_reopening_needs_a_note_and_is_a_correction(self):
        claim = make_published_claim()
        reopen_claim(actor=make_user(Role.EDITOR), claim=claim, reason="New papers.")
        TestGate().decide(claim)
        with pytest.raises(ValidationError, match="tell them what changed"):
            publish(claim)
        assert publish(claim, note="Reviewed again.").kind == "correction"

    @pytest.mark.parametrize("service", [retract_verdict, reopen_claim])
    def test_taking_back_needs_a_reason(self, service):
        with pytest.raises(ValidationError, match="Give a reason"):
            service(actor=make_user(Role.EDITOR), claim=make_published_claim(), reason=" ")

    @pytest.mark.parametrize("service", [retract_verdict, reopen_claim])
    def test_taking_back_is_the_editors(self, service):
        with pytest.raises(PermissionDenied):
            service(actor=make_user(), claim=make_published_claim(), reason="R.")

    def test_the_history_of_a_claim_reads_from_its_first_word_to_its_retraction(self):
        claim = make_published_claim()
        retract_verdict(actor=make_user(Role.EDITOR), claim=claim, reason="Wrong port.")
        assert [event.verb for event in Event.objects.about(claim)] == [
            "claim.added",
            "evidence.added",
            "claim.taken",
            "review.submitted",
            "claim.taken",
            "review.submitted",
            "claim.agreed",
            "verdict.written",
            "verdict.published",
            "verdict.retracted",
        ]


class TestVerifying:
    def test_an_untouched_record_verifies(self, capsys):
        make_published_claim()
        call_command("verify_publications")
        head = Publication.objects.get().sha256
        assert capsys.readouterr().out.splitlines()[0] == f"1 entries verify, head {head}"

    def test_an_empty_record_verifies(self, capsys):
        call_command("verify_publications")
        assert capsys.readouterr().out.strip() == "0 entries verify"

    def test_an_entry_altered_behind_our_back_is_found(self, capsys):
        make_published_claim()
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
            cursor.execute("ALTER TABLE publishing_publication DISABLE TRIGGER USER")
            cursor.execute(
                "UPDATE publishing_publication SET document = replace(document, 'It', 'He')"
            )
            cursor.execute("ALTER TABLE publishing_publication ENABLE TRIGGER USER")
        with pytest.raises(CommandError, match="does not verify"):
            call_command("verify_publications")
        assert "entry 1: the document does not match its hash" in capsys.readouterr().err


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_of_two_editors_who_publish_one_claim_one_does(self):
        claim = make_worded_claim()
        calls = [partial(publish, claim, actor=make_user(Role.EDITOR)) for _ in range(2)]
        kinds = sorted(type(result).__name__ for result in at_once(*calls))
        assert kinds == ["InvalidTransition", "Publication"]
        assert Publication.objects.count() == 1

    def test_eight_editors_who_publish_forty_claims_leave_a_record_without_a_gap(self):
        article = make_article()
        claims = [make_worded_claim(article=article) for _ in range(40)]

        def publish_all(mine, editor):
            return [publish(claim, actor=editor).seq for claim in mine]

        shares = [partial(publish_all, claims[n::8], make_user(Role.EDITOR)) for n in range(8)]
        given = [seq for seqs in at_once(*shares) for seq in seqs]
        assert sorted(given) == list(range(1, 41))
        call_command("verify_publications")

    def test_a_follower_sees_each_entry_once_and_in_order_while_others_publish(self):
        article = make_article()
        claims = [make_worded_claim(article=article) for _ in range(4)]

        def change_often(claim, editor):
            publish(claim, actor=editor)
            for note in range(49):
                correct_verdict(actor=editor, claim=claim, draft=draft(), note=f"Number {note}.")

        def follow():
            seen = []
            for _ in range(20_000):
                if len(seen) == 200:
                    break
                address = f"/api/v1/publications/?since={len(seen)}&limit=7"
                page = Client().get(address).json()["results"]
                seen += [entry["document"]["seq"] for entry in page]
            return seen

        editors = [make_user(Role.EDITOR) for _ in claims]
        writers = [partial(change_often, *pair) for pair in zip(claims, editors, strict=True)]
        *written, seen = at_once(*writers, follow)
        assert (written, seen) == ([None] * 4, list(range(1, 201)))
        call_command("verify_publications")


class TestAnInvalidClaimReview:
    """It is refused, whoever asks: search engines would drop it without a word."""

    @pytest.fixture
    def ill_set(self, settings):
        def ill_set():
            settings.ASSAY_LICENCE = "somewhere in the drawer"

        return ill_set

    def test_does_not_pass_the_gate_even_when_overridden(self, ill_set):
        claim, overrides = make_worded_claim(), {"claim_review": "It is urgent."}
        ill_set()
        with pytest.raises(GateClosed) as refusal:
            publish(claim, signature=Signature(SIGNED.attested, overrides))
        assert unmet(refusal) == ["claim_review"]

    def test_does_not_go_out_as_a_correction(self, ill_set):
        claim = make_published_claim()
        ill_set()
        with pytest.raises(ValidationError, match="sdLicense"):
            correct_verdict(
                actor=make_user(Role.EDITOR), claim=claim, draft=draft(), note="We were wrong."
            )

    def test_does_not_hinder_a_retraction(self, ill_set):
        claim = make_published_claim()
        ill_set()
        entry = retract_verdict(actor=make_user(Role.EDITOR), claim=claim, reason="It was wrong.")
        assert entry.kind == "retraction"
