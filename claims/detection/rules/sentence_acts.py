"""The acts of saying in one sentence, as tokens: no memory, no names, nothing beyond this sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from claims.detection.rules.acts import Family
from claims.detection.rules.cue_phrases import cue_tokens, is_asserted
from claims.detection.rules.extents import below, with_whole_quotations
from claims.detection.rules.found import Found
from claims.detection.rules.reported import content_of, is_question
from claims.detection.rules.sayings import NOUNS, SENSES, TELLING, Sense
from claims.detection.rules.spoken import attach
from claims.detection.rules.subjects import agent_of, is_passive, phrase, subject_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from claims.detection.rules.parsing import Parsed


def find_acts(parsed: Parsed) -> list[Found]:
    """The acts in the sentence, in the order of their cues."""
    found: list[Found] = []
    for token in parsed.doc:
        if parsed.quoted[token.i] >= 0:
            continue
        act = _act(parsed, token)
        if act:
            found.append(act)
    attach(parsed, found)
    for act in found:
        act.content = with_whole_quotations(parsed, act.content) - act.cue - act.source
    return [act for act in found if act.content]


def _act(parsed: Parsed, token: Token) -> Found | None:
    if token.lower_ == "according":
        return _according(parsed, token)
    if token.pos_ == "VERB" and token.lemma_ in SENSES:
        return _verb(parsed, token)
    if token.pos_ == "NOUN" and token.lemma_ in NOUNS:
        return _noun(token)
    return None


def _verb(parsed: Parsed, verb: Token) -> Found | None:
    for sense in SENSES[verb.lemma_]:
        content = content_of(parsed, verb, sense)
        if content:
            return _with_source(verb, sense, content)
    return None


def _with_source(verb: Token, sense: Sense, content: set[int]) -> Found:
    act = Found(verb, sense.family, cue_tokens(verb), content)
    act.is_asserted = is_asserted(verb) and sense.family not in (Family.ASK, Family.REFUSE)
    if is_passive(verb):
        agent = agent_of(verb)
        _name(act, agent, agent)
    else:
        subject = subject_of(verb)
        if subject:
            _name(act, subject.head, subject.means)
    if verb.lemma_ in TELLING:
        act.addressee = _addressee(verb, content)
    if sense.family is Family.SAY and is_question(verb) and not act.is_asserted:
        act.family = Family.REFUSE
    act.content -= act.addressee
    return act


def _name(act: Found, head: Token | None, means: Token | None) -> None:
    if head is not None:
        act.head, act.means = head, means
        act.source = phrase(head, act.verb)


def _addressee(verb: Token, content: set[int]) -> set[int]:
    for child in verb.children:
        if child.dep_ in ("dobj", "dative", "nsubjpass") and child.i not in content:
            return below(child)
    return set()


def _according(parsed: Parsed, token: Token) -> Found | None:
    to = next((child for child in token.children if child.lower_ == "to"), None)
    source = next((child for child in to.children if child.dep_ == "pobj"), None) if to else None
    if to is None or source is None:
        return None
    head = token.head
    while head.pos_ not in ("VERB", "AUX") and head.head.i != head.i:
        head = head.head
    content = below(head, without={token.i})
    act = Found(token, Family.SAY, {token.i, to.i}, content, below(source), source, source)
    return act if content else None


def _noun(noun: Token) -> Found | None:
    """“Doe's claim that the vote was stolen”."""
    content: set[int] = set()
    for child in noun.children:
        if child.dep_ in ("acl", "ccomp", "relcl") and any(
            word.dep_ == "mark" and word.lower_ == "that" for word in child.children
        ):
            content = below(child)
    if not content:
        return None
    act = Found(noun, Family.SAY, {noun.i}, content)
    owner = next((child for child in noun.children if child.dep_ == "poss"), None)
    if owner is not None:
        act.head = act.means = owner
        act.source = {i for i in below(owner) if noun.doc[i].dep_ != "case"}
    return act
