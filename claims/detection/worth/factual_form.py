"""Whether a sentence has the form of a factual statement: a small linear model in plain Python.

The weights are a JSON file of a few thousand numbers with where they come from and how well they do. A model is a
value: scoring changes nothing, and an engine is handed the one it should use.
"""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from claims.detection.worth.features import COUNT_SIGN, features, scale

SHIPPED = Path(__file__).with_name("factual_form.json")
BIAS = "#bias"
FORMAT = 1


class UnreadableWeights(ValueError):
    """The weights are not what this version of the code reads."""


@dataclass(frozen=True, slots=True)
class FactualForm:
    """Weights by feature, the probability from which a sentence counts as worth checking, and their origin."""

    weights: Mapping[str, float]
    threshold: float
    provenance: Mapping[str, Any] = field(default_factory=dict)
    known: frozenset[str] = field(init=False)

    def __post_init__(self) -> None:
        known = frozenset(name for name in self.weights if not name.startswith(COUNT_SIGN))
        object.__setattr__(self, "known", known)

    def probability(self, sentence: str) -> float:
        """How sure the model is that the sentence states something worth checking, 0 to 1."""
        occurring, counts = features(sentence)
        found = sorted(self.known.intersection(occurring))
        weights = self.weights
        total = sum(map(weights.__getitem__, found)) * scale(len(found))
        total += sum(weights.get(name, 0.0) * value for name, value in counts.items())
        return 0.5 * (1.0 + math.tanh(0.5 * (total + weights.get(BIAS, 0.0))))

    def is_checkworthy(self, sentence: str) -> bool:
        return self.probability(sentence) >= self.threshold


def read_form(document: Mapping[str, Any]) -> FactualForm:
    """A model from its JSON, or UnreadableWeights."""
    try:
        is_known = document["format"] == FORMAT
        weights = {str(name): float(weight) for name, weight in document["weights"].items()}
        threshold = float(document["threshold"])
        provenance = dict(document["provenance"])
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnreadableWeights(f"These are no weights of a factual form: {error!r}.") from error
    numbers = [threshold, *weights.values()]
    if not is_known or not all(map(math.isfinite, numbers)) or not 0 <= threshold <= 1:
        raise UnreadableWeights(f"Weights of format {FORMAT} with finite numbers are wanted.")
    return FactualForm(weights, threshold, provenance)


def describe_form(form: FactualForm) -> dict[str, Any]:
    """The JSON of a model, which `read_form` reads."""
    return {
        "format": FORMAT,
        "provenance": dict(form.provenance),
        "threshold": form.threshold,
        "weights": {
            name: weight for name, weight in sorted(form.weights.items()) if weight or name == BIAS
        },
    }


@cache
def shipped() -> FactualForm:
    """The model whose weights come with the code."""
    return read_form(json.loads(SHIPPED.read_text(encoding="utf-8")))
