"""How much a claim is worth checking, as a sum of parts that can be read.

The parts are a starting value and a few signs with fixed weights; those that apply are the reasons
a reviewer sees. No weight is learned: they say what a desk looks at first, and can be argued with.
"""

import re
from dataclasses import dataclass

from claims.detection.base import Candidate, WorthPart
from claims.detection.kinds import NUMBER, has_quantity
from claims.detection.worth.factual_form import FactualForm
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
    """The score, 0 to 1; why, in words; and the parts that add up to it."""

    score: float
    reasons: tuple[str, ...]
    parts: tuple[WorthPart, ...]


def weigh(draft: Candidate, form: FactualForm | None = None) -> Worth:
    """What checking this claim is worth, from its words, kind, mode, attribution and what is mentioned in it.

    `form` judges the words as English; without it, or for another language, that part is absent.
    """
    parts = [WorthPart("start", BASE)]
    if form is not None:
        parts.append(_form_part(form.probability(draft.statement)))
    parts += [
        WorthPart(name, weight, reason)
        for applies, name, weight, reason in _signs(draft)
        if applies
    ]
    score = round(min(max(sum(part.score for part in parts), 0.0), 1.0), 2)
    return Worth(score, tuple(part.reason for part in parts if part.reason), tuple(parts))


def _form_part(probability: float) -> WorthPart:
    return WorthPart("factual form", round(0.3 * (probability - 0.5), 3))


def _signs(draft: Candidate) -> tuple[tuple[bool, str, float, str], ...]:
    statement, kind, said = draft.statement, draft.kind, draft.attribution
    has_number = has_quantity(statement) or bool(re.search(NUMBER, DATE.sub("", statement)))
    is_short = len(statement.split()) <= SHORT and statement.isascii()
    return (
        (has_number, "number", 0.2, "a number"),
        (bool(DATE.search(statement)), "date", 0.1, "a dated event"),
        (bool(HARM.search(statement)), "harm", 0.2, "words of harm"),
        (bool(NAMED.search(statement)), "names", 0.1, "names somebody or somewhere"),
        (bool(ABSOLUTE.search(statement)), "absolute", 0.05, "an absolute or a record"),
        (kind == Kind.CAUSAL, "cause", 0.1, "one thing is said to cause another"),
        (
            said is not None and said.is_anonymous,
            "claimant",
            0.1,
            "attributed to an unnamed source",
        ),
        (
            said is not None and not said.is_anonymous,
            "claimant",
            0.05,
            "attributed to a named source",
        ),
        (kind == Kind.PREDICTION, "future", -0.1, "about the future"),
        (kind == Kind.OPINION, "opinion", -0.15, "an opinion"),
        (bool(DEFINITION.search(statement)), "definition", -0.2, "explains a word"),
        (
            bool(QUESTION_PUT.search(statement)),
            "question",
            -0.2,
            "a question was put, which asserts nothing else",
        ),
        (
            bool(FIRST_WORD.match(statement)),
            "subject",
            -0.05,
            "does not say who or what it is about",
        ),
        (is_short, "length", -0.1, "very short"),
    )
