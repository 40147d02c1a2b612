"""Reads what a browser or a word processor puts on the clipboard when words are copied: a piece of HTML.

All of it is the article, so nothing is taken for boilerplate and left out; only what its reader did not see is:
scripts, styles, comments, hidden elements, and the bullets that Word writes as words. Each run of words becomes
a part with the kind that the element around it tells, or a class of Word's.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from lxml import etree, html

from articles.document import Block, BlockKind, Document
from articles.ingest import furniture
from articles.ingest.base import Hints, ReadArticle, UnreadableText
from articles.ingest.compose import Part, compose, headline, with_headline
from articles.ingest.decode import decode_text
from articles.ingest.page_source import BLOCKS, UNSEEN
from articles.ingest.plain_text import read_layout

MEDIA_TYPE = "text/html; variant=fragment"
MOST_ELEMENTS = 200_000
KINDS = {
    "h1": BlockKind.HEADLINE,
    **dict.fromkeys(("h2", "h3", "h4", "h5", "h6"), BlockKind.HEADING),
    **dict.fromkeys(("blockquote", "pre"), BlockKind.QUOTE),
    **dict.fromkeys(("figcaption", "caption"), BlockKind.CAPTION),
    **dict.fromkeys(("li", "dt", "dd"), BlockKind.LIST_ITEM),
}
WORD_KINDS = {
    "msotitle": BlockKind.HEADLINE,
    "msosubtitle": BlockKind.STANDFIRST,
    "msoquote": BlockKind.QUOTE,
    "msointensequote": BlockKind.QUOTE,
    "msocaption": BlockKind.CAPTION,
    "msolistparagraph": BlockKind.LIST_ITEM,
}
WORD_CLASS = re.compile(r"\b(mso[a-z]+?)(?:cxsp(?:first|middle|last))?\b", re.IGNORECASE)
#: What Windows puts in front of the HTML; browsers take it off, other programs may not.
PREAMBLE = re.compile(r"\A\ufeff?Version:[\d.]+\s+StartHTML:(?:[^\n<]*\n)*", re.IGNORECASE)
HIDDEN = re.compile(r"display:\s*none|mso-hide:\s*all|mso-list:\s*ignore", re.IGNORECASE)
KEEPS_SPACE = re.compile(
    r"white-space(?:-collapse)?:\s*(?:pre|preserve|break-spaces)", re.IGNORECASE
)
COLLAPSES = re.compile(r"white-space(?:-collapse)?:\s*(?:normal|collapse|nowrap)\b", re.IGNORECASE)
WHITE = re.compile(r"[ \t\n\r\f]+")
#: A cell with more than this is laid out with a table and holds no datum.
LONGEST_CELL = 200
CELL_GAP = " | "
EMPTY_LINE = re.compile(r"\n[ \t]*(?:\n[ \t]*)+")
#: Among runs of words: white space that a browser collapses, and a break of the line.
SPACE, BREAK = None, "\n"


def read_fragment(content: bytes, hints: Hints) -> ReadArticle:
    tree = _tree(decode_text(content))
    parts = with_headline(_one_headline(_by_words(part) for part in _Walk().walk(tree)))
    document = _with_first_line(compose(parts))
    byline = _first(document, BlockKind.BYLINE)
    return ReadArticle(
        document=document,
        media_type=MEDIA_TYPE,
        title=_first(document, BlockKind.HEADLINE),
        byline="" if furniture.is_date(byline) else furniture.name_in_byline(byline),
    )


def _tree(text: str) -> Any:
    text = PREAMBLE.sub("", text).replace("\x00", "")
    parser = html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
    try:
        tree = html.document_fromstring(text.encode("utf-8", "replace") or b" ", parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError) as error:
        raise UnreadableText("There are no words in what was pasted. Paste the article.") from error
    if sum(1 for _ in tree.iter()) > MOST_ELEMENTS:
        raise UnreadableText("What was pasted is too large. Use the plain words instead.")
    return tree


class _Walk:
    """Collects the words between the edges of blocks, and of what kind they are."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.words: list[str | None] = []

    def walk(self, tree: Any) -> list[Part]:
        self._visit(tree, BlockKind.PARAGRAPH, keeps=False)
        self._flush(BlockKind.PARAGRAPH)
        return self.parts

    def _visit(self, element: Any, kind: BlockKind, *, keeps: bool) -> None:
        self._say(element.text, keeps=keeps)
        for child in element:
            self._child(child, kind, keeps=keeps)
            self._say(child.tail, keeps=keeps)

    def _child(self, child: Any, kind: BlockKind, *, keeps: bool) -> None:
        style = child.get("style") or ""
        if not isinstance(child.tag, str) or child.tag in UNSEEN or HIDDEN.search(style):
            return
        keeps = (
            child.tag == "pre"
            or bool(KEEPS_SPACE.search(style))
            or (keeps and not COLLAPSES.search(style))
        )
        if child.tag == "br":
            self.words.append(BREAK)
        elif _is_converted_space(child):
            self.words.append(SPACE)
        elif child.tag == "tr" and (row := _row(child)):
            self._flush(kind)
            self.parts.append(Part(BlockKind.LIST_ITEM, row))
        elif child.tag in BLOCKS:
            self._flush(kind)
            inner = _kind(child, kind)
            self._visit(child, inner, keeps=keeps)
            self._flush(inner)
        else:
            self._visit(child, kind, keeps=keeps)

    def _say(self, text: str | None, *, keeps: bool) -> None:
        if keeps:
            self.words.append((text or "").replace("\r\n", "\n"))
            return
        for at, run in enumerate(WHITE.split(text or "")):
            if at:
                self.words.append(SPACE)
            self.words.append(run)

    def _flush(self, kind: BlockKind) -> None:
        """An empty line inside a block, as mail and posts have it, is the edge of a paragraph."""
        runs = EMPTY_LINE.split(_joined(self.words))
        self.words.clear()
        self.parts += [Part(kind, run.strip()) for run in runs if run.strip()]


def _joined(words: list[str | None]) -> str:
    """As a browser shows it: white space in a row is one space, none of it at the edges of a line."""
    shown: list[str] = []
    is_waiting = False
    for run in words:
        if run is SPACE:
            is_waiting = True
        elif run:
            is_inside = shown and not shown[-1].endswith("\n") and run is not BREAK
            shown += [" ", run] if is_waiting and is_inside else [run]
            is_waiting = False
    return "".join(shown)


def _is_converted_space(element: Any) -> bool:
    """A blank beside bold words, as browsers write it when they copy: no-break, in a span of its own."""
    is_bare = not element.attrib or element.get("class") == "Apple-converted-space"
    return element.tag == "span" and is_bare and len(element) == 0 and element.text == "\xa0"


def _row(row: Any) -> str:
    """A row of data as one run of its cells, or nothing where a table is there for layout."""
    cells = [" ".join(_plain(cell).split()) for cell in row.iterchildren("td", "th")]
    is_layout = len(cells) < 2 or any(len(cell) > LONGEST_CELL for cell in cells)
    return "" if is_layout else CELL_GAP.join(filter(None, cells))


def _plain(element: Any) -> str:
    parts = _Walk().walk(element)
    return " ".join(part.text for part in parts)


def _kind(element: Any, kind: BlockKind) -> BlockKind:
    """Its own kind, or Word's class for it. A paragraph in a quote is the quote, in a list an item."""
    word = WORD_CLASS.search(element.get("class") or "")
    if word and (named := WORD_KINDS.get(word[1].lower())):
        return named
    return KINDS.get(element.tag, kind)


def _by_words(part: Part) -> Part:
    """What an element does not tell, the words may, as in plain text."""
    words = " ".join(part.text.split())
    if part.kind is not BlockKind.PARAGRAPH:
        return part
    if furniture.is_caption(words):
        return Part(BlockKind.CAPTION, part.text)
    if furniture.is_byline(words):
        return Part(BlockKind.BYLINE, part.text)
    return Part(BlockKind.FURNITURE, part.text) if furniture.is_furniture(words) else part


def _one_headline(parts: Iterable[Part]) -> list[Part]:
    """Some write every heading as one of the first rank."""
    found: list[Part] = []
    for part in parts:
        is_second = part.kind is BlockKind.HEADLINE and bool(headline(found))
        found.append(Part(BlockKind.HEADING, part.text) if is_second else part)
    return found


def _with_first_line(document: Document) -> Document:
    """Where nothing says so, the first line may still be laid out as a headline is."""
    first, *others = document.blocks
    if first.kind is not BlockKind.PARAGRAPH or _has(document, BlockKind.HEADLINE):
        return document
    laid_out = read_layout(document.text).document.blocks[0]
    if laid_out.kind is not BlockKind.HEADLINE or laid_out.end != first.end:
        return document
    return replace(document, blocks=(replace(first, kind=BlockKind.HEADLINE), *others))


def _has(document: Document, kind: BlockKind) -> bool:
    return any(block.kind is kind for block in document.blocks)


def _first(document: Document, kind: BlockKind) -> str:
    block = next((b for b in document.blocks if b.kind is kind), Block(kind, 0, 0))
    return " ".join(document.text[block.start : block.end].split())
