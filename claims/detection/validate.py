"""What an engine found, checked before the desk keeps it.

No engine is trusted, least of all one with a model behind it. A candidate whose words are not in
the article, or whose speaker is not, is dropped and counted with the reason; the rest go through
unchanged and in their order.
"""

import math
import re
from bisect import bisect_right
from dataclasses import replace

from articles.document import BODY_KINDS, Document
from claims.detection.base import Candidate, Detection, Place, Refused
from claims.kinds import Kind, Mode


def validate(document: Document, detection: Detection) -> tuple[Detection, tuple[Refused, ...]]:
    """The detection without the candidates that break a rule, and all that were refused, with the rule."""
    told = _plain(document.text)
    kept: list[Candidate] = []
    refused = list(detection.refused)
    for candidate in detection.candidates:
        reason = _fault(document, told, candidate)
        if reason:
            refused.append(Refused(candidate.statement[:500], reason))
        else:
            kept.append(candidate)
    return replace(detection, candidates=tuple(kept), refused=()), tuple(refused)


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
    name = _plain(attribution.name)
    if name and name in told:
        return ""
    if attribution.is_anonymous:
        return ""
    return f"its speaker “{attribution.name}” is not named in the article"


def _plain(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip().casefold()
