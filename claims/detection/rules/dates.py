"""Expressions of time in news text: which words they are, and what they mean.

Two kinds matter to a fact-checker. “6 January 2021” means the same wherever it stands. “Monday”, “last year” and
“6 January” mean something only with the day the article came out and, for some, with the tense of their clause:
“met on Monday” looks back, “will meet on Monday” looks forward. Such an expression is found in any case, and gets
a value only where one reading is left (`date_values`). What only looks like a date is passed over: a
number of things (“2000 workers”), a name (“Sunday Times”), a verb (“may”).
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date

from claims.detection.rules import date_values as values
from claims.detection.rules.date_values import MONTHS, WEEKDAYS, Tense, month_number

MONTH = rf"(?P<month>{'|'.join(MONTHS)}|(?:Jan|Feb|Mar|Apr|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
DAY = r"(?P<day>[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)"
PART = r"(?:(?:[Ee]arly|[Ll]ate|[Mm]id)(?:\s+in|\s|-))?"
HOUR = r"(?:\s(?:morning|afternoon|evening|night))?"
WEEKDAY = rf"(?P<weekday>{'|'.join(WEEKDAYS)})"
UNIT = r"(?P<unit>days?|weeks?|months?|years?|decades?|centur(?:y|ies)|hours?|minutes?)"
SMALL = (
    r"an? few|several|a couple of|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|fifteen|"
    r"twenty|thirty|forty|fifty|\d{1,4}"
)
SEASON = r"(?:spring|summer|autumn|winter)"

Find = Callable[[re.Match[str], "Setting"], str]


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known where an expression stands. Without `published`, nothing relative has a value."""

    published: date | None = None
    tense: Tense = Tense.UNKNOWN
    is_adverbial: bool = True  # says when something happens, and is not part of a name of something
    is_elsewhen: bool = False  # the passage tells of another year
    is_quoted: bool = False  # a speaker's “yesterday” is not the article's


@dataclass(frozen=True, slots=True)
class FoundDate:
    start: int
    end: int
    value: str = ""
    is_relative: bool = False


def _full(match: re.Match[str], setting: Setting) -> str:
    number = month_number(match["month"])
    return values.day_value(int(match["year"]), number, int(match["day"]))


def _month_of_year(match: re.Match[str], setting: Setting) -> str:
    return f"{match['year']}-{month_number(match['month']):02}"


def _year(match: re.Match[str], setting: Setting) -> str:
    return match["year"]


def _years(match: re.Match[str], setting: Setting) -> str:
    first, last = match["year"], match["last"]
    whole = last if len(last) == 4 else first[:2] + last
    return f"{first}/{whole}" if int(first) < int(whole) else ""


def _decade(match: re.Match[str], setting: Setting) -> str:
    decade = match["decade"]
    return f"{decade}/{int(decade) + 9}" if len(decade) == 4 else ""


def _iso(match: re.Match[str], setting: Setting) -> str:
    year, month, day = map(int, match.group().split("-"))
    return values.day_value(year, month, day)


def _none(match: re.Match[str], setting: Setting) -> str:
    return ""


def _day_of_month(match: re.Match[str], setting: Setting) -> str:
    if setting.published is None or setting.is_elsewhen or not setting.is_adverbial:
        return ""
    day, number = int(match["day"]), month_number(match["month"])
    return values.nearest_day(setting.published, number, day, setting.tense)


def _bare_month(match: re.Match[str], setting: Setting) -> str:
    if setting.published is None or setting.is_elsewhen or not setting.is_adverbial:
        return ""
    return values.nearest_month(setting.published, month_number(match["month"]), setting.tense)


def _weekday(match: re.Match[str], setting: Setting) -> str:
    if setting.published is None or setting.is_elsewhen or match["every"]:
        return ""
    return values.nearest_weekday(
        setting.published, WEEKDAYS.index(match["weekday"]), setting.tense
    )


def _deictic(match: re.Match[str], setting: Setting) -> str:
    return values.deictic(match.group(), setting.published) if setting.published else ""


def _ago(match: re.Match[str], setting: Setting) -> str:
    if setting.published is None or not match.group().endswith("ago"):
        return ""
    return values.ago(match["number"], match["unit"], setting.published)


#: In the order they are tried: what is longer comes first. The last item says whether it is relative.
PATTERNS: tuple[tuple[re.Pattern[str], Find, bool], ...] = tuple(
    (re.compile(pattern), find, is_relative)
    for pattern, find, is_relative in (
        (r"\b(?:1[5-9]|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b", _iso, False),
        (rf"\b(?:{WEEKDAY},?\s)?{DAY}(?:\sof)?\s{MONTH},?\s{YEAR}\b", _full, False),
        (rf"\b(?:{WEEKDAY},?\s)?{MONTH}\s{DAY},?\s{YEAR}\b", _full, False),
        (rf"\b{PART}{MONTH}(?:,|\sof)?\s{YEAR}\b", _month_of_year, False),
        (
            rf"\b(?:[Tt]he\s)?(?:first|second|third|fourth)\s(?:quarter|half)(?:\sof\s{YEAR})?\b",
            _none,
            False,
        ),
        (rf"\b{PART}(?:the\s)?{SEASON}(?:\sof)?\s{YEAR}\b", _none, False),
        (rf"(?<=\bin\s)(?:the\s)?{PART}{SEASON}\b(?!\s[a-z]+s\b)", _none, True),
        (rf"(?<=\bby\s)(?:the\s)?{PART}{SEASON}\b(?!\s[a-z]+s\b)", _none, True),
        (
            r"\b(?:the\s)?(?:\d{1,2}(?:st|nd|rd|th)|eighteenth|nineteenth|twentieth|twenty-first)[\s-]century\b",
            _none,
            False,
        ),
        (rf"\b(?:the\s)?{PART}(?P<decade>(?:1[5-9]|20)\d0)s\b", _decade, False),
        (rf"\b{YEAR}(?:[-–/]|\sto\s)(?P<last>\d\d(?:\d\d)?)\b(?![-–/\d])", _years, False),
        (rf"\b(?:{WEEKDAY},?\s)?{DAY}(?:\sof)?\s{MONTH}(?![\w'’])", _day_of_month, True),
        (
            rf"\b(?:{WEEKDAY},?\s)?{MONTH}\s{DAY}\b(?![.,]?\d|\s(?:percent|per cent)|%)",
            _day_of_month,
            True,
        ),
        (
            rf"\b(?:[Ee]arlier|[Ll]ater|[Ll]ate|[Ee]arly)?\s?\b(?:[Tt]his|[Ll]ast|[Nn]ext)\s"
            rf"(?:week(?:end)?|month|year|night|morning|afternoon|evening|quarter|decade|century|{SEASON}|fall|"
            rf"{'|'.join(MONTHS)}|{'|'.join(WEEKDAYS)})\b(?!-old)",
            _deictic,
            True,
        ),
        (
            rf"\b(?P<number>{SMALL})\s{UNIT}\s(?:ago|earlier|later|before|after)\b(?!\s(?:than|he|she|it|they))",
            _ago,
            True,
        ),
        (
            r"\b(?:[Yy]esterday|[Tt]oday|[Tt]omorrow)(?:\smorning|\safternoon|\sevening|\snight)?\b",
            _deictic,
            True,
        ),
        (r"\b[Tt]onight\b", _deictic, True),
        (
            rf"(?P<every>\b(?:[Ee]very|[Ee]ach|a)\s)?(?:[Ll]ate\s|[Ee]arly\s)?\b{WEEKDAY}{HOUR}\b(?!\s[A-Z])",
            _weekday,
            True,
        ),
        (
            rf"(?:(?<=\b[Ii]n\s)|(?<=\b[Ss]ince\s)|(?<=\b[Bb]y\s)|(?<=\b[Uu]ntil\s)|(?<=\b[Ff]rom\s)|(?<=\b[Dd]uring\s)"
            rf"|(?<=\bof\s)|(?<=\bfor\s)){PART}{MONTH}(?![\w'’]|\s[A-Z])",
            _bare_month,
            True,
        ),
        (rf"\b(?:[Ff]iscal\s|{PART}){YEAR}\b(?![-–/.,]?\d|%)", _year, False),
    )
)
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


def find_dates(
    text: str, start: int, end: int, setting_at: Callable[[int], Setting]
) -> list[FoundDate]:
    """The dates in `text[start:end]`, in order. `setting_at` says what is known at a place of the text."""
    found: list[FoundDate] = []
    covered = bytearray(end - start)
    for pattern, find, is_relative in PATTERNS:
        for match in pattern.finditer(text, start, end):
            first, last = _trimmed(match)
            is_taken = covered.find(1, first - start, last - start) >= 0
            if not is_taken and _is_date(text, match, end):
                setting = setting_at(first)
                value = "" if is_relative and setting.is_quoted else find(match, setting)
                found.append(FoundDate(first, last, value, is_relative))
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


def years_in(text: str, start: int, end: int) -> Iterator[int]:
    """The years that a passage names."""
    for found in find_dates(text, start, end, lambda place: Setting()):
        if found.value and not found.is_relative:
            yield int(found.value[:4])
