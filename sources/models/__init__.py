"""Sources, what they said when we looked, and what that says about a claim."""

from sources.models.copies import Capture, CaptureState, Snapshot, SnapshotOrigin
from sources.models.evidence import AnswerType, Evidence, OpenQuestion, QuoteCheck, Stance
from sources.models.source import Source, SourceKind, SourceState

__all__ = [
    "AnswerType",
    "Capture",
    "CaptureState",
    "Evidence",
    "OpenQuestion",
    "QuoteCheck",
    "Snapshot",
    "SnapshotOrigin",
    "Source",
    "SourceKind",
    "SourceState",
    "Stance",
]
