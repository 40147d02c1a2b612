"""Names of people, organisations and places, from capitals, the pipeline's entities and the document's repetitions.

The small pipeline's kinds of entity are often wrong on news, but where it sees a name there is mostly one, and its
edges are good for people. So: a run of words with capitals is a name, cut where a person's name begins; the
first word of a sentence is one only when the parse or another place of the document shows it with a capital.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING

from claims.detection.base import Place
from claims.detection.rules.date_values import MONTHS, WEEKDAYS
from claims.detection.rules.parsing import Parsed
from claims.detection.speakers import TITLES
from claims.detection.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Doc

JOINING = word_set("of for the and de del van von der den di da bin ibn al el la le")
INNER = word_set("- & 's in at")
NO_NAMES = (
    frozenset(MONTHS)
    | frozenset(WEEKDAYS)
    | {"I", "Mr", "Mrs", "Ms", "Dr", "Mr.", "Mrs.", "Ms.", "Dr."}
)


def find_names(text: str, parsed: Sequence[Parsed]) -> Iterator[Place]:
    """Where the document names somebody or something, in reading order."""
    inner = _capitals_inside(parsed)
    for sentence in parsed:
        for start, end in _runs(sentence.doc, inner):
            place = sentence.place(start, end)
            if "\n" not in text[place.start : place.end]:
                yield place


def _capitals_inside(parsed: Sequence[Parsed]) -> frozenset[str]:
    """The words that bear a capital where no sentence begins."""
    return frozenset(
        token.text
        for sentence in parsed
        for token in sentence.doc
        if token.text[:1].isupper() and not _begins(sentence.doc, token.i)
    )


def _begins(doc: Doc, index: int) -> bool:
    return (
        index == 0 or bool(doc[index].is_sent_start) or doc[index - 1].text in ("“", '"', ":", "‘")
    )


def _runs(doc: Doc, inner: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Runs of name words; “of” and its like join two of them inside one entity of the pipeline."""
    index = 0
    while index < len(doc):
        if not _is_name_word(doc, index, inner):
            index += 1
            continue
        end = index + 1
        while end < len(doc) and _goes_on(doc, end, inner):
            end += 1
        while end > index and doc[end - 1].lower_ in JOINING | INNER:
            end -= 1
        yield from _cut_at_people(doc, index, end)
        index = max(end, index + 1)  # “El” alone joins nothing


def _is_name_word(doc: Doc, index: int, inner: frozenset[str]) -> bool:
    token = doc[index]
    if not token.text[:1].isupper() or token.text in NO_NAMES or token.is_stop:
        return token.text in ("US", "UN", "U.S.", "U.N.")
    if token.tag_ in ("NNP", "NNPS"):
        return True
    if _begins(doc, index):
        return token.text in inner and token.pos_ in ("PROPN", "NOUN")
    return token.pos_ in ("PROPN", "NOUN", "ADJ") or bool(token.ent_type_)


def _goes_on(doc: Doc, index: int, inner: frozenset[str]) -> bool:
    token = doc[index]
    if _is_name_word(doc, index, inner):
        return True
    is_inside = token.ent_iob_ == "I" and doc[index - 1].ent_type_ == token.ent_type_
    return is_inside and (
        token.lower_ in JOINING or token.text in INNER or doc[index - 1].text == "-"
    )


def _cut_at_people(doc: Doc, start: int, end: int) -> Iterator[tuple[int, int]]:
    """“State Department spokesperson Ned Price” names an office and a person."""
    cuts = [
        index
        for index in range(start + 1, end)
        if doc[index].ent_type_ == "PERSON" and doc[index].ent_iob_ == "B" and end - index > 1
    ]
    edges = [start, *cuts, end]
    for first, last in pairwise(edges):
        while last > first and doc[last - 1].lower_ in JOINING:
            last -= 1
        words = doc[first:last]
        if any(token.tag_ != "JJ" and token.lower_ not in TITLES for token in words):
            yield first, last
