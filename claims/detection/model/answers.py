"""What came back from the endpoint, read without trust: the envelope first, then the answer inside."""

import json
import re
from dataclasses import dataclass
from typing import Any

from jsonschema import Draft202012Validator

Json = dict[str, Any]

FENCED = re.compile(r"\s*```(?:json)?\s*\n(.*?)\n?\s*```\s*", re.DOTALL)
CHARACTERS_A_TOKEN = 3
MOST_TOKENS = 10**9


class Unusable(Exception):
    """An answer that cannot be used, and why. The words are ours, never the model's."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The model's text. `is_cut` when it ran out of room."""

    text: str
    is_cut: bool
    tokens_in: int
    tokens_out: int


def estimate_tokens(text: str) -> int:
    """About as many tokens as this text is, rather more."""
    return len(text) // CHARACTERS_A_TOKEN + 1


def read_reply(body: bytes, question: str) -> Reply:
    """The envelope. An endpoint that does not count tokens has them estimated."""
    try:
        said = json.loads(body)
        choice = said["choices"][0]
        text = choice["message"]["content"]
    except (ValueError, KeyError, IndexError, TypeError, RecursionError):
        raise Unusable("it is no reply of the OpenAI protocol") from None
    if not isinstance(text, str):
        raise Unusable("it holds no text")
    usage = said.get("usage")
    counts = usage if isinstance(usage, dict) else {}
    return Reply(
        text,
        choice.get("finish_reason") == "length",
        _count(counts.get("prompt_tokens"), question),
        _count(counts.get("completion_tokens"), text),
    )


def _count(told: object, text: str) -> int:
    is_count = isinstance(told, int) and not isinstance(told, bool) and 0 < told < MOST_TOKENS
    return told if is_count and isinstance(told, int) else estimate_tokens(text)


def read_answer(reply: Reply, schema: Json) -> Json:
    """The answer as an object of the shape that was asked for."""
    if reply.is_cut:
        raise Unusable("it was cut off for length")
    fenced = FENCED.fullmatch(reply.text)
    try:
        answer = json.loads(fenced[1] if fenced else reply.text)
    except (ValueError, RecursionError):
        raise Unusable("it is not JSON") from None
    fault = next(Draft202012Validator(schema).iter_errors(answer), None)
    if fault is not None or not isinstance(answer, dict):
        where = fault.json_path if fault else "$"
        raise Unusable(f"it has not the shape that was asked for, at {_plain(where)}")
    return answer


def _plain(path: str) -> str:
    """A path of names of ours and numbers. A name of the model's making ends it."""
    return re.match(r"[$.\[\]\w]*", path).group()[:80]  # type: ignore[union-attr] # matches nothing at least
