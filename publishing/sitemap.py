"""What search engines may read, and where it all is: robots.txt and sitemaps (sitemaps.org, 0.9).

A sitemap holds the claims whose newest entry is within a stretch of the record, and the articles of these entries. So
each is one walk along an index, however long the record is, and one whose stretch is past only ever loses lines.
"""

import xml.etree.ElementTree as ET
from collections.abc import Iterable
from datetime import datetime

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from publishing import groups
from publishing.caching import reader_page
from publishing.documents import public_url
from publishing.models import CurrentVerdict
from publishing.reviewed import in_zulu

NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
#: Entries of the record to a sitemap; a sitemap may hold 50,000 addresses.
STRETCH = 10_000
PAGES = ("list-verdicts", "list-articles", "list-claimants", "list-corrections", "methodology")
PRIVATE = ("/desk/", "/accounts/", "/admin/", "/search/")
Line = tuple[str, datetime | None]


@reader_page
def robots(request: HttpRequest) -> HttpResponse:
    """Everything published may be read; the desk, and searches without end, may not."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in PRIVATE)]
    lines += ["", f"Sitemap: {public_url('publishing:sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


@reader_page
def index(request: HttpRequest) -> HttpResponse:
    newest = CurrentVerdict.objects.order_by("-seq").values_list("seq", flat=True).first()
    numbers = range((newest - 1) // STRETCH + 1) if newest else range(0)
    lines: list[Line] = [(public_url("publishing:sitemap-pages"), None)]
    for number in numbers:
        lines.append((public_url("publishing:sitemap-claims", number), None))
        lines.append((public_url("publishing:sitemap-articles", number), None))
    return _answer("sitemapindex", "sitemap", lines)


@reader_page
def pages(request: HttpRequest) -> HttpResponse:
    return _answer("urlset", "url", ((public_url(f"publishing:{name}"), None) for name in PAGES))


@reader_page
def claims(request: HttpRequest, number: int) -> HttpResponse:
    rows = _stretch(CurrentVerdict.objects.all(), number).values_list("pk", "published_at")
    below = _below("claims")
    return _answer("urlset", "url", ((f"{below}{pk}/", at) for pk, at in rows))


@reader_page
def articles(request: HttpRequest, number: int) -> HttpResponse:
    rows = _stretch(groups.newest_of_articles(), number).values_list("article_id", "published_at")
    below = _below("articles")
    return _answer("urlset", "url", ((f"{below}{pk}/", at) for pk, at in rows))


def _stretch(rows: QuerySet[CurrentVerdict], number: int) -> QuerySet[CurrentVerdict]:
    start = number * STRETCH
    newest = CurrentVerdict.objects.order_by("-seq").values_list("seq", flat=True).first() or 0
    if start >= newest:
        raise Http404("The record does not go that far.")
    return rows.filter(seq__gt=start, seq__lte=start + STRETCH).order_by("seq")


def _below(kind: str) -> str:
    """Where the pages of a kind are. Made once: reversing ten thousand addresses takes longer than finding them."""
    return f"{public_url('publishing:list-verdicts')}{kind}/"


def _answer(root_name: str, line_name: str, lines: Iterable[Line]) -> HttpResponse:
    root = ET.Element(root_name, xmlns=NAMESPACE)
    for address, changed_at in lines:
        line = ET.SubElement(root, line_name)
        ET.SubElement(line, "loc").text = address
        if changed_at is not None:
            ET.SubElement(line, "lastmod").text = in_zulu(changed_at)
    text = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(text, content_type="application/xml; charset=utf-8")
