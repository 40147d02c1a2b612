"""What no model can hold of a record, kept beside it until the desk says something else. Pure.

Models tidy: an address has one spelling, a date is a day, an empty text and none are the same. So a record read and
written again would differ from what came in. The difference is the residue: for each key what the models say and what
the record said, both as JSON text, None where there was nothing. On the way out a value is put back only while the
models still say what they said then. A change made at the desk therefore shows, and the residue of it is void.
"""

import json
from typing import Any

Residue = dict[str, list[str | None]]


def residue_of(said: dict[str, Any], given: dict[str, Any]) -> Residue:
    """The keys in which what the models say differs from what was given."""
    keys = [*given, *(key for key in said if key not in given)]
    pairs = {key: [_text(said, key), _text(given, key)] for key in keys}
    return {_plain(key): pair for key, pair in pairs.items() if pair[0] != pair[1]}


def put_back(said: dict[str, Any], residue: Residue) -> dict[str, Any]:
    """What the models say, with what was given wherever they still say the same."""
    whole = dict(said)
    for plain, (before, given) in residue.items():
        key = json.loads(f'"{plain}"')
        if _text(said, key) != before:
            continue
        if given is None:
            whole.pop(key, None)
        else:
            whole[key] = json.loads(given)
    return whole


def as_text(value: Any) -> str:
    """JSON of which equal texts mean equal values; unlike in Python, true and 1 differ. Fit for any database."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"))


def _text(values: dict[str, Any], key: str) -> str | None:
    return as_text(values[key]) if key in values else None


def _plain(key: str) -> str:
    """A key may hold what a database refuses, too."""
    return json.dumps(key)[1:-1]
