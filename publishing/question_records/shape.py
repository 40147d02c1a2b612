"""A record in the words of our models, and how it is written. Pure.

What is written here is what the models say; `residue` turns that into what came in.
"""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from publishing.question_records.residue import Residue, put_back

BOOLEAN, EXTRACTIVE, ABSTRACTIVE = "boolean", "extractive", "abstractive"
UNANSWERABLE = "unanswerable"
#: Our type of an answer, and theirs.
ANSWER_TYPES = {
    BOOLEAN: "Boolean",
    EXTRACTIVE: "Extractive",
    ABSTRACTIVE: "Abstractive",
    UNANSWERABLE: "Unanswerable",
}
#: Their type of a claim, and our kind.
KINDS = {
    "Event/Property Claim": "event",
    "Numerical Claim": "statistic",
    "Causal Claim": "causal",
    "Position Statement": "position",
    "Quote Verification": "quotation",
}
#: Our kind of a claim, and their type; they have fewer.
CLAIM_TYPES = {kind: name for name, kind in KINDS.items()} | {
    "characterisation": "Event/Property Claim",
    "prediction": "Event/Property Claim",
    "opinion": "Position Statement",
}
#: What a rating of ours means on every scale, and their label.
LABELS = {
    "supported": "Supported",
    "refuted": "Refuted",
    "not_enough_evidence": "Not Enough Evidence",
    "conflicting": "Conflicting Evidence/Cherrypicking",
}
NO_ANSWER = "No answer could be found."


@dataclass(frozen=True, slots=True)
class Answer:
    """`source` is its address, or its title where it has none; empty when the answer has no source at all."""

    text: str
    type: str = ""
    source: str = ""
    archived_url: str = ""
    medium: str = ""
    explanation: str = ""
    has_address: bool = False
    residue: Residue = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Question:
    """`residue` is of the question itself; each answer has its own."""

    text: str
    answers: tuple[Answer, ...] = ()
    residue: Residue = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Record:
    """One claim, what was concluded on it, and by which questions."""

    claim: str
    kind: str = "event"
    further_types: tuple[str, ...] = ()
    is_corrected: bool = False
    label: str = ""
    justification: str = ""
    claimed_on: date | None = None
    speaker: str = ""
    claim_url: str = ""
    claim_archived_url: str = ""
    check_url: str = ""
    reporting_source: str = ""
    location: str = ""
    strategies: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    residue: Residue = field(default_factory=dict)


def write_record(record: Record) -> dict[str, Any]:
    """The record as others read it."""
    questions = [write_question(question) for question in record.questions]
    return put_back({**write_head(record), "questions": questions}, record.residue)


def write_head(record: Record) -> dict[str, Any]:
    """All but its questions, as the models have it."""
    first = CLAIM_TYPES[record.kind]
    further = [name for name in record.further_types if name != first]
    return {
        "claim": record.claim,
        "required_reannotation": record.is_corrected,
        "label": record.label or None,
        "justification": record.justification,
        "claim_date": _day(record.claimed_on) if record.claimed_on else None,
        "speaker": record.speaker or None,
        "original_claim_url": record.claim_url or None,
        "cached_original_claim_url": record.claim_archived_url or None,
        "fact_checking_article": record.check_url or None,
        "reporting_source": record.reporting_source or None,
        "location_ISO_code": record.location or None,
        "claim_types": [first, *further],
        "fact_checking_strategies": list(record.strategies),
    }


def write_question(question: Question) -> dict[str, Any]:
    answers = [put_back(write_answer(one), one.residue) for one in question.answers]
    return put_back({"question": question.text, "answers": answers}, question.residue)


def write_answer(answer: Answer) -> dict[str, Any]:
    """An answer as the models have it. Only a yes or no always says why."""
    written = {
        "answer": answer.text,
        "answer_type": ANSWER_TYPES.get(answer.type, ANSWER_TYPES[ABSTRACTIVE]),
        "source_url": answer.source,
        "source_medium": answer.medium,
    }
    if answer.explanation or answer.type == BOOLEAN:
        written["boolean_explanation"] = answer.explanation
    if answer.archived_url:
        written["cached_source_url"] = answer.archived_url
    return written


def _day(day: date) -> str:
    """Day first and without zeros in front, as the records have it."""
    return f"{day.day}-{day.month}-{day.year:04}"
