"""What a ClaimReview comes to, and what was odd about it."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any


class BadCheck(ValueError):
    """Nothing can be made of this ClaimReview. The message says why."""


class UnreadableChecks(ValueError):
    """Nothing can be made of this page or file. The message says what to do."""


@dataclass(frozen=True, slots=True)
class Oddity:
    """Where in the markup, and of which kind."""

    where: str
    kind: str


@dataclass(slots=True)
class Notes:
    """What was odd so far, each once."""

    odd: list[Oddity] = field(default_factory=list)

    def note(self, where: str, kind: str) -> None:
        if (one := Oddity(where, kind)) not in self.odd:
            self.odd.append(one)


@dataclass(frozen=True, slots=True)
class Check:
    """A fact-check by others, every value fit for its column. `identity` knows it again."""

    identity: str
    url: str
    site: str
    title: str
    publisher: str
    claim_reviewed: str
    claimant: str
    rating: str
    normalised: str
    justification: str
    reviewed_at: date | None
    claim_url: str
    details: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Document:
    """What a page or a file holds: the data in it, which of it is one thing by name, and what was odd."""

    values: list[Any]
    is_page: bool
    odd: tuple[Oddity, ...] = ()
