"""A site whose pages change, move, vanish, stall and lie: the source's page tells each rightly, and claims are flagged."""

import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.test import Client
from playwright.sync_api import Page, expect

from accounts.models import User
from claims.models import Claim
from sources.captures import request_capture, run_capture
from sources.models import Source, SourceState
from tests.articles.foreign import http, moved, serving
from tests.factories import make_claim, make_evidence, make_source, make_user
from tests.journeys.conftest import Visitor

Answers = dict[str, Any]
QUOTE = "The council voted nine to two for the new bridge"
FILLER = "The clerk read the minutes of the last meeting aloud. " * 8


def minutes(words: str = QUOTE) -> bytes:
    body = f"<p>{words} on the fourth of May.</p><p>{FILLER}</p>"
    page = f"<html lang='en'><head><title>Minutes of May</title></head><body><article>{body}</article></body></html>"
    return http(page.encode())


@pytest.fixture
def answers() -> Answers:
    return {"/minutes": minutes()}


@pytest.fixture
def site(answers: Answers, settings: Any, tmp_path: Any) -> Iterator[str]:
    settings.MEDIA_ROOT = tmp_path
    settings.ASSAY_PRIVATE_HOSTS = ["127.0.0.1"]
    settings.ASSAY_FETCH_SECONDS = 2
    with serving(answers) as (port, _):
        yield f"http://127.0.0.1:{port}"


@pytest.fixture
def stall() -> Iterator[Callable[[Any], None]]:
    """An answer that does not come while the test runs."""
    ended = threading.Event()
    yield lambda _wire: bool(ended.wait(60)) or None
    ended.set()


@pytest.mark.journey
def test_a_page_changes_moves_and_vanishes_before_an_editors_eyes(
    visitor: Callable[[], Visitor],
    people: dict[str, User],
    work_off: Callable[[], None],
    site: str,
    answers: Answers,
) -> None:
    source = make_source(title="Minutes", url=f"{site}/minutes")
    claim = make_claim()
    page = visitor().sign_in(people["eve"]).page
    page.goto(source.get_absolute_url())
    look(page, work_off)
    expect(page.get_by_text("It says what the newest copy says.")).to_be_visible()
    make_evidence(claim, source=source, quote=QUOTE, copy="")

    answers["/minutes"] = minutes("The council voted six to five for the new bridge")
    look(page, work_off)
    expect(page.get_by_text("It says something else than before.")).to_be_visible()
    expect(page.get_by_text("The newest copy has these words only nearly.")).to_be_visible()
    see_what_changed(page)

    answers |= {"/minutes": moved("/archive"), "/archive": minutes("Nothing was put to the vote")}
    look(page, work_off)
    expect(page.get_by_text("Its address leads elsewhere now")).to_be_visible()
    expect(page.get_by_text("The newest copy no longer has these words.")).to_be_visible()

    answers["/minutes"] = http(b"", status="410 Gone")
    look(page, work_off)
    expect(page.get_by_text("Its address says that it is gone. Our copies stay.")).to_be_visible()
    expect(page.get_by_role("button", name="Try again")).to_be_visible()
    page.goto(claim.get_absolute_url())
    flag = page.locator(".note .flag")
    expect(flag).to_contain_text("no longer has the words quoted here")
    expect(flag).to_contain_text("is gone. Our copies of it stay.")


def look(page: Page, work_off: Callable[[], None]) -> None:
    """Ask for a look, and wait: the page fills in by itself."""
    page.locator("#source-state button").click()
    expect(page.get_by_text("It is being looked at.")).to_be_visible()
    work_off()
    expect(page.get_by_text("It is being looked at.")).to_have_count(0)


def see_what_changed(page: Page) -> None:
    page.get_by_role("link", name="What changed").first.click()
    expect(page.locator("del")).to_have_text("nine to two")
    expect(page.locator("ins")).to_have_text("six to five")
    page.go_back()


DOOR = b"<html><body><form><input type='password' name='p'><button>Sign in</button></form></body></html>"
PROGRAM = b"MZ\x90\x00" + bytes(range(256)) * 8
PICTURE = b"\x89PNG\r\n\x1a\n" + b"\x00" * 64


@pytest.mark.django_db
class TestStates:
    """What each answer of a site makes of a source, seen by an editor."""

    @pytest.fixture
    def source(self, site: str) -> Source:
        return make_source(title="Minutes", url=f"{site}/minutes")

    @pytest.fixture
    def ask(self, client: Client, source: Source) -> Callable[[], str]:
        client.force_login(make_user("editor"))

        def ask() -> str:
            run_capture(capture_id=str(request_capture(actor=None, source=source).pk))
            source.refresh_from_db()
            shown = client.get(source.get_absolute_url())
            assert shown.status_code == 200
            return " ".join(shown.content.decode().split())

        return ask

    @pytest.mark.parametrize(
        ("answer", "state", "said"),
        [
            (http(b"", status="404 Not Found"), SourceState.GONE, "Its address says that it is gone."),
            (http(b"", status="503 Away"), SourceState.UNREACHABLE, "answers with an error (503)"),
            (http(DOOR), SourceState.UNREACHABLE, "This page asks to sign in"),
            (moved("/minutes"), SourceState.UNREACHABLE, "sends on more than"),
            (moved("http://10.0.0.1/"), SourceState.UNREACHABLE, "Try again"),
            (http(PICTURE), SourceState.HERE, "image/png"),
            (http(PROGRAM), SourceState.HERE, "Download"),
            (http(PROGRAM, Content_Type="image/png"), SourceState.HERE, "Download"),
            (http(b"x" * 10, length=300_000_000), SourceState.UNREACHABLE, "Try again"),
        ],
    )  # fmt: skip
    def test_each_answer_is_told_rightly(
        self, ask: Any, source: Source, answers: Answers, answer: bytes, state: str, said: str
    ) -> None:
        answers["/minutes"] = answer
        assert said in ask()
        assert source.state == state

    def test_a_site_that_stalls_is_not_waited_for(
        self, ask: Any, source: Source, answers: Answers, stall: Any
    ) -> None:
        answers["/minutes"] = stall
        assert "did not answer as it should" in ask()
        assert source.state == SourceState.UNREACHABLE

    def test_a_page_that_comes_back_is_as_it_was_kept(
        self, ask: Any, source: Source, answers: Answers
    ) -> None:
        ask()
        page, answers["/minutes"] = answers["/minutes"], http(b"", status="410 Gone")
        ask()
        answers["/minutes"] = page
        assert "It says what the newest copy says." in ask()
        assert source.snapshots.count() == 1

    def test_claims_are_flagged_when_a_page_is_gone_and_not_for_one_bad_day(
        self, ask: Any, source: Source, answers: Answers
    ) -> None:
        ask()
        claim: Claim = make_claim()
        make_evidence(claim, source=source, quote=QUOTE, copy="")
        answers["/minutes"] = http(b"", status="503 Away")
        ask()
        claim.refresh_from_db()
        assert claim.flag == ""
        answers["/minutes"] = http(b"", status="404 Not Found")
        ask()
        claim.refresh_from_db()
        assert "is gone" in claim.flag
