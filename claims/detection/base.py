"""The contract of a detection engine: frozen text in, candidate claims out.

An engine is pure: no database, settings, clock or network (a model engine is the one exception, and says so).
The same document gives the same candidates, in reading order.
"""

from dataclasses import dataclass, field
from typing import Protocol

from articles.document import Document


@dataclass(frozen=True, slots=True)
class Place:
    """A run of `Document.text`: code points, start included, end excluded."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is said to assert it. `source` is the speaker's name as the text has it, `cue` the word of saying."""

    name: str
    source: Place | None
    cue: Place | None
    content: tuple[Place, ...]
    role: str = ""
    is_anonymous: bool = False


@dataclass(frozen=True, slots=True)
class Candidate:
    """One assertion the engine suggests.

    `kind` and `mode` are values of `claims.kinds.Kind` and `Mode`; `worth` is 0 to 1 and `reasons` says why in words.
    `spans` are the words of the article that carry the assertion, in order, each inside one block.
    With an `attribution` the desk also makes the claim that it was said at all.
    """

    statement: str
    kind: str
    mode: str
    spans: tuple[Place, ...]
    worth: float
    reasons: tuple[str, ...] = ()
    attribution: Attribution | None = None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A sentence that was read and gave no claim, with the reason in words."""

    place: Place
    reason: str


@dataclass(frozen=True, slots=True)
class Detection:
    """What an engine found: candidates in reading order, and what it left out and why."""

    candidates: tuple[Candidate, ...]
    left_out: tuple[LeftOut, ...] = field(default=())


class Engine(Protocol):
    """What every engine offers. `languages` are ISO 639-1 codes; an empty set means any."""

    name: str
    version: str
    languages: frozenset[str]

    def detect(self, document: Document) -> Detection: ...
