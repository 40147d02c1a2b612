"""The guarded client as the desk's settings want it."""

from django.conf import settings

from articles import ingest
from articles.ingest.fetch import Fetcher, FetchPolicy, GuardedFetcher


def load_fetcher() -> Fetcher:
    return GuardedFetcher(
        FetchPolicy(
            user_agent=settings.ASSAY_USER_AGENT,
            max_bytes=settings.ASSAY_MAX_ARTICLE_BYTES * ingest.FILE_FACTOR,
            seconds=settings.ASSAY_FETCH_SECONDS,
            private_hosts=frozenset(host.lower() for host in settings.ASSAY_PRIVATE_HOSTS),
            follows_robots=settings.ASSAY_FOLLOW_ROBOTS,
        )
    )
