"""How much a claim is worth checking, as a sum of parts that can be read.

A starting value, the learned factual form where there is one, and a few signs with fixed weights. The signs' weights
are not learned: they say what a desk looks at first, and can be argued with. The factual form, which debates taught,
tells a statement of fact from talk and not which fact matters, so its part is small. Opinions and predictions are
worth less; nothing is hidden.
"""

import re
from dataclasses import dataclass
from functools import lru_cache

from claims.detection.base import Candidate, WorthPart
from claims.detection.kinds import NUMBER, has_quantity
from claims.detection.worth.factual_form import FactualForm
from claims.detection.worth.tokens import MOST_KEPT
from claims.kinds import Kind

BASE = 0.3
FORM_WEIGHT = 0.25
SURELY_FACT, SURELY_TALK = 0.5, 0.1

A_NUMBER = re.compile(NUMBER, re.IGNORECASE)
WORD = re.compile(r"[^\W\d_]+")
DATE = re.compile(
    r"\b(?:1[5-9]|20)\d{2}\b|\b(?:January|February|March|April|May|June|July|August|September|October|November|"
    r"December)\b|\b(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b|\b(?:[Yy]esterday|[Tt]oday|"
    r"[Ll]ast (?:week|month|year|night))\b|\d{4}年|\d{1,2}月\d{1,2}日"
)
HARM = re.compile(
    r"(?:kill\w*|murder\w*|dead|deaths?|died|dies|injur\w+|wound\w+|attack\w*|bomb\w*|explo(?:ded|sion\w*)|shot|"
    r"shoot\w*|war|invasion|invad\w+|rap(?:e|ed|ist)|abus\w+|assault\w*|tortur\w+|fraud\w*|corrupt\w*|brib\w+|"
    r"stole|stolen|theft|illegal\w*|crim(?:e|es|inal\w*)|guilty|convict\w+|arrest\w*|charged|victims?|"
    r"terroris\w+|threat\w*|poison\w*|cancer|disease|epidemic|outbreak|crash\w*|collaps\w+|accus\w+|lied|lies|"
    r"scandal|racis\w+|genocide|massacre\w*|hostages?|spy\w*|spies)"
)
ABSOLUTE = re.compile(
    r"(?:never|always|every|all|none|nobody|only|first|largest|biggest|highest|lowest|most|worst|best|"
    r"record|unprecedented)"
)
NAMED = re.compile(r"(?<=[a-z,;] )[A-ZÀ-Þ][\w’'-]+")
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


#: Every sign, by name: what it adds and the reason a reviewer reads.
SIGNS = {
    "number": (0.2, "a number"),
    "date": (0.1, "a dated event"),
    "harm": (0.2, "words of harm"),
    "names": (0.1, "names somebody or somewhere"),
    "absolute": (0.05, "an absolute or a record"),
    "cause": (0.1, "one thing is said to cause another"),
    "unnamed source": (0.1, "attributed to an unnamed source"),
    "named source": (0.05, "attributed to a named source"),
    "future": (-0.1, "about the future"),
    "opinion": (-0.15, "an opinion"),
    "definition": (-0.2, "explains a word"),
    "question": (-0.2, "a question was put, which asserts nothing else"),
    "subject": (-0.05, "does not say who or what it is about"),
    "length": (-0.1, "very short"),
}
OF_KIND = {Kind.CAUSAL: "cause", Kind.PREDICTION: "future", Kind.OPINION: "opinion"}


def weigh(draft: Candidate, form: FactualForm | None = None) -> Worth:
    """What checking this claim is worth, from its words, kind, attribution and what is mentioned in it.

    `form` judges the words as English; without it, or for another language, that part is absent.
    """
    parts = [WorthPart("start", BASE)]
    if form is not None:
        parts.append(_form_part(form.probability(draft.statement), form.threshold))
    found = {*_of_words(draft), *_of_reading(draft)}
    parts += [WorthPart(name, *sign) for name, sign in SIGNS.items() if name in found]
    score = round(min(max(sum(part.score for part in parts), 0.0), 1.0), 2)
    return Worth(score, tuple(part.reason for part in parts if part.reason), tuple(parts))


def _form_part(probability: float, threshold: float) -> WorthPart:
    reason = ""
    if probability >= SURELY_FACT:
        reason = "worded as a fact"
    elif probability < SURELY_TALK:
        reason = "worded as talk more than as a fact"
    return WorthPart("factual form", round(FORM_WEIGHT * (probability - threshold), 3), reason)


def _of_reading(draft: Candidate) -> list[str]:
    """The signs in what the engine read: the kind, the source, the mentions."""
    found = [OF_KIND[Kind(draft.kind)]] if draft.kind in OF_KIND else []
    said = draft.attribution
    if said and said.name and not said.is_told:
        found.append("unnamed source" if said.is_anonymous else "named source")
    mentions = (("number", draft.quantities), ("date", draft.dates), ("names", draft.names))
    return found + [name for name, places in mentions if places]


def _of_words(draft: Candidate) -> list[str]:
    """The signs in the words of the statement."""
    statement = draft.statement
    signs = _signs_of_words(statement)
    has_date = DATE.search(statement)
    if A_NUMBER.search(DATE.sub("", statement) if has_date else statement) or (
        has_date and has_quantity(statement)
    ):
        signs.append("number")
    patterns = (
        ("names", NAMED.search),
        ("definition", DEFINITION.search),
        ("question", QUESTION_PUT.search),
        ("subject", FIRST_WORD.match),
    )
    signs += [name for name, finds in patterns if finds(statement)]
    if has_date:
        signs.append("date")
    if statement.isascii() and len(statement.split()) <= SHORT:
        signs.append("length")
    return signs


def _signs_of_words(statement: str) -> list[str]:
    words = WORD.findall(statement.lower())
    signs = list(filter(None, map(_sign_of_word, words)))
    if "no change" in statement or "no one" in statement:
        signs.append("absolute")
    return signs


@lru_cache(maxsize=MOST_KEPT)
def _sign_of_word(word: str) -> str:
    if HARM.fullmatch(word):
        return "harm"
    return "absolute" if ABSOLUTE.fullmatch(word) else ""
