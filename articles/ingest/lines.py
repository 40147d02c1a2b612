"""From lines to runs: which lines of a plain text belong together.

Plain text is written in three ways: a blank line between paragraphs, one paragraph a line, or lines
broken at a column of about 72. In the third, a line break inside a paragraph means nothing, so a
line is joined to the one before it when that one is full: the next word would not have fitted.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

LINE = re.compile(r"[^\n]+")
BULLET_SIGN = re.compile(r"(?:[-–—*•·▪◦‣●○]|\(?(?:\d{1,2}|[a-z])[.)])\s+")
CLOSERS = "\"'”’»›)]」』"
SENTENCE_ENDS = ".!?…:;。！？；："

NARROWEST, WIDEST = 40, 110
LONGEST_WORD = 20
FULL_SHARE = 0.6


@dataclass(frozen=True, slots=True)
class Run:
    """Lines that belong together, without outer white space. `group` counts blank lines passed."""

    start: int
    end: int
    group: int
    line_count: int = 1


@dataclass(frozen=True, slots=True)
class Line:
    start: int
    end: int
    indent: int
    group: int
    text: str

    @property
    def first_word(self) -> str:
        return self.text.split(None, 1)[0][:LONGEST_WORD]


def join_lines(text: str) -> list[Run]:
    """The runs of a text, in order. Every character that is not white space is in exactly one."""
    lines = list(_lines(text))
    width = _wrap_width(lines)
    runs: list[Run] = []
    before: Line | None = None
    for line in lines:
        if before and before.group == line.group and _continues(before, line, width):
            last = runs[-1]
            runs[-1] = Run(last.start, line.end, last.group, last.line_count + 1)
        else:
            runs.append(Run(line.start, line.end, line.group))
        before = line
    return runs


def is_finished(text: str) -> bool:
    """Whether the text ends as a sentence does."""
    return text.rstrip(CLOSERS + " \t\u00a0").endswith(tuple(SENTENCE_ENDS))


def _lines(text: str) -> Iterator[Line]:
    group, last_end = 0, 0
    for match in LINE.finditer(text):
        raw = match.group()
        words = raw.strip()
        if not words:
            continue
        if text.count("\n", last_end, match.start()) > 1:
            group += 1
        indent = len(raw) - len(raw.lstrip())
        start = match.start() + indent
        last_end = start + len(words)
        yield Line(start, last_end, indent, group, words)


def _wrap_width(lines: list[Line]) -> int:
    """The column at which the text was wrapped, or 0 when its lines are paragraphs."""
    lengths = sorted(len(line.text) for line in lines)
    width = lengths[len(lengths) * 98 // 100] if lengths else 0
    if not NARROWEST <= width <= WIDEST:
        return 0
    neighbours = [(a, b) for a, b in pairwise(lines) if a.group == b.group]
    full = sum(_is_full(a, b, width) for a, b in neighbours)
    return width if neighbours and full >= FULL_SHARE * len(neighbours) else 0


def _is_full(line: Line, following: Line, width: int) -> bool:
    return len(line.text) + 1 + len(following.first_word) >= width


def _continues(line: Line, following: Line, width: int) -> bool:
    if BULLET_SIGN.match(following.text) or following.indent > line.indent + 1:
        return False
    if width:
        return _is_full(line, following, width)
    is_long = len(line.text) >= NARROWEST
    return is_long and following.text[0].islower() and not is_finished(line.text)
