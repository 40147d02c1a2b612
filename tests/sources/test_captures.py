"""Looks at sources: what is kept, what is filled in, what is flagged, and what a failure says."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from articles.ingest.fetch import Fetched
from articles.ingest.fetch_double import FakeFetcher
from articles.ingest.fetch_errors import BadAnswer, ForbiddenByRobots, TooLarge, Unreachable
from audit.models import Event
from claims.kinds import Status
from sources import captures
from sources.archive import files
from sources.captures import request_capture, run_capture, upload_copy
from sources.models import Capture, QuoteCheck, Snapshot, SnapshotOrigin, SourceState
from sources.naming import add_source_named
from sources.outside import keep_outside
from sources.rechecks import queue_due_looks
from sources.services import add_snapshot
from tests.factories import make_claim, make_evidence, make_source, make_user

pytestmark = pytest.mark.django_db
ADDRESS = "https://records.example/minutes"
QUOTE = "The council voted nine to two for the new bridge"


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def page(words: str = f"{QUOTE} on the fourth of May.", *, aside: str = "") -> bytes:
    return f"""<html lang="en"><head><title>Minutes of May</title>
<meta property="og:site_name" content="City of Halmere"></head><body><article><h1>Minutes of May</h1>
<p>{words} {"The clerk read the minutes of the last meeting aloud. " * 8}</p></article>
<aside>{aside}</aside></body></html>""".encode()


def look(source, answer=None, *, is_recheck=False) -> Capture:
    capture = request_capture(actor=None, source=source, is_recheck=is_recheck)
    answer = page() if answer is None else answer
    capture = run_capture(capture_id=str(capture.pk), fetcher=FakeFetcher({source.url: answer}))
    source.refresh_from_db()
    return capture


class TestAskedFor:
    def test_one_paste_gives_a_record_that_the_page_fills(self):
        source = add_source_named(actor=make_user(), name=f"{ADDRESS}?utm_source=mail")
        assert source.title == ADDRESS
        look(source)
        assert (source.title, source.publisher) == ("Minutes of May", "City of Halmere")
        assert Event.objects.about(source).filter(verb="source.filled").count() == 1

    def test_what_a_person_said_stays(self):
        source = make_source(url=ADDRESS, title="Council minutes", publisher="")
        look(source)
        assert (source.title, source.publisher) == ("Council minutes", "City of Halmere")

    def test_the_same_doi_is_one_record(self):
        first = add_source_named(actor=make_user(), name="doi:10.1000/XYZ")
        assert add_source_named(actor=make_user(), name="https://doi.org/10.1000/xyz") == first

    def test_a_second_wish_joins_the_first(self):
        source = make_source(url=ADDRESS)
        assert request_capture(actor=None, source=source) == request_capture(
            actor=None, source=source
        )

    def test_a_source_without_an_address_says_what_to_do(self):
        with pytest.raises(ValidationError, match="Upload a copy"):
            request_capture(actor=make_user(), source=make_source(url=""))


class TestKept:
    def test_bytes_headers_text_and_record_are_kept(self):
        answer = Fetched(page(), ADDRESS, "text/html", "utf-8", 200, (("X-Server", "a"),))
        snapshot = look(make_source(url=ADDRESS), answer).snapshot
        assert files.read(snapshot.content.name) == page()
        assert files.read(snapshot.warc.name).startswith(b"\x1f\x8b")
        assert snapshot.headers == [["X-Server", "a"]]
        assert QUOTE in snapshot.text
        assert (snapshot.status, snapshot.origin) == (200, SnapshotOrigin.FETCHED)

    def test_a_page_that_only_turned_its_boxes_is_the_same(self):
        source = make_source(url=ADDRESS)
        look(source, page(aside="Visitors: 4"))
        capture = look(source, page(aside="Visitors: 5"))
        assert not capture.is_new
        assert source.snapshots.count() == 1
        assert source.state == SourceState.HERE

    def test_other_words_are_a_second_copy_and_the_first_stays(self):
        source = make_source(url=ADDRESS)
        look(source)
        assert look(source, page("The council met.")).is_new
        assert source.snapshots.count() == 2
        assert source.state == SourceState.CHANGED

    def test_running_a_look_twice_keeps_one_copy(self):
        source = make_source(url=ADDRESS)
        capture = look(source)
        run_capture(capture_id=str(capture.pk), fetcher=FakeFetcher({}))
        assert Snapshot.objects.count() == 1

    def test_an_address_that_leads_elsewhere_says_where(self):
        source = make_source(url=ADDRESS)
        look(source, Fetched(page(), "https://new.example/minutes", "text/html"))
        assert source.moved_to == "https://new.example/minutes"

    def test_an_address_that_only_gained_a_slash_has_not_moved(self):
        source = make_source(url=ADDRESS)
        look(source, Fetched(page(), "https://www.records.example/minutes/", "text/html"))
        assert source.moved_to == ""

    def test_a_picture_is_kept_and_said_to_have_no_words(self):
        snapshot = look(make_source(url=ADDRESS), b"\x89PNG\r\n\x1a\n" + b"\x00" * 99).snapshot
        assert (snapshot.media_type, snapshot.text) == ("image/png", "")
        assert snapshot.trouble

    def test_an_uploaded_file_is_a_copy_too(self):
        source = make_source(url=ADDRESS)
        snapshot = upload_copy(actor=make_user(), source=source, content=page(), file_name="a.html")
        assert QUOTE in snapshot.text
        assert (snapshot.origin, snapshot.file_name) == (SnapshotOrigin.UPLOADED, "a.html")

    @pytest.mark.parametrize("content", [b"", b"x" * 101])
    def test_an_unfit_file_is_refused_in_words(self, settings, content):
        settings.ASSAY_MAX_SOURCE_BYTES = 100
        with pytest.raises(ValidationError, match=r"empty|larger"):
            upload_copy(actor=make_user(), source=make_source(), content=content, file_name="a.txt")


class TestFailed:
    @pytest.mark.parametrize(
        ("error", "state"),
        [
            (BadAnswer("There is no page at this address (404).", 404), SourceState.GONE),
            (BadAnswer("The page was taken down (410).", 410), SourceState.GONE),
            (BadAnswer("The site answers with an error (500).", 500), SourceState.UNREACHABLE),
            (Unreachable("No connection."), SourceState.UNREACHABLE),
            (ForbiddenByRobots("The site asks programs not to."), SourceState.UNREACHABLE),
            (TooLarge("The page is larger than 50 MB."), SourceState.UNREACHABLE),
        ],
    )
    def test_a_failure_says_why_and_may_be_tried_again(self, error, state):
        source = make_source(url=ADDRESS)
        capture = look(source, error)
        assert (capture.has_failed, capture.error, source.state) == (True, str(error), state)
        assert not look(source).has_failed
        assert source.state == SourceState.HERE

    def test_a_sign_in_page_is_a_failure_and_no_copy(self):
        source = make_source(url=ADDRESS)
        capture = look(source, b"<html><body>Sign in<input type='password'></body></html>")
        assert "sign in" in capture.error
        assert not source.snapshots.exists()

    def test_a_full_disk_is_ours_and_not_the_sources(self, monkeypatch):
        def full(*_args):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(captures.files, "keep", full)
        source = make_source(url=ADDRESS)
        capture = look(source)
        assert "disk" in capture.error
        assert (source.state, source.misses) == (SourceState.UNCHECKED, 0)


class TestLeaning:
    @pytest.fixture
    def evidence(self):
        source = make_source(url=ADDRESS)
        look(source)
        claim = make_claim()
        evidence = make_evidence(claim, source=source, quote=QUOTE, copy="")
        type(claim).objects.update(status=Status.PUBLISHED)
        assert evidence.quote_check == QuoteCheck.VERIFIED
        return evidence

    def flag(self, evidence):
        evidence.claim.refresh_from_db()
        return evidence.claim.flag

    def test_lost_words_flag_the_claim_and_the_old_copy_still_has_them(self, evidence):
        look(evidence.source, page("The council voted eight to three."), is_recheck=True)
        evidence.refresh_from_db()
        assert evidence.has_lost_its_words
        assert QUOTE in evidence.snapshot.text
        assert "no longer has the words" in self.flag(evidence)

    def test_a_change_elsewhere_flags_nothing(self, evidence):
        look(evidence.source, page(f"{QUOTE} on the fourth of May. More was said."))
        evidence.refresh_from_db()
        assert evidence.newest_check == QuoteCheck.VERIFIED
        assert self.flag(evidence) == ""

    def test_an_excerpt_that_a_person_pastes_takes_nothing_away(self, evidence):
        add_snapshot(actor=make_user(), source=evidence.source, text="Another passage of the page.")
        evidence.refresh_from_db()
        assert (evidence.newest_check, self.flag(evidence)) == ("", "")

    def test_a_page_that_is_gone_flags_once(self, evidence):
        for _ in range(2):
            look(evidence.source, BadAnswer("Gone (404).", 404), is_recheck=True)
        assert self.flag(evidence).count("is gone") == 1
        assert Event.objects.about(evidence.claim).filter(verb="claim.flagged").count() == 1

    def test_a_page_that_cannot_be_reached_flags_after_three_looks(self, evidence):
        flags = []
        for _ in range(3):
            look(evidence.source, Unreachable("No connection."), is_recheck=True)
            flags.append(bool(self.flag(evidence)))
        assert flags == [False, False, True]

    def test_a_withheld_source_is_not_named_in_the_flag(self, evidence):
        source = evidence.source
        type(source).objects.update(kind="withheld", withheld_reason="Safety.", title="A clerk")
        look(source, BadAnswer("Gone (404).", 404))
        assert "clerk" not in self.flag(evidence)

    def test_a_due_source_is_looked_at_once(self, evidence):
        source = evidence.source
        assert queue_due_looks(timezone.now()) == 0
        later = source.check_due_at + timedelta(seconds=1)
        assert [queue_due_looks(later), queue_due_looks(later)] == [1, 0]

    def test_no_rechecks_when_the_desk_wants_none(self, settings, evidence):
        settings.ASSAY_RECHECK_DAYS = 0
        look(evidence.source)
        assert evidence.source.check_due_at is None


class TestOutside:
    """An archive that is not ours is asked to keep a copy as well, if a setting names one."""

    ARCHIVE = "https://archive.example/save/"
    KEPT = "https://archive.example/web/2026/minutes"

    def asked(self, capture, answer):
        fetcher = FakeFetcher({self.ARCHIVE + ADDRESS: answer})
        return keep_outside(capture_id=str(capture.pk), fetcher=fetcher), fetcher.asked

    def test_nobody_is_asked_by_default(self):
        assert self.asked(look(make_source(url=ADDRESS)), b"")[1] == []

    def test_where_it_is_kept_is_written_down_and_asked_once(self, settings):
        settings.ASSAY_OUTSIDE_ARCHIVE = self.ARCHIVE
        capture = look(make_source(url=ADDRESS))
        capture, asked = self.asked(capture, Fetched(b"", self.KEPT))
        assert (capture.outside_address, asked) == (self.KEPT, [self.ARCHIVE + ADDRESS])
        assert self.asked(capture, Fetched(b"", self.KEPT))[1] == []

    def test_a_refusal_is_kept_in_words_and_our_own_copy_stays(self, settings):
        settings.ASSAY_OUTSIDE_ARCHIVE = self.ARCHIVE
        capture, _ = self.asked(look(make_source(url=ADDRESS)), BadAnswer("Asked too often.", 429))
        assert capture.outside_error == "Asked too often."
        assert capture.snapshot is not None

    def test_the_source_page_says_where_it_is_kept_as_well(self, settings, client):
        settings.ASSAY_OUTSIDE_ARCHIVE = self.ARCHIVE
        capture, _ = self.asked(look(make_source(url=ADDRESS)), Fetched(b"", self.KEPT))
        client.force_login(make_user())
        assert self.KEPT in client.get(capture.source.get_absolute_url()).content.decode()

    def test_a_new_copy_queues_the_question_and_the_same_again_does_not(self, settings):
        settings.ASSAY_OUTSIDE_ARCHIVE = self.ARCHIVE
        source = make_source(url=ADDRESS)
        look(source)
        look(source)
        jobs = ProcrastinateJob.objects.filter(task_name="sources.tasks.keep_outside")
        assert jobs.count() == 1

    def test_a_withheld_source_is_named_to_nobody(self, settings):
        settings.ASSAY_OUTSIDE_ARCHIVE = self.ARCHIVE
        source = make_source(url=ADDRESS, kind="withheld", withheld_reason="Safety.")
        assert self.asked(look(source), b"")[1] == []
