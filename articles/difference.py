"""What changed between two versions, as a person would say it: this paragraph moved, these words were changed.

The problem: a line-by-line difference of prose is a wall of red, because one word changed means a paragraph gone
and another come, and a moved paragraph is both at once. The idea: paragraphs are matched first, equal ones by
their order, then equal ones elsewhere (moved), then alike ones (changed); only inside a changed paragraph are
words compared, and a lone word between two changes is taken along, so that changes read as phrases.

Pure. Paragraphs are the documents' blocks.
"""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from rapidfuzz import fuzz
from rapidfuzz.distance import LCSseq

from articles.document import Document

#: Likeness (0 to 100) from which one paragraph is another, reworded.
REWORDED = 55.0
#: Pairs of paragraphs beyond which reworded ones are no longer looked for.
MOST_PAIRS = 40_000
#: Words beyond which a paragraph's words are not compared: it is shown as gone and come.
MOST_WORDS = 4_000
#: Unchanged or gone paragraphs in a row from which they fold away.
FOLDED = 3
_PARTS = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: `same`, `removed` or `added`."""

    change: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: `same`, `changed`, `added` or `removed`; moved `up`, `down` or not at all.

    `old` and `new` are its places among the paragraphs of the two documents.
    """

    change: str
    kind: str
    pieces: tuple[Piece, ...]
    old: int | None
    new: int | None
    moved: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines in a row that are all unchanged (`same`), all gone (`removed`), or neither (empty)."""

    change: str
    lines: tuple[Line, ...]

    @property
    def is_folded(self) -> bool:
        """Whether it is long enough to be told by a number, so that changes stand close together."""
        return bool(self.change) and len(self.lines) >= FOLDED


def compare(old: Document, new: Document) -> list[Stretch]:
    """The new document's paragraphs in order, with those that are gone where they stood."""
    lines = list(compare_lines(old, new))
    return [Stretch(change, tuple(run)) for change, run in groupby(lines, key=_fold)]


def _fold(line: Line) -> str:
    return line.change if line.change in ("same", "removed") and not line.moved else ""


def compare_lines(old: Document, new: Document) -> Iterator[Line]:
    """What is gone comes before what has come in its place."""
    before, after = _texts(old), _texts(new)
    origins = _match(before, after)
    kept = _kept_order(origins)
    gone = sorted(set(range(len(before))) - set(origins.values()))
    bounds = _bounds(origins, kept, len(after), len(before))
    for at, text in enumerate(after):
        while gone and gone[0] < bounds[at]:
            yield _gone(old, before, gone.pop(0))
        kind, origin = new.blocks[at].kind.value, origins.get(at)
        if origin is None:
            yield Line("added", kind, (Piece("added", text),), None, at)
            continue
        change = "same" if before[origin] == text else "changed"
        moved = "" if at in kept else _direction(at, origins, kept)
        yield Line(change, kind, compare_words(before[origin], text), origin, at, moved)
    for at in gone:
        yield _gone(old, before, at)


def _bounds(origins: dict[int, int], kept: set[int], count: int, end: int) -> list[int]:
    """For each new paragraph where in the old document the next one stood that kept its order."""
    bounds: list[int] = []
    for at in reversed(range(count)):
        end = origins[at] if at in kept else end
        bounds.append(end)
    return bounds[::-1]


def _direction(at: int, origins: dict[int, int], kept: set[int]) -> str:
    """Down if something now stands above it that stood below it, else up."""
    passed = any(place < at and origins[place] > origins[at] for place in kept)
    return "down" if passed else "up"


def _texts(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks]


def _gone(old: Document, before: list[str], at: int) -> Line:
    kind = old.blocks[at].kind.value
    return Line("removed", kind, (Piece("removed", before[at]),), at, None)


def _match(before: list[str], after: list[str]) -> dict[int, int]:
    """For new paragraphs the old one that they are, by their places."""
    found = {
        block.b + step: block.a + step
        for block in LCSseq.opcodes(before, after).as_matching_blocks()
        for step in range(block.size)
    }
    free: dict[str, list[int]] = defaultdict(list)
    for at in sorted(set(range(len(before))) - set(found.values())):
        free[before[at]].append(at)
    for at, text in enumerate(after):
        if at not in found and free.get(text):
            found[at] = free[text].pop(0)
    return found | _reworded(before, after, found)


def _reworded(before: list[str], after: list[str], found: dict[int, int]) -> dict[int, int]:
    """Of the paragraphs left over, the most alike pairs first; of equally alike ones the nearest."""
    left = sorted(set(range(len(before))) - set(found.values()))
    come = [at for at in range(len(after)) if at not in found]
    if len(left) * len(come) > MOST_PAIRS:
        return {}
    pairs = [
        (-fuzz.ratio(before[a], after[b], score_cutoff=REWORDED), abs(a - b), b, a)
        for b in come
        for a in left
    ]
    matched: dict[int, int] = {}
    for likeness, _, b, a in sorted(pairs):
        if likeness and b not in matched and a not in matched.values():
            matched[b] = a
    return matched


def _kept_order(origins: dict[int, int]) -> set[int]:
    """The new paragraphs that stand in the old order: the rest moved. As many as possible stay."""
    places = sorted(origins)
    in_order = sorted(places, key=origins.__getitem__)
    blocks = LCSseq.opcodes(in_order, places).as_matching_blocks()
    return {places[block.b + step] for block in blocks for step in range(block.size)}


def compare_words(old: str, new: str) -> tuple[Piece, ...]:
    """A run of words with what was taken out and what was put in."""
    if old == new:
        return (Piece("same", new),)
    one, other = _PARTS.findall(old), _PARTS.findall(new)
    if max(len(one), len(other)) > MOST_WORDS:
        return (Piece("removed", old), Piece("added", new))
    found: list[Piece] = []
    out, put = "", ""
    for same, removed, added in _runs(one, other):
        if same and (out or put):
            found += _changes(out, put)
            out = put = ""
        if same:
            found.append(Piece("same", same))
        out, put = out + removed, put + added
    return (*found, *_changes(out, put))


def _runs(one: list[str], other: list[str]) -> Iterator[tuple[str, str, str]]:
    """(same, removed, added) runs. What is same between two changes but says little goes with them."""
    codes = list(LCSseq.opcodes(one, other))
    for index, code in enumerate(codes):
        removed = "".join(one[code.src_start : code.src_end])
        added = "".join(other[code.dest_start : code.dest_end])
        is_between = 0 < index < len(codes) - 1
        if code.tag == "equal" and not (is_between and len(removed.strip()) <= 2):
            yield removed, "", ""
        else:
            yield "", removed, added


def _changes(removed: str, added: str) -> list[Piece]:
    pieces = (Piece("removed", removed), Piece("added", added))
    return [piece for piece in pieces if piece.text]
