"""How well a score tells two sorts of sentences apart: F1, accuracy, nDCG, and the threshold that serves F1 best."""

import math
from collections.abc import Sequence


def f1(labels: Sequence[int], scores: Sequence[float], threshold: float) -> float:
    """F1 of the positive class when a score from the threshold counts as positive."""
    chosen = [label for label, score in zip(labels, scores, strict=True) if score >= threshold]
    found = sum(chosen)
    return 2 * found / ((len(chosen) + sum(labels)) or 1)


def accuracy(labels: Sequence[int], scores: Sequence[float], threshold: float = 0.5) -> float:
    right = sum(
        (score >= threshold) == bool(label) for label, score in zip(labels, scores, strict=True)
    )
    return right / (len(labels) or 1)


def best_threshold(labels: Sequence[int], scores: Sequence[float]) -> float:
    """The hundredth with the highest F1; the middle one of several."""
    steps = [step / 100 for step in range(1, 100)]
    reached = [round(f1(labels, scores, step), 6) for step in steps]
    best = [step for step, value in zip(steps, reached, strict=True) if value == max(reached)]
    return best[len(best) // 2]


def ndcg(labels: Sequence[float], scores: Sequence[float]) -> float:
    """Whether the worthiest stand first: 1 is the best order there is. Equal scores keep their order."""
    order = sorted(range(len(labels)), key=lambda row: -scores[row])
    ideal = _gain(sorted(labels, reverse=True))
    return _gain([labels[row] for row in order]) / ideal if ideal else 0.0


def log_loss(labels: Sequence[int], scores: Sequence[float]) -> float:
    """The mean surprise: what a score costs that was sure of the wrong thing. Lower is better."""
    kept = [min(max(score, 1e-6), 1 - 1e-6) for score in scores]
    costs = [
        -math.log(score if label else 1 - score) for label, score in zip(labels, kept, strict=True)
    ]
    return sum(costs) / (len(costs) or 1)


def _gain(labels: Sequence[float]) -> float:
    return sum(label / math.log2(place + 2) for place, label in enumerate(labels))
