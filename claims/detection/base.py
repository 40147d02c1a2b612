"""The contract of a detection engine: frozen text in, candidate claims out.

An engine is pure: no database, settings, clock or network (a model engine is the one exception, and says so).
The same document gives the same candidates, in reading order.
"""

from dataclasses import dataclass, field
from typing import Protocol

from articles.document import Document
from claims.kinds import Mode


@dataclass(frozen=True, slots=True)
class Place:
    """A run of `Document.text`: code points, start included, end excluded."""

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who is said to assert it. `source` is the speaker's name as the text has it, `cue` the word of saying.

    `name` is empty where the article does not tell whose a “he” is. With `is_told` the claim itself tells that it was
    said (“Roe denied the charge”), so that no other is needed for that.
    """

    name: str
    source: Place | None
    cue: Place | None
    content: tuple[Place, ...]
    role: str = ""
    is_anonymous: bool = False
    is_told: bool = False


@dataclass(frozen=True, slots=True)
class Mention:
    """A date, quantity or name in the words of a claim. `text` is the words as they stand there.

    `value` is what they mean, where that is certain: an ISO 8601 date or interval, a plain number. A relative date
    has a value only when the article's date is known, and `is_relative` says that it was worked out from it.
    """

    place: Place
    text: str
    value: str = ""
    is_relative: bool = False


@dataclass(frozen=True, slots=True)
class WorthPart:
    """One thing that makes a claim worth checking, or not: its name, what it adds, and the reason in words."""

    name: str
    score: float
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """One assertion the engine suggests.

    `kind` and `mode` are values of `claims.kinds.Kind` and `Mode`; `worth` is 0 to 1, `reasons` says why in words and
    `parts` what it is made of.
    `spans` are the words of the article that carry the assertion, in order, each inside one block.
    With an `attribution` the desk also makes the claim that it was said at all, unless the statement tells just that.
    A claim in the narrator's mode is the article's own, also where it tells of an act of saying.
    """

    statement: str
    kind: str
    mode: str
    spans: tuple[Place, ...]
    worth: float
    reasons: tuple[str, ...] = ()
    attribution: Attribution | None = None
    parts: tuple[WorthPart, ...] = ()
    dates: tuple[Mention, ...] = ()
    quantities: tuple[Mention, ...] = ()
    names: tuple[Mention, ...] = ()

    @property
    def claimant(self) -> str:
        """Whose claim it is; nobody's where the article asserts it itself, of an act of saying too."""
        said = self.attribution
        is_event = said is not None and said.is_told and self.mode == Mode.NARRATOR
        return "" if said is None or is_event else said.name


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A sentence that was read and gave no claim, with the reason in words."""

    place: Place
    reason: str


@dataclass(frozen=True, slots=True)
class Refused:
    """A candidate that was dropped, by its statement, and why."""

    statement: str
    reason: str


@dataclass(frozen=True, slots=True)
class Exchange:
    """One thing that a model was asked about a passage, and what came back. Only model engines have any.

    `step` is what it was asked for, `dialect` how a fixed shape of the answer was asked for, `fault` why the answer
    could not be used, if it could not. `attempts` counts the requests, repeated ones included.
    """

    step: str
    passage: Place
    question: str
    answer: str
    model: str = ""
    dialect: str = ""
    fault: str = ""
    attempts: int = 1
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Detection:
    """What an engine found: candidates in reading order, and what it left out and why.

    An engine that checks a model refuses some of its claims itself; `trace` is what the model was asked, in order.
    """

    candidates: tuple[Candidate, ...]
    left_out: tuple[LeftOut, ...] = field(default=())
    refused: tuple[Refused, ...] = field(default=())
    trace: tuple[Exchange, ...] = field(default=())


class EngineUnusable(Exception):
    """The engine cannot work at all at present, whatever the article: the message says why and what to do."""


class Engine(Protocol):
    """What every engine offers. `languages` are ISO 639-1 codes; an empty set means any."""

    name: str
    version: str
    languages: frozenset[str]

    def detect(self, document: Document) -> Detection: ...
