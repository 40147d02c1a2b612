"""A site that changes, moves, vanishes, stalls and lies about its types, seen from the desk's source page."""

import threading

import pytest

from accounts.roles import Role
from claims.kinds import Status
from claims.models import Claim
from sources.captures import request_capture, run_capture
from sources.models import QuoteCheck
from sources.naming import add_source_named
from tests.articles.foreign import http, serving
from tests.factories import make_claim, make_evidence, make_user

pytestmark = pytest.mark.django_db
QUOTE = "The council voted nine to two for the new bridge"
FILLER = "The clerk read the minutes of the last meeting aloud. " * 8


def page(words):
    return f"<html><head><title>Minutes</title></head><body><article><p>{words} {FILLER}</p></article></body></html>".encode()


class Site(dict):
    """What stands at each address; whatever is not named is not there."""

    def __init__(self):
        super().__init__()
        self.let_go = threading.Event()

    def get(self, path, other=None):
        answer = super().get(path)
        if answer == "stall":
            self.let_go.wait(20)
            return http(b"")
        return answer or http(b"Not found", status="404 Not Found")


@pytest.fixture
def desk(settings, tmp_path, client):
    settings.MEDIA_ROOT = tmp_path
    settings.ASSAY_PRIVATE_HOSTS = ["127.0.0.1"]
    settings.ASSAY_FETCH_SECONDS = 1
    client.force_login(make_user(Role.EDITOR))
    return client


@pytest.fixture
def site():
    site = Site()
    with serving(site) as (port, _):
        site.root = f"http://127.0.0.1:{port}"
        yield site
        site.let_go.set()


class Watched:
    """A source at the site, a published claim that leans on it, and the page of the desk about it."""

    def __init__(self, desk, site):
        self.desk, self.site = desk, site
        site["/minutes"] = http(page(f"{QUOTE} on the fourth of May."))
        self.source = add_source_named(actor=make_user(), name=f"{site.root}/minutes")
        self.look()
        self.evidence = make_evidence(make_claim(), source=self.source, quote=QUOTE, copy="")
        Claim.objects.update(status=Status.PUBLISHED)

    def look(self):
        capture = request_capture(actor=None, source=self.source, is_recheck=True)
        run_capture(capture_id=str(capture.pk))
        self.source.refresh_from_db()

    @property
    def shown(self):
        return self.desk.get(self.source.get_absolute_url()).content.decode()

    @property
    def flag(self):
        return Claim.objects.get(pk=self.evidence.claim_id).flag


@pytest.fixture
def watched(desk, site):
    return Watched(desk, site)


def test_a_page_that_stays_is_shown_as_kept_with_its_words(watched):
    assert watched.evidence.quote_check == QuoteCheck.VERIFIED
    assert "As it was kept" in watched.shown
    assert watched.source.title == "Minutes"


def test_a_page_that_changes_shows_both_copies_and_flags_the_claim(watched):
    watched.site["/minutes"] = http(page("The council voted eight to three against the bridge."))
    watched.look()
    assert "Changed" in watched.shown
    assert QUOTE in watched.shown
    assert "no longer has the words" in watched.flag


def test_a_page_that_moves_says_where_it_leads_now(watched):
    watched.site["/new"] = http(page(f"{QUOTE} on the fourth of May."))
    watched.site["/minutes"] = http(b"", status="301 Moved", **{"Location": "/new"})
    watched.look()
    assert f"{watched.site.root}/new" in watched.shown
    assert watched.flag == ""


def test_a_page_that_vanishes_is_gone_and_the_copy_stays(watched):
    del watched.site["/minutes"]
    watched.look()
    assert "Gone" in watched.shown
    assert QUOTE in watched.shown
    assert "is gone" in watched.flag


def test_a_page_that_stalls_is_not_reached_and_only_the_third_time_is_flagged(watched):
    watched.site["/minutes"] = "stall"
    flags = []
    for _ in range(3):
        watched.look()
        flags.append(watched.flag)
    assert "Could not be reached" in watched.shown
    assert [bool(flag) for flag in flags] == [False, False, True]


def test_a_picture_that_calls_itself_a_page_is_shown_as_a_picture(watched):
    watched.site["/minutes"] = http(b"\x89PNG\r\n\x1a\n" + b"\x00" * 99)
    watched.look()
    assert "image/png" in watched.shown
    assert "no longer has the words" in watched.flag


def test_a_page_that_asks_to_sign_in_makes_no_copy(watched):
    watched.site["/minutes"] = http(b"<html><body>Sign in <input type='password'></body></html>")
    watched.look()
    assert "Could not be reached" in watched.shown
    assert "asks to sign in" in watched.shown
    assert watched.source.snapshots.count() == 1
