"""What an engine found, checked before the desk keeps it.

No engine is trusted, least of all one with a model behind it. A candidate whose words are not in
the article, or whose speaker is not, is dropped and counted with the reason; the rest go through
unchanged and in their order.
"""

import math
import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import replace

from articles.document import BODY_KINDS, Document
from claims.detection.base import Candidate, Detection, Place, Refused
from claims.detection.segments import read_body
from claims.kinds import Kind, Mode

#: A sentence may make so many claims, or more when each has this many characters.
MOST_CLAIMS, SHORTEST_CLAIM = 12, 20


def validate(document: Document, detection: Detection) -> tuple[Detection, tuple[Refused, ...]]:
    """The detection without the candidates that break a rule, and all that were refused, with the rule."""
    told = _plain(document.text)
    sentences = Sentences(document)
    kept: list[Candidate] = []
    refused = list(detection.refused)
    for candidate in detection.candidates:
        reason = _fault(document, told, candidate) or sentences.fault(candidate)
        if reason:
            refused.append(Refused(candidate.statement[:500], reason))
        else:
            kept.append(candidate)
    return replace(detection, candidates=tuple(kept), refused=()), tuple(refused)


class Sentences:
    """The sentences of a document: where its quotations are, and how many claims each has had."""

    def __init__(self, document: Document) -> None:
        self._sentences = read_body(document)
        self._quotations = [q for s in self._sentences for q in s.quotations]
        self._counts: Counter[int] = Counter()

    def fault(self, candidate: Candidate) -> str:
        if candidate.mode in (Mode.DIRECT, Mode.MIXED) and not self._is_quoted(candidate):
            return (
                f"it is said to be {candidate.mode} speech, and no word of it is in quotation marks"
            )
        first = candidate.spans[0].start
        number = bisect_right(self._sentences, first, key=lambda sentence: sentence.start) - 1
        self._counts[number] += 1
        sentence = self._sentences[number] if number >= 0 else None
        length = sentence.end - sentence.start if sentence else 0
        if self._counts[number] > max(MOST_CLAIMS, length // SHORTEST_CLAIM):
            return "its sentence has more claims than a sentence can make"
        return ""

    def _is_quoted(self, candidate: Candidate) -> bool:
        """In direct speech each run of what is said, else any, lies in a quotation or holds one."""
        said = candidate.attribution.content if candidate.attribution else candidate.spans
        touched = (self._touches(place) for place in said)
        return all(touched) if candidate.mode == Mode.DIRECT else any(touched)

    def _touches(self, place: Place) -> bool:
        index = bisect_left(self._quotations, place.end, key=lambda quotation: quotation.start) - 1
        return index >= 0 and self._quotations[index].end > place.start


def _fault(document: Document, told: str, candidate: Candidate) -> str:
    """The first rule that the candidate breaks, in words; nothing when it breaks none."""
    if not any(map(str.isalnum, candidate.statement)):
        return "the statement is empty"
    if candidate.kind not in Kind.values or candidate.mode not in Mode.values:
        return f"the kind “{candidate.kind}” or the mode “{candidate.mode}” is not known"
    if not (math.isfinite(candidate.worth) and 0 <= candidate.worth <= 1):
        return f"the worth {candidate.worth} is not between 0 and 1"
    if not candidate.spans:
        return "it has no words of the article"
    if list(candidate.spans) != sorted(candidate.spans, key=lambda span: span.start):
        return "its spans are not in order"
    faults = (_place_fault(document, place) for place in candidate.spans)
    return next(filter(None, faults), "") or _speaker_fault(document, told, candidate)


def _place_fault(document: Document, place: Place) -> str:
    if not 0 <= place.start < place.end <= len(document.text):
        return f"its span {place.start}–{place.end} is empty or outside the text"
    if not document.text[place.start : place.end].strip():
        return f"its span {place.start}–{place.end} holds only white space"
    index = bisect_right(document.blocks, place.start, key=lambda block: block.start) - 1
    if index < 0 or document.blocks[index].end < place.end:
        return f"its span {place.start}–{place.end} does not lie inside one block"
    kind = document.blocks[index].kind
    return "" if kind in BODY_KINDS else f"its span lies in a block of the kind {kind.value}"


def _speaker_fault(document: Document, told: str, candidate: Candidate) -> str:
    attribution = candidate.attribution
    if attribution is None:
        return ""
    places = (attribution.source, attribution.cue, *attribution.content)
    for place in filter(None, places):
        if not 0 <= place.start < place.end <= len(document.text):
            return f"a place of its attribution, {place.start}–{place.end}, is outside the text"
    if attribution.is_anonymous or _plain(attribution.name) in told:
        return ""
    return f"its speaker “{attribution.name}” is not named in the article"


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().casefold()
