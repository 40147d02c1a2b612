"""Reads a web page: trafilatura says which words are the article's, the page itself says how they stood."""

from trafilatura import bare_extraction
from trafilatura.utils import load_html

from articles.document import BlockKind
from articles.ingest.base import Hints, ReadArticle, UnreadableText
from articles.ingest.compose import Part, compose
from articles.ingest.page_charset import decode_page
from articles.ingest.page_facts import PageFacts, read_facts
from articles.ingest.page_parts import body_parts
from articles.ingest.page_source import PageSource, fold
from articles.ingest.walls import refuse_wall

MEDIA_TYPE = "text/html"
MOST_ELEMENTS = 200_000


def read_page(content: bytes, hints: Hints) -> ReadArticle:
    tree = load_html(decode_page(content, hints.charset))
    if tree is None:
        raise UnreadableText(
            "This page is empty or broken. Paste the words of the article instead."
        )
    if sum(1 for _ in tree.iter()) > MOST_ELEMENTS:
        raise UnreadableText("This page is too large to be read. Paste the words of the article.")
    facts, source = read_facts(tree, hints.address), PageSource(tree)
    extracted = bare_extraction(tree, include_comments=False, include_tables=True)
    body = getattr(extracted, "body", None)
    parts = body_parts(body, source, facts.title) if body is not None else []
    refuse_wall(tree, [part.text for part in parts])
    return ReadArticle(
        document=compose([*_top(facts, source, parts), *parts]),
        media_type=MEDIA_TYPE,
        title=facts.title,
        byline=facts.byline,
        publisher=facts.publisher,
        published_at=facts.published_at,
        language=facts.language,
        address=facts.address,
    )


def seen_runs(content: bytes, charset: str = "") -> list[str]:
    """Whatever a reader sees on the page, element by element, furniture included."""
    tree = load_html(decode_page(content, charset))
    return [] if tree is None else [run.text for run in PageSource(tree).runs]


def _top(facts: PageFacts, source: PageSource, parts: list[Part]) -> list[Part]:
    """The headline, and the standfirst when readers see it and it is not in the body already."""
    top = [Part(BlockKind.HEADLINE, facts.title)] if facts.title else []
    seen = source.find(facts.standfirst) if len(facts.standfirst.split()) > 3 else None
    known = {fold(part.text) for part in (*top, *parts)}
    if seen and fold(seen.text) not in known:
        top.append(Part(BlockKind.STANDFIRST, seen.text))
    return top
