"""Reads Markdown: the CommonMark parser gives the blocks, and what each is. Raw HTML in it is left out.

A front matter of `name: value` lines between `---` gives title, author, date, publisher, language and address.
"""

import re
from collections.abc import Iterator

from markdown_it import MarkdownIt
from markdown_it.token import Token

from articles.addresses import BadAddress, normalise
from articles.document import BlockKind
from articles.ingest import furniture
from articles.ingest.base import Hints, ReadArticle
from articles.ingest.compose import Part, compose, headline
from articles.ingest.decode import decode
from articles.ingest.moments import read_moment

MEDIA_TYPE = "text/markdown"
FRONT_MATTER = re.compile(
    r"\A\ufeff?---[ \t]*\n(?P<lines>.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL
)
LINE = re.compile(r"(?P<name>[A-Za-z_-]{2,30})\s*:\s*(?P<value>[^\n]{1,500})")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,1}")
#: The parser recurses; what is nested deeper is no article.
MOST_NESTING = 100
CELL_GAP = " | "


def read_markdown(content: bytes, hints: Hints) -> ReadArticle:
    text = decode(content)
    found = FRONT_MATTER.match(text)
    facts = _facts(found["lines"]) if found else {}
    body = text[found.end() :] if found else text
    parser = MarkdownIt("commonmark", {"maxNesting": MOST_NESTING}).enable("table")
    parts = list(_parts(parser.parse(body)))
    title = facts.get("title", "") or headline(parts)
    if facts.get("title") and not headline(parts):
        parts.insert(0, Part(BlockKind.HEADLINE, title))
    return ReadArticle(
        document=compose(parts),
        media_type=MEDIA_TYPE,
        title=title,
        byline=facts.get("author", "") or facts.get("byline", ""),
        publisher=facts.get("publisher", "")[:200],
        published_at=read_moment(facts.get("date", "") or facts.get("published", "")),
        language=facts.get("language", "") or facts.get("lang", ""),
        address=_address(facts),
    )


def _facts(lines: str) -> dict[str, str]:
    facts: dict[str, str] = {}
    for line in lines.split("\n"):
        if found := LINE.fullmatch(line.strip()):
            facts.setdefault(found["name"].lower(), found["value"].strip().strip("\"'"))
    for name in ("language", "lang"):
        if not LANGUAGE.fullmatch(facts.get(name, "")):
            facts.pop(name, None)
    return facts


def _address(facts: dict[str, str]) -> str:
    for name in ("canonical", "canonical_url", "url", "source"):
        try:
            if found := normalise(facts.get(name, "")):
                return found
        except BadAddress:
            continue
    return ""


def _parts(tokens: list[Token]) -> Iterator[Part]:
    """Each inline run with the kind of what holds it; a table row as one run."""
    holders: list[str] = []
    cells: list[str] = []
    has_headline = False
    for token in tokens:
        if token.type in ("fence", "code_block"):
            yield Part(BlockKind.QUOTE, token.content)
        elif token.type == "tr_close":
            yield Part(BlockKind.LIST_ITEM, CELL_GAP.join(filter(None, cells)))
            cells.clear()
        elif token.type == "inline":
            words = _words(token)
            if "tr" in holders:
                cells.append(words)
                continue
            kind = _kind(holders, words, has_headline=has_headline)
            has_headline = has_headline or kind is BlockKind.HEADLINE
            yield Part(kind, words)
        elif token.nesting == 1:
            holders.append(token.tag)
        elif token.nesting == -1:
            holders.pop()


def _kind(holders: list[str], words: str, *, has_headline: bool) -> BlockKind:
    for tag in reversed(holders):
        if tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
            return BlockKind.HEADING if has_headline or tag != "h1" else BlockKind.HEADLINE
        if tag == "blockquote":
            return BlockKind.QUOTE
        if tag == "li":
            return BlockKind.LIST_ITEM
    if furniture.is_caption(words):
        return BlockKind.CAPTION
    return BlockKind.FURNITURE if furniture.is_furniture(words) else BlockKind.PARAGRAPH


def _words(token: Token) -> str:
    """What a reader sees: the text of links, no addresses, no pictures, no raw HTML."""
    pieces = {"softbreak": " ", "hardbreak": "\n"}
    return "".join(
        one.content if one.type in ("text", "code_inline") else pieces.get(one.type, "")
        for one in token.children or []
    )
