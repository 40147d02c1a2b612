"""Changes to claims, each one function: atomic, with an explicit actor, written to the audit log."""

from claims.services.batches import NamedFile, cancel_batch, retry_batch, start_batch
from claims.services.claimants import find_claimant
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
    clean_tags,
    correct_claim,
    flag_claim,
    lock_claim,
    make_claim,
    note_change,
    place_span,
    span_on,
    unflag_claim,
)
from claims.services.feeds import (
    change_feed,
    check_feed,
    follow_feed,
    look_now,
    queue_due_feeds,
)
from claims.services.imports import (
    arrival_of,
    cancel_import,
    retry_import,
    run_import,
    start_import,
)
from claims.services.revising import confirm_span, let_go_span, move_span, revise_article

__all__ = [
    "ClaimDraft",
    "NamedFile",
    "StaleClaim",
    "add_claim",
    "add_span",
    "arrival_of",
    "bring_in_article",
    "cancel_batch",
    "cancel_import",
    "change_feed",
    "check_feed",
    "clean_tags",
    "confirm_span",
    "correct_claim",
    "engines_for",
    "find_claimant",
    "flag_claim",
    "follow_feed",
    "let_go_span",
    "lock_claim",
    "look_now",
    "make_claim",
    "move_span",
    "note_change",
    "place_span",
    "queue_due_feeds",
    "retry_batch",
    "retry_import",
    "revise_article",
    "run_detection",
    "run_import",
    "span_on",
    "start_batch",
    "start_detection",
    "start_import",
    "unflag_claim",
]
