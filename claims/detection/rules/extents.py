"""From words of a parse to runs of the article: phrases without their loose ends, quotations whole."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from claims.detection.base import Place
from claims.detection.rules.acts import Range

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

    from claims.detection.rules.parsing import Parsed

#: Signs that are no part of a phrase when they stand at its edge.
LOOSE = frozenset({",", ".", ";", ":", "-", "--", "–", "—", "…", "...", "!", "?", "|"})


def below(token: Token, without: Iterable[int] = ()) -> set[int]:
    """The indexes of a token and all that hangs on it, but not on the tokens in `without`."""
    closed = frozenset(without)
    found: set[int] = set()
    waiting = [token]
    while waiting:
        current = waiting.pop()
        if current.i not in closed:
            found.add(current.i)
            waiting.extend(current.children)
    return found


def runs(parsed: Parsed, tokens: Iterable[int]) -> tuple[Range, ...]:
    """The tokens as runs, in order: gaps of mere punctuation are bridged, loose signs at the ends left out."""
    doc = parsed.doc
    found: list[Range] = []
    for start, end in _bridged(doc, sorted(set(tokens))):
        start, end = _trimmed(parsed, start, end)
        if start < end:
            found.append((start, end))
    return tuple(found)


def cue_runs(tokens: Iterable[int], doc: Doc) -> tuple[Range, ...]:
    """The words of saying, a colon among them."""
    return tuple(_bridged(doc, sorted(set(tokens))))


def _bridged(doc: Doc, tokens: list[int]) -> Iterator[Range]:
    """Runs of neighbours; a comma between two of them belongs to both."""
    start = last = -1
    for index in tokens:
        if start < 0:
            start = index
        elif any(not doc[i].is_punct for i in range(last + 1, index)):
            yield start, last + 1
            start = index
        last = index
    if start >= 0:
        yield start, last + 1


def _trimmed(parsed: Parsed, start: int, end: int) -> Range:
    doc = parsed.doc
    quoted = parsed.quoted
    while start < end and (
        _is_loose(parsed, doc[start])
        or (_is_mark(parsed, doc[start]) and start and quoted[start - 1] == quoted[start])
    ):
        start += 1
    while start < end and (
        _is_loose(parsed, doc[end - 1])
        or doc[end - 1].dep_ == "cc"
        or (_is_mark(parsed, doc[end - 1]) and end < len(doc) and quoted[end] == quoted[end - 1])
    ):
        end -= 1
    return start, end


def _is_loose(parsed: Parsed, token: Token) -> bool:
    return token.text in LOOSE and parsed.quoted[token.i] < 0


def _is_mark(parsed: Parsed, token: Token) -> bool:
    return token.is_punct and parsed.quoted[token.i] >= 0


def with_whole_quotations(parsed: Parsed, tokens: set[int]) -> set[int]:
    """A quotation of which a word is taken is taken whole, with its marks."""
    quoted = parsed.quoted
    first_of = {quoted[i]: i for i in tokens if quoted[i] >= 0 and not parsed.doc[i].is_punct}
    whole = set(tokens)
    for quotation, index in first_of.items():
        start, end = index, index + 1
        while start > 0 and quoted[start - 1] == quotation:
            start -= 1
        while end < len(quoted) and quoted[end] == quotation:
            end += 1
        whole.update(range(start, end))
    return whole


def places(parsed: Parsed, ranges: Iterable[Range]) -> tuple[Place, ...]:
    """The runs in the document; a bracket right behind the last word belongs to it."""
    return tuple(_place(parsed, start, end) for start, end in ranges)


def _place(parsed: Parsed, start: int, end: int) -> Place:
    place = parsed.place(start, end)
    return Place(place.start, max(place.end, parsed.brackets.get(end - 1, 0)))
