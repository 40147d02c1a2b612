"""The acts of saying in one sentence, as tokens: no memory, no names, nothing beyond this sentence."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from claims.detection.rules.acts import Family
from claims.detection.rules.beside import FINITE
from claims.detection.rules.cue_phrases import chain_start, cue_tokens, is_asserted, is_refused
from claims.detection.rules.extents import below, with_whole_quotations
from claims.detection.rules.found import Found
from claims.detection.rules.nouns import according, by_document, in_the_view, noun_of_saying
from claims.detection.rules.reported import content_of, is_question
from claims.detection.rules.sayings import NOUNS, SENSES, TELLING, Sense
from claims.detection.rules.spoken import attach, name_beside
from claims.detection.rules.subjects import RELATIVES, agent_of, is_passive, phrase, subject_of
from claims.detection.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

    from claims.detection.rules.parsing import Parsed

ASKING = word_set("ask wonder inquire enquire question")
UNNAMED = re.compile(r"\b(?:named|identified|anonym\w+|quoted by name)\b")


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
        _reread(parsed, act)
        if act.verb.lemma_ in ASKING and _is_spoken_question(parsed, act.content):
            act.family, act.is_asserted = Family.ASK, False
    return [act for act in found if act.content]


def _reread(parsed: Parsed, act: Found) -> None:
    """What is seen once it is known which words were said: none of them denies the act, and who stands before it."""
    is_active = act.verb.pos_ == "VERB" and not is_passive(act.verb)
    if act.content_is_speech(parsed.quoted) and act.family is Family.SAY and is_active:
        act.is_asserted = is_asserted(act.verb, said=act.content)
    if act.head is None and _is_finite(act.verb):
        name_beside(parsed, act)
        act.content -= act.source


def _is_finite(verb: Token) -> bool:
    """Also “agreed” and “found” where they were taken for participles: “A poll found last week that …”."""
    if verb.tag_ in FINITE:
        return verb.pos_ == "VERB" and not is_passive(verb)
    is_main = verb.dep_ == "ROOT" and not any(c.dep_ in ("aux", "auxpass") for c in verb.children)
    is_misread = verb.dep_ == "acl" and verb.head.dep_ == "ROOT" and verb.head.i == verb.i - 1
    has_clause = any(c.dep_ == "ccomp" and c.i > verb.i for c in verb.children)
    return verb.tag_ == "VBN" and has_clause and (is_main or is_misread)


def _is_spoken_question(parsed: Parsed, content: set[int]) -> bool:
    return any(parsed.doc[i].text == "?" and parsed.quoted[i] >= 0 for i in content)


def _act(parsed: Parsed, token: Token) -> Found | None:
    if token.lower_ == "according":
        return according(token)
    if token.pos_ == "VERB" and token.lemma_ in SENSES:
        return _verb(parsed, token)
    if token.pos_ == "NOUN" and token.lemma_ in NOUNS:
        return noun_of_saying(token) or in_the_view(token)
    return in_the_view(token) if token.pos_ == "NOUN" else None


def _verb(parsed: Parsed, verb: Token) -> Found | None:
    for sense in SENSES[verb.lemma_]:
        content = content_of(parsed, verb, sense)
        if content:
            act = _with_source(verb, sense, content)
            return None if _is_no_act(parsed, act) else act
    return None


def _is_no_act(parsed: Parsed, act: Found) -> bool:
    """“asked not to be named”, a “who” that nobody answers to, and what only leads to another verb of saying."""
    doc, verb = parsed.doc, act.verb
    if act.means is not None and act.means.lower_ in RELATIVES:
        return True
    if act.family in (Family.DEMAND, Family.COMMIT, Family.THINK, Family.REFUSE):
        words = doc[min(act.content) : max(act.content) + 1].text
        return bool(UNNAMED.search(words)) or any(
            chain_start(child).i == verb.i
            and child.lemma_ in SENSES
            and act.family is Family.REFUSE
            for child in verb.children
            if child.dep_ == "xcomp" and any(c.dep_ == "ccomp" for c in child.children)
        )
    return False


def _with_source(verb: Token, sense: Sense, content: set[int]) -> Found:
    act = Found(verb, sense.family, cue_tokens(verb), content)
    act.is_asserted = is_asserted(verb) and sense.family not in (Family.ASK, Family.REFUSE)
    subject = None if is_passive(verb) else subject_of(verb)
    if is_passive(verb):
        agent = agent_of(verb)
        _name(act, agent, agent)
    elif subject:
        _name(act, subject.head, subject.means)
        by_document(act)
    _read_hearer(act)
    if is_refused(verb) or (
        is_question(verb) and not act.is_asserted and sense.family is Family.SAY
    ):
        act.family = Family.REFUSE
    return act


def _read_hearer(act: Found) -> None:
    """Whom it was told, or whom it is about."""
    verb = act.verb
    objects = [c for c in verb.children if c.dep_ in ("dobj", "dative", "nsubjpass")]
    if act.family is Family.JUDGE or act.family is Family.DEMAND:
        act.target = next(({i for i in below(c) if i <= c.i} for c in objects), set())
    elif verb.lemma_ in TELLING:
        act.addressee = next(
            (below(child) for child in objects if child.i not in act.content), set()
        )
        act.content -= act.addressee


def _name(act: Found, head: Token | None, means: Token | None) -> None:
    if head is not None:
        act.head, act.means = head, means
        act.source = phrase(head, act.verb)
