"""The public record as an Atom feed: every publication, correction and retraction, newest first."""

import re
from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed

from publishing.documents import public_url
from publishing.models import Publication
from publishing.reading import Reading, read

ENTRIES = 50
LEADS = {"correction": "Corrected", "retraction": "Retracted", "reopening": "Under re-review"}
#: What XML cannot hold, not even escaped.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class RecordFeed(Atom1Feed):
    """An empty record has not changed since ever, so that its feed does not change by the second."""

    def latest_post_date(self) -> datetime:
        return super().latest_post_date() if self.items else datetime.fromtimestamp(0, UTC)


class VerdictFeed(Feed):  # type: ignore[type-arg]  # not generic at run time
    """Entries link to the claim's page; their id is the place in the record, which never changes."""

    feed_type = RecordFeed

    def link(self) -> str:
        return public_url("publishing:list-verdicts")

    def feed_url(self) -> str:
        return public_url("publishing:feed")

    def title(self) -> str:
        return f"{settings.ASSAY_DESK_NAME}: verdicts"

    def subtitle(self) -> str:
        return "Every verdict, correction and retraction, newest first."

    def author_name(self) -> str:
        return settings.ASSAY_DESK_NAME

    def items(self) -> list[tuple[Publication, Reading]]:
        newest = Publication.objects.order_by("-seq")[:ENTRIES]
        return [(entry, read(entry.document)) for entry in newest]

    def item_title(self, item: Any) -> str:
        _, reading = item
        lead = LEADS.get(reading.kind, "")
        rating = reading.verdict["label"] if reading.is_in_force else ""
        return _printable(": ".join(filter(None, (lead, rating, reading.statement))))

    def item_description(self, item: Any) -> str:
        _, reading = item
        return _printable(reading.note or reading.verdict["summary"])

    def item_link(self, item: tuple[Publication, Reading]) -> str:
        return public_url("publishing:show-claim", item[1].id)

    def item_guid(self, item: tuple[Publication, Reading]) -> str:
        return f"{settings.ASSAY_BASE_URL}{reverse('publishing:feed')}#entry-{item[0].seq}"

    def item_pubdate(self, item: tuple[Publication, Reading]) -> datetime:
        return item[0].published_at

    def item_updateddate(self, item: tuple[Publication, Reading]) -> datetime:
        return item[0].published_at


def _printable(text: str) -> str:
    return FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
