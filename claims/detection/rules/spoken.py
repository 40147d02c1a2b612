"""Quotations that the grammar left without a speaker, or gave to a wrong one.

A parser trained on prose often fails at quotations, so each that is speech is read again by what stands beside its
marks (`beside`). Any verb in such a place is one of saying, also “mocked” or “fired back”. A word or two in quotation
marks inside the reporter's sentence is not speech and is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from claims.detection.rules import beside
from claims.detection.rules.acts import Family, Range
from claims.detection.rules.cue_phrases import cue_tokens, is_asserted
from claims.detection.rules.found import Found
from claims.detection.rules.subjects import is_passive, phrase, subject_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from claims.detection.rules.parsing import Parsed

FEWEST_SPOKEN = 2


def attach(parsed: Parsed, acts: list[Found]) -> None:
    """Give each quotation that is speech to the act beside it, or make one for it."""
    for start, end in spoken_runs(parsed):
        verb = beside.verb_after(parsed, start, end)
        if verb is not None:
            _give(parsed, acts, verb, start, end)
            continue
        label = beside.label_before(parsed, start)
        if label:
            acts.append(_labelled(parsed, label, start, end))
            continue
        if any(start <= i < end for act in acts for i in act.content):
            continue
        verb = beside.verb_before(parsed, start)
        if verb is not None:
            _give(parsed, acts, verb, start, end)
    for act in acts:
        _mend_source(parsed, act, 0)
    acts.sort(key=lambda act: act.verb.i)


def spoken_runs(parsed: Parsed) -> Iterator[Range]:
    """The quotations in the sentence that are speech, as ranges of tokens with their marks."""
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
    words = [token for token in parsed.doc[start:end] if not token.is_punct]
    if beside.ends_as_speech(parsed, start, end):
        return bool(words)
    is_title = all(token.text[:1].isupper() or token.pos_ in ("ADP", "DET") for token in words)
    return len(words) >= FEWEST_SPOKEN and not is_title


def _give(parsed: Parsed, acts: list[Found], verb: Token, start: int, end: int) -> None:
    speech = set(range(start, end))
    known = next((act for act in acts if act.verb.i == verb.i), None)
    if known is None:
        known = _new(parsed, verb)
        acts.append(known)
    _mend_source(parsed, known, end if end <= verb.i else 0)
    known.content = (
        _with_speech(parsed, known, speech | _lead(parsed, acts, start, verb)) - known.source
    )
    for other in acts:
        if other is not known and not speech <= other.content:
            other.content -= speech


def _lead(parsed: Parsed, acts: list[Found], start: int, verb: Token) -> set[int]:
    """“The crew was “tired and angry,” the pilot said”: the reporter's words before the quotation are reported too."""
    if verb.i < start or not start or parsed.doc[start - 1].text == ":":
        return set()
    has_speech = any(
        end <= start and beside.ends_as_speech(parsed, *run)
        for run in spoken_runs(parsed)
        for end in run[1:]
    )
    is_free = not any(act.verb.i < start for act in acts)
    return set(range(start)) if is_free and not has_speech else set()


def _new(parsed: Parsed, verb: Token) -> Found:
    act = Found(verb, Family.SAY, cue_tokens(verb), set())
    act.is_asserted = is_asserted(verb)
    subject = None if is_passive(verb) else subject_of(verb)
    if subject:
        act.head, act.means = subject.head, subject.means
        act.source = phrase(subject.head, verb)
    return act


def _labelled(parsed: Parsed, label: Range, start: int, end: int) -> Found:
    colon = parsed.doc[start - 1]
    act = Found(colon, Family.SAY, {colon.i}, set(range(start, end)))
    _name(parsed, act, label)
    return act


def _name(parsed: Parsed, act: Found, name: Range) -> None:
    act.source = set(range(*name))
    act.head = act.means = parsed.doc[name[1] - 1]


def _mend_source(parsed: Parsed, act: Found, after: int) -> None:
    """No word of a quotation says who spoke it, when the verb stands outside; `after` is where the quotation ends."""
    verb, head = act.verb, act.head
    if (head is not None and parsed.quoted[head.i] < 0) or verb.pos_ != "VERB" or is_passive(verb):
        return
    if not after and (head is None or not act.content_is_speech(parsed.quoted)):
        return
    is_inverted = bool(after) and verb.i - after <= 1
    name = _name_beside(parsed, verb, after, is_inverted)
    act.head = act.means = None
    act.source = set()
    if name:
        _name(parsed, act, name)


def _name_beside(parsed: Parsed, verb: Token, after: int, is_inverted: bool) -> Range | None:
    if is_inverted:
        return beside.name_after(parsed, verb)
    return beside.name_between(parsed, after, verb) if after else beside.name_before(parsed, verb)


def _with_speech(parsed: Parsed, act: Found, speech: set[int]) -> set[int]:
    """The reporter's words between verb and quotation stay; those beside a quotation before the verb were misread."""
    first = min(speech)
    if act.content and act.verb.i < min(act.content) <= first:
        return act.content | set(range(max(act.content) + 1, first)) | speech
    return {i for i in act.content if parsed.quoted[i] >= 0} | speech
