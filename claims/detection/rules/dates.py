"""Expressions of time in news text: which words they are, and what they mean.

Two kinds matter to a fact-checker. “6 January 2021” means the same wherever it stands. “Monday”, “last year” and
“6 January” mean something only with the day the article came out and, for some, with the tense of their clause:
“met on Monday” looks back, “will meet on Monday” looks forward. Such an expression is found in any case, and gets
a value only where one reading is left (`date_values`). What only looks like a date is passed over: a
number of things (“2000 workers”), a name (“Sunday Times”), a verb (“may”).
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from claims.detection.rules.date_forms import PATTERNS, SIGNS, Find, Setting

#: A year is a number of things when these follow it or stand before it.
COUNTED = re.compile(
    r"\s(?:[a-z]+s|people|men|women|children|(?:million|billion|percent|per cent)|km|miles|pounds)\b"
)
TELLS_YEAR = re.compile(
    r"\b(?:in|since|of|by|from|until|till|before|after|during|between|the|its|his|their|her|for|and|to|around|about|"
    r"through)\s$",
    re.IGNORECASE,
)
NO_YEAR_BEFORE = re.compile(
    r"(?:[$£€¥#]|\bNo\.?\s|[\d,.]|\b(?:than|over|nearly|almost|some|only|approximately)\s)$"
)
NAMED_DAY = re.compile(
    r"\b(?:Black|Good|Super|Ash|Bloody|Palm|Easter|Holy|Cyber|Giving|Maundy|Shrove)\s$"
)


@dataclass(frozen=True, slots=True)
class FoundDate:
    start: int
    end: int
    value: str = ""
    is_relative: bool = False


@dataclass(frozen=True, slots=True)
class Seen:
    """An expression of time, and how it is read."""

    start: int
    end: int
    match: re.Match[str]
    find: Find
    is_relative: bool

    def dated(self, setting: Setting) -> FoundDate:
        is_untold = self.is_relative and setting.is_quoted
        value = "" if is_untold else self.find(self.match, setting)
        return FoundDate(self.start, self.end, value, self.is_relative)


def find_dates(
    text: str, start: int, end: int, setting_at: Callable[[int], Setting]
) -> list[FoundDate]:
    """The dates in `text[start:end]`, in order. `setting_at` says what is known at a place of the text."""
    return [seen.dated(setting_at(seen.start)) for seen in see_dates(text, start, end)]


def see_dates(text: str, start: int, end: int) -> list[Seen]:
    """The expressions of time in `text[start:end]`, in order, before anything is known of their setting."""
    found: list[Seen] = []
    covered = bytearray(end - start)
    held = {sign for sign, shape in SIGNS.items() if shape.search(text, start, end)}
    for pattern, sign, find, is_relative in PATTERNS if held else ():
        for match in pattern.finditer(text, start, end) if sign in held else ():
            first, last = _trimmed(match)
            is_taken = covered.find(1, first - start, last - start) >= 0
            if not is_taken and _is_date(text, match, end):
                found.append(Seen(first, last, match, find, is_relative))
                covered[first - start : last - start] = b"\1" * (last - first)
    return sorted(found, key=lambda item: item.start)


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    words = match.group()
    return match.start() + len(words) - len(words.lstrip()), match.end()


def _is_date(text: str, match: re.Match[str], end: int) -> bool:
    """Whether what looks like a date is one: no number of things, no named day, no name with a number."""
    before = text[max(0, match.start() - 20) : match.start()]
    words = match.group()
    if "weekday" in match.re.groupindex and NAMED_DAY.search(before):
        return False
    if not words.isdigit():
        return True
    if NO_YEAR_BEFORE.search(before):
        return False
    tells = TELLS_YEAR.search(before)
    return bool(tells) or not COUNTED.match(text, match.end(), min(end, match.end() + 20))


def years_in(seen: Iterable[Seen]) -> Iterator[int]:
    """The years that a passage names."""
    for found in seen:
        value = "" if found.is_relative else found.dated(Setting()).value
        if value:
            yield int(value[:4])
