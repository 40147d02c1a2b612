"""Claims, the words that make them, who makes them, and how they were found."""

from claims.models.claim import Claim, Claimant, ClaimantKind, ClaimQuerySet, ExternalCheck
from claims.models.runs import DetectionRun, Finding, RunState, WorthModel
from claims.models.spans import Decision, Resolution, Span, SpanFate

__all__ = [
    "Claim",
    "ClaimQuerySet",
    "Claimant",
    "ClaimantKind",
    "Decision",
    "DetectionRun",
    "ExternalCheck",
    "Finding",
    "Resolution",
    "RunState",
    "Span",
    "SpanFate",
    "WorthModel",
]
