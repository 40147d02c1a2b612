"""Readers' search: verdicts, articles and claimants with the words, and how browsers add it to their own.

PostgreSQL marks the words in statements, because it knows which form of a word it found. Marks come as two characters
that no text has a use for, and pages get plain pieces, so nothing a statement holds can become markup.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib.postgres.search import SearchHeadline, SearchQuery
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from articles.models import Article
from publishing import groups, queries
from publishing.caching import reader_page
from publishing.documents import public_url
from publishing.feeds import printable
from publishing.groups import Group, count
from publishing.keyset import cut_page
from publishing.models import CurrentVerdict
from publishing.reading import Reading, read

OPEN, CLOSE = "\ue000", "\ue001"
LONGEST = 200
#: Articles and claimants beside the verdicts: a few, since both have lists of their own.
BESIDE = 5
MOST_WORDS = 8
NAMESPACE = "http://a9.com/-/spec/opensearch/1.1/"


@dataclass(frozen=True, slots=True)
class Piece:
    text: str
    is_hit: bool


@dataclass(frozen=True, slots=True)
class Hit:
    """A verdict with the words that were looked for."""

    reading: Reading
    pieces: list[Piece]


@dataclass(frozen=True, slots=True)
class GroupHit:
    """An article or a claimant whose name has the words."""

    group: Group
    pieces: list[Piece]


@reader_page
def search(request: HttpRequest) -> HttpResponse:
    text = request.GET.get("q", "").replace("\x00", "").strip()[:LONGEST]
    context: dict[str, Any] = {"q": text}
    if text:
        rows = _marked(text)
        page = cut_page(rows, request.GET)
        hits = [Hit(read(row.publication.document), split(row.marked)) for row in page.rows]
        moved_on = queries.no_longer_there([hit.reading for hit in hits])
        context |= {"page": page, "hits": hits, "moved_on": moved_on}
        context |= {"count": count(queries.verdicts().search(text))} | _beside(text, request)
    return render(request, "publishing/search.html", context)


@reader_page
def describe(request: HttpRequest) -> HttpResponse:
    """OpenSearch 1.1: what a browser needs to know to search here by itself."""
    root = ET.Element("OpenSearchDescription", xmlns=NAMESPACE)
    name = printable(settings.ASSAY_DESK_NAME)
    ET.SubElement(root, "ShortName").text = name[:16]
    ET.SubElement(root, "Description").text = f"Verdicts of {name}"[:1024]
    ET.SubElement(root, "InputEncoding").text = "UTF-8"
    address = public_url("publishing:search") + "?q={searchTerms}"
    ET.SubElement(root, "Url", type="text/html", method="get", template=address)
    text = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(text, content_type="application/opensearchdescription+xml; charset=utf-8")


def split(marked: str) -> list[Piece]:
    """The pieces of a text in which OPEN and CLOSE stand around what was found."""
    pieces = [Piece(marked.partition(OPEN)[0], is_hit=False)]
    for part in marked.split(OPEN)[1:]:
        found, _, rest = part.partition(CLOSE)
        pieces += [Piece(found, is_hit=True), Piece(rest, is_hit=False)]
    return [piece for piece in pieces if piece.text]


def _marked(text: str) -> Any:
    query = SearchQuery(text, config="english", search_type="websearch")
    marks: Any = {"start_sel": OPEN, "stop_sel": CLOSE, "highlight_all": True}
    headline = SearchHeadline(F("statement"), query, config="english", **marks)
    return queries.verdicts().search(text).annotate(marked=headline)


def _beside(text: str, request: HttpRequest) -> dict[str, list[GroupHit]]:
    """On the first page only."""
    words = re.findall(r"\w+", text)[:MOST_WORDS]
    if not words or {"before", "after"} & set(request.GET):
        return {}
    published = Exists(CurrentVerdict.objects.filter(article=OuterRef("pk")).order_by())
    articles = Article.objects.filter(published).order_by("-pk")
    articles_found = groups.by_article(_named(articles, "title", words))
    claimants_found = groups.by_claimant(_named(groups.published_claimants(), "name", words))
    return {
        "articles": [
            GroupHit(g, _split(g.reading.article["title"], words)) for g in articles_found
        ],
        "claimants": [
            GroupHit(g, _split(g.reading.claimant["name"], words)) for g in claimants_found
        ],
    }


def _named(rows: QuerySet[Any], column: str, words: Sequence[str]) -> list[UUID]:
    has_all = Q(*(Q(**{f"{column}__icontains": word}) for word in words))
    return list(rows.filter(has_all).values_list("pk", flat=True)[:BESIDE])


def _split(text: str, words: Sequence[str]) -> list[Piece]:
    found = re.compile("|".join(map(re.escape, words)), re.IGNORECASE)
    return split(found.sub(lambda match: f"{OPEN}{match[0]}{CLOSE}", text))
