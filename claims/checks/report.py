"""What an import of checks says of itself: how many came to what, what was odd, and each thing worth a look.

Counts are of all; of the single ones, those that need a look come before those that went well.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from claims.checks.shape import Oddity

#: Single items that are told: with something to say, and without.
MOST_TOLD, MOST_PLAIN = 1000, 200
LONGEST = 300


class Outcome(StrEnum):
    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    REFUSED = "refused"


@dataclass(slots=True)
class Report:
    """Filled as the import goes on."""

    counts: Counter[str] = field(default_factory=Counter)
    odd: Counter[str] = field(default_factory=Counter)
    items: list[dict[str, Any]] = field(default_factory=list)
    left_off: int = 0
    told: int = 0

    def of_document(self, odd: Iterable[Oddity]) -> None:
        for one in odd:
            self.odd[f"{one.where}: {one.kind}"] += 1

    def add(
        self,
        number: int,
        outcome: Outcome,
        *,
        claim: str = "",
        url: str = "",
        check: str = "",
        odd: Iterable[Oddity] = (),
        refusal: str = "",
    ) -> None:
        kinds = [f"{one.where}: {one.kind}" for one in odd]
        self.counts[outcome] += 1
        self.odd.update(kinds)
        is_plain = not kinds and outcome in (Outcome.NEW, Outcome.UNCHANGED)
        plain = len(self.items) - self.told
        if (is_plain and plain >= MOST_PLAIN) or (not is_plain and self.told >= MOST_TOLD):
            self.left_off += 1
            return
        self.told += not is_plain
        item = {"number": number, "outcome": outcome.value, "claim": shorten(claim), "url": url}
        self.items.append({**item, "check": check, "refusal": refusal, "odd": kinds})

    @property
    def found(self) -> int:
        return sum(self.counts.values())

    def as_data(self) -> dict[str, Any]:
        """As it is kept and told."""
        return {
            "found": self.found,
            "counts": {outcome.value: self.counts[outcome] for outcome in Outcome},
            "odd": [{"what": what, "count": count} for what, count in self.odd.most_common(200)],
            "items": sorted(self.items, key=lambda item: item["number"]),
            "left_off": self.left_off,
        }


def shorten(claim: str) -> str:
    return claim if len(claim) <= LONGEST else f"{claim[: LONGEST - 1]}…"
