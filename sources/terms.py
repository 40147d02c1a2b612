"""The words of a claim and of a source, so read that the same thing said otherwise is the same term.

“Decriminalised” and “decriminalises”, “1,000” and “1000”, “$40m” and “40 million”, “27 Sept 2018” and
“2018-09-27” must meet, and each term must know where in the text it stands, so that it can be marked there.
Word endings go by the Snowball stemmer of the text's language; a language without one is compared word for word.
Scripts that put no spaces between words are read in pairs of characters.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import NamedTuple

import snowballstemmer

from claims.detection.words import word_set

LANGUAGES = {
    "ar": "arabic", "ca": "catalan", "cs": "czech", "da": "danish", "de": "german", "el": "greek",
    "en": "english", "es": "spanish", "et": "estonian", "eu": "basque", "fi": "finnish",
    "fr": "french", "ga": "irish", "hi": "hindi", "hu": "hungarian", "hy": "armenian",
    "id": "indonesian", "it": "italian", "lt": "lithuanian", "nb": "norwegian", "ne": "nepali",
    "nl": "dutch", "nn": "norwegian", "no": "norwegian", "pl": "polish", "pt": "portuguese",
    "ro": "romanian", "ru": "russian", "sr": "serbian", "sv": "swedish", "ta": "tamil",
    "tr": "turkish", "yi": "yiddish",
}  # fmt: skip
#: Their stemmers take letters off the front, so a word's first letters tell nothing of its stem.
WITH_PREFIXES = frozenset({"ar", "id"})
#: Words of grammar, and of saying. They tell little of what a sentence is about.
FUNCTION_WORDS = word_set(
    """
    a about according after again against all also although among an and any are as at be because
    been before being between both but by can could did do does during each even for from had has
    have he her here him his how i if in into is it its just may might more most must my no nor not
    now of off on once one only or other our out over own s said same say saying says shall she
    should since so some still such t than that the their them then there these they this those
    though through to told toward towards under until up upon us very was we were what when where
    whether which while who whom whose why will with within without would yet you your
    """
)
#: What a word of grammar, and a number, weigh beside a word of content: few sentences share a number by chance.
FUNCTION, NUMBER = 0.25, 1.5
#: In languages without such a list: a word this short, and not written large, is taken for one.
SHORT = 3
MONTHS = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
)  # fmt: skip
MONTH_OF = {month[:3]: month for month in MONTHS} | {"sept": "september"}
NUMBER_WORDS = {
    "two": "2", "three": "3", "four": "4", "five": "5", "six": "6", "seven": "7", "eight": "8",
    "nine": "9", "ten": "10", "eleven": "11", "twelve": "12",
}  # fmt: skip
POWERS = {
    "k": 3, "thousand": 3, "m": 6, "mn": 6, "million": 6, "millionen": 6, "millones": 6,
    "millions": 6, "bn": 9, "billion": 9, "milliarden": 9, "milliards": 9, "tn": 12, "trillion": 12,
}  # fmt: skip
#: Digits beyond which a number is a serial and not a quantity.
LONGEST_NUMBER = 30

UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af"
    "\uf900-\ufaff\U00020000-\U0003ffff"
)
MARKS = "\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670\u0900-\u0963\u0970-\u0dff"
TERM = re.compile(
    rf"""
    (?P<year>\d{{4}})-(?P<month>\d\d)-(?P<day>\d\d)(?!\d)
    | (?P<number>[1-9]\d{{0,2}}(?:[,.'’\u00a0\u202f]\d{{3}})+(?:[.,]\d{{1,2}})?(?!\d)|\d+(?:[.,]\d+)?)
      (?:(?:st|nd|rd|th)\b|(?P<power>(?:k|m|mn|bn|tn)\b)
      |(?=[\s-]?(?P<after>thousand|million(?:s|en)?|millones|billion|milliarden|milliards|trillion)\b))?
    | (?P<run>[{UNSPACED}]+)
    | (?P<word>(?:(?![{UNSPACED}])[^\W\d_])(?:(?![{UNSPACED}])[^\W_]|[{MARKS}])*)
    """,
    re.VERBOSE | re.IGNORECASE,
)


class Term(NamedTuple):
    """What a word means to a comparison, and where it stands. `weight` is what it says of the matter."""

    key: str
    start: int
    end: int
    weight: float = 1.0


class TermReader:
    """Reads texts of one language. `like` narrows it to words that could be one of these keys."""

    def __init__(self, language: str, like: Iterable[str] | None = None) -> None:
        code = language.lower().replace("_", "-").split("-")[0]
        name = LANGUAGES.get(code)
        self._stemmer = snowballstemmer.stemmer(name) if name else None
        self._is_english = code == "en"
        is_open = like is None or code in WITH_PREFIXES
        self._heads = None if is_open else {_head(key) for key in like or ()}
        self._known: dict[str, tuple[str, float]] = {}

    def read(self, text: str) -> list[Term]:
        """The terms of the text in order; words that can be none of those looked for keep their letters."""
        terms: list[Term] = []
        for match in TERM.finditer(text):
            if match["word"]:
                terms.append(self._word(match["word"], match.start()))
            elif match["number"]:
                terms.append(Term(_number(match), match.start(), match.end(), NUMBER))
            elif match["run"]:
                terms.extend(_pairs(match["run"], match.start()))
            else:
                terms.extend(self._date(match))
        return terms

    def _word(self, word: str, start: int) -> Term:
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = self._key(word), self._weight(word)
        return Term(known[0], start, start + len(word), known[1])

    def _weight(self, word: str) -> float:
        if self._is_english:
            return FUNCTION if word.lower() in FUNCTION_WORDS and not word.isupper() else 1.0
        return FUNCTION if len(word) <= SHORT and word.islower() and word.isascii() else 1.0

    def _key(self, word: str) -> str:
        lower = word.lower() if word.isascii() else unicodedata.normalize("NFKC", word).lower()
        if self._is_english:
            if lower in NUMBER_WORDS:
                return NUMBER_WORDS[lower]
            if word[0].isupper():
                lower = MONTH_OF.get(lower, lower)
        if self._stemmer is None or (self._heads is not None and _head(lower) not in self._heads):
            return lower
        return str(self._stemmer.stemWord(lower))

    def _date(self, match: re.Match[str]) -> Iterator[Term]:
        yield Term(match["year"], match.start("year"), match.end("year"), NUMBER)
        number = int(match["month"])
        if 1 <= number <= len(MONTHS):
            yield Term(self._key(MONTHS[number - 1]), match.start("month"), match.end("month"))
        yield Term(str(int(match["day"])), match.start("day"), match.end("day"), NUMBER)


def _head(word: str) -> str:
    """The first two letters without accents: words that differ there have no stem in common."""
    head = word[:2]
    if head.isascii():
        return head
    plain = unicodedata.normalize("NFKD", head)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))[:2]


def _number(match: re.Match[str]) -> str:
    figure = match["number"]
    if len(figure) > LONGEST_NUMBER:
        return figure
    power = POWERS.get((match["power"] or match["after"] or "").lower(), 0)
    *parts, last = re.split(r"[,.'’\u00a0\u202f]", figure)
    is_whole = not parts or (len(last) == 3 and parts[0] != "0")
    value = Decimal("".join(parts) + ("" if is_whole else ".") + last) * 10**power
    plain = format(value, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def _pairs(run: str, start: int) -> Iterator[Term]:
    for at in range(max(1, len(run) - 1)):
        pair = run[at : at + 2]
        yield Term(pair, start + at, start + at + len(pair))
