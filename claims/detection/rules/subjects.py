"""Who does what a verb says, by the grammar of the sentence.

A verb without a subject of its own has that of the verb it is joined to (“resigned and said”) or hangs on
(“resigned, saying …”, “went on to say”); “who said” is the person before it; “by” names who acts when the verb is
passive. A passive subject is never the source: it is told, asked or talked about.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.detection.rules.extents import below
from claims.detection.rules.reported import regained
from claims.detection.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "csubj"})
PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
#: How a verb that shares its subject hangs on the verb that has it.
SHARING = frozenset({"conj", "xcomp", "advcl", "pcomp", "ccomp", "dep", "parataxis", "acomp"})
RELATIVES = word_set("who which that whom")
#: What hangs on a name and is no part of it.
AFTERWARDS = frozenset({"relcl", "advcl", "cc", "conj"})
MOST_STEPS = 5


@dataclass(frozen=True, slots=True)
class Subject:
    """`head` is the word of the source in this place; `means` the word it stands for (“who” → “officials”)."""

    head: Token
    means: Token
    is_passive: bool = False


def subject_of(verb: Token) -> Subject | None:
    """The one who does it, or the passive subject; None when nobody is named."""
    current, is_first = verb, True
    for _ in range(MOST_STEPS):
        found = _own_subject(current)
        if found:
            return found if is_first or not found.is_passive else None
        if current.dep_ in ("acl", "relcl") and current.head.pos_ in ("NOUN", "PROPN", "PRON"):
            return Subject(current.head, current.head) if current.tag_ == "VBG" else None
        if current.dep_ == "prep" or current.dep_ in SHARING:
            current, is_first = _sharer(current), False
            continue
        return None
    return None


def _sharer(verb: Token) -> Token:
    """The verb whose subject this one has; a verb that only seems joined to a reported clause has the reporter's."""
    current = verb.head
    while current.dep_ == "conj" and verb.dep_ == "conj":
        current = current.head
    if verb.dep_ in ("conj", "advcl") and current.dep_ == "ccomp":
        return current.head if verb.i in regained(current.head, current) else verb.head
    return verb.head


def _own_subject(verb: Token) -> Subject | None:
    """The subject right before the verb where there are two: “who Doe said were ill”; else one behind it."""
    subjects = [
        c
        for c in verb.children
        if c.dep_ in SUBJECTS | PASSIVE_SUBJECTS and not (_is_empty(c, verb) or _is_time(c))
    ]
    before = [child for child in subjects if child.i < verb.i]
    for child in (*reversed(before), *subjects):
        return Subject(child, _meaning(child, verb), child.dep_ in PASSIVE_SUBJECTS)
    return None


def _is_empty(subject: Token, verb: Token) -> bool:
    """The “it” of “made it clear that …”, which stands for what follows."""
    return subject.lower_ in ("it", "there") and verb.pos_ == "ADJ"


def _is_time(subject: Token) -> bool:
    """“Roe today said”: a day that was taken for the one who speaks."""
    words = [subject, *subject.children]
    return all(word.ent_type_ in ("DATE", "TIME") for word in words)


def _meaning(subject: Token, verb: Token) -> Token:
    if subject.text.lower() in RELATIVES:
        current = verb
        while current.dep_ == "conj":
            current = current.head
        if current.dep_ == "relcl":
            return current.head
        return _before(subject) or subject
    return subject


def _before(relative: Token) -> Token | None:
    """The noun right before a “who” that the parser tied to nothing; “the head of the port, who” is the head."""
    doc, index = relative.doc, relative.i - 1
    if index >= 0 and doc[index].text == ",":
        index -= 1
    if relative.lower_ != "who" or index < 0 or doc[index].pos_ not in ("NOUN", "PROPN"):
        return None
    noun = doc[index]
    while noun.dep_ == "pobj" and noun.ent_type_ != "PERSON":
        above = noun.head.head
        if above.pos_ not in ("NOUN", "PROPN"):
            break
        noun = above
    return noun


def agent_of(verb: Token) -> Token | None:
    """Who acts when the verb is passive: the word after “by”."""
    for child in verb.children:
        if child.dep_ == "agent" or (child.dep_ == "prep" and child.text.lower() == "by"):
            return next((word for word in child.children if word.dep_ == "pobj"), None)
    return None


def is_passive(verb: Token) -> bool:
    """Also a bare participle: “asked whether …, Doe said”."""
    if any(child.dep_ in ("auxpass", "nsubjpass") for child in verb.children):
        return True
    is_bare = not any(child.dep_ in ("aux", "nsubj") for child in verb.children)
    return verb.tag_ == "VBN" and verb.dep_ in ("advcl", "acl") and is_bare


def phrase(head: Token, verb: Token) -> set[int]:
    """The words that name the source: the noun with all that describes it, and not the verb's own words."""
    tokens = below(head, without={verb.i})
    if verb.i < head.i:
        tokens = {i for i in tokens if i > verb.i}
    elif verb.i > head.i:
        tokens = {i for i in tokens if i < verb.i}
    return tokens
