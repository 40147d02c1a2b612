"""Marks in a text: the blocks of a document cut into pieces wherever a claim's words start or end.

Pure. Each piece knows every mark that covers it, so overlapping and discontinuous claims stay apart, and the
pieces of a block joined together are the block's text, character for character.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise

from articles.document import Block, Document


@dataclass(frozen=True, slots=True)
class Mark:
    """Words of a claim. `key` says whose."""

    key: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text under the same marks. `start` is a code point offset into the document."""

    start: int
    text: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MarkedBlock:
    kind: str
    start: int
    end: int
    pieces: tuple[Piece, ...]


def mark_up(document: Document, marks: Iterable[Mark]) -> tuple[MarkedBlock, ...]:
    """The document's blocks with the marks laid over them. Marks are listed in reading order in each piece."""
    waiting = sorted(marks, key=lambda mark: (mark.start, -mark.end, mark.key))
    marked: list[MarkedBlock] = []
    for block in document.blocks:
        touching = [m for m in waiting if m.start < block.end and m.end > block.start]
        pieces = tuple(_cut(document.text, block, touching))
        marked.append(MarkedBlock(block.kind.value, block.start, block.end, pieces))
        waiting = [m for m in waiting if m.end > block.end]
    return tuple(marked)


def assign_lanes(marks: Iterable[Mark]) -> dict[str, int]:
    """A line of its own for each key, 1 being the first, so that marks that overlap never share one."""
    extents: dict[str, tuple[int, int]] = {}
    for mark in marks:
        start, end = extents.get(mark.key, (mark.start, mark.end))
        extents[mark.key] = (min(start, mark.start), max(end, mark.end))
    lanes: dict[str, int] = {}
    free_from: list[int] = []
    for key, (start, end) in sorted(extents.items(), key=lambda item: (item[1][0], -item[1][1])):
        lane = next((i for i, edge in enumerate(free_from) if edge <= start), len(free_from))
        free_from[lane : lane + 1] = [end]
        lanes[key] = lane + 1
    return lanes


def _cut(text: str, block: Block, marks: list[Mark]) -> Iterator[Piece]:
    edges = {block.start, block.end}
    for mark in marks:
        edges.add(max(mark.start, block.start))
        edges.add(min(mark.end, block.end))
    cuts = sorted(edges)
    for start, end in pairwise(cuts):
        keys = dict.fromkeys(m.key for m in marks if m.start <= start and m.end >= end)
        yield Piece(start, text[start:end], tuple(keys))
