"""What was said, by the grammar: the clause, quotation, object or phrase that a verb of saying brings along."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from claims.detection.rules.extents import below
from claims.detection.rules.sayings import CLAUSE, INFINITIVE, NAMING, OBJECT, QUOTE, Sense
from claims.detection.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

    from claims.detection.rules.parsing import Parsed

QUESTION_WORDS = word_set("if whether why how what who when where which")
#: Objects that stand for words and are none: “said so”, “told the story”.
EMPTY_OBJECTS = word_set(
    "it this that them him her me us you so what which who nothing something anything"
)


def content_of(parsed: Parsed, verb: Token, sense: Sense) -> set[int]:
    """The tokens of what was said; empty when the verb has nothing of the kind that its sense asks for."""
    found: set[int] = set()
    for frame, read in READERS.items():
        if frame in sense.frames and not found:
            found = read(parsed, verb)
    if not found:
        found = _after_preposition(verb, sense)
    return found


def _clause(parsed: Parsed, verb: Token) -> set[int]:
    found: set[int] = set()
    for child in verb.children:
        if child.dep_ == "ccomp" and (child.i > verb.i or is_aside(verb)):
            found |= below(child, without={verb.i})
    if not found and verb.dep_ in ("parataxis", "ccomp", "advcl") and is_aside(verb):
        found = below(verb.head, without={verb.i})
    return found


def is_aside(verb: Token) -> bool:
    """“The tax, he said, rose”; “the tax rose, he said”: the report is set off by a comma or a quotation mark."""
    if not any(child.dep_ == "nsubj" for child in verb.children):
        return False
    first = min(below(verb, without=[c.i for c in verb.children if c.dep_ in ("ccomp", "punct")]))
    return first > 0 and verb.doc[first - 1].text in (",", "”", "—", "–", "-", "--")


def _quote(parsed: Parsed, verb: Token) -> set[int]:
    found: set[int] = set()
    for child in verb.children:
        if parsed.quoted[child.i] >= 0 and child.dep_ not in (
            "punct",
            "nsubj",
            "nsubjpass",
            "advmod",
            "aux",
        ):
            found |= below(child, without={verb.i})
    return found


def _infinitive(parsed: Parsed, verb: Token) -> set[int]:
    for child in verb.children:
        if child.dep_ in ("xcomp", "ccomp") and child.i > verb.i and _has_to(child):
            return below(child)
        if child.dep_ == "advcl" and child.i > verb.i and _has_to(child):
            return below(child)
    return set()


def _has_to(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.text.lower() == "to" for child in verb.children)


def _object(parsed: Parsed, verb: Token) -> set[int]:
    for child in verb.children:
        if child.dep_ == "dobj" and child.text.lower() not in EMPTY_OBJECTS:
            return below(child)
    return set()


def _naming(parsed: Parsed, verb: Token) -> set[int]:
    """“called the plan a mistake”, “described it as reckless”: the thing and what it is said to be."""
    thing: set[int] = set()
    said: set[int] = set()
    for child in verb.children:
        if child.dep_ in ("dobj", "nsubjpass"):
            thing |= below(child)
        elif child.dep_ in ("oprd", "xcomp") or (child.dep_ == "ccomp" and child.i > verb.i):
            said |= below(child, without={verb.i})
        elif child.dep_ == "prep" and child.text.lower() == "as":
            said |= below(child)
    return thing | said if said else set()


def _after_preposition(verb: Token, sense: Sense) -> set[int]:
    for child in verb.children:
        if child.dep_ == "prep" and child.text.lower() in sense.frames and child.i > verb.i:
            objects = [word for word in child.children if word.dep_ in ("pobj", "pcomp")]
            if objects:
                return below(objects[0])
    return set()


READERS = {
    CLAUSE: _clause,
    QUOTE: _quote,
    NAMING: _naming,
    INFINITIVE: _infinitive,
    OBJECT: _object,
}


def is_question(verb: Token) -> bool:
    """Whether what the verb brings is a question: “asked if …”, “would not say whether …”."""
    return any(_asks(child) for child in verb.children if child.dep_ in ("ccomp", "advcl"))


def _asks(clause: Token) -> bool:
    return any(child.text.lower() in QUESTION_WORDS for child in _opening(clause))


def _opening(clause: Token) -> Iterator[Token]:
    return (
        child
        for child in clause.children
        if child.i < clause.i and child.dep_ in ("mark", "advmod")
    )
