"""The guarded client as the desk's settings want it."""

from django.conf import settings

from articles import ingest
from articles.ingest.fetch import Fetcher, FetchPolicy, GuardedFetcher
from articles.ingest.post import GuardedPoster, Poster


def load_fetcher(max_bytes: int = 0, *, asks_leave: bool = True) -> Fetcher:
    """The client; `max_bytes` is the most that a page may hold when it is not an article's.

    Without `asks_leave` the site's robots.txt is not asked: for services that are there to be asked by programs.
    """
    return GuardedFetcher(
        FetchPolicy(
            user_agent=settings.ASSAY_USER_AGENT,
            max_bytes=max_bytes or settings.ASSAY_MAX_ARTICLE_BYTES * ingest.FILE_FACTOR,
            seconds=settings.ASSAY_FETCH_SECONDS,
            private_hosts=private_hosts(),
            follows_robots=asks_leave and settings.ASSAY_FOLLOW_ROBOTS,
        )
    )


def private_hosts() -> frozenset[str]:
    return frozenset(host.lower() for host in settings.ASSAY_PRIVATE_HOSTS)


def load_poster(seconds: float, *, reaches_private: bool) -> Poster:
    """What sends to an address that somebody gave; `seconds` is the time for one message with its answer.

    `reaches_private`: they may be told what hosts of our own network answer, those that settings name.
    """
    private = private_hosts() if reaches_private else frozenset()
    return GuardedPoster(
        FetchPolicy(settings.ASSAY_USER_AGENT, max_bytes=0, seconds=seconds, private_hosts=private)
    )
