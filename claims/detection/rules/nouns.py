"""Acts of saying without a verb of their own: “according to Doe”, “Doe's claim that …”, “a statement saying …”."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.detection.rules.acts import Family
from claims.detection.rules.extents import below
from claims.detection.rules.found import Found
from claims.detection.rules.subjects import is_passive, phrase, subject_of
from claims.detection.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

#: What somebody sends out when they say something: the source is who sends it.
DOCUMENTS = word_set(
    "statement letter email e-mail tweet message note memo post video release speech"
)

VIEWS = word_set("view opinion account words telling estimation judgment judgement")


def according(token: Token) -> Found | None:
    """“according to”: the clause it hangs on is what is said."""
    to = next((child for child in token.children if child.lower_ == "to"), None)
    source = next((child for child in to.children if child.dep_ == "pobj"), None) if to else None
    if to is None or source is None:
        return None
    head = token.head
    while head.pos_ not in ("VERB", "AUX") and head.head.i != head.i:
        head = head.head
    content = below(head, without={token.i})
    return Found(token, Family.SAY, {token.i, to.i}, content, below(source), source, source)


def in_the_view(noun: Token) -> Found | None:
    """“In Doe's view, the pier is unsafe.”"""
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    prep = noun.head
    if (
        noun.lemma_ not in VIEWS
        or owner is None
        or noun.dep_ != "pobj"
        or prep.lower_ not in ("in", "by")
    ):
        return None
    if prep.head.pos_ not in ("VERB", "AUX"):
        return None
    source = {i for i in below(owner) if noun.doc[i].dep_ != "case"}
    content = below(prep.head, without={prep.i})
    return Found(noun, Family.SAY, {noun.i}, content, source, owner, owner)


def noun_of_saying(noun: Token) -> Found | None:
    """“Doe's claim that the vote was stolen”."""
    clauses = (child for child in noun.children if child.dep_ in ("acl", "ccomp", "relcl"))
    clause = next((child for child in clauses if _opens_with_that(child)), None)
    if clause is None:
        return None
    act = Found(noun, Family.SAY, {noun.i}, below(clause))
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    if owner is not None:
        act.head = act.means = owner
        act.source = {i for i in below(owner) if noun.doc[i].dep_ != "case"}
    else:
        _name_giver(act, noun)
    return act


def _name_giver(act: Found, noun: Token) -> None:
    """“Doe drew fire with the claim that …”; “Doe sent out a statement that …”"""
    above = noun.head
    if noun.dep_ == "pobj" and above.lower_ in ("in", "with", "by"):
        above = above.head
    elif noun.dep_ != "dobj":
        return
    subject = subject_of(above) if above.pos_ == "VERB" and not is_passive(above) else None
    if subject is not None and not subject.is_passive:
        act.head, act.means = subject.head, subject.means
        act.source = phrase(subject.head, above)


def _opens_with_that(clause: Token) -> bool:
    return any(word.dep_ == "mark" and word.lower_ == "that" for word in clause.children)


def by_document(act: Found) -> None:
    """“The board issued a statement saying …”: the board says it."""
    head = act.head
    if head is None or act.verb.dep_ != "acl" or head.lemma_ not in DOCUMENTS:
        return
    giver = head.head
    subject = subject_of(giver) if head.dep_ == "dobj" and giver.pos_ == "VERB" else None
    if subject is not None and not subject.is_passive:
        act.head, act.means = subject.head, subject.means
        act.source = phrase(subject.head, giver)
        act.cue = set(range(giver.i, act.verb.i + 1))
