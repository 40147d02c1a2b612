"""Feeds and sitemaps that the desk follows: look at one, take what is new, try again later when that fails."""

import logging
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from articles.fetching import load_fetcher
from articles.ingest.feed_reader import Entry, FeedDocument, UnreadableFeed, read_feed
from articles.ingest.fetch import Fetcher
from articles.ingest.fetch_errors import FetchError
from articles.models import Feed, FeedEntry, FeedKind
from audit.services import record
from claims.services.batches import chunks, imports_of_feed, queue_imports
from claims.services.imports import BROKEN, plain_address

logger = logging.getLogger(__name__)
#: Articles that one look brings in; what is left comes with the next.
MOST_AT_ONCE = 200
#: Sitemaps of an index that one look reads, newest first.
MOST_SITEMAPS = 20
LONGEST_PAUSE = timedelta(days=1)
LEAST_MINUTES, MOST_MINUTES = 5, 10_080


@dataclass(frozen=True, slots=True)
class _Look:
    """What was found, and at which address in the end."""

    address: str
    document: FeedDocument
    entries: Sequence[Entry]


@transaction.atomic
def follow_feed(
    *, actor: User | None, address: str, every_minutes: int = 60, takes_all: bool = False
) -> Feed:
    """Follow the feed or sitemap at this address, or the one that its page names. It is looked at by the worker."""
    address = plain_address(address)
    _refuse_pace(every_minutes)
    if Feed.objects.filter(address=address).exists():
        raise ValidationError({"url": "This feed is followed already."})
    feed = Feed.objects.create(
        address=address, every_minutes=every_minutes, takes_all=takes_all, added_by=actor
    )
    record(
        "feed.followed",
        feed,
        actor=actor,
        after={"address": address, "every_minutes": every_minutes},
    )
    _queue(feed)
    return feed


@transaction.atomic
def change_feed(*, actor: User | None, feed: Feed, is_active: bool, every_minutes: int) -> Feed:
    """Stop following, follow again, or look at another pace. Following again looks at once."""
    _refuse_pace(every_minutes)
    feed = Feed.objects.select_for_update().get(pk=feed.pk)
    before = {"is_active": feed.is_active, "every_minutes": feed.every_minutes}
    after = {"is_active": is_active, "every_minutes": every_minutes}
    if before == after:
        return feed
    feed.is_active, feed.every_minutes = is_active, every_minutes
    feed.due_at = _next_look(feed)
    feed.save(update_fields=["is_active", "every_minutes", "due_at"])
    record("feed.changed", feed, actor=actor, before=before, after=after)
    return feed


@transaction.atomic
def look_now(*, actor: User | None, feed: Feed) -> Feed:
    """Look at the feed as soon as a worker is free."""
    feed = Feed.objects.select_for_update().get(pk=feed.pk)
    if not feed.is_active:
        raise ValidationError("This feed is not followed at present. Follow it again first.")
    record("feed.asked", feed, actor=actor)
    _queue(feed)
    return feed


def queue_due_feeds() -> int:
    """A job for each feed whose time has come. A feed that waits for its job gets no second one."""
    due = list(Feed.objects.due()[:100])
    for feed in due:
        _queue(feed)
    return len(due)


def check_feed(*, feed_id: str, fetcher: Fetcher | None = None) -> Feed:
    """Look at a feed and queue what is new in it. Safe to run twice; a failure is kept, in words."""
    feed = Feed.objects.get(pk=feed_id)
    if not feed.is_active:
        return feed
    try:
        return _take(feed, _look(feed, fetcher or load_fetcher()))
    except (FetchError, UnreadableFeed) as error:
        return _fail(feed, str(error))
    except Exception:
        logger.exception("feed %s failed", feed_id)
        return _fail(feed, BROKEN)


def _look(feed: Feed, fetcher: Fetcher) -> "_Look":
    """The feed as it stands; through a page to its feed, and through an index to its sitemaps."""
    address, document = feed.address, _fetch(feed.address, fetcher)
    if document.kind == "page":
        address = document.more[0]
        if Feed.objects.filter(address=address).exists():
            raise UnreadableFeed(f"The feed of this page is followed already: {address}")
        document = _fetch(address, fetcher)
    entries = [*document.entries, *_of_index(document, address, fetcher)]
    return _Look(address, document, entries)


def _of_index(document: FeedDocument, address: str, fetcher: Fetcher) -> list[Entry]:
    """What an index's newest sitemaps name. One that cannot be read stops none of the others."""
    entries: list[Entry] = []
    failure: Exception | None = None
    sitemaps = [one for one in document.more if one != address][:MOST_SITEMAPS]
    for sitemap in sitemaps if document.kind == "index" else ():
        try:
            entries += _fetch(sitemap, fetcher).entries
        except (FetchError, UnreadableFeed) as error:
            failure = error
    if failure and not entries:
        raise failure
    return entries


def _fetch(address: str, fetcher: Fetcher) -> FeedDocument:
    fetched = fetcher.fetch(address)
    return read_feed(fetched.content, fetched.address)


@transaction.atomic
def _take(feed: Feed, look: _Look) -> Feed:
    feed = Feed.objects.select_for_update().get(pk=feed.pk)
    fresh = _unseen(feed, look.entries)
    is_passed_over = feed.checked_at is None and not feed.takes_all
    wanted = [] if is_passed_over else fresh[:MOST_AT_ONCE]
    seen = fresh if is_passed_over else wanted
    FeedEntry.objects.bulk_create(
        [FeedEntry(feed=feed, address=address) for address in seen], batch_size=1000
    )
    queue_imports(imports_of_feed(feed, wanted))
    feed.address, feed.title = look.address, look.document.title or feed.title
    feed.kind = FeedKind.FEED if look.document.kind == "feed" else FeedKind.SITEMAP
    feed.checked_at, feed.error, feed.failures = timezone.now(), "", 0
    feed.due_at = timezone.now() if len(fresh) > len(seen) else _next_look(feed)
    feed.save()
    if wanted:
        record("feed.read", feed, actor=None, after={"new": len(wanted)})
    return feed


def _unseen(feed: Feed, entries: Sequence[Entry]) -> list[str]:
    """Addresses that the feed never named before, the oldest first as far as it says."""
    addresses = dict.fromkeys(entry.address for entry in entries)
    known: set[str] = set()
    for chunk in chunks(list(addresses)):
        known |= set(feed.entries.filter(address__in=chunk).values_list("address", flat=True))
    dated = {entry.address: entry.published_at for entry in entries}
    fresh = [address for address in addresses if address not in known]
    fresh.reverse()
    return sorted(fresh, key=lambda a: moment.timestamp() if (moment := dated[a]) else 0.0)


@transaction.atomic
def _fail(feed: Feed, error: str) -> Feed:
    """Written down, and asked less and less often until it answers."""
    feed = Feed.objects.select_for_update().get(pk=feed.pk)
    feed.error, feed.failures = error[:2000], feed.failures + 1
    feed.due_at = _next_look(feed)
    feed.save(update_fields=["error", "failures", "due_at"])
    if feed.failures == 1:
        record("feed.failed", feed, actor=None, after={"error": feed.error})
    return feed


def _next_look(feed: Feed) -> datetime:
    pause = timedelta(minutes=feed.every_minutes) * 2 ** min(feed.failures, 10)
    now: datetime = timezone.now()
    wait: timedelta = min(pause, max(LONGEST_PAUSE, timedelta(minutes=feed.every_minutes)))
    return now + wait


def _refuse_pace(minutes: int) -> None:
    if not LEAST_MINUTES <= minutes <= MOST_MINUTES:
        raise ValidationError(
            {"every_minutes": f"Between {LEAST_MINUTES} minutes and a week ({MOST_MINUTES:,})."}
        )


def _queue(feed: Feed) -> None:
    from procrastinate.exceptions import AlreadyEnqueued

    from claims.tasks import look_at_feed

    lock = f"feed {feed.pk}"
    with suppress(AlreadyEnqueued), transaction.atomic():
        look_at_feed.configure(lock=lock, queueing_lock=lock).defer(feed_id=str(feed.pk))
