"""How far reviewers agree beyond chance: Krippendorff's alpha for ratings on a nominal scale.

Krippendorff, Content Analysis (2004), chapter 11. Units with fewer than two ratings are not pairable and drop out.
"""

import random
from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Agreement:
    """`alpha` is 1 for perfect agreement, 0 for chance; `low` and `high` are its 95 % bootstrap interval."""

    alpha: float
    low: float
    high: float
    units: int


def nominal_alpha(units: Sequence[Sequence[Hashable]]) -> float | None:
    """Alpha over units, each the ratings it was given. None when nothing can be compared."""
    pairable = [unit for unit in units if len(unit) >= 2]
    totals = Counter(value for unit in pairable for value in unit)
    n = sum(totals.values())
    if n < 2:
        return None
    expected = n * n - sum(count * count for count in totals.values())
    if expected == 0:
        return 1.0
    observed = sum(
        (len(unit) ** 2 - sum(count**2 for count in Counter(unit).values())) / (len(unit) - 1)
        for unit in pairable
    )
    return 1 - (n - 1) * observed / expected


def measure(units: Sequence[Sequence[Hashable]], *, samples: int = 500) -> Agreement | None:
    """Alpha with its interval: units are drawn again `samples` times, always from the same seed."""
    pairable = [unit for unit in units if len(unit) >= 2]
    alpha = nominal_alpha(pairable)
    if alpha is None:
        return None
    draw = random.Random(1)  # noqa: S311 - a bootstrap, not a secret
    drawn = sorted(
        value
        for _ in range(samples)
        if (value := nominal_alpha(draw.choices(pairable, k=len(pairable)))) is not None
    )
    low, high = drawn[int(len(drawn) * 0.025)], drawn[int(len(drawn) * 0.975)]
    return Agreement(alpha=alpha, low=low, high=high, units=len(pairable))
