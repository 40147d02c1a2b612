"""How much a claim is worth checking, from parts that can be read.

`weigh` is what an engine calls; `FactualForm` is the one part of it that is learned.
"""

from claims.detection.worth.composite import Worth, weigh
from claims.detection.worth.factual_form import FactualForm, shipped

__all__ = ["FactualForm", "Worth", "shipped", "weigh"]
