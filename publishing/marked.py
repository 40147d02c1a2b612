"""An article as readers see it: its frozen text with a mark on the words of every published claim.

Pure. A mark whose words are not where its document says is left out: better no mark than one on other words.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from articles.document import Document
from claims.marks import Mark, MarkedBlock, assign_lanes, mark_up
from publishing.reading import Reading

#: Lines below this one share it.
DEEPEST = 3


@dataclass(frozen=True, slots=True)
class ReaderMark:
    """One claim's mark on one piece."""

    reading: Reading
    depth: int
    is_last: bool


@dataclass(frozen=True, slots=True)
class ReaderPiece:
    """Words under the same marks, outermost first. The innermost says where a click leads."""

    text: str
    marks: tuple[ReaderMark, ...]

    @property
    def target(self) -> Reading:
        return self.marks[-1].reading


@dataclass(frozen=True, slots=True)
class ReaderBlock:
    kind: str
    pieces: tuple[ReaderPiece, ...]


def draw(document: Document, number: int, readings: Iterable[Reading]) -> list[ReaderBlock]:
    """The blocks of version `number` with the published claims that have their words in it."""
    by_key = {reading.id: reading for reading in readings}
    marks = [
        Mark(key, span["start"], span["end"])
        for key, reading in by_key.items()
        for span in reading.spans
        if span["version"] == number and document.text[span["start"] : span["end"]] == span["quote"]
    ]
    lanes = assign_lanes(marks)
    ends = {key: max(mark.end for mark in marks if mark.key == key) for key in lanes}
    return [
        ReaderBlock(block.kind, tuple(_pieces(block, by_key, lanes, ends)))
        for block in mark_up(document, marks)
    ]


def _pieces(
    block: MarkedBlock, by_key: dict[str, Reading], lanes: dict[str, int], ends: dict[str, int]
) -> Iterable[ReaderPiece]:
    for piece in block.pieces:
        end = piece.start + len(piece.text)
        marks = (
            ReaderMark(by_key[key], min(lanes[key], DEEPEST), ends[key] == end)
            for key in sorted(piece.keys, key=lanes.__getitem__)
        )
        yield ReaderPiece(piece.text, tuple(marks))
