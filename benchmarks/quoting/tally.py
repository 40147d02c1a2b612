"""What became of quotes of one kind, by us and by the peers, and how it is printed."""

from collections import Counter
from dataclasses import dataclass, field

from rapidfuzz import fuzz


@dataclass
class Tally:
    """Counts of one kind of alteration."""

    drawn: int = 0
    checks: Counter = field(default_factory=Counter)
    misplaced: int = 0
    plain: int = 0
    naive: int = 0

    def add(self, quote, source, found):
        self.drawn += 1
        self.checks[found.check] += 1
        self.plain += quote in source.text
        self.naive += fuzz.partial_ratio(quote, source.text, score_cutoff=90) >= 90

    def __iadd__(self, other):
        self.drawn += other.drawn
        self.checks += other.checks
        self.misplaced += other.misplaced
        self.plain += other.plain
        self.naive += other.naive
        return self


def print_tallies(title, tallies):
    print(
        f"\n{title:28} {'drawn':>7} {'verified':>9} {'approx.':>8} {'missing':>8} {'in':>7} {'naive':>7}"
    )
    total = Tally()
    for name, tally in tallies.items():
        total += tally
        _print_tally(name.replace("_", " "), tally)
    _print_tally("all", total)
    return total


def _print_tally(name, tally):
    counts = [tally.checks[check] for check in ("verified", "approximate", "missing")]
    verified, nearly, missing = counts
    print(
        f"{name:28} {tally.drawn:7} {verified:9} {nearly:8} {missing:8} {tally.plain:7} {tally.naive:7}"
    )
