"""Who bears which last name in a document, so that a last name by itself can be told in full."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from claims.detection.rules.parsing import Parsed
from claims.detection.rules.people import (
    COMPANIES,
    FEMALE,
    MALE,
    MENS_NAMES,
    PERSONAL,
    WOMENS_NAMES,
)
from claims.detection.speakers import HONORIFICS, TITLES
from claims.detection.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

#: What countries and companies are called too.
LOOSE = word_set(
    "member leader supporter opponent observer owner founder neighbour neighbor critic friend player author"
)


def full_names(parsed: Sequence[Parsed]) -> dict[str, str]:
    """The full name of each last name; empty where several bear it, or none is told."""
    names: dict[str, str] = {}
    titled: set[str] = set()
    others: dict[str, set[str]] = {}
    for words, is_someone in _runs(parsed):
        if is_someone and 2 <= len(words) <= 3:
            known = names.setdefault(words[-1], " ".join(words))
            names[words[-1]] = known if known == " ".join(words) else ""
        elif words[0].lower().strip(".") in HONORIFICS:
            titled.add(words[-1])
        elif len(words) == 2:
            others.setdefault(words[-1], set()).add(words[0])
    for last, full in names.items():
        if full and others.get(last, set()) - {full.split()[0]}:
            names[last] = ""  # a company may bear its founder's name
    return {**dict.fromkeys(titled, ""), **names}


def _runs(parsed: Sequence[Parsed]) -> Iterator[tuple[list[str], bool]]:
    """The names of several words, each with whether it is a person's."""
    for sentence in parsed:
        for token in sentence.doc:
            if token.pos_ == "PROPN" and token.dep_ != "compound" and token.text[:1].isupper():
                words = _name_words(token)
                if len(words) > 1:
                    yield words, is_person(token, words)


def _name_words(token: Token) -> list[str]:
    """The words with capitals that stand before the last one, without a break and without an office."""
    start = token.i
    while (
        start and token.doc[start - 1].pos_ == "PROPN" and token.doc[start - 1].text[:1].isupper()
    ):
        if token.doc[start - 1].lower_.strip(".") in TITLES - HONORIFICS:
            break
        start -= 1
    return [word.text for word in token.doc[start : token.i + 1]]


def is_person(token: Token, words: Sequence[str]) -> bool:
    """Whether the name is a person's: the pipeline says so, or an office, a “who” or a given name does."""
    plain = [word.lower() for word in words]
    if any(
        word in COMPANIES or word in TITLES or word in HONORIFICS or word in FEMALE or word in MALE
        for word in plain
    ):
        return False
    if all(word.isupper() for word in words):
        return False
    if token.ent_type_ == "PERSON" and token.ent_iob_ == "I":
        return True
    if len(words) > 1 and plain[0] in WOMENS_NAMES | MENS_NAMES:
        return True
    asides = [child for child in token.children if child.dep_ in ("appos", "relcl")]
    if len(words) > 1 and any(c.dep_ == "appos" and c.lower_ in PERSONAL - LOOSE for c in asides):
        return True
    is_told = any(
        child.lower_ in PERSONAL or any(word.lower_ == "who" for word in child.lefts)
        for child in asides
    )
    return is_told and token.ent_type_ not in ("GPE", "NORP", "LOC")
