"""What is odd in a record: kept all the same, and reported. Pure."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from publishing.question_records.parsing import DAY, source_named, storable
from publishing.question_records.shape import ANSWER_TYPES, KINDS, LABELS

SPACES = re.compile(r"^\s|\s$|[^\S\n]{2,}|\t")
CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffd\ud800-\udfff]")
HEAD: dict[str, type] = {
    "claim": str,
    "required_reannotation": bool,
    "label": str,
    "justification": str,
    "claim_date": str,
    "speaker": str,
    "original_claim_url": str,
    "cached_original_claim_url": str,
    "fact_checking_article": str,
    "reporting_source": str,
    "location_ISO_code": str,
    "claim_types": list,
    "fact_checking_strategies": list,
    "questions": list,
}
NEEDED = {name for name in HEAD if name != "cached_original_claim_url"}
QUESTION: dict[str, type] = {"question": str, "answers": list}
ANSWER: dict[str, type] = {
    "answer": str,
    "answer_type": str,
    "source_url": str,
    "source_medium": str,
    "cached_source_url": str,
    "boolean_explanation": str,
}
ANSWER_NEEDED = {"answer", "answer_type", "source_url", "source_medium"}


@dataclass(frozen=True, slots=True)
class Oddity:
    """Where in the record, and of which kind."""

    where: str
    kind: str


def find_oddities(given: dict[str, Any]) -> Iterator[Oddity]:
    """Everything that a reader of the record may stumble over. The record has the form that `parse_record` asks for."""
    yield from _keys("", given, HEAD, NEEDED)
    yield from _values(given)
    if not given["questions"]:
        yield Oddity("questions", "no question")
    for number, question in enumerate(given["questions"]):
        where = f"questions[{number}]"
        yield from _keys(f"{where}.", question, QUESTION, {"question"})
        if not storable(question.get("question")).strip():
            yield Oddity(f"{where}.question", "an empty question")
        if not question["answers"]:
            yield Oddity(f"{where}.answers", "a question without an answer")
        for at, answer in enumerate(question["answers"]):
            yield from _answer(f"{where}.answers[{at}].", answer)


def _values(given: dict[str, Any]) -> Iterator[Oddity]:
    if not storable(given["claim"]).strip():
        yield Oddity("claim", "an empty claim")
    day = given.get("claim_date")
    if isinstance(day, str) and not DAY.fullmatch(day):
        yield Oddity("claim_date", "not a date")
    if given.get("label") not in LABELS.values():
        yield Oddity("label", "an unknown label")
    types = given.get("claim_types")
    if isinstance(types, list) and not (types and all(name in KINDS for name in map(str, types))):
        yield Oddity("claim_types", "an unknown type of claim")


def _answer(where: str, given: dict[str, Any]) -> Iterator[Oddity]:
    yield from _keys(where, given, ANSWER, ANSWER_NEEDED)
    kind, named = given.get("answer_type"), storable(given.get("source_url"))
    if kind not in ANSWER_TYPES.values():
        yield Oddity(f"{where}answer_type", "an unknown type of answer")
    if not storable(given.get("answer")).strip():
        yield Oddity(f"{where}answer", "an empty answer")
    if not named.strip() and kind != "Unanswerable":
        yield Oddity(f"{where}source_url", "an answer without a source")
    elif named.strip() and not source_named(named)[0]:
        is_known = named == given.get("source_medium") == "Metadata"
        what = (
            "answered from the record's own metadata" if is_known else "a source without an address"
        )
        yield Oddity(f"{where}source_url", what)


def _keys(
    where: str, given: dict[str, Any], known: dict[str, type], needed: set[str]
) -> Iterator[Oddity]:
    for name in sorted(needed - set(given)):
        yield Oddity(f"{where}{name}", "missing")
    for name, value in given.items():
        place = f"{where}{storable(name)}"
        if name not in known:
            yield Oddity(place, "an unknown key")
        elif value is not None and not isinstance(value, known[name]):
            yield Oddity(place, "a value of another type")
        elif isinstance(value, str) and CONTROLS.search(value):
            yield Oddity(place, "control characters")
        elif isinstance(value, str) and SPACES.search(value):
            yield Oddity(place, "stray white space")
