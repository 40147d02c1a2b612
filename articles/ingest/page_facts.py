"""What a web page says of itself: title, byline, publisher, date, language and canonical address.

Pages say it in several places that disagree. Structured data (JSON-LD) is written for machines and is
believed first; then the meta tags for sharing; then what readers see. Everything is plain text: markup
inside a value is characters like any other, and is never interpreted.
"""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from articles.addresses import BadAddress, is_same_site, normalise
from articles.ingest import furniture
from articles.ingest.json_ld import LinkedData
from articles.ingest.moments import read_moment
from articles.ingest.page_source import displayed, fold

DATE_NAMES = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished",
    "parsely-pub-date", "sailthru.date", "dc.date.issued", "dcterms.created", "dc.date",
    "publishdate", "publish-date", "publish_date", "pubdate", "date",
)  # fmt: skip
LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*", re.IGNORECASE)
LONGEST_LANGUAGE = 12
SITE_SUFFIX = re.compile(r"\s+(?:\||–|—|-|»|::|·)\s+(?P<site>[^|–—»·]{2,60})$")
BYLINE_PLACES = (
    "//*[@itemprop='author']//*[@itemprop='name']|//*[@itemprop='author']|//a[@rel='author']"
    "|//*[contains(@class,'byline')]|//*[contains(@class,'author-name')]"
)
LONGEST_NAME = 120
#: The paths of front pages, of the whole site or of one language.
FRONT = re.compile(r"/?(?:[a-z]{2}(?:-[a-z]{2})?/?)?(?:index\.\w{2,5}|home/?)?", re.IGNORECASE)
LONGEST_ADDRESS = 2000


@dataclass(frozen=True, slots=True)
class PageFacts:
    title: str
    standfirst: str
    byline: str
    publisher: str
    published_at: datetime | None
    language: str
    address: str


def read_facts(tree: Any, address: str = "") -> PageFacts:
    """Everything found; what is not is empty. `address` is where the page was fetched."""
    meta, data = _meta(tree), LinkedData.of(tree)
    publisher = data.publisher or meta.get("og:site_name", "") or _host(address)
    return PageFacts(
        title=_title(tree, meta, data, publisher),
        standfirst=_plain(meta.get("og:description") or meta.get("description", "")),
        byline=_plain(data.authors or _author(tree, meta))[:300],
        publisher=_plain(publisher)[:200],
        published_at=_published(tree, meta, data),
        language=_language(tree, meta, data),
        address=_canonical(tree, meta, data, address),
    )


def _meta(tree: Any) -> dict[str, str]:
    """The first value of each name; later ones are for other pictures, videos and cards."""
    found: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop") or ""
        content = (element.get("content") or "").strip()
        if name and content:
            found.setdefault(name.strip().lower(), content)
    return found


def _plain(text: str) -> str:
    return " ".join(html.unescape(text).split())


def _title(tree: Any, meta: dict[str, str], data: LinkedData, publisher: str) -> str:
    """The heading that readers see, if it is the title that the page gives to machines; else that title."""
    named = _plain(data.headline or meta.get("og:title", "") or meta.get("twitter:title", ""))
    heads = [words for head in tree.iter("h1") if (words := _plain(displayed(head)))]
    if not named:
        in_head = next((_plain(one.text or "") for one in tree.iter("title")), "")
        named = _without_site(in_head, publisher)
        return heads[0] if len(heads) == 1 else named or next(iter(heads), "")
    whole = fold(named)
    return next((head for head in heads if fold(head) and fold(head) in whole), None) or (
        _without_site(named, publisher)
    )


def _without_site(title: str, publisher: str) -> str:
    """Cut “ | The Post” when that is who publishes the page."""
    tail = SITE_SUFFIX.search(title)
    if not tail:
        return title
    site, known = fold(tail["site"]), fold(publisher)
    is_site = bool(site and known) and (site in known or known in site)
    return title[: tail.start()] if is_site else title


def _author(tree: Any, meta: dict[str, str]) -> str:
    for name in ("author", "article:author", "parsely-author", "byl", "dc.creator"):
        value = _plain(meta.get(name, ""))
        if value and not value.lower().startswith(("http:", "https:", "/", "@")):
            return furniture.name_in_byline(value) or value
    for element in tree.xpath(BYLINE_PLACES):
        words = _plain(displayed(element))
        if 2 < len(words) <= LONGEST_NAME and not furniture.is_date(words):
            return furniture.name_in_byline(words) or words
    return ""


def _published(tree: Any, meta: dict[str, str], data: LinkedData) -> datetime | None:
    return next(filter(None, map(read_moment, _dates(tree, meta, data))), None)


def _dates(tree: Any, meta: dict[str, str], data: LinkedData) -> Iterator[str]:
    yield data.published
    yield from (meta.get(name, "") for name in DATE_NAMES)
    places = "//time[@pubdate]|//time[@itemprop='datePublished']|//*[@itemprop='datePublished']"
    for element in tree.xpath(f"{places}|//article//time[@datetime]|//header//time[@datetime]"):
        yield element.get("datetime") or element.get("content") or displayed(element)


def _language(tree: Any, meta: dict[str, str], data: LinkedData) -> str:
    root = tree.getroottree().getroot()
    given = (
        root.get("lang"),
        root.get("{http://www.w3.org/XML/1998/namespace}lang"),
        data.language,
    )
    for value in (*given, meta.get("content-language"), meta.get("og:locale")):
        tag = (value or "").strip().replace("_", "-")
        if LANGUAGE.fullmatch(tag):
            return tag if len(tag) <= LONGEST_LANGUAGE else tag.partition("-")[0]
    return ""


def _canonical(tree: Any, meta: dict[str, str], data: LinkedData, address: str) -> str:
    """The address that the page names as its own. A page speaks for its own site only, and not for its front page."""
    links = (
        element.get("href") or ""
        for element in tree.iter("link")
        if "canonical" in (element.get("rel") or "").lower().split()
    )
    for named in (*links, meta.get("og:url", ""), data.address):
        try:
            found = normalise(urljoin(address, named.strip())) if named.strip() else ""
        except (BadAddress, ValueError):
            continue
        if found and len(found) <= LONGEST_ADDRESS and _may_stand_for(found, address):
            return found
    return ""


def _may_stand_for(found: str, address: str) -> bool:
    path = urlsplit(found).path
    is_front = FRONT.fullmatch(path) and not urlsplit(found).query
    if is_front and (path in ("", "/") or path != urlsplit(address).path):
        return False
    return not address or is_same_site(found, address)


def _host(address: str) -> str:
    return (urlsplit(address).hostname or "").removeprefix("www.")
