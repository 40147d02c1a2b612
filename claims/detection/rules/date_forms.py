"""How expressions of time are written in news text, and how each is read.

A form is a pattern with a reader, which gives the value in a setting, or nothing where more than one is left.
"""

import re
from collections.abc import Callable
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


#: What any expression of a sort holds. It is looked for first, as most sentences hold none.
SIGNS = {
    "year": re.compile(r"1[5-9]\d\d|20\d\d"),
    "month": re.compile("|".join(sorted({month[:3] for month in MONTHS}))),
    "season": re.compile(SEASON),
    "part": re.compile("quarter|half"),
    "century": re.compile("century"),
    "near": re.compile("[Tt]his|[Ll]ast|[Nn]ext"),
    "ago": re.compile("ago|earlier|later|before|after"),
    "day": re.compile("day|omorrow"),
    "night": re.compile("onight"),
}
#: In the order they are tried: what is longer comes first. With each go its sign, how it is read, and whether it is
#: relative.
PATTERNS: tuple[tuple[re.Pattern[str], str, Find, bool], ...] = tuple(
    (re.compile(pattern), sign, find, is_relative)
    for pattern, sign, find, is_relative in (
        (
            r"\b(?:1[5-9]|20)\d\d-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])\b",
            "year",
            _iso,
            False,
        ),
        (rf"\b(?:{WEEKDAY},?\s)?{DAY}(?:\sof)?\s{MONTH},?\s{YEAR}\b", "month", _full, False),
        (rf"\b(?:{WEEKDAY},?\s)?{MONTH}\s{DAY},?\s{YEAR}\b", "month", _full, False),
        (rf"\b{PART}{MONTH}(?:,|\sof)?\s{YEAR}\b", "month", _month_of_year, False),
        (
            rf"\b(?:[Tt]he\s)?(?:first|second|third|fourth)\s(?:quarter|half)(?:\sof\s{YEAR})?\b",
            "part",
            _none,
            False,
        ),
        (rf"\b{PART}(?:the\s)?{SEASON}(?:\sof)?\s{YEAR}\b", "season", _none, False),
        (rf"(?<=\bin\s)(?:the\s)?{PART}{SEASON}\b(?!\s[a-z]+s\b)", "season", _none, True),
        (rf"(?<=\bby\s)(?:the\s)?{PART}{SEASON}\b(?!\s[a-z]+s\b)", "season", _none, True),
        (
            r"\b(?:the\s)?(?:\d{1,2}(?:st|nd|rd|th)|eighteenth|nineteenth|twentieth|twenty-first)[\s-]century\b",
            "century",
            _none,
            False,
        ),
        (rf"\b(?:the\s)?{PART}(?P<decade>(?:1[5-9]|20)\d0)s\b", "year", _decade, False),
        (
            rf"\b{YEAR}(?:[-–/]|\sto\s)(?P<last>\d\d(?:\d\d)?)\b(?![-–/\d])",
            "year",
            _years,
            False,
        ),
        (
            rf"\b(?:{WEEKDAY},?\s)?{DAY}(?:\sof)?\s{MONTH}(?![\w'’])",
            "month",
            _day_of_month,
            True,
        ),
        (
            rf"\b(?:{WEEKDAY},?\s)?{MONTH}\s{DAY}\b(?![.,]?\d|\s(?:percent|per cent)|%)",
            "month",
            _day_of_month,
            True,
        ),
        (
            rf"\b(?:[Ee]arlier|[Ll]ater|[Ll]ate|[Ee]arly)?\s?\b(?:[Tt]his|[Ll]ast|[Nn]ext)\s"
            rf"(?:week(?:end)?|month|year|night|morning|afternoon|evening|quarter|decade|century|{SEASON}|fall|"
            rf"{'|'.join(MONTHS)}|{'|'.join(WEEKDAYS)})\b(?!-old)",
            "near",
            _deictic,
            True,
        ),
        (
            rf"\b(?P<number>{SMALL})\s{UNIT}\s(?:ago|earlier|later|before|after)\b(?!\s(?:than|he|she|it|they))",
            "ago",
            _ago,
            True,
        ),
        (
            r"\b(?:[Yy]esterday|[Tt]oday|[Tt]omorrow)(?:\smorning|\safternoon|\sevening|\snight)?\b",
            "day",
            _deictic,
            True,
        ),
        (r"\b[Tt]onight\b", "night", _deictic, True),
        (
            rf"(?P<every>\b(?:[Ee]very|[Ee]ach|a)\s)?(?:[Ll]ate\s|[Ee]arly\s)?\b{WEEKDAY}{HOUR}\b(?!\s[A-Z])",
            "day",
            _weekday,
            True,
        ),
        (
            rf"(?:(?<=\b[Ii]n\s)|(?<=\b[Ss]ince\s)|(?<=\b[Bb]y\s)|(?<=\b[Uu]ntil\s)|(?<=\b[Ff]rom\s)|(?<=\b[Dd]uring\s)"
            rf"|(?<=\bof\s)|(?<=\bfor\s)){PART}{MONTH}(?![\w'’]|\s[A-Z])",
            "month",
            _bare_month,
            True,
        ),
        (rf"\b(?:[Ff]iscal\s|{PART}){YEAR}\b(?![-–/.,]?\d|%)", "year", _year, False),
    )
)
