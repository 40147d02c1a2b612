"""Many articles at once, and feeds, at the desk: progress that can be left, another try, calling it off."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.roles import Role
from articles.ingest.fetch_double import FakeFetcher
from articles.models import Batch, Feed, Import, ImportState
from claims.services import follow_feed, run_import, start_batch
from tests.articles.pages import page
from tests.factories import TEXT, make_user

pytestmark = pytest.mark.django_db
SITE = "https://example.com/news"
ADD = "/desk/articles/batches/new/"
FEEDS = "/desk/articles/feeds/"


@pytest.fixture
def desk(client):
    client.force_login(make_user(Role.CONTRIBUTOR))
    return client


def make_batch(count=2, done=0):
    addresses = [f"{SITE}/{number}" for number in range(count)]
    batch = start_batch(actor=None, addresses="\n".join(addresses))
    for item in batch.imports.order_by("line")[:done]:
        fetcher = FakeFetcher({item.address: page(title=item.address).encode()})
        run_import(import_id=str(item.pk), fetcher=fetcher)
    return batch


def read(desk, thing, query=""):
    return desk.get(f"{thing.get_absolute_url()}{query}").content.decode()


def act(desk, name, thing, **fields):
    return desk.post(reverse(f"reviews:{name}", args=[thing.pk]), fields)


def test_a_list_becomes_a_batch_with_a_page_of_its_own(desk):
    answer = desk.post(ADD, {"addresses": f"{SITE}/1\nnonsense\n"})
    batch = Batch.objects.get()
    assert (answer.status_code, answer.url) == (302, batch.get_absolute_url())
    assert "Line 2: " in read(desk, batch)


def test_several_files_are_taken_at_once(desk):
    files = [SimpleUploadedFile(name, TEXT.encode()) for name in ("a.txt", "b.txt")]
    desk.post(ADD, {"uploads": files})
    assert list(Import.objects.order_by("line").values_list("file_name", flat=True)) == [
        "a.txt",
        "b.txt",
    ]


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Give addresses"),
        ({"addresses": "nonsense"}, "Line 1"),
        ({"addresses": "# none"}, "Give addresses"),
    ],
)
def test_what_is_nothing_is_said_at_the_form(desk, fields, words):
    answer = desk.post(ADD, fields)
    assert answer.status_code == 400
    assert words in answer.content.decode()


def test_a_file_that_is_too_large_is_named(desk, settings):
    settings.ASSAY_MAX_ARTICLE_BYTES = 10
    answer = desk.post(ADD, {"uploads": [SimpleUploadedFile("long.txt", bytes(200))]})
    assert "long.txt" in answer.content.decode()


def test_progress_moves_while_any_waits_and_rests_when_none_does(desk):
    assert "1 of 2" in read(desk, make_batch(2, done=1))
    html = read(desk, make_batch(0 + 1, done=1))
    assert "1 of 1" in html
    assert "hx-trigger" not in html.partition('id="imports"')[2].partition(">")[0]


def test_a_page_shows_one_state(desk):
    html = read(desk, make_batch(2, done=1), "?state=done")
    assert f"{SITE}/0" in html
    assert f"Call off: {SITE}/1" not in html


def test_a_state_that_is_none_shows_all(desk):
    assert f"{SITE}/1" in read(desk, make_batch(2), "?state=nonsense")


def test_what_waits_is_called_off_and_gone_on_with(desk):
    batch = make_batch(3, done=1)
    act(desk, "cancel-batch", batch)
    assert "Go on with the 2 called off" in read(desk, batch)
    act(desk, "retry-batch", batch, state="cancelled")
    assert Import.objects.by_state()["queued"] == 2


def test_one_import_is_called_off(desk):
    item = make_batch(1).imports.get()
    act(desk, "cancel-import", item)
    item.refresh_from_db()
    assert item.state == ImportState.CANCELLED


def test_a_feed_is_followed_from_its_form(desk):
    answer = desk.post(FEEDS, {"url": "https://example.com/rss", "every_minutes": 360})
    feed = Feed.objects.get()
    assert (answer.url, feed.every_minutes, feed.takes_all) == (feed.get_absolute_url(), 360, False)


def test_a_feed_that_is_followed_already_is_said_at_the_form(desk):
    follow_feed(actor=None, address="https://example.com/rss")
    answer = desk.post(FEEDS, {"url": "https://example.com/rss", "every_minutes": 60})
    assert answer.status_code == 400
    assert "followed already" in answer.content.decode()


@pytest.mark.parametrize(
    ("fields", "is_active", "minutes"),
    [
        ({"action": "stop"}, False, 60),
        ({"action": "look"}, True, 60),
        ({"every_minutes": "1440"}, True, 1440),
        ({"every_minutes": "1"}, True, 60),
    ],
)
def test_how_a_feed_is_followed_can_be_changed(desk, fields, is_active, minutes):
    feed = follow_feed(actor=None, address="https://example.com/rss")
    act(desk, "change-feed", feed, **fields)
    feed.refresh_from_db()
    assert (feed.is_active, feed.every_minutes) == (is_active, minutes)


def test_a_feed_that_could_not_be_read_says_why(desk):
    feed = follow_feed(actor=None, address="https://example.com/rss")
    Feed.objects.filter(pk=feed.pk).update(error="It did not arrive in time.", failures=1)
    assert "did not arrive in time" in read(desk, feed)
    assert "did not arrive in time" in desk.get(FEEDS).content.decode()


def test_lists_take_as_many_queries_for_many_as_for_one(desk, django_assert_max_num_queries):
    batch = make_batch(6, done=3)
    with django_assert_max_num_queries(8):
        read(desk, batch)
