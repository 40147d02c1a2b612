"""Words that a parse or a cut leaves in a form of their own, and that would be told wrongly as they are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token


def is_active_past(verb: Token) -> bool:
    """“killed nine and injured fifty more”: a past with an object, which the parser took for a participle."""
    above = verb.head
    is_passive = any(child.dep_ in ("auxpass", "nsubjpass") for child in above.children)
    is_list = verb.dep_ == "conj" or any(child.dep_ == "conj" for child in above.children)
    return is_list and not is_passive and any(child.dep_ == "dobj" for child in verb.children)


def is_left_measure(token: Token, kept: Sequence[int]) -> bool:
    """“hours” and “two days” before an “after” that is cut off: what they measure is gone."""
    top = token if token.dep_ == "npadvmod" else token.head
    if top.dep_ != "npadvmod" or top.i + 1 >= len(token.doc):
        return False
    following = token.doc[top.i + 1]
    is_mark = following.lower_ in ("after", "before") and following.dep_ == "mark"
    return is_mark and following.i not in kept
