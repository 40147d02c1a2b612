"""A second copy, kept by an archive that is not ours. Off unless a setting names one."""

from django.conf import settings

from articles.fetching import load_fetcher
from articles.ingest.fetch import Fetcher
from articles.ingest.fetch_errors import FetchError
from sources.models import Capture

LONGEST_ADDRESS = 4000


def is_wanted(capture: Capture) -> bool:
    """Whether this copy is to be kept outside too. Nobody outside hears of a withheld source."""
    return (
        bool(settings.ASSAY_OUTSIDE_ARCHIVE) and capture.is_new and not capture.source.is_withheld
    )


def keep_outside(*, capture_id: str, fetcher: Fetcher | None = None) -> Capture:
    """Ask the archive, once: where it keeps the page, or why not, is written down. Safe to run twice."""
    capture = Capture.objects.select_related("source").get(pk=capture_id)
    if capture.outside_address or not is_wanted(capture):
        return capture
    fetcher = fetcher or load_fetcher(settings.ASSAY_MAX_SOURCE_BYTES, asks_leave=False)
    try:
        answer = fetcher.fetch(settings.ASSAY_OUTSIDE_ARCHIVE + capture.source.url)
        capture.outside_address, capture.outside_error = answer.address[:LONGEST_ADDRESS], ""
    except FetchError as error:
        capture.outside_error = str(error)[:500]
    capture.save(update_fields=["outside_address", "outside_error"])
    return capture
