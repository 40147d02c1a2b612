"""The public record as an Atom feed (RFC 4287), with archives of all that is older (RFC 5005)."""

import re
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from publishing.documents import public_url
from publishing.feed_entries import Entry, Window, read_window

HISTORY = "http://purl.org/syndication/history/1.0"
#: What XML cannot hold, not even escaped.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class RecordFeed(Atom1Feed):
    """Atom with the links between the feed and its archives."""

    def latest_post_date(self) -> datetime:
        changed_at: datetime = self.feed["window"].changed_at
        return changed_at

    def root_attributes(self) -> dict[str, str]:
        return {**super().root_attributes(), "xmlns:fh": HISTORY}

    def add_root_elements(self, handler: Any) -> None:
        super().add_root_elements(handler)
        window: Window = self.feed["window"]
        if window.archive is not None:
            handler.addQuickElement("fh:archive", "")
        for rel, href in _links(window).items():
            handler.addQuickElement("link", "", {"rel": rel, "href": href})


def _links(window: Window) -> dict[str, str]:
    """`next` says to readers that know no archives what `prev-archive` says: here is what came before."""
    links = {"current": feed_address()} if window.archive is not None else {}
    if window.older is not None:
        links |= dict.fromkeys(("prev-archive", "next"), feed_address(window.older))
    if window.newer is not None:
        links["next-archive"] = feed_address(window.newer)
    return links


def feed_address(archive: int | None = None, *, name: str = "feed") -> str:
    return public_url(f"publishing:{name}") + ("" if archive is None else f"?archive={archive}")


class VerdictFeed(Feed):  # type: ignore[type-arg]  # not generic at run time
    """Entries link to the claim's page; their id is the place in the record, which never changes."""

    feed_type = RecordFeed

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Window:
        return read_window(request.GET)

    def feed_extra_kwargs(self, obj: Window) -> dict[str, Any]:
        return {"window": obj}

    def link(self) -> str:
        return public_url("publishing:list-verdicts")

    def feed_url(self, obj: Window) -> str:
        return feed_address(obj.archive)

    def title(self) -> str:
        return feed_title()

    def subtitle(self) -> str:
        return SUBTITLE

    def author_name(self) -> str:
        return settings.ASSAY_DESK_NAME

    def items(self, obj: Window) -> Any:
        return obj.entries

    def item_title(self, item: Any) -> str:
        return printable(item.title)

    def item_description(self, item: Any) -> str:
        """Readers take a summary for HTML, so plain words are escaped."""
        return escape(printable(item.summary))

    def item_link(self, item: Entry) -> str:
        return item.url

    def item_guid(self, item: Entry) -> str:
        return item.id

    def item_pubdate(self, item: Entry) -> datetime:
        return item.published_at

    def item_updateddate(self, item: Entry) -> datetime:
        return item.published_at


SUBTITLE = "Every verdict, correction and retraction, newest first."


def feed_title() -> str:
    return f"{settings.ASSAY_DESK_NAME}: verdicts"


def printable(text: str) -> str:
    return FORBIDDEN.sub("\N{REPLACEMENT CHARACTER}", text)
