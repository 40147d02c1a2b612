"""Where the words of others stand: quotations in any style of marks, with exact places.

The hard part is the mark that is also an apostrophe: ‘ and ’ and the straight '. Each mark is
first read by its neighbours (can it open, can it close?), then the marks are paired from left to
right, outermost quotation only. An opening mark that no later mark can close opens nothing,
unless it is the first character of the paragraph: then the quotation may go on in the next.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

#: Opening mark to the marks that close it.
PAIRS = {
    "“": "”",
    "«": "»",
    "»": "«",
    "„": "“”",
    "‹": "›",
    "「": "」",
    "『": "』",
    "‘": "’",
    '"': '"',
    "'": "'",
}
MARK = re.compile("[“”„«»‹›「」『』‘’\"']")
BEFORE_OPENING = "([{—–-/“\"«„‘'「"
#: Words that begin with an apostrophe.
CLIPPED = re.compile(r"['‘’](?:\d0s|em|til|tis|twas|cause|n|bout)\b", re.IGNORECASE)
LONGEST_SINGLE = 2000


@dataclass(frozen=True, slots=True)
class Quotation:
    """A quotation: `start` and `end` with its marks, `inner_start` and `inner_end` without."""

    start: int
    end: int
    inner_start: int
    inner_end: int

    @property
    def is_open(self) -> bool:
        """Whether the paragraph ended before the closing mark."""
        return self.end == self.inner_end


@dataclass(frozen=True, slots=True)
class Mark:
    place: int
    sign: str
    opens: bool
    closes: bool


def find_quotations(text: str, start: int, end: int) -> tuple[Quotation, ...]:
    """The outermost quotations in `text[start:end]`, in order."""
    marks = [_read_mark(text, m.start(), start, end) for m in MARK.finditer(text, start, end)]
    marks = [mark for mark in marks if mark.opens or mark.closes]
    closings = _closings(marks)
    found: list[Quotation] = []
    index = 0
    while index < len(marks):
        mark = marks[index]
        closing = _closing(text, marks, index, closings) if mark.opens else None
        if closing is not None:
            last = marks[closing].place
            found.append(Quotation(mark.place, last + 1, mark.place + 1, last))
            index = closing
        index += 1
    return _with_open(text, marks, found, start, end)


def _with_open(
    text: str, marks: list[Mark], found: list[Quotation], start: int, end: int
) -> tuple[Quotation, ...]:
    """Add the quotation that begins the paragraph's last unclosed words, when there is one."""
    after = found[-1].end if found else start
    for mark in marks:
        is_double = mark.sign not in "‘'’"
        if mark.place >= after and mark.opens and is_double and end - mark.place > 2:
            found.append(Quotation(mark.place, end, mark.place + 1, end))
            break
    return tuple(found)


def _closings(marks: list[Mark]) -> dict[str, list[int]]:
    """For each opening sign, the indexes of the marks that can close it."""
    return {
        sign: [i for i, mark in enumerate(marks) if mark.closes and mark.sign in ends]
        for sign, ends in PAIRS.items()
    }


def _read_mark(text: str, place: int, start: int, end: int) -> Mark:
    sign = text[place]
    before = text[place - 1] if place > start else " "
    after = text[place + 1] if place + 1 < end else " "
    free_before = before.isspace() or before in BEFORE_OPENING
    opens = sign in PAIRS
    closes = any(sign in ends for ends in PAIRS.values())
    if sign in "\"'":
        opens = free_before and not after.isspace()
        closes = not (before.isspace() or place == start)
    if sign in "'‘’":
        clipped = bool(CLIPPED.match(text, place, end))
        opens = opens and free_before and after.isalnum() and not clipped
        closes = closes and not after.isalnum() and not clipped and not before.isspace()
    return Mark(place, sign, opens, closes)


def _closing(
    text: str, marks: list[Mark], opening: int, closings: dict[str, list[int]]
) -> int | None:
    """The index of the mark that closes the one at `opening`."""
    mark = marks[opening]
    candidates = closings[mark.sign]
    first = bisect_right(candidates, opening)
    if first == len(candidates):
        return None
    if mark.sign in "‘'":
        return _single_closing(text, marks, mark, candidates[first : first + 12])
    if mark.sign == '"':
        return candidates[first]
    return _nested_closing(marks, opening, candidates[first])


def _nested_closing(marks: list[Mark], opening: int, nearest: int) -> int:
    """Skip the pairs of the same style inside; a second opening may also mean a forgotten closing."""
    sign, ends = marks[opening].sign, PAIRS[marks[opening].sign]
    if sign in ends or sign in "«»„":
        return nearest
    depth = 0
    for index in range(opening, min(opening + 40, len(marks))):
        depth += (marks[index].sign == sign) - (marks[index].sign in ends)
        if depth == 0:
            return index
    return nearest


def _single_closing(
    text: str, marks: list[Mark], opening: Mark, candidates: list[int]
) -> int | None:
    """A single mark closes best after punctuation or before it; after an s it may be a possessive."""
    for number, index in enumerate(candidates):
        place = marks[index].place
        if place - opening.place > LONGEST_SINGLE:
            break
        if any(mark.opens and mark.sign == opening.sign for mark in marks[candidates[0] : index]):
            break
        if not (text[place - 1] in "sS" and text[place + 1 : place + 2].isspace()):
            return index
        if number + 1 == len(candidates):
            break
    return candidates[0] if marks[candidates[0]].place - opening.place <= LONGEST_SINGLE else None
