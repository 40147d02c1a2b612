"""From the tree that the extractor kept to parts: paragraphs, headings, quotes, list items, rows of tables.

Captions are not the article's body, so the extractor leaves them out; they are put back after the run
that they follow on the page, because readers check what a caption says as well.
"""

from dataclasses import dataclass
from typing import Any

from articles.document import BlockKind
from articles.ingest import furniture
from articles.ingest.compose import Part
from articles.ingest.page_source import PageSource, Seen, fold

KINDS = {
    "p": BlockKind.PARAGRAPH,
    "ab": BlockKind.PARAGRAPH,
    "div": BlockKind.PARAGRAPH,
    "body": BlockKind.PARAGRAPH,
    "cell": BlockKind.PARAGRAPH,
    "head": BlockKind.HEADING,
    "quote": BlockKind.QUOTE,
    "code": BlockKind.QUOTE,
    "list": BlockKind.LIST_ITEM,
    "item": BlockKind.LIST_ITEM,
}
#: A cell with more than this is laid out with a table and holds no datum.
LONGEST_CELL = 200
CELL_GAP = " | "


@dataclass(slots=True)
class _Placed:
    """A part and where on the page it stands, if it was found there."""

    part: Part
    order: int | None


def body_parts(body: Any, source: PageSource, title: str) -> list[Part]:
    """The parts of the article's body with its captions, in the page's order, without its title."""
    found = [part for part in _Walk().walk(body) if fold(part.text) != fold(title)]
    placed = _place(found, source)
    return [_by_words(one.part) for one in _with_captions(placed, source)]


class _Walk:
    """Collects the words between the edges of blocks."""

    def __init__(self) -> None:
        self.parts: list[Part] = []
        self.words: list[str] = []

    def walk(self, body: Any) -> list[Part]:
        self._visit(body, BlockKind.PARAGRAPH)
        self._flush(BlockKind.PARAGRAPH)
        return self.parts

    def _visit(self, element: Any, kind: BlockKind) -> None:
        self.words.append(element.text or "")
        for child in element:
            if child.tag == "lb":
                self.words.append("\n")
            elif child.tag == "row":
                self._flush(kind)
                self._row(child)
            elif child.tag in KINDS or child.tag == "table":
                self._flush(kind)
                inner = _inner(kind, child.tag)
                self._visit(child, inner)
                self._flush(inner)
            else:
                self._visit(child, kind)
            self.words.append(child.tail or "")

    def _row(self, row: Any) -> None:
        cells = [" ".join("".join(cell.itertext()).split()) for cell in row.iter("cell")]
        if any(len(cell) > LONGEST_CELL for cell in cells) or len(cells) < 2:
            self._visit(row, BlockKind.PARAGRAPH)
            self._flush(BlockKind.PARAGRAPH)
        else:
            self.parts.append(Part(BlockKind.LIST_ITEM, CELL_GAP.join(filter(None, cells))))

    def _flush(self, kind: BlockKind) -> None:
        lines = (" ".join(line.split()) for line in "".join(self.words).split("\n"))
        self.words.clear()
        if text := "\n".join(filter(None, lines)):
            self.parts.append(Part(kind, text))


def _inner(kind: BlockKind, tag: str) -> BlockKind:
    """A paragraph inside a quote is the quote; inside a list it is an item."""
    own = KINDS.get(tag, kind)
    keeps = kind in (BlockKind.QUOTE, BlockKind.LIST_ITEM) and own is BlockKind.PARAGRAPH
    return kind if keeps else own


def _place(parts: list[Part], source: PageSource) -> list[_Placed]:
    """Give each part the page's own characters and kind where the page has it."""
    placed: list[_Placed] = []
    last = -1
    for part in parts:
        seen = source.find(part.text, last)
        if seen is None:
            placed.append(_Placed(part, None))
            continue
        last = max(last, seen.order)
        kind = part.kind if seen.kind is None else seen.kind
        placed.append(_Placed(Part(kind, seen.text), seen.order))
    return placed


def _with_captions(placed: list[_Placed], source: PageSource) -> list[_Placed]:
    orders = [one.order for one in placed if one.order is not None]
    if not orders:
        return placed
    there = set(orders)
    for seen in source.runs:
        if seen.kind is not BlockKind.CAPTION or seen.order in there or not _is_words(seen):
            continue
        if min(orders) <= seen.order <= max(orders) or _is_lead(seen, source.runs[min(orders)]):
            _insert(placed, _Placed(Part(BlockKind.CAPTION, seen.text), seen.order))
    return placed


def _is_words(seen: Seen) -> bool:
    return len(seen.text) > 2 and any(map(str.isalpha, seen.text))


def _is_lead(caption: Seen, first: Seen) -> bool:
    """Whether the caption stands above the first paragraph, in the element that holds the article."""
    if caption.order > first.order:
        return False
    holder = next(first.inside.iterancestors("article", "main"), None)
    return holder is not None and holder in caption.inside.iterancestors("article", "main")


def _insert(placed: list[_Placed], caption: _Placed) -> None:
    """After the last part that stands above it on the page."""
    above = [
        place
        for place, one in enumerate(placed)
        if one.order is not None and caption.order is not None and one.order < caption.order
    ]
    placed.insert(above[-1] + 1 if above else 0, caption)


def _by_words(part: Part) -> Part:
    """What surrounds an article is told by its own words, as in plain text."""
    if part.kind is BlockKind.CAPTION:
        return part
    if furniture.is_caption(part.text) and part.kind is BlockKind.PARAGRAPH:
        return Part(BlockKind.CAPTION, part.text)
    if furniture.is_furniture(part.text):
        return Part(BlockKind.FURNITURE, part.text)
    return part
