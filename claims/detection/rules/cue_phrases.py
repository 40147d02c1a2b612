"""The words of saying as they stand: “has also said”, “would not say”, “pointed out”, and what they assert."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING

from claims.detection.rules.sayings import MODALS, UNDONE
from claims.detection.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

AUXILIARIES = frozenset({"aux", "auxpass", "neg"})
CONDITIONS = word_set("if whether unless")
MOST_STEPS = 4
NEAR = 3


def cue_tokens(verb: Token) -> set[int]:
    """The verb with its auxiliaries, its particle and the adverbs between them, and the verb it hangs on."""
    clear = clear_of(verb)
    if clear is not None:
        return set(range(min(_own_tokens(verb)), clear.i + 1))
    first = chain_start(verb)
    if first.i == verb.i:
        return _own_tokens(verb)
    start = min(
        _own_tokens(first) | {c.i for c in first.children if c.lower_ in ("neither", "not")}
    )
    return set(range(start, max(_own_tokens(verb)) + 1))


def _own_tokens(verb: Token) -> set[int]:
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


def is_asserted(verb: Token, said: Collection[int] = ()) -> bool:
    """Whether the act was done: not denied, not only possible, expected, or put as a condition or a question.

    A “not” among the words that were `said` denies nothing here.
    """
    current = verb
    for _ in range(MOST_STEPS):
        if _is_denied(current, said) or is_refused(current):
            return False
        if (
            current.dep_ in ("xcomp", "ccomp")
            and current.head.lemma_ in UNDONE
            and _has_to(current)
        ):
            return False
        shares = current.dep_ == "conj" and current.tag_ == current.head.tag_
        if current.dep_ != "xcomp" and not shares:
            break
        current = current.head
    return not _is_asked(verb)


def _is_asked(verb: Token) -> bool:
    """Whether the reporter's sentence is a question: “Who said that the pier was safe?”"""
    last = verb.sent[-1]
    return last.text == "?" and last.head.i == verb.i


def is_refused(verb: Token) -> bool:
    """“neither confirmed nor denied”, “not confirming nor denying”"""
    first = verb.head if verb.dep_ == "conj" else verb
    links = [
        c.lower_ for c in (*first.children, *verb.children) if c.dep_ in ("preconj", "cc", "neg")
    ]
    return "neither" in links or ("nor" in links and len(links) > 1)


def clear_of(verb: Token) -> Token | None:
    """The “clear” of “made it clear that …”."""
    near = verb.doc[verb.i + 1 : verb.i + 4] if verb.lemma_ == "make" else ()
    return next((token for token in near if token.lower_ in ("clear", "plain", "known")), None)


def chain_start(verb: Token) -> Token:
    """The first verb of “went on to say”, “neither confirmed nor denied”, “declined to say”."""
    head = verb.head
    is_near = 0 < verb.i - head.i <= NEAR
    hangs = verb.dep_ == "xcomp" or (verb.dep_ == "advcl" and head.lemma_ == "go")
    if hangs and head.pos_ == "VERB" and is_near and _has_to(verb):
        return head
    return head if verb.dep_ == "conj" and is_near and is_refused(verb) else verb


def _is_denied(verb: Token, said: Collection[int]) -> bool:
    for child in verb.children:
        if child.i in said:
            continue
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
