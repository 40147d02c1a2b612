"""What an operation is sent and answers, as examples in the OpenAPI document.

`examples.json` holds them by operation: a request, and an answer by status. Nobody makes up an answer:
`tests/api/test_examples.py` sends the requests, in the order in which a desk would, to a desk of its own,
and writes down what it says (`RECORD_EXAMPLES=1`). All of it is set in Halmere, like the demo.
"""

import json
from functools import cache
from pathlib import Path
from typing import Any

from drf_spectacular.utils import OpenApiExample

FILE = Path(__file__).with_name("examples.json")
PROBLEM = "application/problem+json"


@cache
def recorded() -> dict[str, dict[str, Any]]:
    """By operation: `request`, where there is one, and `answers` by status."""
    found: dict[str, dict[str, Any]] = json.loads(FILE.read_text(encoding="utf-8"))
    return found


def examples_of(operation_id: str) -> list[OpenApiExample]:
    """What the document shows of one operation."""
    known = recorded().get(operation_id, {})
    answers = [_answer(*item) for item in known.get("answers", {}).items()]
    if "request" not in known:
        return answers
    return [OpenApiExample("What is sent", known["request"], request_only=True), *answers]


def _answer(status: str, content: dict[str, Any]) -> OpenApiExample:
    is_problem = status >= "400"
    return OpenApiExample(
        content["title"] if is_problem else "What comes back",
        content,
        response_only=True,
        status_codes=[status],
        media_type=PROBLEM if is_problem else "application/json",
    )
