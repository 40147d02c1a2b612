"""Reads a record into the words of our models. Pure.

Only what has another form than a record is refused. Values may be as dirty as they like: models take what they can
hold of them, and the residue keeps the rest, so that what is written again is what was read.
"""

import json
import re
from dataclasses import replace
from datetime import date
from typing import Any

from articles.addresses import LONGEST, BadAddress, normalise
from publishing.question_records.residue import as_text, residue_of
from publishing.question_records.shape import (
    ANSWER_TYPES,
    KINDS,
    UNANSWERABLE,
    Answer,
    Question,
    Record,
    write_answer,
    write_head,
)

#: What a claim says in our models when the record gives none.
NO_CLAIM = "The record gives no claim."
DAY = re.compile(r"(?P<day>\d{1,2})-(?P<month>\d{1,2})-(?P<year>\d{4})", re.ASCII)
UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
TYPES = {name: type_ for type_, name in ANSWER_TYPES.items()}
#: How long our columns are.
QUESTION, TITLE, MEDIUM, ARCHIVED = 500, 500, 100, 4000
NAME, LABEL, PUBLISHER, LOCATION = 300, 200, 200, 20
PAGE = 1000
#: Bytes. The longest line of a large set has some ten thousand.
LONGEST_LINE = 10_000_000
#: A claim is a sentence or a few.
LONGEST_CLAIM = 100_000


class BadRecord(ValueError):
    """This is no record. The message says what is wrong with it."""


def parse_line(line: bytes) -> dict[str, Any]:
    """The JSON object of a line. Raises BadRecord."""
    if len(line) > LONGEST_LINE:
        raise BadRecord(f"It has more than {LONGEST_LINE:,} bytes.")
    try:
        given = json.loads(line.decode("utf-8-sig"), parse_constant=_refuse)
    except (ValueError, RecursionError) as error:
        raise BadRecord(f"It is not JSON in UTF-8: {error}.") from error
    if not isinstance(given, dict):
        raise BadRecord("It is no JSON object.")
    return given


def parse_record(given: dict[str, Any]) -> Record:
    """The record in our words. Raises BadRecord."""
    if "claim" not in given or not isinstance(given.get("questions"), list):
        raise BadRecord("It has no “claim” or no list of “questions”: it is no record.")
    questions = tuple(_question(one, at) for at, one in enumerate(given["questions"], 1))
    record = _head(given, questions)
    rest = {key: value for key, value in given.items() if key != "questions"}
    return replace(record, residue=residue_of(write_head(record), rest))


def storable(value: Any) -> str:
    """A value as a text that a database takes: none is empty, and what is no text is its JSON."""
    text = value if isinstance(value, str) else "" if value is None else as_text(value)
    return UNSTORABLE.sub("\ufffd", text)


def source_named(text: str) -> tuple[str, str]:
    """The address of a source in its one spelling, and its title. What is no address is a title alone."""
    try:
        url = normalise(text)
    except BadAddress:
        url = ""
    if len(url.encode()) > LONGEST:
        url = ""
    return url, (url or text.strip())[:TITLE].strip()


def _head(given: dict[str, Any], questions: tuple[Question, ...]) -> Record:
    kind, further = _kind(_texts(given.get("claim_types")))
    claim = storable(given["claim"])
    if len(claim) > LONGEST_CLAIM:
        raise BadRecord(f"Its claim has more than {LONGEST_CLAIM:,} characters.")
    return Record(
        claim=claim if claim.strip() else NO_CLAIM,
        kind=kind,
        further_types=further,
        is_corrected=given.get("required_reannotation") is True,
        label=storable(given.get("label"))[:LABEL],
        justification=storable(given.get("justification")),
        claimed_on=_date(given.get("claim_date")),
        speaker=" ".join(storable(given.get("speaker")).split())[:NAME],
        claim_url=storable(given.get("original_claim_url"))[:LONGEST],
        claim_archived_url=storable(given.get("cached_original_claim_url"))[:LONGEST],
        check_url=_within(storable(given.get("fact_checking_article")), PAGE),
        reporting_source=storable(given.get("reporting_source"))[:PUBLISHER],
        location=storable(given.get("location_ISO_code"))[:LOCATION],
        strategies=_texts(given.get("fact_checking_strategies")),
        questions=questions,
    )


def _question(given: Any, number: int) -> Question:
    if not isinstance(given, dict) or not isinstance(given.get("answers"), list):
        raise BadRecord(f"Its question {number} is no question with a list of “answers”.")
    text = storable(given.get("question"))[:QUESTION]
    answers = tuple(_answer(one, number) for one in given["answers"])
    rest = {key: value for key, value in given.items() if key != "answers"}
    return Question(text, answers, residue_of({"question": text}, rest))


def _answer(given: Any, number: int) -> Answer:
    if not isinstance(given, dict):
        raise BadRecord(f"An answer to its question {number} is no object.")
    url, title = source_named(storable(given.get("source_url")))
    answer = Answer(text=storable(given.get("answer")), type=TYPES.get(_type(given), ""))
    if url or title:
        answer = replace(
            answer,
            source=url or title,
            has_address=bool(url),
            archived_url=storable(given.get("cached_source_url"))[:ARCHIVED],
            medium=storable(given.get("source_medium"))[:MEDIUM],
            explanation=storable(given.get("boolean_explanation")),
        )
    else:  # a question that no source answers is kept as one that is still open
        is_said = bool(answer.text) and answer.type != UNANSWERABLE
        answer = replace(answer, type="" if is_said else UNANSWERABLE)
    return replace(answer, residue=residue_of(write_answer(answer), given))


def _within(text: str, count: int) -> str:
    """At most so many bytes of it: an index takes no more."""
    return text.encode()[:count].decode(errors="ignore")


def _type(given: dict[str, Any]) -> str:
    return storable(given.get("answer_type"))


def _kind(names: tuple[str, ...]) -> tuple[str, tuple[str, ...]]:
    if names and names[0] in KINDS:
        return KINDS[names[0]], names[1:]
    return "event", names


def _texts(value: Any) -> tuple[str, ...]:
    items = value if isinstance(value, list) else []
    return tuple(storable(item) for item in items if isinstance(item, str))


def _date(value: Any) -> date | None:
    found = DAY.fullmatch(value) if isinstance(value, str) else None
    try:
        return date(int(found["year"]), int(found["month"]), int(found["day"])) if found else None
    except ValueError:
        return None


def _refuse(name: str) -> None:
    raise ValueError(f"{name} is no JSON")
