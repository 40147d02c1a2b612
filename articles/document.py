"""A document: frozen text and the blocks it is laid out in.

Offsets everywhere in Assay are Unicode code points into `text`, start included, end excluded:
what Python's slices take. Every reader (`articles/ingest/`) makes one, every detection engine takes one.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class BlockKind(StrEnum):
    HEADLINE = "headline"
    STANDFIRST = "standfirst"
    BYLINE = "byline"
    HEADING = "heading"
    PARAGRAPH = "paragraph"
    QUOTE = "quote"
    LIST_ITEM = "list_item"
    CAPTION = "caption"
    FURNITURE = "furniture"


#: The kinds whose sentences assert something in the article's own body.
BODY_KINDS = frozenset(
    {BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.LIST_ITEM, BlockKind.STANDFIRST}
)


@dataclass(frozen=True, slots=True)
class Block:
    """A run of the text with a kind. `start` and `end` hold no outer white space."""

    kind: BlockKind
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Document:
    """The text of an article, its blocks in order (never overlapping), and what is known of it."""

    text: str
    blocks: tuple[Block, ...]
    language: str = "en"
    published_on: date | None = None
