"""What the workbench shows of an article: its text with marks, and its claims in reading order.

A claim and the claim that it was said are one entry here: they share their words and, on the desk, a card.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from articles.document import Document
from claims.kinds import Status
from claims.marks import Mark, MarkedBlock, assign_lanes, mark_up
from claims.models import Claim

#: Marks deeper than this share the last line.
DEEPEST = 3


@dataclass(frozen=True, slots=True)
class MarkView:
    """One claim's mark on one piece of text, as the template draws it."""

    claim: Any
    depth: int
    is_current: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class PieceView:
    start: int
    text: str
    marks: tuple[MarkView, ...]

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    @property
    def innermost(self) -> Any:
        return self.marks[-1].claim


@dataclass(frozen=True, slots=True)
class BlockView:
    kind: str
    start: int
    pieces: tuple[PieceView, ...]


def leading(claims: Iterable[Claim]) -> list[Claim]:
    """One claim of each attribution pair: *is it true?* leads, *was it said?* is a tab of its card."""
    rows = list(claims)
    spoken_for = {claim.attribution_id for claim in rows if claim.attribution_id}
    return [claim for claim in rows if claim.pk not in spoken_for]


def draw(
    document: Document, claims: Sequence[Any], spans: dict[Any, list[Any]], current: Any
) -> list[BlockView]:
    """The document's blocks with a mark for each claim that is not dismissed. `spans` is by claim key."""
    shown = {str(c.pk): c for c in claims if c.status != Status.DISMISSED or c.pk == current}
    marks = [
        Mark(key, span.start, span.end)
        for key, claim in shown.items()
        for span in spans.get(claim.pk, [])
    ]
    lanes = assign_lanes(marks)
    ends: dict[str, int] = {}
    for mark in marks:
        ends[mark.key] = max(mark.end, ends.get(mark.key, 0))
    return [
        BlockView(block.kind, block.start, tuple(_pieces(block, shown, lanes, ends, current)))
        for block in mark_up(document, marks)
    ]


def _pieces(
    block: MarkedBlock,
    claims: dict[str, Any],
    lanes: dict[str, int],
    ends: dict[str, int],
    current: Any,
) -> Iterable[PieceView]:
    for piece in block.pieces:
        keys = sorted(piece.keys, key=lambda key: lanes[key])
        end = piece.start + len(piece.text)
        yield PieceView(
            piece.start,
            piece.text,
            tuple(
                MarkView(
                    claims[key],
                    min(lanes[key], DEEPEST),
                    claims[key].pk == current,
                    end == ends[key],
                )
                for key in keys
            ),
        )
