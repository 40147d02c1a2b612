"""A followed feed brings in what is new, each article once, and is asked less often when it fails."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from articles.ingest.fetch_double import FakeFetcher
from articles.ingest.fetch_errors import TooSlow
from articles.models import Feed, FeedKind, Import
from claims.services import change_feed, check_feed, follow_feed, look_now, queue_due_feeds
from claims.services.feeds import MOST_AT_ONCE
from tests.articles.test_feed_reader import rss, sitemap
from tests.factories import make_user

pytestmark = pytest.mark.django_db
HERE = "https://example.com/feed"


def follow(**options):
    return follow_feed(actor=make_user(), address=HERE, **options)


def look(feed, *links, **answers):
    items = rss(*(f"<link>/{link}</link>" for link in links))
    return check_feed(feed_id=str(feed.pk), fetcher=FakeFetcher({HERE: items, **answers}))


def asked_for():
    return [item.address.rpartition("/")[2] for item in Import.objects.order_by("pk")]


def test_what_was_there_at_the_first_look_stays_out():
    feed = follow()
    look(feed, "b", "a")
    look(feed, "c", "b", "a")
    assert asked_for() == ["c"]


def test_what_was_there_comes_in_if_it_is_wanted_the_oldest_first():
    look(follow(takes_all=True), "b", "a")
    assert asked_for() == ["a", "b"]


def test_a_feed_that_repeats_itself_brings_nothing_twice():
    feed = follow(takes_all=True)
    for _ in range(3):
        look(feed, "a", "a", "b")
    assert sorted(asked_for()) == ["a", "b"]


def test_a_long_feed_comes_in_by_parts():
    feed = follow(takes_all=True)
    links = [str(number) for number in range(MOST_AT_ONCE + 10)]
    feed = look(feed, *links)
    assert (len(asked_for()), feed.due_at <= timezone.now()) == (MOST_AT_ONCE, True)
    look(feed, *links)
    assert len(set(asked_for())) == MOST_AT_ONCE + 10


def test_a_page_leads_to_its_feed_which_is_followed_from_then_on():
    feed = follow_feed(actor=None, address="https://example.com/")
    home = (
        b"<html><head><link rel='alternate' type='application/rss+xml' href='/feed'></head></html>"
    )
    feed = look(feed, "a", **{"https://example.com/": home})
    assert (feed.address, feed.kind, feed.title) == (HERE, FeedKind.FEED, "The Post")


def test_an_index_of_sitemaps_is_read_through():
    index = b"<sitemapindex><sitemap><loc>https://example.com/1.xml</loc></sitemap></sitemapindex>"
    pages = sitemap("<loc>https://example.com/a</loc>")
    fetcher = FakeFetcher({HERE: index, "https://example.com/1.xml": pages})
    feed = check_feed(feed_id=str(follow(takes_all=True).pk), fetcher=fetcher)
    assert (feed.kind, asked_for()) == (FeedKind.SITEMAP, ["a"])


def index_of(*names):
    places = "".join(f"<sitemap><loc>https://example.com/{name}</loc></sitemap>" for name in names)
    return f"<sitemapindex>{places}</sitemapindex>".encode()


def test_an_index_that_leads_to_itself_is_read_once():
    other = "https://example.com/other.xml"
    fetcher = FakeFetcher({HERE: index_of("feed", "other.xml"), other: index_of("feed")})
    feed = check_feed(feed_id=str(follow(takes_all=True).pk), fetcher=fetcher)
    assert (feed.error, fetcher.asked) == ("", [HERE, other])


def test_one_broken_sitemap_of_an_index_stops_none_of_the_others():
    pages = sitemap("<loc>https://example.com/a</loc>")
    fetcher = FakeFetcher({HERE: index_of("gone.xml", "1.xml"), "https://example.com/1.xml": pages})
    feed = check_feed(feed_id=str(follow(takes_all=True).pk), fetcher=fetcher)
    assert (feed.error, asked_for()) == ("", ["a"])


def test_an_index_of_which_nothing_can_be_read_fails_in_words():
    feed = check_feed(
        feed_id=str(follow().pk), fetcher=FakeFetcher({HERE: index_of("1.xml", "2.xml")})
    )
    assert "404" in feed.error


def test_entries_that_come_again_under_other_numbers_bring_nothing_twice():
    feed = follow(takes_all=True)
    for number in range(3):
        items = rss(f"<guid>{number}</guid><link>/a?utm_content={number}</link>")
        check_feed(feed_id=str(feed.pk), fetcher=FakeFetcher({HERE: items}))
    assert asked_for() == ["a"]


@pytest.mark.parametrize("answer", [TooSlow("It did not arrive in time."), b"<p>no feed</p>"])
def test_a_failure_is_kept_in_words_and_waits_longer_each_time(answer):
    feed = follow(every_minutes=60)
    fetcher = FakeFetcher({HERE: answer})
    waits = []
    for _ in range(3):
        feed = check_feed(feed_id=str(feed.pk), fetcher=fetcher)
        waits.append(round((feed.due_at - timezone.now()) / timedelta(hours=1)))
    assert (bool(feed.error), feed.failures, waits) == (True, 3, [2, 4, 8])
    feed = look(feed, "a")
    assert (feed.error, feed.failures) == ("", 0)


def test_a_feed_is_followed_once():
    follow()
    with pytest.raises(ValidationError, match="followed already"):
        follow_feed(actor=None, address=f"{HERE}#top")


@pytest.mark.parametrize("minutes", [0, 4, 10**9])
def test_a_pace_out_of_bounds_is_refused(minutes):
    with pytest.raises(ValidationError, match="Between"):
        follow(every_minutes=minutes)


def test_a_feed_that_is_not_followed_is_left_alone():
    feed = change_feed(actor=None, feed=follow(), is_active=False, every_minutes=60)
    fetcher = FakeFetcher({})
    check_feed(feed_id=str(feed.pk), fetcher=fetcher)
    assert (fetcher.asked, queue_due_feeds()) == ([], 0)
    with pytest.raises(ValidationError, match="Follow it again"):
        look_now(actor=None, feed=feed)


def test_feeds_whose_time_has_come_are_queued_once():
    from procrastinate.contrib.django.models import ProcrastinateJob

    feed = follow()
    Feed.objects.filter(pk=feed.pk).update(due_at=timezone.now())
    queue_due_feeds()
    queue_due_feeds()
    jobs = ProcrastinateJob.objects.filter(task_name="claims.tasks.look_at_feed")
    assert jobs.filter(args__feed_id=str(feed.pk)).count() == 1
