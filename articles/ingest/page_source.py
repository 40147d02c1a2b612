"""The words of a web page as its reader sees them, by element, in order.

An extractor says which words are the article's, but it may drop characters on the way (soft hyphens,
joiners of emoji and of Persian) and it forgets what held them. So the page's own elements are listed
here, and each run that the extractor kept is looked up among them by its letters and digits alone.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from articles.document import BlockKind

# fmt: off
BLOCKS = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5",
    "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre", "section", "summary", "table",
    "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
))
UNSEEN = frozenset((
    "head", "iframe", "noscript", "object", "script", "select", "style", "svg", "template", "textarea",
))
# fmt: on
WHITE = re.compile(r"[ \t\n\r\f]+")
WHITE_RUNS = re.compile(r"[ \t\r\f]+")
AROUND_BREAK = re.compile(r" *\n *")
CAPTION_CLASS = re.compile(
    r"(?:^|[\s_-])(?:figcaption|wp-caption-text|(?:image|photo|media|img)[_-]?caption)"
)
LONGEST_BOLD_TITLE = 80
HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))


@dataclass(frozen=True, slots=True)
class Seen:
    """The words of one element that holds no other block, and its place among them."""

    order: int
    text: str
    kind: BlockKind | None
    inside: Any


def fold(text: str) -> str:
    """Letters and digits alone: what two spellings of the same run share."""
    return "".join(filter(str.isalnum, text)).casefold()


class PageSource:
    """The seen runs of a page, found again by their letters."""

    def __init__(self, tree: Any) -> None:
        self.runs: list[Seen] = []
        self._places: dict[str, list[int]] = {}
        for element, text in _leaves(tree):
            self._add(element, text)

    def _add(self, element: Any, text: str) -> None:
        run = Seen(len(self.runs), text, _kind(element), element)
        self.runs.append(run)
        self._places.setdefault(fold(text), []).append(run.order)

    def find(self, text: str, after: int = -1) -> Seen | None:
        """The first run with these letters beyond a place, else the first at all."""
        places = self._places.get(fold(text))
        if not places:
            return None
        return self.runs[next((place for place in places if place > after), places[0])]


def displayed(element: Any) -> str:
    """The words of an element: white space as a browser collapses it, `<br>` as a line break."""
    pieces: list[str] = []
    _gather(element, pieces)
    words = AROUND_BREAK.sub("\n", "".join(pieces).replace("\0", "\n"))
    return words.strip(" \n")


def _gather(element: Any, pieces: list[str]) -> None:
    pieces.append(WHITE.sub(" ", element.text or ""))
    for child in element:
        if child.tag == "br":
            pieces.append("\0")
        elif isinstance(child.tag, str) and child.tag not in UNSEEN:
            _gather(child, pieces)
        pieces.append(WHITE.sub(" ", child.tail or ""))


def _leaves(tree: Any) -> Iterator[tuple[Any, str]]:
    """Blocks without a block in them, in order, and not what is never shown."""
    holders: set[Any] = set()
    for element in tree.iter(*BLOCKS):
        parent = element.getparent()
        while parent is not None and parent not in holders:
            holders.add(parent)
            parent = parent.getparent()
    for element in tree.iter(*BLOCKS):
        if element in holders or any(one.tag in UNSEEN for one in element.iterancestors()):
            continue
        if text := WHITE_RUNS.sub(" ", displayed(element)):
            yield element, text


def _kind(element: Any) -> BlockKind | None:
    """What the page itself says that this is, by the nearest element that tells."""
    if element.tag in ("p", "div") and _is_bold_title(element):
        return BlockKind.HEADING
    for one in (element, *element.iterancestors()):
        classes = str(one.get("class") or "").lower()
        if one.tag == "figcaption" or CAPTION_CLASS.search(classes):
            return BlockKind.CAPTION
        if one.tag == "blockquote":
            return BlockKind.QUOTE
        if one.tag == "li":
            return BlockKind.LIST_ITEM
        if one.tag in HEADINGS:
            return BlockKind.HEADING
    return None


def _is_bold_title(element: Any) -> bool:
    """A short line, all of it bold and without an end: what many editors write for a heading."""
    inner = list(element)
    if len(inner) != 1 or inner[0].tag not in ("b", "strong") or (element.text or "").strip():
        return False
    words = displayed(element)
    is_whole = fold(words) == fold(displayed(inner[0]))
    return is_whole and len(words) <= LONGEST_BOLD_TITLE and words[-1:].isalnum()
