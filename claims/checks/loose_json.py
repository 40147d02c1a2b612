"""JSON as people write it into pages: with comments, commas too many, line ends in texts, or escaped like HTML.

Strict JSON is read as it is. What is not is mended step by step, from what changes nothing to what changes most, and
the first that can be read is taken. One pass each, so no text takes longer than its length asks for.
"""

import html
import json
import re
from collections.abc import Callable
from typing import Any

import orjson

#: A script longer than this is read strictly or not at all.
LONGEST_MENDED = 2_000_000
_OPENING = r"<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\["
_CLOSING = r"//\s*-->|-->|//\s*\]\]>|/\*\s*\]\]>\s*\*/|\]\]>"
OPENING = re.compile(rf"\s*(?:{_OPENING})\s*")
CLOSING = re.compile(rf"(?:{_CLOSING})$")
_STRING = r'"(?:\\.|[^"\\])*+"?'
COMMENT = re.compile(rf"(?s:({_STRING})|/\*.*?(?:\*/|\Z)|//[^\n]*)")
COMMA = re.compile(rf"(?s:({_STRING})|,(?=\s*+[}}\]]))")


class NoJSON(ValueError):
    """Not even after mending."""


def read_json(text: str) -> tuple[Any, bool]:
    """The value, and whether it had to be mended. Raises NoJSON."""
    try:
        return orjson.loads(text), False
    except (ValueError, RecursionError, UnicodeError):
        pass
    for mend in (_as_it_is, _unwrapped, _tidied, _unescaped):
        if mend is not _as_it_is and len(text) > LONGEST_MENDED:
            break
        try:
            return json.loads(mend(text), strict=False, parse_constant=_no_number), True
        except (ValueError, RecursionError):
            continue
    raise NoJSON


def _as_it_is(text: str) -> str:
    return text.strip("\ufeff \t\r\n\0")


def _unwrapped(text: str) -> str:
    text = _as_it_is(text)
    for _ in range(2):  # a comment in a section, or the other way round
        opening = OPENING.match(text)
        text = text[opening.end() :] if opening else text
        tail = CLOSING.search(text, max(0, len(text) - 40))
        text = (text[: tail.start()] if tail else text).strip()
    return text.removesuffix(";")


def _tidied(text: str) -> str:
    keep: Callable[[re.Match[str]], str] = lambda found: found[1] or ""  # noqa: E731 - used twice
    return COMMA.sub(keep, COMMENT.sub(lambda found: found[1] or " ", _unwrapped(text)))


def _unescaped(text: str) -> str:
    return _tidied(html.unescape(text))


def _no_number(name: str) -> None:
    """NaN and Infinity, which no database takes: as if there were nothing."""
