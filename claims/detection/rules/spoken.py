"""Quotations that the grammar left without a speaker, or gave to a wrong one.

A parser trained on prose often fails at quotations, so each that is speech is read again by what stands beside its
marks (`beside`). Any verb in such a place is one of saying, also “mocked” or “fired back”. A word or two in quotation
marks inside the reporter's sentence is not speech and is left alone.
"""

from __future__ import annotations

from collections import Counter
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
    reading = _Reading(parsed, acts)
    for run in spoken_runs(parsed):
        reading.take(*run)
    reading.finish()
    for act in acts:
        _mend_source(parsed, act, 0)
    acts.sort(key=lambda act: act.verb.i)


class _Reading:
    """One pass over the quotations of a sentence. `_owners` are the verbs that quotations were given to."""

    def __init__(self, parsed: Parsed, acts: list[Found]) -> None:
        self._parsed = parsed
        self._acts = acts
        self._by_verb = {act.verb.i: act for act in acts}
        self._covered = {i for act in acts for i in act.content}
        self._owners: dict[int, int] = {}
        self._is_first = True

    def take(self, start: int, end: int) -> None:
        parsed = self._parsed
        verb = beside.verb_after(parsed, start, end)
        label = beside.label_before(parsed, start) if verb is None else None
        if verb is not None:
            self._give(verb, start, end)
        elif label:
            self._acts.append(_labelled(parsed, label, start, end))
        elif self._covered.isdisjoint(range(start, end)):
            verb = beside.verb_before(parsed, start)
            if verb is not None:
                self._give(verb, start, end)
        self._is_first = self._is_first and not beside.ends_as_speech(parsed, start, end)

    def _give(self, verb: Token, start: int, end: int) -> None:
        known = self._by_verb.get(verb.i)
        if known is None:
            known = _new(self._parsed, verb)
            self._acts.append(known)
            self._by_verb[verb.i] = known
        _mend_source(self._parsed, known, end if end <= verb.i else 0)
        speech = set(range(start, end)) | self._lead(start, verb)
        known.content = _with_speech(self._parsed, known, speech) - known.source
        self._owners[self._parsed.quoted[start]] = verb.i

    def _lead(self, start: int, verb: Token) -> set[int]:
        """“The crew was “tired and angry,” the pilot said”: the reporter's words before it are reported too."""
        is_bare = not start or self._parsed.doc[start - 1].text == ":"
        if verb.i < start or is_bare or not self._is_first:
            return set()
        return set(range(start)) if min(self._by_verb) >= start else set()

    def finish(self) -> None:
        """A quotation that was given to one act is taken from others that have only a part of it."""
        quoted = self._parsed.quoted
        sizes = Counter(quoted)
        for act in self._acts if self._owners else ():
            taken = Counter(quoted[i] for i in act.content)
            partial = {
                quotation
                for quotation, size in taken.items()
                if self._owners.get(quotation, act.verb.i) != act.verb.i and size < sizes[quotation]
            }
            if partial:
                act.content = {i for i in act.content if quoted[i] not in partial}


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


def name_beside(parsed: Parsed, act: Found) -> None:
    """Name an act that has no speaker after the words right before its verb, or behind one that comes first."""
    find = beside.name_after if act.verb.i == 0 else beside.name_before
    name = find(parsed, act.verb)
    if name and parsed.doc[name[0]].pos_ != "ADP" and _ends_well(parsed, name):
        _name(parsed, act, name)


def _ends_well(parsed: Parsed, name: Range) -> bool:
    return parsed.doc[name[1] - 1].pos_ in beside.NAMING


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
