"""Sources, what they said when we looked, and what that says about a claim."""

from sources.models.copies import Capture, CaptureState, Snapshot, SnapshotOrigin
from sources.models.evidence import Evidence, QuoteCheck, Stance
from sources.models.source import Source, SourceKind, SourceState

__all__ = [
    "Capture",
    "CaptureState",
    "Evidence",
    "QuoteCheck",
    "Snapshot",
    "SnapshotOrigin",
    "Source",
    "SourceKind",
    "SourceState",
    "Stance",
]
