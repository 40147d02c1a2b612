"""What the demo's data is made of."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Asks(StrEnum):
    """Which question of an attribution pair: *is it true?* or *was it said?*"""

    TRUE = "true"
    SAID = "said"


@dataclass(frozen=True, slots=True)
class Record:
    """An invented source and what it says."""

    title: str
    kind: str
    text: str
    url: str = ""
    publisher: str = ""
    author: str = ""
    published_at: date | None = None
    withheld_reason: str = ""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """What a record says about a claim. `record` is its key."""

    record: str
    stance: str
    quote: str
    question: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Opinion:
    """A review. `by` is the reviewer's key."""

    by: str
    rating: str
    rationale: str
    confidence: str = "medium"


@dataclass(frozen=True, slots=True)
class Wording:
    """A verdict's words, and its rating where an editor decides on one."""

    summary: str
    justification: str
    rating: str = ""


@dataclass(frozen=True, slots=True)
class Correction:
    note: str
    wording: Wording


@dataclass(frozen=True, slots=True)
class Remark:
    by: str
    text: str


@dataclass(frozen=True, slots=True)
class Story:
    """What became of a suggested claim, in the order in which it is told.

    The claim is the one whose words hold `phrase`. What is empty did not happen; a claim with nothing
    but a phrase was accepted and is open.
    """

    phrase: str
    statement: str = ""
    asks: Asks = Asks.TRUE
    kind: str = ""
    dismissal: str = ""
    exhibits: tuple[Exhibit, ...] = ()
    taken_by: tuple[str, ...] = ()
    opinions: tuple[Opinion, ...] = ()
    remarks: tuple[Remark, ...] = ()
    adjudication: Wording | None = None
    wording: Wording | None = None
    is_published: bool = False
    correction: Correction | None = None
    retraction: str = ""
