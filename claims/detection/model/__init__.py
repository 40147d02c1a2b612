"""The model engine: claims from a language model behind an OpenAI-compatible endpoint, none of it trusted.

`engine` asks in three steps and checks each answer; `endpoint` is the only one that talks to anybody.
"""

from claims.detection.model.endpoint import Access, Budget, EndpointError
from claims.detection.model.engine import ModelEngine

__all__ = ["Access", "Budget", "EndpointError", "ModelEngine"]
