"""Quotations that the grammar left without a speaker: read by what stands next to their marks.

A parser trained on prose often fails at quotations, but newspapers set them in few ways: “…,” she said. “…,” said the
mayor. The mayor said: “…” Any verb in such a place is one of saying, also “mocked” or “fired back”. A quotation that
is only a word or two in quotation marks inside the reporter's sentence is not speech and is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from claims.detection.rules.acts import Family
from claims.detection.rules.cue_phrases import cue_tokens, is_asserted
from claims.detection.rules.found import Found
from claims.detection.rules.sayings import QUOTE, SENSES
from claims.detection.rules.subjects import is_passive, phrase, subject_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from claims.detection.rules.parsing import Parsed

FINITE = frozenset({"VBD", "VBZ", "VBP"})
PAUSES = frozenset({",", "!", "?", "—", "–", "-", "--", "…", "...", ". . .", "."})
NOMINAL = frozenset({"PROPN", "NOUN", "PRON"})
ENDING_A_NAME = frozenset({"VERB", "AUX", "ADP", "SCONJ"})
LONGEST_NAME = 25
LONGEST_LEAD = 30
FEWEST_SPOKEN = 2


def attach(parsed: Parsed, acts: list[Found]) -> None:
    """Give each quotation that is speech to the act beside it, or make one for it."""
    for start, end in spoken_runs(parsed):
        verb = _verb_after(parsed, start, end)
        if verb is None and any(start <= i < end for act in acts for i in act.content):
            continue
        verb = verb or _verb_before(parsed, start)
        if verb is not None:
            _give(parsed, acts, verb, set(range(start, end)))
    acts.sort(key=lambda act: act.verb.i)


def _give(parsed: Parsed, acts: list[Found], verb: Token, speech: set[int]) -> None:
    known = next((act for act in acts if act.verb.i == verb.i), None)
    if known is None:
        known = _new(parsed, verb)
        acts.append(known)
    is_inverted = parsed.quoted[verb.i - 1] >= 0 or verb.nbor(-1).text == ","
    if known.head is not None and parsed.quoted[known.head.i] >= 0:
        known.head = known.means = None
        known.source = set()
    if not known.source:
        _source_beside(parsed, known, is_inverted)
    known.content = _with_speech(parsed, known, speech) - known.source
    for other in acts:
        if other is not known and other.verb.i != verb.i:
            other.content -= speech if not speech <= other.content else set()


def spoken_runs(parsed: Parsed) -> Iterator[tuple[int, int]]:
    """The quotations in the sentence as ranges of tokens, marks included."""
    start = 0
    quoted = parsed.quoted
    while start < len(quoted):
        end = start + 1
        while end < len(quoted) and quoted[end] == quoted[start]:
            end += 1
        if quoted[start] >= 0 and _is_speech(parsed, start, end):
            yield start, end
        start = end


def _is_speech(parsed: Parsed, start: int, end: int) -> bool:
    doc = parsed.doc
    words = sum(not token.is_punct for token in doc[start:end])
    last = doc[max(start, end - 2)].text
    pause = last in PAUSES or (end < len(doc) and doc[end].text == ",")
    return words >= FEWEST_SPOKEN or (pause and words > 0)


def _verb_after(parsed: Parsed, start: int, end: int) -> Token | None:
    """“…,” said the mayor; “…,” the mayor said."""
    doc = parsed.doc
    last = doc[max(start, end - 2)].text
    if end >= len(doc) or not (last in PAUSES or doc[end].text == ","):
        return None
    first = end + (doc[end].text == ",")
    for token in doc[first : first + LONGEST_NAME]:
        if parsed.quoted[token.i] >= 0 or token.text in (";", ":"):
            return None
        if token.tag_ in FINITE and token.pos_ == "VERB" and token.dep_ != "relcl":
            return token if _opens_with_subject(token, first) else None
        if token.lower_ in ("and", "but", "or", "that", "which", "because") and token.i == first:
            return None
    return None


def _opens_with_subject(verb: Token, first: int) -> bool:
    """Whether nothing but the one who speaks stands between the quotation and the verb."""
    if verb.i == first:
        return True
    subject = subject_of(verb)
    return subject is not None and first <= subject.head.i < verb.i


def _verb_before(parsed: Parsed, start: int) -> Token | None:
    """The mayor said: “…”; she said on Monday, “…”"""
    doc = parsed.doc
    if start == 0:
        return None
    sign = doc[start - 1].text
    lead = [t for t in doc[max(0, start - LONGEST_LEAD) : start] if parsed.quoted[t.i] < 0]
    for token in reversed(lead):
        says = any(QUOTE in sense.frames for sense in SENSES.get(token.lemma_, ()))
        says = says or (token.lemma_ == "put" and token.nbor().lower_ == "it")
        if token.pos_ == "VERB" and (says or (sign == ":" and token.tag_ in FINITE)):
            return (
                token
                if sign in (":", ",", "—") or token.i == start - 1 or _is_near(token, start)
                else None
            )
        if token.text == ";":
            return None
    return None


def _is_near(verb: Token, start: int) -> bool:
    """“she told him “no””: only whom it was told stands between."""
    return verb.i >= start - 4 and not any(
        t.pos_ in ("ADP", "VERB", "DET") for t in verb.doc[verb.i + 1 : start]
    )


def _new(parsed: Parsed, verb: Token) -> Found:
    act = Found(verb, Family.SAY, cue_tokens(verb), set())
    act.is_asserted = is_asserted(verb)
    subject = None if is_passive(verb) else subject_of(verb)
    if subject and parsed.quoted[subject.head.i] < 0:
        act.head, act.means = subject.head, subject.means
        act.source = phrase(subject.head, verb)
    return act


def _source_beside(parsed: Parsed, act: Found, is_inverted: bool) -> None:
    """The phrase right after a verb that follows its quotation; else the subject that stands before the verb."""
    doc, verb = parsed.doc, act.verb
    found: list[int] = []
    for token in doc[verb.i + 1 :] if is_inverted else ():
        if parsed.quoted[token.i] >= 0 or token.is_punct or token.pos_ in ENDING_A_NAME:
            break
        found.append(token.i)
    names = [i for i in found if doc[i].pos_ in NOMINAL]
    if names:
        act.source = set(range(found[0], names[-1] + 1))
        act.head = act.means = doc[names[-1]]
        return
    before = [t for t in verb.sent if t.i < verb.i and parsed.quoted[t.i] < 0 and t.pos_ in NOMINAL]
    subjects = [t for t in before if t.dep_ == "nsubj"] or [t for t in before if t.dep_ == "ROOT"]
    if subjects:
        act.head = act.means = subjects[-1]
        act.source = phrase(subjects[-1], verb)


def _with_speech(parsed: Parsed, act: Found, speech: set[int]) -> set[int]:
    """The words of the reporter between verb and quotation stay; beside a quotation before the verb they were misread."""
    first = min(speech)
    if act.content and act.verb.i < min(act.content) <= first:
        return act.content | set(range(max(act.content) + 1, first)) | speech
    return {i for i in act.content if parsed.quoted[i] >= 0} | speech
