"""Claims, the words that make them, who makes them, and how they were found."""

from claims.models.checks import CheckImport, ExternalCheck, TrustedPublisher
from claims.models.claim import Claim, Claimant, ClaimantKind, ClaimQuerySet
from claims.models.runs import DetectionRun, Finding, RunState, WorthModel
from claims.models.spans import Decision, Resolution, Span, SpanFate

__all__ = [
    "CheckImport",
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
    "TrustedPublisher",
    "WorthModel",
]
