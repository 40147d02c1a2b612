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
_PARTS = re.compile(r"\w+|\s+|[^\w\s]")


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of words: `same`, `removed` or `added`."""

    change: str
    text: str


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: `same`, `changed`, `added` or `removed`, and whether it stands elsewhere now."""

    change: str
    kind: str
    pieces: tuple[Piece, ...]
    has_moved: bool = False


@dataclass(frozen=True, slots=True)
class Stretch:
    """Lines in a row that are all unchanged, to be folded away, or all not."""

    is_same: bool
    lines: tuple[Line, ...]


def compare(old: Document, new: Document) -> list[Stretch]:
    """The new document's paragraphs in order, with those that are gone where they stood."""
    lines = _lines(old, new)
    grouped = groupby(lines, key=lambda line: line.change == "same" and not line.has_moved)
    return [Stretch(is_same, tuple(run)) for is_same, run in grouped]


def _lines(old: Document, new: Document) -> Iterator[Line]:
    before, after = _texts(old), _texts(new)
    origins = _match(before, after)
    kept = _kept_order(origins)
    gone = [at for at in range(len(before)) if at not in set(origins.values())]
    for at, text in enumerate(after):
        origin = origins.get(at)
        while gone and at in kept and origin is not None and gone[0] < origin:
            yield _gone(old, before, gone.pop(0))
        kind = new.blocks[at].kind.value
        if origin is None:
            yield Line("added", kind, (Piece("added", text),))
        else:
            pieces = _pieces(before[origin], text)
            change = "same" if before[origin] == text else "changed"
            yield Line(change, kind, pieces, has_moved=at not in kept)
    for at in gone:
        yield _gone(old, before, at)


def _texts(document: Document) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks]


def _gone(old: Document, before: list[str], at: int) -> Line:
    return Line("removed", old.blocks[at].kind.value, (Piece("removed", before[at]),))


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


def _pieces(old: str, new: str) -> tuple[Piece, ...]:
    """The words of a paragraph with what was taken out and what was put in."""
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
