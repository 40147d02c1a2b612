"""The words of saying as they stand: “has also said”, “would not say”, “pointed out”, and what they assert."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.detection.rules.sayings import MODALS, UNDONE
from claims.detection.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

AUXILIARIES = frozenset({"aux", "auxpass", "neg"})
CONDITIONS = word_set("if whether unless")
#: Modal words that assert nothing of the act; “will” and “would” are told apart by what stands with them.
MOST_STEPS = 4


def cue_tokens(verb: Token) -> set[int]:
    """The verb with its auxiliaries, its particle and the adverbs between them."""
    found = {verb.i}
    for child in verb.children:
        if child.dep_ in AUXILIARIES or child.dep_ == "prt":
            found.add(child.i)
    first, last = min(found), max(found)
    doc = verb.doc
    if all(
        doc[i].dep_ in AUXILIARIES or doc[i].dep_ in ("advmod", "prt") or i == verb.i
        for i in range(first, last)
    ):
        found |= set(range(first, last + 1))
    else:
        found = {verb.i}
    while first - 1 >= 0 and doc[first - 1].dep_ == "advmod" and doc[first - 1].head == verb:
        if doc[first - 1].text.lower() in ("when", "how", "why", "where"):
            break
        first -= 1
        found.add(first)
    return found


def is_asserted(verb: Token) -> bool:
    """Whether the act was done: not denied, not only possible, expected, or put as a condition."""
    current = verb
    for _ in range(MOST_STEPS):
        if _is_denied(current):
            return False
        if (
            current.dep_ in ("xcomp", "ccomp")
            and current.head.lemma_ in UNDONE
            and _has_to(current)
        ):
            return False
        if current.dep_ not in ("xcomp", "conj"):
            break
        current = current.head
    return True


def _is_denied(verb: Token) -> bool:
    for child in verb.children:
        word = child.text.lower()
        if child.dep_ == "neg" or (
            child.dep_ == "aux" and word in MODALS and word not in ("will", "'ll")
        ):
            return True
        if child.dep_ == "mark" and word in CONDITIONS:
            return True
        if child.dep_ == "aux" and word == "did" and child.i == 0:
            return True
    return False


def _has_to(verb: Token) -> bool:
    return any(child.dep_ == "aux" and child.text.lower() == "to" for child in verb.children)
