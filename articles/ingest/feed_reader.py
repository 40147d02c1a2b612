"""Feeds and sitemaps: from the bytes of one to the addresses that it names.

RSS and Atom are read by feedparser, which forgives what publishers get wrong. A sitemap is plain XML: addresses, or
the addresses of more sitemaps. A page that is neither may say where its feed is. Nothing is fetched here.
"""

import re
import zlib
from calendar import timegm
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from io import BytesIO
from typing import Any, Literal
from urllib.parse import urljoin

import feedparser
import lxml.html
from lxml import etree

from articles.addresses import BadAddress, plain_page
from articles.ingest.moments import read_moment

GZIP = b"\x1f\x8b"
#: The protocol's own limits: 50 MB unpacked, 50,000 addresses.
MOST_BYTES, MOST_ENTRIES = 52_428_800, 50_000
FEED_TYPES = ("application/rss+xml", "application/atom+xml", "application/feed+json")
#: Feeds nest a handful of elements. Readers of broken ones take the square of the depth in time.
MOST_DEPTH = 1_000
TAG = re.compile(
    rb"<!\[CDATA\[.*?(?:\]\]>|\Z)|<!--.*?(?:-->|\Z)|<(?P<end>/)?(?P<name>[A-Za-z][\w:.-]*)[^<>]*>",
    re.DOTALL,
)
#: HTML's elements without an end, as they stand in feeds that do not escape them.
ENDLESS = frozenset((b"br", b"hr", b"img", b"input", b"meta", b"p", b"li", b"wbr"))


class UnreadableFeed(ValueError):
    """Neither a feed nor a sitemap. The message says what to do."""


@dataclass(frozen=True, slots=True)
class Entry:
    """An article that the feed names, in the one spelling of its address. Sitemaps rarely say when."""

    address: str
    published_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """What was read. Each address is there once, in the document's order.

    `more` are the addresses to read as well: of an index's sitemaps (newest first), or a page's own feed.
    """

    kind: Literal["feed", "sitemap", "index", "page"]
    title: str = ""
    entries: tuple[Entry, ...] = ()
    more: tuple[str, ...] = ()


def read_feed(content: bytes, address: str) -> FeedDocument:
    """Read a feed, a sitemap or the page that leads to one, fetched from this address. Raises UnreadableFeed."""
    content = _unpacked(content)
    root = _root_of(content)
    match root:
        case "urlset":
            return FeedDocument("sitemap", entries=tuple(_once(_places(content, "url"), address)))
        case "sitemapindex":
            newest = sorted(_places(content, "sitemap"), key=_age)
            return FeedDocument("index", more=tuple(e.address for e in _once(newest, address)))
        case "rss" | "feed" | "RDF":
            return _syndication(content, address)
    return _page(content, address)


def _unpacked(content: bytes) -> bytes:
    if not content.startswith(GZIP):
        return content
    try:
        unpacker = zlib.decompressobj(zlib.MAX_WBITS | 16)
        unpacked = unpacker.decompress(content, MOST_BYTES + 1)
    except zlib.error as error:
        raise UnreadableFeed("The packed sitemap is broken. Try again later.") from error
    if len(unpacked) > MOST_BYTES:
        raise UnreadableFeed("The sitemap is larger unpacked than sitemaps may be (50 MB).")
    return unpacked


def _root_of(content: bytes) -> str:
    """The name of the first element, without its namespace; nothing when it is no XML."""
    try:
        for _, element in _elements(content, ("start",)):
            return str(etree.QName(element).localname)
    except etree.XMLSyntaxError:
        pass
    return ""


def _elements(content: bytes, events: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    """Without entities, foreign documents or the network, and within libxml2's own limits."""
    yield from etree.iterparse(
        BytesIO(content.lstrip()),
        events=events,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        recover="end" in events,
    )


def _places(content: bytes, name: str) -> Iterator[tuple[str, datetime | None]]:
    """The address and the date of every element of this name. What has been read is let go."""
    for _, element in _elements(content, ("end",)):
        if etree.QName(element).localname != name:
            continue
        said = {etree.QName(e).localname: e.text or "" for e in element.iterdescendants("{*}*")}
        moment = said.get("publication_date") or said.get("lastmod") or ""
        yield said.get("loc", ""), read_moment(moment)
        element.clear()


def _age(place: tuple[str, datetime | None]) -> float:
    return -place[1].timestamp() if place[1] else 0.0


def _refuse_deep(content: bytes) -> None:
    """Count the tags that are open, without a parser: the feed may be too broken for one."""
    depth = 0
    for tag in TAG.finditer(content):
        name = tag["name"]
        if name is None or name.lower() in ENDLESS or tag[0].endswith(b"/>"):
            continue
        depth = max(0, depth - 1) if tag["end"] else depth + 1
        if depth > MOST_DEPTH:
            raise UnreadableFeed(
                "This feed is nested too deeply to be one. Ask the site to mend it."
            )


def _syndication(content: bytes, address: str) -> FeedDocument:
    _refuse_deep(content)
    read = feedparser.parse(BytesIO(content), response_headers={"content-location": address})
    title = " ".join(str(read.feed.get("title", "")).split())[:300]
    places = ((e.get("link", ""), _moment(e)) for e in read.entries)
    return FeedDocument("feed", title, tuple(_once(places, address)))


def _moment(entry: Any) -> datetime | None:
    parsed = entry.get("published_parsed") or entry.get("updated_parsed")
    try:
        return datetime.fromtimestamp(timegm(parsed), UTC) if parsed else None
    except (TypeError, ValueError, OverflowError, OSError):
        return None


def _once(places: Any, base: str) -> Iterator[Entry]:
    """Each address once; what is no address of a page is passed over."""
    known: set[str] = set()
    for link, moment in places:
        try:
            address = plain_page(urljoin(base, str(link).strip()))
        except (BadAddress, ValueError):
            continue
        if address not in known and len(known) < MOST_ENTRIES:
            known.add(address)
            yield Entry(address, moment)


def _page(content: bytes, address: str) -> FeedDocument:
    """A page that says where its feed is."""
    try:
        page = lxml.html.document_fromstring(content)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise UnreadableFeed(_neither()) from error
    links = page.xpath("//link[@rel and @type and @href]")
    feeds = [
        (link.get("href"), None)
        for link in links
        if "alternate" in link.get("rel").lower().split()
        and link.get("type").strip().lower() in FEED_TYPES[:2]
    ]
    more = tuple(entry.address for entry in _once(feeds, address))[:1]
    if not more:
        raise UnreadableFeed(_neither())
    return FeedDocument("page", more=more)


def _neither() -> str:
    return (
        "There is no feed (RSS or Atom) and no sitemap at this address, and the page names none. "
        "Look for “RSS” at the foot of the site, or try its /sitemap.xml."
    )
