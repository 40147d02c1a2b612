"""Changes in the workflow, each one function: lock, guard by `workflow`, write, record."""

from reviews.services.assignment import (
    assign_claim,
    next_claim,
    release_claim,
    take_claim,
)
from reviews.services.comments import add_comment
from reviews.services.review import ReviewDraft, submit_review
from reviews.services.transitions import accept_claim, dismiss_claim, move, reopen_claim
from reviews.services.verdict import VerdictDraft, adjudicate, send_back, write_verdict

__all__ = [
    "ReviewDraft",
    "VerdictDraft",
    "accept_claim",
    "add_comment",
    "adjudicate",
    "assign_claim",
    "dismiss_claim",
    "move",
    "next_claim",
    "release_claim",
    "reopen_claim",
    "send_back",
    "submit_review",
    "take_claim",
    "write_verdict",
]
