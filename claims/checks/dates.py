"""Days as markup writes them: ISO 8601, RFC 2822, seconds since 1970, words, and numbers with the day first.

A day is read as it was written, in the zone where it was written. “03/04/2020” is two days: the day is read first, as
most of the world writes it, and that is noted.
"""

import math
import re
from datetime import UTC, date, datetime
from typing import Any

from articles.ingest.moments import read_moment

FIRST, LAST = 1900, 2100
#: Beyond this a number counts milliseconds.
MOST_SECONDS = 10_000_000_000
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)", re.ASCII)
TIGHT = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
NUMBERS = re.compile(r"(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?:[ ,T].*)?", re.ASCII)
YEAR_FIRST = re.compile(r"(\d{4})[/.](\d{1,2})[/.](\d{1,2})(?!\d).*", re.ASCII)
DAY_MONTH = re.compile(
    r"(?:[a-z]+,? )?(\d{1,2})(?:st|nd|rd|th)?(?: of)?[ .\-]+([a-z]{3,9})\.?,?[ \-]+(\d{4})\b.*", re.ASCII | re.I
)  # fmt: skip
MONTH_DAY = re.compile(
    r"(?:[a-z]+,? )?([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})\b.*", re.ASCII | re.I
)
LONGEST = 60


def read_day(value: Any) -> tuple[date | None, str]:
    """The day, and what was odd about it."""
    if isinstance(value, bool) or value is None or value == "":
        return None, "" if value in (None, "") else "no date, left out"
    if isinstance(value, int | float):
        return _of_seconds(float(value) if abs(value) < 1e18 else math.inf)
    text = " ".join(value.split()) if isinstance(value, str) else ""
    day, odd = _of_text(text[:LONGEST]) if text else (None, "")
    if day is None:
        return None, "no date, left out"
    return (day, odd) if FIRST <= day.year <= LAST else (None, "a date out of time, left out")


def _of_text(text: str) -> tuple[date | None, str]:
    if found := ISO.match(text):
        return _day(*found.groups()), ""
    if text.lstrip("-").isdecimal() and text.isascii():
        found = TIGHT.fullmatch(text)
        day = _day(*found.groups()) if found else None
        return (day, "a date in another form") if day else _of_seconds(float(text))
    if found := YEAR_FIRST.fullmatch(text):
        return _day(*found.groups()), "a date in another form"
    if found := NUMBERS.fullmatch(text):
        return _of_numbers(*map(int, found.groups()))
    if found := DAY_MONTH.fullmatch(text):
        return _in_words(found[1], found[2], found[3]), "a date in another form"
    if found := MONTH_DAY.fullmatch(text):
        return _in_words(found[2], found[1], found[3]), "a date in another form"
    moment = read_moment(text)
    return (moment.date() if moment else None), "a date in another form" if moment else ""


def _of_numbers(one: int, two: int, year: int) -> tuple[date | None, str]:
    """Day first, unless only the other way round there is such a day."""
    is_two_days = one <= 12 and two <= 12 and one != two
    day, month = (one, two) if two <= 12 else (two, one)
    odd = "a date that may be two days, read day first" if is_two_days else "a date in another form"
    return _day(year, month, day), odd


def _of_seconds(number: float) -> tuple[date | None, str]:
    number = number / 1000 if abs(number) > MOST_SECONDS else number
    try:
        day = datetime.fromtimestamp(number, UTC).date()
    except (ValueError, OverflowError, OSError):
        return None, "no date, left out"
    is_date = number != 0 and FIRST <= day.year <= LAST
    return (day, "a date as a number") if is_date else (None, "no date, left out")


def _in_words(day: str, month: str, year: str) -> date | None:
    short = month[:3].lower()
    return _day(year, MONTHS.index(short) + 1, day) if short in MONTHS else None


def _day(year: Any, month: Any, day: Any) -> date | None:
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None
