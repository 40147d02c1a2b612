"""Reads a web page: trafilatura says which words are the article's, the page itself says how they stood.

Bytes are decoded here, once: UTF-8 when they are that, else the charset that the page or the server
names, else as any text file. Servers and pages often name the wrong one.
"""

import re
from typing import Any

from trafilatura import bare_extraction
from trafilatura.utils import load_html

from articles.document import BlockKind
from articles.ingest.base import Hints, ReadArticle, UnreadableText, Wall
from articles.ingest.compose import Part, compose
from articles.ingest.decode import MARKS, decode_text
from articles.ingest.page_facts import PageFacts, read_facts
from articles.ingest.page_parts import body_parts
from articles.ingest.page_source import PageSource, fold

MEDIA_TYPE = "text/html"
MOST_ELEMENTS = 200_000
CHARSET = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([\w.:-]{2,40})""", re.I
)
HEAD = 4096
#: Escape-coded charsets are ASCII to the byte, and would pass for UTF-8.
SEVEN_BIT = re.compile(r"iso-2022-\w+|hz-gb-2312|utf-7", re.IGNORECASE)
FEW_WORDS = 40
CONSENT = re.compile(r"\b(?:consent|cookies?|datenschutz|consentement)\b", re.IGNORECASE)


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
    _refuse_wall(tree, parts)
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


def _refuse_wall(tree: Any, parts: list[Part]) -> None:
    """A page that shows a door in place of an article is said to, in words."""
    words = " ".join(part.text for part in parts)
    if len(words.split()) >= FEW_WORDS:
        return
    if tree.xpath("//input[@type='password']"):
        raise Wall(
            "This page asks to sign in. Open it in your browser, copy the article and paste it."
        )
    title = next((one.text or "" for one in tree.iter("title")), "")
    if CONSENT.search(f"{title} {words}"):
        raise Wall(
            "This page asks for consent to cookies first. Open it in your browser, and paste the article."
        )
    if not parts:
        raise UnreadableText(
            "No article was found on this page. Paste its words, or save the article alone."
        )


def decode_page(content: bytes, charset: str) -> str:
    """The characters of a page, whatever it or its server says of its encoding."""
    if any(content.startswith(mark) for mark, _ in MARKS):
        return decode_text(content)
    named = CHARSET.search(content[:HEAD])
    charsets = [named[1].decode("ascii") if named else "", charset]
    seven_bit = [name for name in charsets if SEVEN_BIT.fullmatch(name)]
    for name in (*seven_bit, "utf-8", *charsets):
        try:
            return content.decode(name)
        except (UnicodeDecodeError, LookupError, ValueError):
            continue
    return decode_text(content)
