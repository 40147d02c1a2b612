"""Transcripts: paragraphs that open with who speaks, “POE: The pier is safe.”

A label is a short run of words before a colon at the head of a paragraph, in capitals or found at the head of several.
A single one is a heading (“UPDATE: …”) and no speaker; an article needs two such paragraphs to be read as a transcript.
What a speaker says is the whole paragraph: each of its sentences has that for its content.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from claims.detection.base import Place
from claims.detection.rules.acts import Act
from claims.detection.speakers import TITLES

if TYPE_CHECKING:
    from claims.detection.rules.parsing import Parsed

LABEL = re.compile(
    r"(?P<who>[^\W\d_][\w.'’-]*(?:\s[^\W\d_][\w.'’-]*){0,4})(?:\s\([^()]{1,40}\))?:\s"
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


def read_labels(text: str, sentences: Sequence[Parsed]) -> dict[int, Place]:
    """The places of the speakers' labels, by the index of the block they open."""
    found: dict[int, Place] = {}
    block = -1
    for parsed in sentences:
        sentence = parsed.sentence
        match = LABEL.match(text, sentence.start, sentence.end) if sentence.block != block else None
        block = sentence.block
        if match and match["who"].lower() not in HEADINGS:
            found[block] = Place(*match.span("who"))
    names = Counter(text[place.start : place.end] for place in found.values())
    kept = {
        block: place
        for block, place in found.items()
        if text[place.start : place.end].isupper() or names[text[place.start : place.end]] > 1
    }
    return kept if len(kept) >= FEWEST else {}


def _whole(text: str, parsed: Parsed, label: Place, end: int) -> Act:
    """Everything in the paragraph after the label is said by its bearer; the tokens are those of this sentence."""
    colon = text.index(":", label.end)
    tokens = [i for i, place in enumerate(parsed.places) if place.start > colon]
    words = text[label.start : label.end].split()
    while len(words) > 1 and words[0].lower().rstrip(".") in TITLES:
        words.pop(0)
    runs = ((tokens[0], len(parsed.doc)),) if tokens else ()
    start = colon + 1
    start += len(text[start:end]) - len(text[start:end].lstrip())
    return Act(
        source=(label,),
        cue=(Place(colon, colon + 1),),
        content=(Place(start, end),) if runs else (),
        name=" ".join(words),
        goes_on=parsed.sentence.start != label.start,
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
