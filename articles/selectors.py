"""Which words of a text somebody means who names them by place, by the words themselves, or by both.

The problem: programs count characters in their own way and copy words with their own spaces, and a claim must not
land on words that were not meant. The idea, as in W3C Web Annotation: a place (start and end, in code points) and a
quote (with what stands before and after it) prove each other, and where they differ nothing is selected. A quote
alone must lead to one place: to the same words if they are there, else to those that `articles.anchoring` is sure of.

Pure.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from articles.anchoring import CONTEXT, Anchor, anchor
from articles.places import Candidate

#: Places that are counted before the answer is “many”, and those of them that are named.
COUNTED, NAMED = 100, 5


@dataclass(frozen=True, slots=True)
class Selector:
    """A place, a quote, or both."""

    start: int | None = None
    end: int | None = None
    quote: str = ""
    prefix: str = ""
    suffix: str = ""


class NotSelected(ValueError):
    """The selector leads to no place, or to several. `part` is the part of it that is at fault."""

    def __init__(self, part: str, words: str) -> None:
        super().__init__(words)
        self.part = part


def select(text: str, selector: Selector) -> Candidate:
    """The one place that is meant; its score is below 1 where the words are nearly the quote. Or NotSelected."""
    start, end = selector.start, selector.end
    if start is not None and end is not None:
        return _proved(text, start, end, selector)
    if start is not None or end is not None:
        part = "end" if end is None else "start"
        raise NotSelected(part, "Send start and end together, or a quote alone.")
    if not selector.quote.strip():
        raise NotSelected("quote", "Say which words: by start and end, by a quote, or by both.")
    places = list(islice(_same_words(text, selector), COUNTED))
    if len(places) > 1:
        raise _ambiguous(places)
    if places:
        return Candidate(places[0], places[0] + len(selector.quote), 1.0)
    return _nearly(text, selector)


def _proved(text: str, start: int, end: int, selector: Selector) -> Candidate:
    """The place, if there are words and all that is said of them agrees."""
    if not 0 <= start < end <= len(text):
        words = f"This version has {len(text)} code points: 0 ≤ start < end ≤ {len(text)}."
        raise NotSelected("end", words)
    words = text[start:end]
    if not words.strip():
        raise NotSelected("start", "There are no words between start and end.")
    if selector.quote and words != selector.quote:
        raise NotSelected("quote", _other_words(text, start, end, selector.quote))
    if not _stands_before(text, start, selector.prefix):
        raise NotSelected("prefix", "Other words stand before this place.")
    if not text.startswith(selector.suffix, end):
        raise NotSelected("suffix", "Other words stand after this place.")
    return Candidate(start, end, 1.0)


def _other_words(text: str, start: int, end: int, quote: str) -> str:
    found = f"Other words stand at {start} to {end}: “{_short(text[start:end])}”."
    units = text.encode("utf-16-le")[2 * start : 2 * end].decode("utf-16-le", "replace")
    if units == quote:
        return f"{found} It seems that UTF-16 units were counted: count code points."
    return f"{found} Send the quote as this version has it, or leave out start and end."


def _same_words(text: str, selector: Selector) -> Iterator[int]:
    """Where the quote stands, between what was sent of its neighbours."""
    quote, at = selector.quote, text.find(selector.quote)
    while at >= 0:
        if _stands_before(text, at, selector.prefix) and text.startswith(
            selector.suffix, at + len(quote)
        ):
            yield at
        at = text.find(quote, at + 1)


def _stands_before(text: str, start: int, prefix: str) -> bool:
    return text.endswith(prefix, 0, start)


def _nearly(text: str, selector: Selector) -> Candidate:
    """Words that are sure to be meant although they are not quite the same."""
    quote, before, after = selector.quote, selector.prefix[-CONTEXT:], selector.suffix[:CONTEXT]
    found = anchor(text, Anchor(0, 0, quote, before, after))
    if found.place:
        return found.place
    if found.candidates:
        raise _ambiguous([place.start for place in found.candidates])
    raise NotSelected(
        "quote", "These words are not in this version. Copy them from its text, or send the place."
    )


def _ambiguous(places: list[int]) -> NotSelected:
    count = f"at least {COUNTED}" if len(places) >= COUNTED else str(len(places))
    named = ", ".join(map(str, places[:NAMED])) + (", …" if len(places) > NAMED else "")
    return NotSelected(
        "quote",
        f"These words could be meant in {count} places (they start at {named}). "
        "Send start and end, or more of what stands before and after as prefix and suffix.",
    )


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:59]}…"
