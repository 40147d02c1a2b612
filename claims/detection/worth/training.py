"""Fitting a factual form: logistic regression towards a prior, by L-BFGS, with numpy alone.

Each weight is drawn to its prior: to nothing when the shipped model is made, to the shipped weights when a desk
teaches it. The same rows in the same order give the same weights, to the digits that are kept.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from claims.detection.worth.factual_form import BIAS
from claims.detection.worth.features import COUNT_SIGN, features, scaled

Vector = NDArray[np.float64]
MEMORY = 10
STEPS = 200
TOLERANCE = 1e-5


@dataclass(frozen=True, slots=True)
class Recipe:
    """How to fit: the pull to the prior, how often a feature must occur, how many are kept."""

    pull: float = 5.0
    least_often: int = 3
    kept: int = 3000


@dataclass(frozen=True, slots=True)
class Prior:
    """Where weights are drawn to; absent ones to 0."""

    weights: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rows:
    """Sparse rows: the columns and values of each after the other, and where each row begins."""

    columns: NDArray[np.int64]
    values: Vector
    starts: NDArray[np.int64]
    width: int

    def times(self, weights: Vector) -> Vector:
        return np.add.reduceat(self.values * weights[self.columns], self.starts)

    def transposed_times(self, residuals: Vector) -> Vector:
        lengths = np.diff(np.append(self.starts, len(self.columns)))
        spread = self.values * np.repeat(residuals, lengths)
        summed = np.bincount(self.columns, weights=spread, minlength=self.width)
        return np.asarray(summed, dtype=np.float64)


def fit(sentences: Sequence[str], labels: Sequence[int], recipe: Recipe) -> dict[str, float]:
    """Weights from nothing: fit on all frequent features, keep those that matter most, fit again."""
    often = Counter(chain.from_iterable(features(sentence)[0] for sentence in sentences))
    frequent = frozenset(name for name, times in often.items() if times >= recipe.least_often)
    weights = fit_known(sentences, labels, frequent, pull=recipe.pull)
    ranked = sorted(
        (name for name in weights if not name.startswith(COUNT_SIGN)),
        key=lambda name: (-abs(weights[name]) * often[name] ** 0.5, name),
    )
    return fit_known(sentences, labels, frozenset(ranked[: recipe.kept]), pull=recipe.pull)


def fit_known(
    sentences: Sequence[str],
    labels: Sequence[int],
    known: frozenset[str],
    *,
    pull: float,
    prior: Prior | None = None,
) -> dict[str, float]:
    """Weights of the known features and of every count, drawn to the prior."""
    rows = [scaled(sentence, known) for sentence in sentences]
    return fit_rows(rows, labels, pull=pull, prior=prior)


def fit_rows(
    rows: Sequence[Mapping[str, float]],
    labels: Sequence[int],
    *,
    pull: float,
    prior: Prior | None = None,
) -> dict[str, float]:
    """Weights of whatever the rows hold, and a bias."""
    before = prior.weights if prior else {}
    rows = [{BIAS: 1.0, **row} for row in rows]
    names = sorted({*chain.from_iterable(rows), *before})
    matrix = _sparse(rows, {name: number for number, name in enumerate(names)})
    start = np.array([before.get(name, 0.0) for name in names])
    strength = np.array([0.0 if name == BIAS and not before else pull for name in names])
    target = np.asarray(labels, dtype=np.float64)

    def cost(weights: Vector) -> tuple[float, Vector]:
        sums = matrix.times(weights)
        away = weights - start
        loss = float(np.sum(np.logaddexp(0.0, sums) - target * sums))
        slope = matrix.transposed_times(_probabilities(sums) - target) + strength * away
        return loss + 0.5 * float(np.sum(strength * away * away)), slope

    found = _lowest(cost, start)
    return {name: round(float(weight), 4) for name, weight in zip(names, found, strict=True)}


def _sparse(rows: Sequence[Mapping[str, float]], column: Mapping[str, int]) -> Rows:
    lengths = [len(row) for row in rows]
    columns = np.fromiter(
        (column[name] for row in rows for name in row), dtype=np.int64, count=sum(lengths)
    )
    values = np.fromiter(
        chain.from_iterable(row.values() for row in rows), dtype=np.float64, count=sum(lengths)
    )
    starts = np.concatenate(([0], np.cumsum(lengths)[:-1])).astype(np.int64)
    return Rows(columns, values, starts, len(column))


def _probabilities(sums: Vector) -> Vector:
    return np.asarray(0.5 * (1.0 + np.tanh(0.5 * sums)))


def _lowest(cost: Callable[[Vector], tuple[float, Vector]], start: Vector) -> Vector:
    """The minimum of a convex cost by L-BFGS with a halving step."""
    here, (value, slope) = start.copy(), cost(start)
    past: list[tuple[Vector, Vector]] = []
    for _ in range(STEPS):
        direction = _direction(slope, past)
        descent, step = float(slope @ direction), 1.0 if past else 1.0 / max(_size(slope), 1.0)
        there = here + step * direction
        new_value, new_slope = cost(there)
        while new_value > value + 1e-4 * step * descent and step > 1e-12:
            step /= 2
            there = here + step * direction
            new_value, new_slope = cost(there)
        if float((there - here) @ (new_slope - slope)) > 0:
            past = [*past[-MEMORY + 1 :], (there - here, new_slope - slope)]
        is_flat = value - new_value <= TOLERANCE * max(abs(value), 1.0) * 1e-2
        here, value, slope = there, new_value, new_slope
        if is_flat or _size(slope) < TOLERANCE:
            break
    return here


def _direction(slope: Vector, past: Sequence[tuple[Vector, Vector]]) -> Vector:
    """Downhill, as the last steps say the ground curves."""
    direction = -slope
    used: list[float] = []
    for moved, turned in reversed(past):
        share = float(moved @ direction) / float(moved @ turned)
        direction = direction - share * turned
        used.append(share)
    if past:
        moved, turned = past[-1]
        direction = direction * (float(moved @ turned) / float(turned @ turned))
    for (moved, turned), share in zip(past, reversed(used), strict=True):
        direction = direction + (share - float(turned @ direction) / float(moved @ turned)) * moved
    return direction


def _size(vector: Vector) -> float:
    return float(np.sqrt(vector @ vector))
