"""Sources, their copies, and evidence with its quotes checked."""

from functools import partial

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from accounts.roles import Role
from audit.models import Event
from claims.kinds import Status
from sources.models import QuoteCheck, Snapshot, Source, SourceKind
from sources.services import (
    OPEN_TO_EVIDENCE,
    EvidenceDraft,
    SourceDraft,
    add_evidence,
    add_snapshot,
    add_source,
    correct_source,
    override_quote,
    withdraw_evidence,
)
from tests.at_once import at_once
from tests.factories import make_claim, make_evidence, make_source, make_user

pytestmark = pytest.mark.django_db
ADDRESS = "https://audit.example/report"
COPY = "The works cost 40 million crowns, the audit says."


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def withheld(**fields):
    fields = {"title": "A clerk", "withheld_reason": "Her safety.", **fields}
    return make_source(kind=SourceKind.WITHHELD, **fields)


class TestSources:
    def test_the_same_address_is_one_source(self):
        first = make_source(url=ADDRESS)
        assert make_source(url=f"{ADDRESS}?utm_source=x", title="Another title") == first

    def test_sources_without_an_address_may_be_many(self):
        assert make_source() != make_source()

    @pytest.mark.parametrize(
        "fields",
        [{"title": " "}, {"kind": "hearsay"}, {"url": "ftp://x.example"}, {"kind": "withheld"}],
    )
    def test_what_is_not_a_source_is_refused_in_words(self, fields):
        with pytest.raises(ValidationError):
            make_source(**fields)
        assert not Source.objects.exists()

    def test_a_correction_keeps_what_was_there_before(self):
        source = correct_source(actor=make_user(), source=make_source(title="Old"), title="New")
        event = Event.objects.about(source).last()
        assert (event.before, event.after) == ({"title": "Old"}, {"title": "New"})

    def test_no_change_writes_nothing(self):
        source = make_source(title="Same")
        events = Event.objects.count()
        correct_source(actor=make_user(), source=source, title="Same")
        assert Event.objects.count() == events

    def test_an_address_that_another_source_has_is_refused_in_words(self):
        make_source(url=ADDRESS)
        with pytest.raises(ValidationError, match="Another source has this address"):
            correct_source(actor=make_user(), source=make_source(), url=ADDRESS)

    def test_withholding_a_source_needs_a_reason_for_readers(self):
        with pytest.raises(ValidationError, match="Tell readers why"):
            correct_source(actor=make_user(), source=make_source(), kind=SourceKind.WITHHELD)

    def test_an_address_of_a_withheld_source_tells_nobody_of_it(self):
        hidden = make_source(url=ADDRESS, kind="withheld", withheld_reason="Safety.")
        shown = make_source(url=ADDRESS, kind="study")
        assert shown != hidden
        assert (
            add_source(actor=make_user(), draft=SourceDraft("Audit", "study", url=ADDRESS)) == shown
        )

    def test_a_source_described_as_withheld_is_never_one_that_readers_see(self):
        shown = make_source(url=ADDRESS, kind="study")
        hidden = make_source(url=ADDRESS, kind="withheld", withheld_reason="Safety.")
        assert hidden != shown
        assert hidden.is_withheld

    def test_an_editor_finds_the_withheld_source_of_an_address(self):
        hidden = make_source(url=ADDRESS, kind="withheld", withheld_reason="Safety.")
        draft = SourceDraft("Audit", "study", url=ADDRESS)
        assert add_source(actor=make_user(Role.EDITOR), draft=draft) == hidden

    @pytest.mark.django_db(transaction=True)
    def test_two_people_who_add_one_address_at_once_get_one_source(self):
        draft = SourceDraft(title="Audit", kind="study", url=ADDRESS)
        one, two = at_once(*[partial(add_source, actor=make_user(), draft=draft)] * 2)
        assert one == two


class TestWithheldSources:
    @pytest.mark.parametrize("role", Role)
    def test_only_editors_see_what_it_is(self, role):
        assert withheld().is_shown_to(make_user(role)) == (
            role in {Role.EDITOR, Role.ADMINISTRATOR}
        )

    def test_it_shows_by_its_placeholder(self):
        assert str(withheld()) == "Withheld source"

    @pytest.mark.parametrize("text", ["clerk", "audit.example"])
    def test_it_is_not_found_by_its_details(self, text):
        withheld(url=ADDRESS)
        assert not Source.objects.search(text).exists()

    def test_its_details_are_not_in_the_history(self):
        source = withheld()
        correct_source(actor=make_user(Role.EDITOR), source=source, title="A clerk of the port")
        logged = [(event.before, event.after) for event in Event.objects.about(source)]
        assert logged == [({}, {"title": "Withheld source"}), ({}, {"fields": ["title"]})]

    def test_who_may_not_see_it_may_not_correct_it(self):
        with pytest.raises(PermissionDenied, match="an editor looks after it"):
            correct_source(actor=make_user(), source=withheld(), title="X")


class TestCopies:
    def test_a_copy_is_kept_by_its_content(self):
        snapshot = add_snapshot(actor=make_user(), source=make_source(), text=COPY)
        with snapshot.content.open() as file:
            assert file.read() == COPY.encode()
        assert snapshot.sha256 in snapshot.content.name

    def test_the_same_words_make_no_second_copy(self):
        source = make_source()
        first = add_snapshot(actor=make_user(), source=source, text=COPY)
        assert add_snapshot(actor=make_user(), source=source, text=COPY) == first

    def test_two_sources_with_the_same_words_share_the_file_but_not_the_copy(self):
        one, two = (
            add_snapshot(actor=make_user(), source=make_source(), text=COPY) for _ in range(2)
        )
        assert one != two
        assert one.content.name == two.content.name

    def test_line_ends_and_nul_characters_are_tidied(self):
        text = "One\r\ntwo\rthree\x00."
        assert add_snapshot(actor=make_user(), source=make_source(), text=text).text == (
            "One\ntwo\nthree."
        )

    @pytest.mark.parametrize("text", ["", " \n", "\x00"])
    def test_an_empty_copy_is_refused(self, text):
        with pytest.raises(ValidationError, match="Paste the text"):
            add_snapshot(actor=make_user(), source=make_source(), text=text)


class TestEvidence:
    @pytest.mark.parametrize(
        ("quote", "copy", "check"),
        [
            ("cost 40 million crowns", COPY, QuoteCheck.VERIFIED),
            ("The works cost 41 million crowns", COPY, QuoteCheck.APPROXIMATE),
            ("It was free of charge", COPY, QuoteCheck.MISSING),
            ("cost 40 million crowns", "", QuoteCheck.UNCHECKED),
            ("", COPY, QuoteCheck.UNCHECKED),
        ],
    )
    def test_a_quote_is_looked_for_in_the_copy(self, quote, copy, check):
        assert make_evidence(make_claim(), quote=quote, copy=copy).quote_check == check

    def test_the_place_of_the_quote_is_kept(self):
        evidence = make_evidence(make_claim())
        assert evidence.snapshot.text[evidence.quote_start : evidence.quote_end] == evidence.quote

    def test_evidence_without_a_new_copy_leans_on_the_newest_there_is(self):
        source = make_source()
        make_evidence(make_claim(), source=source)
        assert make_evidence(make_claim(), source=source, copy="").snapshot is not None

    def test_a_quote_is_unsettled_until_it_is_found_or_taken_on(self):
        evidence = make_evidence(make_claim(), quote="cost 50 million crowns")
        assert not evidence.is_quote_settled
        override_quote(actor=make_user(Role.EDITOR), evidence=evidence, reason="Seen in print.")
        assert evidence.is_quote_settled

    @pytest.mark.parametrize("status", Status)
    def test_evidence_comes_while_the_claim_is_not_on_the_record(self, status):
        claim, source = make_claim(status=status), make_source()
        draft = EvidenceDraft(stance="supports")
        if status in OPEN_TO_EVIDENCE:
            assert add_evidence(actor=make_user(), claim=claim, source=source, draft=draft)
        else:
            with pytest.raises(ValidationError, match="Reopen it"):
                add_evidence(actor=make_user(), claim=claim, source=source, draft=draft)

    def test_evidence_takes_a_side_or_none_of_others(self):
        with pytest.raises(ValidationError):
            make_evidence(make_claim(), stance="neutral")
        assert not Snapshot.objects.exists()

    def test_withdrawn_evidence_stays_in_the_record_with_the_reason(self):
        claim = make_claim()
        evidence = make_evidence(claim)
        withdraw_evidence(actor=make_user(), evidence=evidence, reason="Wrong port.")
        event = Event.objects.about(claim).last()
        assert list(claim.evidence.standing()) == []
        assert (event.verb, event.reason) == ("evidence.withdrawn", "Wrong port.")

    def test_withdrawing_twice_is_written_down_once(self):
        claim = make_claim()
        evidence = make_evidence(claim)
        for _ in range(2):
            withdraw_evidence(actor=make_user(), evidence=evidence, reason="Wrong port.")
        assert Event.objects.filter(verb="evidence.withdrawn").count() == 1

    def test_evidence_is_not_withdrawn_without_a_reason(self):
        with pytest.raises(ValidationError, match="Say why"):
            withdraw_evidence(actor=make_user(), evidence=make_evidence(make_claim()), reason=" ")

    @pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.REVIEWER, Role.CONSUMER])
    def test_a_quote_is_taken_on_by_editors_only(self, role):
        evidence = make_evidence(make_claim(), quote="cost 50 million crowns")
        with pytest.raises(PermissionDenied):
            override_quote(actor=make_user(role), evidence=evidence, reason="I know.")

    def test_a_quote_is_not_taken_on_without_a_reason(self):
        evidence = make_evidence(make_claim(), quote="cost 50 million crowns")
        with pytest.raises(ValidationError, match="Say how you know"):
            override_quote(actor=make_user(Role.EDITOR), evidence=evidence, reason=" ")
