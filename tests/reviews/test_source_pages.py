"""The page of a source, its looks and its copies: every state in words, files that run nothing, none of them a crash."""

from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from accounts.roles import Role
from articles.ingest.fetch import Fetched
from articles.ingest.fetch_double import FakeFetcher
from articles.ingest.fetch_errors import BadAnswer, Unreachable
from sources.captures import request_capture, run_capture, upload_copy
from sources.models import Capture, SourceKind
from sources.services import add_snapshot
from tests.factories import make_claim, make_evidence, make_source, make_user

pytestmark = pytest.mark.django_db
ADDRESS = "https://records.example/minutes"
QUOTE = "The council voted nine to two for the new bridge"
FILLER = "The clerk read the minutes of the last meeting aloud. " * 8


@pytest.fixture(autouse=True)
def _files(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def source():
    return make_source(title="Minutes of May", url=ADDRESS)


def page(words=QUOTE, extra=""):
    return f"""<html lang="en"><head><title>Minutes</title></head><body>{extra}
<article><h1>Minutes</h1><p>{words}. {FILLER}</p></article></body></html>""".encode()


def look(source, answer=None):
    """What the worker finds."""
    capture = request_capture(actor=None, source=source)
    answers = {source.url: page() if answer is None else answer}
    return run_capture(capture_id=str(capture.pk), fetcher=FakeFetcher(answers))


def at(name, row):
    return reverse(f"reviews:{name}", args=[row.pk])


def text_of(response):
    return " ".join(response.content.decode().split())


def queries(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


class TestState:
    def test_a_new_source_says_that_nobody_has_looked(self, desk, source):
        shown = text_of(desk.get(source.get_absolute_url()))
        assert "Not looked at" in shown
        assert "Nobody has looked at its address yet." in shown
        assert "Look now" in shown

    def test_a_source_without_an_address_offers_no_look(self, desk):
        shown = text_of(desk.get(make_source(url="").get_absolute_url()))
        assert "It has no address to look at." in shown
        assert "Look now" not in shown

    @pytest.mark.parametrize(
        ("answers", "said"),
        [
            ([page()], "It says what the newest copy says."),
            ([page(), page("They voted no")], "It says something else than before."),
            ([BadAnswer("The page is not there any more (410).", 410)], "We have no copy."),
            ([page(), BadAnswer("It is not there (404).", 404)], "Our copies stay."),
            ([Unreachable("No answer.")] * 2, "2 times in a row"),
        ],
    )
    def test_each_state_is_told_in_words(self, desk, source, answers, said):
        for answer in answers:
            look(source, answer)
        assert said in text_of(desk.get(source.get_absolute_url()))

    def test_a_failure_is_told_with_another_try(self, desk, source):
        look(source, Unreachable("The site does not answer."))
        shown = text_of(desk.get(source.get_absolute_url()))
        assert "The site does not answer." in shown
        assert "Try again" in shown

    def test_where_it_moved_to_is_told(self, desk, source):
        look(source, Fetched(page(), "https://new.example/minutes", "text/html", "utf-8"))
        shown = text_of(desk.get(source.get_absolute_url()))
        assert "Its address leads elsewhere now" in shown
        assert "https://new.example/minutes" in shown

    def test_where_it_had_moved_to_is_told_as_past_once_it_is_not_reached(self, desk, source):
        look(source, Fetched(page(), "https://new.example/minutes", "text/html", "utf-8"))
        look(source, BadAnswer("It is gone (410).", 410))
        shown = text_of(desk.get(source.get_absolute_url()))
        assert "When it was last reached, its address led elsewhere" in shown

    def test_lost_words_are_marked_where_they_are_quoted(self, desk, source):
        look(source)
        make_evidence(make_claim(), source=source, quote=QUOTE, copy="")
        look(source, page("Nothing was decided"))
        shown = text_of(desk.get(source.get_absolute_url()))
        assert "The newest copy no longer has these words." in shown
        assert "1 quote from it is not in the newest copy as it was." in shown

    def test_it_takes_as_many_queries_for_much_as_for_little(self, desk, source):
        look(source)
        make_evidence(make_claim(), source=source, quote=QUOTE, copy="")
        once = queries(desk, source.get_absolute_url())
        for number in range(4):
            look(source, page(f"{QUOTE}, {number}"))
            make_evidence(make_claim(), source=source, quote=QUOTE, copy="")
        assert queries(desk, source.get_absolute_url()) == once


class TestList:
    LIST = reverse("reviews:list-sources")

    def test_sources_are_narrowed_by_how_they_stand(self, desk, source):
        make_source(title="Another", url="https://records.example/2")
        look(source, BadAnswer("It is gone (410).", 410))
        shown = text_of(desk.get(self.LIST, {"state": "gone"}))
        assert "Minutes of May" in shown
        assert "Another" not in shown

    def test_a_state_that_there_is_not_narrows_nothing(self, desk, source):
        assert source.title in text_of(desk.get(self.LIST, {"state": "lost"}))

    @pytest.mark.parametrize(("role", "count"), [(Role.REVIEWER, 0), (Role.EDITOR, 1)])
    def test_how_a_withheld_one_stands_is_for_those_who_may_see_it(self, client, role, count):
        fields = {"kind": SourceKind.WITHHELD, "withheld_reason": "They fear for their work."}
        look(make_source(url=ADDRESS, **fields))
        client.force_login(make_user(role))
        assert client.get(self.LIST, {"state": "here"}).context["page"].count == count
        assert text_of(client.get(self.LIST)).count('data-state="here"') == count


class TestLooking:
    def test_a_wish_is_queued_and_the_page_asks_by_itself(self, desk, editor, source):
        response = desk.post(at("look-at-source", source), follow=True)
        capture = Capture.objects.get(source=source)
        assert (capture.is_waiting, capture.requested_by) == (True, editor)
        shown = text_of(response)
        assert f'hx-get="{at("show-look", source)}"' in shown
        assert "Reload the page" in shown
        assert "Look now" not in shown

    def test_a_second_wish_is_the_same_look(self, desk, source):
        for _ in range(2):
            desk.post(at("look-at-source", source))
        assert Capture.objects.count() == 1

    def test_while_it_waits_the_notice_stays(self, desk, source):
        desk.post(at("look-at-source", source))
        assert "every 2s" in text_of(desk.get(at("show-look", source)))

    def test_when_it_has_ended_the_page_is_fetched_anew(self, desk, source):
        look(source)
        shown = text_of(desk.get(at("show-look", source)))
        assert "every 2s" not in shown
        assert 'hx-trigger="load"' in shown

    def test_without_an_address_the_wish_is_refused_in_words(self, desk):
        response = desk.post(at("look-at-source", make_source(url="")))
        assert response.status_code == 400
        assert "Upload a copy" in text_of(response)


class TestAddingByHand:
    def send(self, desk, source, content=b"Some words of the minutes.", name="minutes.txt"):
        file = SimpleUploadedFile(name, content)
        return desk.post(at("upload-copy", source), {"file": file}, follow=True)

    def test_a_file_is_kept(self, desk, source):
        shown = text_of(self.send(desk, source))
        assert "The copy is kept." in shown
        assert "minutes.txt" in shown
        assert source.snapshots.get().text.strip() == "Some words of the minutes."

    def test_the_same_again_is_said_to_be_enough(self, desk, source):
        self.send(desk, source)
        assert "it is enough" in text_of(self.send(desk, source))
        assert source.snapshots.count() == 1

    @pytest.mark.parametrize(
        ("content", "said"),
        [(b"", "The file is empty."), (b"x" * 2001, "larger than 0.002 MB")],
    )
    def test_a_refusal_stands_at_the_field(self, desk, source, settings, content, said):
        settings.ASSAY_MAX_SOURCE_BYTES = 2000
        response = self.send(desk, source, content)
        assert response.status_code == 400
        assert said in text_of(response)
        assert not source.snapshots.exists()

    def test_a_form_without_a_file_is_refused(self, desk, source):
        assert desk.post(at("upload-copy", source)).status_code == 400

    def test_a_pasted_text_is_kept(self, desk, source):
        desk.post(at("paste-copy", source), {"copy": "Line one.\r\nLine two."})
        assert source.snapshots.get().text == "Line one.\nLine two."

    def test_an_empty_text_is_refused(self, desk, source):
        assert desk.post(at("paste-copy", source), {"copy": " \n"}).status_code == 400
        assert not source.snapshots.exists()


class TestCopies:
    def test_a_copy_tells_how_it_came_and_what_it_is(self, desk, source):
        copy = look(source).snapshot
        shown = text_of(desk.get(source.get_absolute_url()))
        for fact in ("Fetched", "Web page", ADDRESS, copy.sha256):
            assert fact in shown

    def test_its_text_marks_what_is_quoted(self, desk, source):
        copy = look(source).snapshot
        make_evidence(make_claim(), source=source, quote=QUOTE, copy="")
        assert f"<mark>{QUOTE}</mark>" in text_of(desk.get(at("show-copy", copy)))

    def test_what_else_the_page_shows_stands_apart_and_is_marked_too(self, desk, source):
        aside = "<aside>Votes are counted by the clerk of the house.</aside>"
        copy = look(source, page(extra=aside)).snapshot
        quote = "counted by the clerk"
        make_evidence(make_claim(), source=source, quote=quote, copy="")
        shown = text_of(desk.get(at("show-copy", copy))).partition("What else the page shows")
        assert f"<mark>{quote}</mark>" in shown[2]
        assert quote not in shown[0]

    def test_what_has_no_words_says_so(self, desk, source):
        picture = b"\x89PNG\r\n\x1a\n" + b"\x00" * 100
        copy = upload_copy(actor=make_user(), source=source, content=picture, file_name="a.png")
        assert "there are no words in it to quote" in text_of(desk.get(at("show-copy", copy)))
        assert desk.get(at("view-copy", copy)).status_code == 404

    def test_what_changed_is_shown_from_the_copy_before(self, desk, source):
        look(source)
        copy = look(source, page("The council voted six to five for the new bridge")).snapshot
        shown = text_of(desk.get(at("compare-copies", copy)))
        assert "<ins>six to five</ins>" in shown

    def test_the_first_copy_has_nothing_to_be_compared_with(self, desk, source):
        copy = look(source).snapshot
        assert desk.get(at("compare-copies", copy)).status_code == 404
        assert "What changed" not in text_of(desk.get(source.get_absolute_url()))

    def test_texts_too_long_to_be_compared_say_so(self, desk, source, monkeypatch):
        monkeypatch.setattr("sources.archive.changes.MOST_LINES", 0)
        look(source)
        copy = look(source, page("Another")).snapshot
        assert "too long to be compared" in text_of(desk.get(at("compare-copies", copy)))


class TestFiles:
    HOSTILE = (
        "<script>steal()</script><img src='https://spy.example/1.png' alt='The bridge'>"
        "<a href='javascript:steal()'>a</a><iframe src='https://spy.example'></iframe>"
        "<form action='/'><button>b</button></form><p onclick='steal()' style='color:red'>Hall</p>"
    )

    def test_a_view_holds_the_words_and_nothing_that_acts(self, desk, source):
        copy = look(source, page(extra=self.HOSTILE)).snapshot
        response = desk.get(at("view-copy", copy))
        shown = text_of(response)
        assert QUOTE in shown
        for word in ("steal", "spy.example", "<img", "<form", "onclick", "javascript", "<script"):
            assert word not in shown
        assert response["Content-Security-Policy"].endswith("sandbox")
        assert "img-src" not in response["Content-Security-Policy"]

    def test_a_view_says_of_which_page_and_when_it_is_a_copy(self, desk, source):
        copy = look(source).snapshot
        assert f"This is a copy of {ADDRESS}, kept" in text_of(desk.get(at("view-copy", copy)))

    def test_a_view_reads_the_encoding_that_the_server_named(self, desk, source):
        content = page("Заседание совета").decode().encode("windows-1251")
        header = (("Content-Type", "text/html; charset=windows-1251"),)
        answer = Fetched(content, ADDRESS, "text/html", "windows-1251", 200, header)
        copy = look(source, answer).snapshot
        assert "Заседание совета" in text_of(desk.get(at("view-copy", copy)))

    def test_a_download_is_the_bytes_as_a_file(self, desk, source):
        copy = look(source, page(extra=self.HOSTILE)).snapshot
        response = desk.get(at("download-copy", copy))
        assert response.content == page(extra=self.HOSTILE)
        assert response["Content-Type"] == "application/octet-stream"
        assert response["Content-Disposition"] == f'attachment; filename="{copy.sha256}.html"'
        assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"

    def test_a_warc_is_sent_as_a_file(self, desk, source):
        response = desk.get(at("download-warc", look(source).snapshot))
        assert response.content.startswith(b"\x1f\x8b")
        assert response["Content-Disposition"].endswith('.warc.gz"')

    def test_a_copy_added_by_hand_has_no_warc(self, desk, source):
        copy = add_snapshot(actor=make_user(), source=source, text="Words.")
        assert desk.get(at("download-warc", copy)).status_code == 404

    @pytest.mark.parametrize("name", ["view-copy", "download-copy", "download-warc"])
    @pytest.mark.parametrize("harm", ["lost", "damaged"])
    def test_a_file_that_is_lost_or_damaged_says_what_to_do(self, desk, source, name, harm):
        copy = look(source).snapshot
        for file in (copy.content, copy.warc):
            Path(file.path).write_bytes(b"x") if harm == "damaged" else Path(file.path).unlink()
        response = desk.get(at(name, copy))
        assert response.status_code == 410
        assert "check_copies" in text_of(response)
        assert "Read its text" in text_of(response)


class TestWithheld:
    PAGES = ("show-copy", "compare-copies", "view-copy", "download-copy", "download-warc")

    @pytest.fixture
    def withheld(self):
        fields = {"kind": SourceKind.WITHHELD, "withheld_reason": "They fear for their work."}
        source = make_source(title="Quillon", url="https://quillon.example/1", **fields)
        look(source)
        look(source, BadAnswer("quillon.example is gone.", 404))
        look(source, page("The whole of it was written anew"))
        return source

    @pytest.mark.parametrize("name", PAGES)
    def test_copies_are_for_those_who_may_see_the_source(self, client, withheld, name):
        copy = withheld.snapshots.first()
        for role, status in ((Role.REVIEWER, 404), (Role.EDITOR, 200)):
            client.force_login(make_user(role))
            assert client.get(at(name, copy)).status_code == status

    def test_its_page_tells_others_nothing_of_its_state(self, client, withheld):
        client.force_login(make_user(Role.REVIEWER))
        shown = text_of(client.get(withheld.get_absolute_url()))
        assert "Only editors see the copies" in shown
        assert "quillon" not in shown.lower()

    @pytest.mark.parametrize("name", ["look-at-source", "upload-copy", "paste-copy"])
    def test_others_cannot_act_on_it(self, client, withheld, name):
        client.force_login(make_user(Role.REVIEWER))
        assert client.post(at(name, withheld), {"copy": "Words"}).status_code == 404
