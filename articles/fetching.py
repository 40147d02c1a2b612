"""The guarded client as the desk's settings want it."""

from django.conf import settings

from articles import ingest
from articles.ingest.fetch import Fetcher, FetchPolicy, GuardedFetcher


def load_fetcher(max_bytes: int = 0, *, asks_leave: bool = True) -> Fetcher:
    """The client; `max_bytes` is the most that a page may hold when it is not an article's.

    Without `asks_leave` the site's robots.txt is not asked: for services that are there to be asked by programs.
    """
    return GuardedFetcher(
        FetchPolicy(
            user_agent=settings.ASSAY_USER_AGENT,
            max_bytes=max_bytes or settings.ASSAY_MAX_ARTICLE_BYTES * ingest.FILE_FACTOR,
            seconds=settings.ASSAY_FETCH_SECONDS,
            private_hosts=frozenset(host.lower() for host in settings.ASSAY_PRIVATE_HOSTS),
            follows_robots=asks_leave and settings.ASSAY_FOLLOW_ROBOTS,
        )
    )
