"""Transcripts: paragraphs that open with who speaks, “POE: The pier is safe.” or “((Jane Poe)) The pier is safe.”

A label is a short run of words before a colon, or in double brackets, at the head of a paragraph, in capitals or
found at the head of several.
A single one is a heading (“UPDATE: …”) and no speaker; an article needs two such paragraphs to be read as a transcript.
What a speaker says is the whole paragraph: each of its sentences has that for its content.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claims.detection.base import Place
from claims.detection.rules.acts import Act
from claims.detection.speakers import TITLES

if TYPE_CHECKING:
    from claims.detection.rules.parsing import Parsed

NAME = r"[^\W\d_][\w.'’-]*(?:\s[^\W\d_][\w.'’-]*){0,4}"
LABEL = re.compile(
    rf"(?P<who>{NAME})(?:\s\([^()]{{1,40}}\))?(?P<mark>:)\s"
    rf"|\(\((?P<inside>{NAME})(?P<end>\)\))\s"
)
FEWEST = 2
#: Labels that no one bears.
HEADINGS = frozenset(
    {
        "update",
        "note",
        "correction",
        "editor's note",
        "breaking",
        "watch",
        "more",
        "related",
        "read",
    }
)


@dataclass(frozen=True, slots=True)
class Label:
    """Who speaks in a paragraph: where the name stands, and the mark that ends the label."""

    who: Place
    mark: Place
    name: str


def read_labels(text: str, sentences: Sequence[Parsed]) -> dict[int, Label]:
    """The speakers' labels, by the index of the block they open."""
    found: dict[int, Label] = {}
    block = -1
    for parsed in sentences:
        sentence = parsed.sentence
        match = LABEL.match(text, sentence.start, sentence.end) if sentence.block != block else None
        block = sentence.block
        if match and _written(match).lower() not in HEADINGS:
            found[block] = _label(match)
    names = Counter(_word(text, label) for label in found.values())
    kept = {
        block: label
        for block, label in found.items()
        if _word(text, label).isupper() or names[_word(text, label)] > 1
    }
    return kept if len(kept) >= FEWEST else {}


def _written(match: re.Match[str]) -> str:
    return match["who"] or match["inside"]


def _label(match: re.Match[str]) -> Label:
    who, mark = ("who", "mark") if match["who"] else ("inside", "end")
    words = match[who].split()
    while len(words) > 1 and words[0].lower().rstrip(".") in TITLES:
        words.pop(0)
    return Label(Place(*match.span(who)), Place(*match.span(mark)), " ".join(words))


def _word(text: str, label: Label) -> str:
    return text[label.who.start : label.who.end]


def _whole(text: str, parsed: Parsed, label: Label, end: int) -> Act:
    """Everything in the paragraph after the label is said by its bearer; the tokens are those of this sentence."""
    tokens = [i for i, place in enumerate(parsed.places) if place.start >= label.mark.end]
    runs = ((tokens[0], len(parsed.doc)),) if tokens else ()
    start = label.mark.end
    start += len(text[start:end]) - len(text[start:end].lstrip())
    is_opening = parsed.sentence.start <= label.who.start < parsed.sentence.end
    return Act(
        source=(label.who,),
        cue=(label.mark,),
        content=(Place(start, end),) if runs else (),
        name=label.name,
        goes_on=not is_opening,
        content_tokens=runs,
    )


def with_labels(text: str, sentences: Sequence[Parsed], found: list[tuple[Act, ...]]) -> None:
    """Add to the acts of each sentence of a transcript that its speaker says it all."""
    labels = read_labels(text, sentences)
    ends = {parsed.sentence.block: parsed.sentence.end for parsed in sentences if labels}
    for index, parsed in enumerate(sentences if labels else ()):
        block = parsed.sentence.block
        if block in labels:
            whole = _whole(text, parsed, labels[block], ends[block])
            found[index] = _within(whole, found[index]) if whole.content else found[index]


def _within(whole: Act, acts: Sequence[Act]) -> tuple[Act, ...]:
    kept = [i for i, act in enumerate(acts) if whole.cue[0] not in act.cue and not act.goes_on]
    number = {index: position + 1 for position, index in enumerate(kept)}
    inner = (replace(acts[i], outer=number.get(_outer(acts[i]), 0)) for i in kept)
    return (whole, *inner)


def _outer(act: Act) -> int:
    return -1 if act.outer is None else act.outer
