"""Changes to claims, each one function: atomic, with an explicit actor, written to the audit log."""

from claims.services.detection import (
    bring_in_article,
    engines_for,
    run_detection,
    start_detection,
)
from claims.services.editing import (
    ClaimDraft,
    StaleClaim,
    add_claim,
    add_span,
    correct_claim,
    flag_claim,
    lock_claim,
    place_span,
    unflag_claim,
)
from claims.services.imports import arrival_of, retry_import, run_import, start_import
from claims.services.revising import confirm_span, let_go_span, move_span, revise_article

__all__ = [
    "ClaimDraft",
    "StaleClaim",
    "add_claim",
    "add_span",
    "arrival_of",
    "bring_in_article",
    "confirm_span",
    "correct_claim",
    "engines_for",
    "flag_claim",
    "let_go_span",
    "lock_claim",
    "move_span",
    "place_span",
    "retry_import",
    "revise_article",
    "run_detection",
    "run_import",
    "start_detection",
    "start_import",
    "unflag_claim",
]
