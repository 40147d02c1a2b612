"""From tokens to places in the article: runs of words, without the marks around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from claims.detection.base import Place

if TYPE_CHECKING:
    from claims.detection.rules.parsing import Parsed

#: Words that a run does not begin or end with: they join it to what is not in it.
JOINTS = frozenset({"and", "but", "or", "nor", "while", "yet", "plus"})


def places(parsed: Parsed, tokens: Iterable[int]) -> tuple[Place, ...]:
    """The runs of these tokens, in order; marks and brackets between two words of a run belong to it."""
    return tuple(parsed.place(start, end) for start, end in runs(parsed, tokens))


def runs(parsed: Parsed, tokens: Iterable[int]) -> list[tuple[int, int]]:
    """First and last-plus-one token of each run, trimmed."""
    found: list[tuple[int, int]] = []
    for index in sorted(set(tokens)):
        if found and _only_marks(parsed, found[-1][1], index):
            found[-1] = (found[-1][0], index + 1)
        else:
            found.append((index, index + 1))
    trimmed = (_trim(parsed, start, end) for start, end in found)
    return [run for run in trimmed if run[0] < run[1]]


def _only_marks(parsed: Parsed, start: int, end: int) -> bool:
    return all(_is_mark(parsed, index) for index in range(start, end))


def _is_mark(parsed: Parsed, index: int) -> bool:
    return not any(map(str.isalnum, parsed.doc[index].text))


def _trim(parsed: Parsed, start: int, end: int) -> tuple[int, int]:
    while start < end and (_is_lead(parsed, start) or parsed.doc[start].lower_ in JOINTS):
        start += 1
    while start < end and (_is_loose(parsed, end - 1) or parsed.doc[end - 1].lower_ in JOINTS):
        end -= 1
    return start, end


def _is_lead(parsed: Parsed, index: int) -> bool:
    return _is_mark(parsed, index) and parsed.doc[index].text not in ("$", "£", "€", "¥", "#", "(")


def _is_loose(parsed: Parsed, index: int) -> bool:
    return _is_mark(parsed, index) and parsed.doc[index].text not in ("%", "”", ")", "]", "?", "!")


def words(parsed: Parsed, tokens: Iterable[int]) -> Iterator[str]:
    """The words of these tokens with the blanks between them."""
    for index in tokens:
        yield parsed.doc[index].text_with_ws
