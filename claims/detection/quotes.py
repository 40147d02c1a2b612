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
    "“": ("”",),
    "«": ("»",),
    "»": ("«",),
    "„": ("“", "”"),
    "‹": ("›",),
    "「": ("」",),
    "『": ("』",),
    "‘": ("’",),
    '"': ('"',),
    "'": ("'",),
    "''": ("''",),
    "``": ("''",),
}
MARK = re.compile("''|``|[“”„«»‹›「」『』‘’\"']")
SINGLE = ("‘", "'", "’")
#: Marks of two styles, one opening and the other closing the same quotation by oversight.
MIXED = {"“": '"', '"': "”"}
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

    @property
    def end(self) -> int:
        return self.place + len(self.sign)


def find_quotations(text: str, start: int, end: int) -> tuple[Quotation, ...]:
    """The outermost quotations in `text[start:end]`, in order."""
    marks = [_read_mark(text, *m.span(), (start, end)) for m in MARK.finditer(text, start, end)]
    marks = [mark for mark in marks if mark.opens or mark.closes]
    closings = _closings(marks)
    found: list[Quotation] = []
    index = 0
    while index < len(marks):
        mark = marks[index]
        closing = _closing(text, marks, index, closings) if mark.opens else None
        if closing is not None:
            last = marks[closing]
            found.append(Quotation(mark.place, last.end, mark.end, last.place))
            index = closing
        index += 1
    return _with_open(text, marks, found, start, end)


def _with_open(
    text: str, marks: list[Mark], found: list[Quotation], start: int, end: int
) -> tuple[Quotation, ...]:
    """Add the quotation that begins the paragraph's last unclosed words, when there is one."""
    after = found[-1].end if found else start
    for mark in marks:
        is_double = mark.sign not in SINGLE
        if mark.place >= after and mark.opens and is_double and end - mark.end > 1:
            found.append(Quotation(mark.place, end, mark.end, end))
            break
    return tuple(found)


def _closings(marks: list[Mark]) -> dict[str, list[int]]:
    """For each opening sign, the indexes of the marks that can close it."""
    return {
        sign: [i for i, mark in enumerate(marks) if mark.closes and mark.sign in ends]
        for sign, ends in PAIRS.items()
    }


def _read_mark(text: str, place: int, last: int, around: tuple[int, int]) -> Mark:
    sign = text[place:last]
    before = text[place - 1] if place > around[0] else " "
    after = text[last] if last < around[1] else " "
    free_before = before.isspace() or before in BEFORE_OPENING
    opens = sign in PAIRS
    closes = any(sign in ends for ends in PAIRS.values())
    if sign in ('"', "'", "''"):
        opens = free_before and not after.isspace()
        closes = not (before.isspace() or place == around[0])
        closes = closes or (sign == '"' and _is_set_off(text, place, around, after))
    if sign == "“" and not free_before and not after.isalnum():
        sign, opens = "”", False
    if sign in SINGLE:
        clipped = bool(CLIPPED.match(text, place, around[1]))
        opens = opens and free_before and after.isalnum() and not clipped
        closes = closes and not after.isalnum() and not clipped and not before.isspace()
    return Mark(place, sign, opens, closes)


def _is_set_off(text: str, place: int, around: tuple[int, int], after: str) -> bool:
    """A mark after the blank that printers put behind an inner mark: “… ‘so,’ ” he said."""
    return not after.isalnum() and text[max(around[0], place - 2) : place] in ("' ", "’ ")


def _closing(
    text: str, marks: list[Mark], opening: int, closings: dict[str, list[int]]
) -> int | None:
    """The index of the mark that closes the one at `opening`."""
    mark = marks[opening]
    candidates = closings[mark.sign]
    first = bisect_right(candidates, opening)
    mixed = _mixed_closing(marks, opening, candidates[first] if first < len(candidates) else None)
    if mixed is not None or first == len(candidates):
        return mixed
    if mark.sign in SINGLE:
        return _single_closing(text, marks, mark, candidates[first : first + 12])
    if mark.sign == '"':
        return candidates[first]
    return _nested_closing(marks, opening, candidates[first])


def _mixed_closing(marks: list[Mark], opening: int, nearest: int | None) -> int | None:
    """A mark of the other style, when the right one is missing before the next opening."""
    sign = marks[opening].sign
    if sign not in MIXED:
        return None
    last = min(len(marks), opening + 40) if nearest is None else nearest
    for index in range(opening + 1, last):
        mark = marks[index]
        if mark.opens and mark.sign in ("“", '"'):
            return None
        if mark.closes and mark.sign == MIXED[sign]:
            return index if sign == '"' or _is_reopened(marks, index, nearest) else None
    return None


def _is_reopened(marks: list[Mark], index: int, nearest: int | None) -> bool:
    """Whether another quotation opens before the mark that would close this one."""
    between = marks[index + 1 : nearest]
    return nearest is None or any(m.opens and m.sign in ("“", '"') for m in between)


def _nested_closing(marks: list[Mark], opening: int, nearest: int) -> int:
    """Skip the pairs of the same style inside; a second opening may also mean a forgotten closing."""
    sign, ends = marks[opening].sign, PAIRS[marks[opening].sign]
    if sign in ends or sign in ("«", "»", "„", "``"):
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
