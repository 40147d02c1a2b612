"""A clause that says the same of several things: one assertion for each.

“The talks covered the price of grain, the closing of the harbour, and a loan” is three assertions, because each item
can be false by itself. A list of bare names under other verbs is left whole.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from claims.detection.rules.forms import Atom, Form
from claims.detection.rules.tree import Region
from claims.detection.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

#: Verbs whose object is a list of things.
LISTING = word_set("include comprise cover feature involve range")
FEWEST_WORDS = 3
HEAVY = 6


def parted(region: Region, head: Token, atom: Atom) -> Iterator[Atom]:
    """The assertion, or one for each thing that it lists."""
    items = _items(region, head, atom)
    if not items:
        yield atom
        return
    first = min(min(item) for item in items)
    lead = tuple(i for i in atom.tokens if i < first)
    for number, item in enumerate(items):
        tokens = tuple(sorted({*lead, *item}))
        form = Form.LISTED if number else atom.form
        yield replace(atom, form=form, tokens=tokens, shared=lead if number else atom.shared)


def _items(region: Region, head: Token, atom: Atom) -> list[set[int]]:
    objects = list(_objects(region, head))
    ties = ("conj", "appos") if head.lemma_ in LISTING else ("conj",)
    heads = [item for object_ in objects for item in _joined(region, object_, ties)]
    words = set(atom.tokens)
    items = [
        (region.subtree(item, [other.i for other in heads if other.i != item.i]) & words)
        - _joints(region, item)
        for item in heads
    ]
    items = [item for item in items if item]
    is_list = head.lemma_ in LISTING and _is_listed(region, items)
    return items if is_list or _is_heavy(region, items) else []


def _objects(region: Region, head: Token) -> Iterator[Token]:
    """What the verb is said of: its objects, and those of “is concerned about”."""
    for child in region.children(head):
        if child.i < head.i:
            continue
        if child.dep_ == "dobj" or (child.dep_ == "attr" and head.lemma_ in LISTING):
            yield child
        elif child.dep_ == "acomp":
            preps = (prep for prep in region.children(child) if prep.dep_ == "prep")
            yield from (c for prep in preps for c in region.children(prep) if c.dep_ == "pobj")


def _joined(region: Region, noun: Token, ties: tuple[str, ...]) -> Iterator[Token]:
    """The things in a list; the parser takes the middle ones for asides."""
    yield noun
    for child in region.children(noun):
        if child.dep_ in ties and child.i > noun.i:
            yield from _joined(region, child, ties)


def _joints(region: Region, item: Token) -> set[int]:
    return {i for c in region.children(item) if c.dep_ == "cc" for i in region.subtree(c)}


def _words(region: Region, item: set[int]) -> int:
    return sum(region.doc[index].is_alpha for index in item)


def _is_listed(region: Region, items: list[set[int]]) -> bool:
    return len(items) > 1 and all(_words(region, item) >= FEWEST_WORDS for item in items)


def _is_heavy(region: Region, items: list[set[int]]) -> bool:
    """Two long things with a comma before the “and”: the second is an assertion of its own."""
    if len(items) != 2 or _words(region, items[1]) < HEAVY or _words(region, items[0]) < HEAVY:
        return False
    last = max(index for index in items[0] if region.doc[index].is_alpha)
    signs = {region.doc[index].text for index in range(last + 1, min(items[1]) + 1)}
    return "," in signs
