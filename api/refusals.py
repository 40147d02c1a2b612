"""What a program can go on with when the workflow or the publish gate refuses: more than words."""

from typing import Any

from publishing.gate import Check
from publishing.services import GateClosed
from reviews import workflow
from reviews.workflow import Action, InvalidTransition


def of_transition(error: InvalidTransition) -> dict[str, Any]:
    """Where the claim stands, where the action starts and leads, who may, and what applies now."""
    rows = workflow.rows_of(error.action)
    return {
        "action": dashed(error.action),
        "status_of_claim": str(error.status),
        "starts_from": [str(row.source) for row in rows],
        "leads_to": [str(row.target) for row in rows[:1]],
        "roles": [str(role) for role in workflow.roles_of(error.action)],
        "possible": [dashed(action) for action in workflow.actions_from(error.status)],
    }


def of_gate(error: GateClosed) -> dict[str, Any]:
    return {"checks": [checklist_item(check) for check in error.checks]}


def checklist_item(check: Check) -> dict[str, Any]:
    return {
        "slug": check.slug,
        "label": check.label,
        "is_met": check.is_met,
        "attested_by_editor": check.attested_by_editor,
        "mend": "" if check.is_met else check.mend,
    }


def dashed(action: Action) -> str:
    """An action as its address names it."""
    return action.value.replace("_", "-")
