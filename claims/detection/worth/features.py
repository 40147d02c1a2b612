"""What the model sees of a sentence: its words, pairs of words, pairs of sorts of words, counts and length.

The same function serves training and scoring, so the two cannot drift apart. Words and pairs count once each and
are scaled by their number, so that a long sentence is not worth more for being long; counts keep their size.
"""

import math
from collections import Counter

from claims.detection.worth.tokens import PLAIN, sort_of, tokens

COUNT_SIGN = "#"
LENGTHS = (4, 7, 10, 14, 20, 30)
MOST_COUNTED = 4


def features(sentence: str) -> tuple[set[str], dict[str, float]]:
    """The words and pairs that occur, and the counts with their values."""
    words = tokens(sentence)
    sorts = [sort_of(word) for word in words]
    occurring = set(words)
    occurring.update(map(" ".join, zip(["^", *words], [*words, "$$"], strict=True)))
    occurring.update(map("=".join, zip(["^", *sorts], [*sorts, "$$"], strict=True)))
    return occurring, _counts(words, sorts)


def _counts(words: list[str], sorts: list[str]) -> dict[str, float]:
    length = len(words)
    counts = {f"#length {least}": 0.5 for least in LENGTHS if length >= least}
    counts["#length"] = min(math.log1p(length) / 3, 1.5)
    counts["#word length"] = sum(map(len, words)) / max(length, 1) / 5
    for sort, number in Counter(sorts).items():
        if sort != PLAIN:
            counts[f"#{sort}"] = 0.5 + min(number, MOST_COUNTED) / MOST_COUNTED
    return counts


def scaled(sentence: str, known: frozenset[str] | None = None) -> dict[str, float]:
    """Every known feature (all, when none are named) with the value that the model multiplies."""
    occurring, counts = features(sentence)
    if known is not None:
        occurring &= known
    value = scale(len(occurring))
    return {**dict.fromkeys(sorted(occurring), value), **counts}


def scale(number: int) -> float:
    return 3 / math.sqrt(number or 1)
