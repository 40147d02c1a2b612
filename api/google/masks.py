"""Partial answers: `fields=claims(text,claimReview/url),nextPageToken`.

The grammar is that of Google's APIs: names apart by commas, `/` for what is inside, brackets for several of it, and `*`
for all. Pure. A mask is read against the shape of the answer, so that a name that is not there is refused.
"""

import re
from typing import Any

from django.core.exceptions import ValidationError

#: Names and what is kept of each; None keeps all of it.
Mask = dict[str, Any]
WORD = re.compile(r"[A-Za-z*]+|[,/()]")
DEEPEST = 8


def read_mask(text: str, shape: Any) -> Mask:
    """Raises ValidationError. `shape` is what an answer may hold: dicts of names, None for what has no parts."""
    text = text.strip()
    words = WORD.findall(text)
    if "".join(words) != re.sub(r"\s", "", text):
        raise _wrong(text)
    mask, rest = _selection(words, shape, text, DEEPEST)
    if rest:
        raise _wrong(text)
    return mask


def keep(content: Any, mask: Mask | None) -> Any:
    """What the mask keeps of it. Of a list the same of each."""
    if mask is None:
        return content
    if isinstance(content, list):
        return [keep(one, mask) for one in content]
    if not isinstance(content, dict):
        return content
    everything = "*" in mask
    return {
        name: keep(value, mask.get(name, mask.get("*")))
        for name, value in content.items()
        if everything or name in mask
    }


def _selection(words: list[str], shape: Any, text: str, left: int) -> tuple[Mask, list[str]]:
    """Paths apart by commas, up to a closing bracket or the end."""
    mask: Mask = {}
    while True:
        path, words = _path(words, shape, text, left)
        _join(mask, path)
        if not words or words[0] != ",":
            return mask, words
        words = words[1:]


def _path(words: list[str], shape: Any, text: str, left: int) -> tuple[Mask, list[str]]:
    """A name, and what is kept of it."""
    if not words or words[0] in {",", "/", "(", ")"} or not left:
        raise _wrong(text)
    name, *words = words
    inner = _inside(shape, name)
    if words[:1] == ["/"]:
        kept, words = _path(words[1:], inner, text, left - 1)
        return {name: kept}, words
    if words[:1] == ["("]:
        kept, words = _selection(words[1:], inner, text, left - 1)
        if words[:1] != [")"]:
            raise _wrong(text)
        return {name: kept}, words[1:]
    return {name: None}, words


def _inside(shape: Any, name: str) -> Any:
    if not isinstance(shape, dict) or (name != "*" and name not in shape):
        raise ValidationError({"fields": f"Invalid field selection {name[:100]}."})
    if name != "*":
        return shape[name]
    return {key: value for inner in shape.values() for key, value in (inner or {}).items()}


def _join(mask: Mask, path: Mask) -> None:
    """Both selections: `a/b,a/c` keeps b and c of a."""
    for name, kept in path.items():
        if name not in mask or mask[name] is None or kept is None:
            mask[name] = None if name in mask else kept
        else:
            _join(mask[name], kept)


def _wrong(text: str) -> ValidationError:
    words = f"Invalid field mask “{text[:100]}”. Write it as claims(text,claimReview/url)."
    return ValidationError({"fields": words})
