"""A publisher's rating: the label in their words, the number on their scale, and what it comes down to.

The label decides. Only where it is none that we know is the number asked, and only on a scale that is one: worst below
best, the number between them. The upper third is supported, the lower third refuted, and between them nothing is
told. Scales run the wrong way often enough that a number against its label is only noted.
"""

import math
import re
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from claims.checks.shape import Notes
from claims.checks.texts import at_most
from claims.checks.things import Thing
from claims.kinds import Normalised

LONGEST_LABEL = 200
LARGEST = 1e9
NUMBER = r"[-+]?\d{1,12}(?:[.,]\d{1,12})?"
ONE_NUMBER = re.compile(NUMBER, re.ASCII)
OF_SCALE = re.compile(rf"({NUMBER})\s*(?:/|out of|of)\s*({NUMBER})", re.ASCII | re.I)
LEAD = re.compile(
    r"^(?:(?:our )?(?:rating|verdict|ruling|conclusion) ?(?:is)?"
    r"|(?:this|the|that) claim is|this is|it is|it's)\b[ :]*"
)
ENDS = re.compile(r"\s*(?:[.:;,!?(\[|]|\s[-–—]\s)")
NOT_WORDS = re.compile(r"[^\w\s]+")

_WORDS = {
    Normalised.SUPPORTED: (
        "true, mostly true, largely true, broadly true, correct, mostly correct, largely correct, accurate, "
        "mostly accurate, right, supported, confirmed, verified, fact, factual, legit, authentic, real, "
        "one pinocchio, geppetto, geppetto checkmark, correct attribution, not a rumour"
    ),
    Normalised.REFUTED: (
        "false, mostly false, largely false, completely false, totally false, entirely false, false claim, "
        "pants on fire, fake, fake news, incorrect, mostly incorrect, wrong, mostly wrong, inaccurate, "
        "mostly inaccurate, untrue, not true, not correct, not accurate, not real, hoax, fabricated, fabrication, "
        "made up, debunked, refuted, no truth, four pinocchios, three pinocchios, misattributed, altered, "
        "altered photo, altered video, altered image, manipulated, doctored, photoshopped, digitally altered, "
        "labeled satire false, rumour, fiction, baseless and false"
    ),
    Normalised.CONFLICTING: (
        "half true, half false, partly true, partly false, partially true, partially false, mixture, mixed, "
        "partly correct, partially correct, two pinocchios, conflicting evidence, cherry picking, cherry picked, "
        "conflicting evidence cherrypicking, missing context, lacks context, needs context, out of context, misleading"
    ),
    Normalised.NOT_ENOUGH_EVIDENCE: (
        "unproven, unverified, unverifiable, not enough evidence, insufficient evidence, inconclusive, "
        "research in progress, unconfirmed, no evidence, lacks evidence, undetermined, unsubstantiated, "
        "not verifiable, cannot be verified, verdict withheld, verdict pending"
    ),
}
MEANINGS = {word.strip(): meaning for meaning, words in _WORDS.items() for word in words.split(",")}


@dataclass(frozen=True, slots=True)
class Numbers:
    """Where a rating stands on its scale. None where the markup does not say."""

    value: float | None = None
    best: float | None = None
    worst: float | None = None


@dataclass(frozen=True, slots=True)
class Rated:
    """The label in their words, empty if there is none at all."""

    label: str
    normalised: str
    numbers: Numbers
    explanation: str


def read_rating(review: Thing, notes: Notes) -> Rated:
    """The rating of a ClaimReview, which may be an object, several, or a mere text."""
    rated = [_of_thing(one, notes) for one in review.things("reviewRating")]
    if len(rated) > 1:
        notes.note("reviewRating", "several ratings, the first with a label taken")
    best = next((one for one in rated if one.label), None)
    if best is None:
        words = next((one for one in review.texts("reviewRating")), "")
        if words:
            notes.note("reviewRating", "a text instead of a rating")
        best = _rated(words, Numbers(), "", notes)
    return best


def meaning_of(label: str) -> str:
    """What this label comes down to, by its words; empty for one that is not known."""
    text = LEAD.sub("", " ".join(label.casefold().split()))
    for part in (text, ENDS.split(text, maxsplit=1)[0]):
        if meaning := MEANINGS.get(" ".join(NOT_WORDS.sub(" ", part).split())):
            return meaning
    return ""


def _of_thing(given: Thing, notes: Notes) -> Rated:
    numbers, words = _numbers(given, notes)
    label = given.text("alternateName")
    if not label:
        label = given.own("name", "description") or words
        notes.note("alternateName", "missing, another label taken" if label else "missing")
    return _rated(label, numbers, given.text("ratingExplanation"), notes)


def _rated(label: str, numbers: Numbers, explanation: str, notes: Notes) -> Rated:
    by_words, by_number = meaning_of(label), _by_number(numbers, notes)
    if by_words and by_number and by_words != by_number:
        notes.note("reviewRating", "the label and the number say different things, the label taken")
    label = at_most(label, LONGEST_LABEL, "alternateName", notes)
    if label and not (by_words or by_number):
        notes.note("alternateName", "a label that we cannot map")
    return Rated(label, by_words or by_number, numbers, explanation)


def _numbers(given: Thing, notes: Notes) -> tuple[Numbers, str]:
    """The numbers, and the value in the words that can stand for a label."""
    words = given.text("ratingValue")
    best = _number(given.text("bestRating"), "bestRating", notes)
    worst = _number(given.text("worstRating"), "worstRating", notes)
    if found := OF_SCALE.fullmatch(words):
        notes.note("ratingValue", "a number with its scale")
        return Numbers(_float(found[1]), _float(found[2]) if best is None else best, worst), words
    if words and not ONE_NUMBER.fullmatch(words):
        notes.note("ratingValue", "a word instead of a number")
        return Numbers(None, best, worst), words
    value = _number(words, "ratingValue", notes)
    shown = f"{value:g}/{best:g}" if value is not None and best is not None else words
    return Numbers(value, best, worst), shown


def _by_number(numbers: Numbers, notes: Notes) -> str:
    value, best, worst = numbers.value, numbers.best, numbers.worst
    if value is None or best is None or worst is None:
        return ""
    if best <= worst:
        notes.note("reviewRating", "a scale whose best is not above its worst")
        return ""
    if not worst <= value <= best:
        notes.note("reviewRating", "a number off its own scale")
        return ""
    place = (Fraction(value) - Fraction(worst)) / (Fraction(best) - Fraction(worst))
    if place >= Fraction(2, 3):
        return Normalised.SUPPORTED
    return Normalised.REFUTED if place <= Fraction(1, 3) else ""


def _number(text: str, where: str, notes: Notes) -> float | None:
    if not text:
        return None
    number = _float(text) if ONE_NUMBER.fullmatch(text) else None
    if number is None or not math.isfinite(number) or abs(number) > LARGEST:
        notes.note(where, "no number, left out")
        return None
    if "," in text:
        notes.note(where, "a comma in a number")
    return number


def _float(text: str) -> float:
    return float(text.replace(",", "."))


def numbers_as_kept(numbers: Numbers) -> dict[str, Any]:
    pairs = {"value": numbers.value, "best": numbers.best, "worst": numbers.worst}
    return {name: number for name, number in pairs.items() if number is not None}
