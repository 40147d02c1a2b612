"""How much a claim is worth checking, as a sum of parts that can be read.

The parts are a starting value and a few signs with fixed weights; those that apply are the reasons
a reviewer sees. No weight is learned: they say what a desk looks at first, and can be argued with.
"""

import re
from dataclasses import dataclass

from claims.detection.kinds import NUMBER, has_quantity
from claims.kinds import Kind

BASE = 0.3

DATE = re.compile(
    r"\b(?:1[5-9]|20)\d{2}\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December)\b|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:yesterday|today|last (?:week|month|year|night))\b"
    r"|\d{4}年|\d{1,2}月\d{1,2}日",
    re.IGNORECASE,
)
HARM = re.compile(
    r"\b(?:kill\w*|murder\w*|dead|deaths?|died|dies|injur\w+|wound\w+|attack\w*|bomb\w*|explo(?:ded|sion\w*)|shot|"
    r"shoot\w*|war|invasion|invad\w+|rap(?:e|ed|ist)|abus\w+|assault\w*|tortur\w+|fraud\w*|corrupt\w*|brib\w+|"
    r"stole|stolen|theft|illegal\w*|crim(?:e|es|inal\w*)|guilty|convict\w+|arrest\w*|charged with|victims?|"
    r"terroris\w+|threat\w*|poison\w*|cancer|disease|epidemic|outbreak|crash\w*|collaps\w+|accus\w+|lied|lies|"
    r"scandal|racis\w+|genocide|massacre\w*|hostages?|spy\w*|spies)\b",
    re.IGNORECASE,
)
NAMED = re.compile(r"(?<=[a-z,;] )[A-ZÀ-Þ][\w’'-]+")
ABSOLUTE = re.compile(
    r"\b(?:never|always|every|all|none|no one|nobody|only|first|largest|biggest|highest|lowest|most|worst|best|"
    r"record|unprecedented|no change)\b",
    re.IGNORECASE,
)
DEFINITION = re.compile(
    r"\b(?:refers? to|stands? for|is short for|is an acronym|means? (?:that|the)|was referring to)\b"
)
QUESTION_PUT = re.compile(r"\b(?:was|were) asked\b|\basked (?:if|whether|why|how)\b")
FIRST_WORD = re.compile(r"\W*(?:he|she|it|they|this|that|these|those|we|i)\b", re.IGNORECASE)
SHORT = 5


@dataclass(frozen=True, slots=True)
class Worth:
    score: float
    reasons: tuple[str, ...]


def weigh(statement: str, kind: str, *, is_attributed: bool, is_anonymous: bool) -> Worth:
    """The sum of the parts that apply, between 0 and 1, and their names."""
    parts = [
        part
        for part in _parts(statement, kind, is_attributed=is_attributed, is_anonymous=is_anonymous)
        if part[0]
    ]
    score = BASE + sum(weight for _, weight, _ in parts)
    return Worth(round(min(max(score, 0.0), 1.0), 2), tuple(reason for _, _, reason in parts))


def _parts(
    statement: str, kind: str, *, is_attributed: bool, is_anonymous: bool
) -> tuple[tuple[bool, float, str], ...]:
    has_number = has_quantity(statement) or bool(re.search(NUMBER, DATE.sub("", statement)))
    return (
        (has_number, 0.2, "a number"),
        (bool(DATE.search(statement)), 0.1, "a dated event"),
        (bool(HARM.search(statement)), 0.2, "words of harm"),
        (bool(NAMED.search(statement)), 0.1, "names somebody or somewhere"),
        (bool(ABSOLUTE.search(statement)), 0.05, "an absolute or a record"),
        (kind == Kind.CAUSAL, 0.1, "one thing is said to cause another"),
        (is_anonymous, 0.1, "attributed to an unnamed source"),
        (is_attributed and not is_anonymous, 0.05, "attributed to a named source"),
        (kind == Kind.PREDICTION, -0.1, "about the future"),
        (kind == Kind.OPINION, -0.15, "an opinion"),
        (bool(DEFINITION.search(statement)), -0.2, "explains a word"),
        (
            bool(QUESTION_PUT.search(statement)),
            -0.2,
            "a question was put, which asserts nothing else",
        ),
        (bool(FIRST_WORD.match(statement)), -0.05, "does not say who or what it is about"),
        (len(statement.split()) <= SHORT and statement.isascii(), -0.1, "very short"),
    )
