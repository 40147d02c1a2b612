"""The workflow as one pure table: which action takes a claim from where to where, and who may.

Services ask `target()` before they write, screens ask `actions_from()` which buttons to show; neither
knows a transition of its own. Where the target depends on the outcome (a round that fills up), the table
names every possible one.
"""

from dataclasses import dataclass
from enum import StrEnum

from accounts.roles import PERMISSIONS, Role
from claims.kinds import Status


class Action(StrEnum):
    ACCEPT = "accept"
    DISMISS = "dismiss"
    TAKE = "take"
    ASSIGN = "assign"
    RELEASE = "release"
    REVIEW = "review"
    AGREE = "agree"
    DIFFER = "differ"
    ADJUDICATE = "adjudicate"
    WRITE = "write"
    SEND_BACK = "send_back"
    PUBLISH = "publish"
    CORRECT = "correct"
    RETRACT = "retract"
    REOPEN = "reopen"


@dataclass(frozen=True, slots=True)
class Transition:
    """`permission` is asked of the actor with the claim; empty when the desk itself acts."""

    source: Status
    action: Action
    permission: str
    target: Status
    needs_reason: bool = False


class InvalidTransition(Exception):
    """The claim does not stand where this action starts. Says where it stands, what can be done, and by whom."""

    def __init__(self, status: Status, action: Action) -> None:
        possible = ", ".join(a.value.replace("_", " ") for a in actions_from(status)) or "nothing"
        super().__init__(
            f"The claim is {status.label.lower()}, so “{action.value.replace('_', ' ')}” does not "
            f"apply. It may have moved on since you opened the page. Possible now: {possible}."
            f"{_way_of(action)}"
        )
        self.status, self.action = status, action


S, A = Status, Action
TRANSITIONS: tuple[Transition, ...] = (
    Transition(S.SUGGESTED, A.ACCEPT, "claims.accept_claim", S.OPEN),
    Transition(S.SUGGESTED, A.DISMISS, "claims.dismiss_claim", S.DISMISSED, needs_reason=True),
    Transition(S.OPEN, A.DISMISS, "claims.dismiss_claim", S.DISMISSED, needs_reason=True),
    Transition(S.OPEN, A.TAKE, "reviews.take_claim", S.IN_REVIEW),
    Transition(S.OPEN, A.ASSIGN, "reviews.assign_claim", S.IN_REVIEW),
    Transition(S.IN_REVIEW, A.TAKE, "reviews.take_claim", S.IN_REVIEW),
    Transition(S.IN_REVIEW, A.ASSIGN, "reviews.assign_claim", S.IN_REVIEW),
    Transition(S.IN_REVIEW, A.RELEASE, "reviews.take_claim", S.IN_REVIEW),
    Transition(S.IN_REVIEW, A.REVIEW, "reviews.add_review", S.IN_REVIEW),
    Transition(S.IN_REVIEW, A.AGREE, "", S.DECIDED),
    Transition(S.IN_REVIEW, A.DIFFER, "", S.DISPUTED),
    Transition(S.DISPUTED, A.ADJUDICATE, "reviews.adjudicate_claim", S.DECIDED),
    Transition(S.DECIDED, A.WRITE, "reviews.change_verdict", S.DECIDED),
    Transition(S.DECIDED, A.SEND_BACK, "reviews.send_back_claim", S.IN_REVIEW, needs_reason=True),
    Transition(S.DECIDED, A.PUBLISH, "publishing.publish_verdict", S.PUBLISHED),
    Transition(S.PUBLISHED, A.CORRECT, "publishing.correct_verdict", S.PUBLISHED, True),
    Transition(S.PUBLISHED, A.RETRACT, "publishing.retract_verdict", S.RETRACTED, True),
    Transition(S.PUBLISHED, A.REOPEN, "reviews.reopen_claim", S.OPEN, needs_reason=True),
    Transition(S.RETRACTED, A.REOPEN, "reviews.reopen_claim", S.OPEN, needs_reason=True),
    Transition(S.DISMISSED, A.REOPEN, "reviews.reopen_claim", S.OPEN, needs_reason=True),
)
_TABLE = {(row.source, row.action): row for row in TRANSITIONS}


def find(status: str, action: Action) -> Transition:
    """The transition, or InvalidTransition."""
    row = _TABLE.get((Status(status), action))
    if row is None:
        raise InvalidTransition(Status(status), action)
    return row


def rows_of(action: Action) -> tuple[Transition, ...]:
    """Every way this action takes a claim."""
    return tuple(row for row in TRANSITIONS if row.action == action)


def roles_of(action: Action) -> tuple[Role, ...]:
    """Whose role allows it; nobody's, where the desk itself acts."""
    held = {role for row in rows_of(action) for role in PERMISSIONS.get(row.permission, ())}
    return tuple(role for role in Role if role in held)


def _way_of(action: Action) -> str:
    """From where to where an action leads, and who may, as the end of a refusal."""
    if not (rows := rows_of(action)):
        return ""
    name = action.value.replace("_", " ").capitalize()
    starts = " or ".join(row.source.label.lower() for row in rows)
    who = ", ".join(role.label.lower() for role in roles_of(action)) or "the desk itself"
    return f" {name} leads from {starts} to {rows[0].target.label.lower()}; who may: {who}."


def actions_from(status: str) -> tuple[Action, ...]:
    """What a person can do with a claim that stands here, in the order of the table."""
    return tuple(row.action for row in TRANSITIONS if row.source == status and row.permission)
