"""Quantities in news text: numbers with what they measure, money, shares, words that count.

A number with a unit of measure is one quantity (“about 40 miles”, “several hours”), a number of things is the number
(“three” of “three accords”). What only holds a number is passed over: names (“F-16”, “Channel 4”, “No. 10”), times of
the day, and “one” and “two” where they count nothing (“one another”, “the two”).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from claims.detection.words import word_set

WORDS = {
    "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17,
    "eighteen": 18, "nineteen": 19, "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70,
    "eighty": 80, "ninety": 90,
}  # fmt: skip
SCALES = {
    "hundred": 2, "thousand": 3, "million": 6, "billion": 9, "trillion": 12, "mln": 6, "bln": 9, "k": 3, "m": 6,
    "bn": 9,
}  # fmt: skip
SHARES = {
    "half": "0.5",
    "a quarter": "0.25",
    "one-half": "0.5",
    "one-quarter": "0.25",
    "three-quarters": "0.75",
}
TENS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
WORD = rf"(?:(?:{TENS})-(?:one|two|three|four|five|six|seven|eight|nine)|{'|'.join(WORDS)})"
#: Only where digits begin, so that a heap of them is read in linear time.
DIGITS = r"(?<!\d)(?<!\d,)(?!0\d)(?<!\d\s)(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?"
SCALE = r"(?:hundred|thousand|million|billion|trillion|mln|bln)"
CURRENCY = r"(?:US\$|A\$|C\$|[$£€¥])"
ABOUT = (
    r"(?:\b(?:about|around|almost|nearly|roughly|approximately|some|over|under|at least|at most|up to|more than|"
    r"less than|fewer than|no more than|no fewer than|no less than|as many as|as much as|an estimated|only|just|"
    r"just over|just under|well over)\s)?"
)
UNIT = (
    r"(?:per\s?cent|percentage\spoints?|basis\spoints?|pct|%|dollars?|dlrs|pounds?|euros?|pence|cents?|yen|marks|"
    r"francs|roubles|rubles|rupees|yuan|pesos|stg|seconds?|minutes?|hours?|days?|weeks?|months?|years?|decades?|"
    r"centuries|fortnights?|millimetres|centimetres|metres?|meters?|kilometres?|kilometers?|km|kilometre-per-hour|miles?|"
    r"mph|feet|foot|ft|inch(?:es)?|yards?|acres?|hectares?|square\s(?:miles|kilometres|kilometers|feet|metres|meters)|"
    r"tonnes?|tons?|kilograms?|kilos?|kg|grams?|ounces?|barrels?|bpd|gallons?|litres?|liters?|degrees|watts|"
    r"megawatts|gigawatts|MW|GW|times)(?!\w)"
)
VAGUE = r"(?:[Ss]everal|[Aa]\sfew|[Aa]\scouple\sof|[Mm]any|[Hh]alf\san?|[Aa]n?)"
NUMBER = rf"(?:{CURRENCY}\s?)?(?:{DIGITS}|(?i:\b{WORD}\b))(?:(?:\s|-){SCALE}|(?:m|bn|k)\b)?"
#: Where a number may be, and how far before it what is read with it may begin: “approximately US$ 5”.
A_NUMBER = re.compile(rf"\d|(?i:\b{WORD}\b)")
LONGEST_LEAD = 24
#: Words that any number, and any other quantity, holds one of. They are looked for first: most sentences hold none.
DIGIT = re.compile(r"\d")
NUMERAL = re.compile("|".join(WORDS))
COUNTING = re.compile(
    "several|few|couple|half|quarter|third|fourth|fifth|dozen|scores|hundred|thousand|illion|[mb]ln"
)
#: In the order they are tried, each with whether it holds a number.
PATTERNS = tuple(
    (re.compile(pattern), has_number)
    for has_number, pattern in (
        (
            True,
            rf"(?P<about>(?i:{ABOUT}))(?P<number>{NUMBER})(?:\s?(?:-|–|to)\s?{NUMBER})?(?:\s|-)?(?P<unit>{UNIT})"
            r"(?:-old)?",
        ),
        (False, rf"(?:[Ss]everal|[Aa]\sfew|[Aa]\scouple\sof|[Hh]alf\san?)\s(?P<unit>{UNIT})"),
        (
            False,
            r"(?P<about>(?i:(?:about|around|almost|nearly|more than|less than|over)\s)?)"
            r"(?P<part>(?i:half|a\squarter|a\sthird|(?:one|two|three|four)-(?:half|thirds?|quarters?|fifths?|fourths?)|"
            r"three\squarters))(?=\sof\b)",
        ),
        (
            False,
            r"(?i:\b(?:several\s|a\sfew\s|many\s|(?:tens|hundreds)\sof\s)?"
            r"(?:dozens|scores|hundreds|thousands|millions|billions)\b"
            rf"|\b(?:(?:several|a\sfew)\s(?:dozen|{SCALE})|(?:half\s)?a\sdozen|an?\s{SCALE})\b)",
        ),
        (True, r"\d{1,3}[-–]\d{1,3}(?!-)"),
        (True, rf"(?P<about>(?i:{ABOUT}))(?P<number>{NUMBER})"),
    )
)
LONGEST_NUMBER = 60
RANGE = re.compile(r"\s?(?:-|–|to)\s?\d")
PLAIN = re.compile(
    rf"[^\w]*(?:[a-z]{{1,2}}\$)?\s?(?P<number>\d[\d.,]*?|{WORD})(?:[\s-]?(?P<scale>{'|'.join(SCALES)}))?"
)
#: What a number belongs to when it is not counting: before it, after it.
NAMING = re.compile(
    r"(?:[^\W\d_][-–/'’]?|\d[.,:/-]|[#:@_/=&+]|\b(?:[Nn]o|[Nn]os|[Pp]p?|[Vv]ol|[Ss]ect?|[Aa]rt)\.\s?|"
    r"\b(?:[Nn]umber|Article|Section|Chapter|Channel|Route|Highway|Interstate|Flight|Page|Room|Group|Type|Phase|Part|"
    r"Class|Level|Tier|Title|Area|Act|Radio|Apollo|Boeing|Airbus|Formula|District|Proposition|Amendment|Psalm|category|Category)\s)$"
)
AFTER_NAME = re.compile(
    r"(?:[-–/]?[^\W\d_]{1,2}\b(?<!-year)|:\d|(?:\s?[ap]\.?m\b)|\so['’]clock|(?:st|nd|rd|th)\b|[\d/]|\.\d|"
    r"\s(?:GMT|EST|EDT|BST|CET|UTC))"
)
IDLE_ONE = re.compile(
    r"\s(?:of\s(?:the|his|her|its|their|our|my|those|these|them|us|you)\b|another|thing|day|way|side|reason|more|who|or\sanother|"
    r"which|that|is|was|has|can|would|and|to|hand|point|[A-Z])|[\s]?[.,;:!?’'”\"-]"
)
BEFORE_IDLE = word_set(
    "the no any this that each every another which some not these those or and other only"
)
#: “the two” is a pronoun unless a noun follows.
IDLE_TWO = re.compile(
    r"\s*(?:[^\w\s]|$)|\s(?:and|or|but|of|have|has|had|are|were|will|would|can|could|may|might|to|in|at|on|by|for|from|"
    r"with|as|than|who|which|that|when|also|did|do|said|say|agreed|met|hosted|held)\b"
)


@dataclass(frozen=True, slots=True)
class FoundQuantity:
    start: int
    end: int
    value: str = ""


def find_quantities(
    text: str, start: int, end: int, taken: list[tuple[int, int]]
) -> list[FoundQuantity]:
    """The quantities in `text[start:end]`, in order. `taken` are places that are something else: dates, names."""
    found: list[FoundQuantity] = []
    covered = bytearray(end - start)
    for first, last in taken:
        _cover(covered, first - start, last - start)
    for match in _matches(text, start, end):
        first, last = match.span()
        is_free = covered.find(1, first - start, last - start) < 0
        if is_free and first < last and _counts(text, match, start, end):
            found.append(FoundQuantity(first, last, _value(match)))
            _cover(covered, first - start, last - start)
    return sorted(found, key=lambda item: item.start)


def _matches(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """All that the patterns find, one pattern after the other."""
    words = text[start:end].casefold()
    has_number = bool(DIGIT.search(words) or NUMERAL.search(words))
    is_counting = bool(COUNTING.search(words))
    for pattern, holds_number in PATTERNS:
        if holds_number and has_number:
            yield from _around_numbers(pattern, text, start, end)
        elif is_counting and not holds_number:
            yield from pattern.finditer(text, start, end)


def _around_numbers(
    pattern: re.Pattern[str], text: str, start: int, end: int
) -> Iterator[re.Match[str]]:
    """All that a pattern with a number finds, looked for only from shortly before a number."""
    while number := A_NUMBER.search(text, start, end):
        match = pattern.search(text, max(start, number.start() - LONGEST_LEAD), end)
        if match is None:
            return
        yield match
        start = match.end()


def _cover(covered: bytearray, start: int, end: int) -> None:
    covered[start:end] = b"\1" * (end - start)


def _counts(text: str, match: re.Match[str], start: int, end: int) -> bool:
    groups = match.re.groupindex
    first = match.start("number") if "number" in groups else match.start()
    before, after = (
        text[max(start, first - 24) : first],
        text[match.end() : min(end, match.end() + 24)],
    )
    if NAMING.search(before):
        return False
    if "number" not in groups or "unit" in groups:
        return not after[:1].isalnum()
    word = match["number"].lower()
    if AFTER_NAME.match(after):
        return False
    if word in ("one", "two"):
        return _counts_small(word, before, after)
    return True


def _counts_small(word: str, before: str, after: str) -> bool:
    """“One” and “two” count only before a noun: not in “one another”, “the two”, “one of us”."""
    last = before.split()[-1].lower() if before.split() else ""
    if word == "one":
        return last not in BEFORE_IDLE and bool(after.strip()) and not IDLE_ONE.match(after)
    return last != "the" or not IDLE_TWO.match(after)


def _value(match: re.Match[str]) -> str:
    """A plain number, where the words give one and no range."""
    groups = match.groupdict()
    if groups.get("part"):
        return SHARES.get(groups["part"].lower(), "")
    number = groups.get("number")
    if not number or RANGE.match(match.string, match.end("number"), match.end()):
        return ""
    return plain_number(number)


def plain_number(words: str) -> str:
    """“$2.5 million” is 2500000, “twenty-two” is 22. A row of digits without end is no number."""
    match = PLAIN.fullmatch(words.lower()) if len(words) <= LONGEST_NUMBER else None
    if match is None:
        return ""
    number, scale = match["number"], match["scale"] or ""
    amount = _amount(number)
    return _plain(amount.scaleb(SCALES.get(scale, 0))) if amount is not None else ""


def _amount(number: str) -> Decimal | None:
    if number[0].isdigit():
        return Decimal(number.replace(",", ""))
    parts = [WORDS.get(part, 0) for part in number.split("-")]
    return Decimal(sum(parts)) if all(parts) else None


def _plain(amount: Decimal) -> str:
    whole = amount.to_integral_value()
    return str(int(whole)) if whole == amount else format(amount.normalize(), "f")
