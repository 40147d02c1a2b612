"""What an expression of time means on the calendar, and how a reader is shown it.

Values are ISO 8601: a day, a month, a year, or an interval of two of them. An expression that readers of different
habits understand differently (“last Monday” on a Wednesday, “next Friday”) has none.
"""

import calendar
import re
from datetime import date, timedelta
from enum import Enum

MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
NUMBERS = {
    "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "fifteen": 15, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50,
}  # fmt: skip
DAYS = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1}
#: A date a little after the article's own may be meant by a headline writer's past tense; no more than this.
LEAP = 8


class Tense(Enum):
    """Where the clause around an expression looks."""

    PAST = "past"
    FUTURE = "future"
    UNKNOWN = "unknown"


def month_number(name: str) -> int:
    """The number of a month from its name or short form."""
    return next(number for number, full in enumerate(MONTHS, 1) if full.startswith(name[:3]))


def day_value(year: int, month: int, day: int) -> str:
    """The ISO date, or nothing for a day that no calendar has."""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def nearest_weekday(published: date, weekday: int, tense: Tense) -> str:
    back = (published.weekday() - weekday) % 7
    if tense is Tense.PAST:
        return (published - timedelta(days=back)).isoformat()
    if tense is Tense.FUTURE:
        return _later(published, (7 - back) % 7)
    return ""


def nearest_month(published: date, month: int, tense: Tense) -> str:
    if tense is Tense.UNKNOWN:
        return ""
    looks_back = tense is Tense.PAST
    year = published.year
    if looks_back and month > published.month:
        year -= 1
    if not looks_back and month < published.month:
        year += 1
    return f"{year:04}-{month:02}"


def nearest_day(published: date, month: int, day: int, tense: Tense) -> str:
    """The last such day when the clause looks back, the next when it looks forward."""
    if tense is Tense.UNKNOWN:
        return ""
    looks_back = tense is Tense.PAST
    is_before = (month, day) <= (published.month, published.day)
    is_same = (month, day) == (published.month, published.day)
    shift = 0 if is_same or is_before == looks_back else (-1 if looks_back else 1)
    return day_value(published.year + shift, month, day)


def deictic(words: str, published: date) -> str:
    """“yesterday”, “last year”, “this week”, on the day the article came out."""
    *_, first, last = ["", *words.lower().split()]
    if last in DAYS or first in DAYS:
        return _later(published, DAYS.get(last, DAYS.get(first, 0)))
    step = {"last": -1, "this": 0, "next": 1}.get(first)
    if step is None:
        return ""
    return _span(last, step, published)


def _span(unit: str, step: int, published: date) -> str:
    match unit:
        case "year":
            return f"{published.year + step:04}"
        case "month":
            return _month(published, step)
        case "week":
            monday = published - timedelta(days=published.weekday() - 7 * step)
            return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"
        case "night" if step == -1:
            return _later(published, -1)
        case "morning" | "afternoon" | "evening" if step == 0:
            return published.isoformat()
        case "weekend" if step == -1 and published.weekday() < 4:
            saturday = published - timedelta(days=published.weekday() + 2)
            return f"{saturday.isoformat()}/{(saturday + timedelta(days=1)).isoformat()}"
    return (
        f"{published.year:04}-{month_number(unit.title()):02}"
        if step == 0 and unit.title() in MONTHS
        else ""
    )


def _month(published: date, step: int) -> str:
    count = published.year * 12 + published.month - 1 + step
    return f"{count // 12:04}-{count % 12 + 1:02}"


def _later(published: date, days: int) -> str:
    try:
        return (published + timedelta(days=days)).isoformat()
    except OverflowError:
        return ""


def ago(number: str, unit: str, published: date) -> str:
    """“Three days ago” is a day, “two months ago” a month, “four years ago” a year; many years are a round number."""
    count = int(number) if number.isdigit() else NUMBERS.get(number.lower(), 0)
    if not count:
        return ""
    match unit.rstrip("s"):
        case "day":
            return _later(published, -count) if count < 32 else ""
        case "month":
            return _month(published, -count) if count < 13 else ""
        case "year":
            return f"{published.year - count:04}" if count < 10 else ""
    return ""


def shown(words: str, value: str) -> str:
    """How a reader is shown what `words` mean: as little as they leave open."""
    first, _, last = value.partition("/")
    if last:
        return f"{_plain(first)} to {_plain(last)}"
    year = value[:4]
    names_month = any(re.search(rf"\b{month[:3]}", words) for month in MONTHS)
    return year if names_month and not any(day in words for day in WEEKDAYS) else _plain(value)


def _plain(value: str) -> str:
    """“2026-03-02” as a reader writes it."""
    year, *rest = value.split("-")
    if not rest:
        return year
    month = calendar.month_name[int(rest[0])]
    return f"{int(rest[1])} {month} {year}" if len(rest) > 1 else f"{month} {year}"
