"""Whom “he”, “she”, “it” and “they” stand for, where only one can be meant.

The words before a pronoun are gone through, its own sentence first and then the one or two before it, for what may
be its antecedent: the sex, the number, and whether it lives must fit. Where two fit, nobody is chosen, however likely
one of them is; a reader of the statement could not see that it was a guess.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claims.detection.rules.parsing import Parsed
from claims.detection.rules.people import (
    COMPANIES,
    FEMALE,
    MALE,
    MENS_NAMES,
    PERSONAL,
    WOMENS_NAMES,
    Kind,
    gender_of,
    kind_of,
    known_of,
    may_be,
)
from claims.detection.rules.pieces import words_of
from claims.detection.rules.shapes import bare
from claims.detection.rules.tree import SUBJECTS
from claims.detection.speakers import HONORIFICS, TITLES
from claims.detection.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

FORMS = {
    "he": "he", "him": "he", "his": "he", "she": "she", "her": "she", "it": "it", "its": "it", "they": "they",
    "them": "they", "their": "they",
}  # fmt: skip
#: What companies and offices do, and ships and plans do not.
DOING = word_set(
    """
    say announce plan expect report add acquire buy sell operate own employ deny confirm decline agree propose urge
    call warn insist claim argue believe intend want hope offer accuse describe admit note tell ask seek launch
    publish hire appoint release issue
    """
)
#: What countries and companies are called too.
LOOSE = word_set(
    "member leader supporter opponent observer owner founder neighbour neighbor critic friend player author"
)
REACH = 2
LONGEST_NAME = 8


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A noun phrase: `key` is the same for all that surely name the same."""

    key: str
    name: str
    kind: Kind
    token: int
    is_subject: bool
    is_quoted: bool


class Antecedents:
    """Who has been named in each sentence of a document."""

    def __init__(
        self, text: str, parsed: Sequence[Parsed], spoken: frozenset[int] = frozenset()
    ) -> None:
        """`spoken` are the blocks of a transcript: all in them is somebody's words, as within quotation marks."""
        self._text = text
        self._spoken = spoken
        self._parsed = parsed
        self.full_names = _full_names(parsed)
        self._known = known_of((one.doc for one in parsed), frozenset(self.full_names))
        self._kinds: dict[str, Kind] = {}
        self._mentioned: list[list[Mentioned]] = []
        for number, sentence in enumerate(parsed):
            self._mentioned.append(self._read(sentence))
            self._mentioned[number].extend(list(self._pronouns(number, sentence)))

    def of(self, number: int, token: Token, speaker: str) -> Mentioned | None:
        """What this pronoun of sentence `number` stands for, or None when more than one could be meant."""
        pronoun = FORMS[token.lower_]
        is_quoted = self._is_quoted(self._parsed[number], token)
        told = self._speaker(pronoun, number, token, speaker, is_quoted)
        if told is not None:
            return told
        if is_quoted:
            return None
        fitting = self._fitting(number, token, pronoun)
        if len({found.key for found in fitting}) != 1:
            return None
        found = fitting[-1]
        return found if self._is_sure(number, token, pronoun, found) else None

    def _fitting(self, number: int, token: Token, pronoun: str) -> list[Mentioned]:
        """All that may be meant, in the nearest sentence that names any."""
        here = [
            found
            for found in self._mentioned[number]
            if found.token < token.i
            and may_be(found.kind, pronoun)
            and not _is_barred(token, found)
        ]
        if here:
            return here
        block = self._parsed[number].sentence.block
        for before in range(number - 1, max(-1, number - 1 - REACH), -1):
            if block - self._parsed[before].sentence.block > 1:
                break
            near = [found for found in self._mentioned[before] if may_be(found.kind, pronoun)]
            if near:
                return near
            if pronoun in ("it", "they"):
                break
        return []

    def _is_sure(self, number: int, token: Token, pronoun: str, found: Mentioned) -> bool:
        """“It” and “they” may always stand for a thing that no noun names, so more is asked of them."""
        if found.kind is Kind.OPEN:
            return False
        if pronoun in ("he", "she"):
            return not found.is_quoted and bool(found.name)
        is_here = any(other is found for other in self._mentioned[number])
        if pronoun == "they":
            return found.is_subject and not found.is_quoted
        verb = token.head
        acts = token.dep_ == "nsubj" and verb.lemma_ in DOING
        return found.is_subject and (is_here or acts) and _acts(found)

    def _speaker(
        self, pronoun: str, number: int, token: Token, speaker: str, is_quoted: bool
    ) -> Mentioned | None:
        """In what somebody is reported to have said, the pronoun of their kind is mostly they themselves."""
        if not speaker or is_quoted:
            return None
        kind = self._kind_of_speaker(speaker)
        if not may_be(kind, pronoun) or token.dep_ not in ("nsubj", "nsubjpass", "poss"):
            return None
        last = speaker.split()[-1]
        rivals = [
            found
            for found in self._mentioned[number]
            if found.token < token.i
            and may_be(found.kind, pronoun)
            and last not in found.name.split()
        ]
        if rivals or (pronoun == "it" and not _is_body(last)):
            return None
        return Mentioned(speaker, definite(speaker), kind, -1, True, False)

    def _kind_of_speaker(self, speaker: str) -> Kind:
        words = speaker.split()
        known = self._kinds.get(speaker)
        if known is not None:
            return known
        last = words[-1]
        if last in self._known.people or (len(words) > 1 and gender_of(words) is not Kind.PERSON):
            return gender_of(words)
        if last.lower() in COMPANIES:
            return Kind.THING
        if words[0].lower() in ("a", "an", "the") and gender_of([last]) is not Kind.PERSON:
            return gender_of([last])
        return Kind.SEVERAL if last.islower() and last.endswith("s") else Kind.OPEN

    def _read(self, sentence: Parsed) -> list[Mentioned]:
        found = [self._mention(sentence, token) for token in sentence.doc if _names(token)]
        return [one for one in found if one is not None]

    def _pronouns(self, number: int, sentence: Parsed) -> Iterator[Mentioned]:
        """A “he” or “she” names again whom it stands for; one that cannot be told is somebody all the same."""
        for token in sentence.doc:
            if token.lower_ not in ("he", "she") or self._is_quoted(sentence, token):
                continue
            found = self.of(number, token, "")
            if found is not None:
                yield replace(found, token=token.i, is_subject=True)
            else:
                kind = Kind.MAN if token.lower_ == "he" else Kind.WOMAN
                yield Mentioned(f"{token.lower_}{number}", "", kind, token.i, True, False)

    def _mention(self, sentence: Parsed, token: Token) -> Mentioned | None:
        kind = kind_of(token, self._known)
        if token.ent_type_ in ("DATE", "TIME", "PERCENT", "MONEY", "CARDINAL", "QUANTITY"):
            return None
        words = [i for i in bare(token) if sentence.doc[i].dep_ != "case"]
        name = words_of(self._text, sentence, words) if len(words) <= LONGEST_NAME else ""
        if token.text in self.full_names:
            name = self.full_names[token.text] or token.text
            kind = self._kind_of_person(name, kind)
        is_subject = token.dep_ in SUBJECTS
        is_quoted = self._is_quoted(sentence, token)
        return Mentioned(name or token.text, definite(name), kind, token.i, is_subject, is_quoted)

    def _is_quoted(self, sentence: Parsed, token: Token) -> bool:
        return sentence.quoted[token.i] >= 0 or sentence.sentence.block in self._spoken

    def _kind_of_person(self, name: str, kind: Kind) -> Kind:
        """The sex of a person, once it is known, holds for the document."""
        sexed = gender_of(name.split()) if kind is Kind.PERSON else kind
        if sexed in (Kind.MAN, Kind.WOMAN):
            self._kinds.setdefault(name, sexed)
        return self._kinds.get(name, kind)


def _names(token: Token) -> bool:
    """Whether the noun names somebody or something, and does not only tell what another noun is."""
    if token.pos_ not in ("NOUN", "PROPN") or token.head.lower_ == "as":
        return False
    following = token.nbor(1) if token.i + 1 < len(token.doc) else None
    if token.dep_ == "compound":
        return following is None or following.pos_ not in ("NOUN", "PROPN", "PUNCT", "PART", "ADJ")
    if token.pos_ == "PROPN":
        return token.dep_ != "nmod" or following is None or following.pos_ not in ("NOUN", "PROPN")
    return token.dep_ not in ("nmod", "npadvmod", "attr", "appos")


def _acts(found: Mentioned) -> bool:
    words = found.name.split()
    return bool(words) and _is_body(words[-1])


def _is_body(word: str) -> bool:
    return word.lower() in COMPANIES or word[:1].isupper()


def _is_barred(token: Token, found: Mentioned) -> bool:
    """An object is not its own verb's subject: “Doe met him”."""
    if token.dep_ == "poss":
        return False
    other = token.doc[found.token]
    verb = token.head if token.head.pos_ in ("VERB", "AUX") else token.head.head
    return other.head.i == verb.i


def _full_names(parsed: Sequence[Parsed]) -> dict[str, str]:
    """The full name of each last name; empty where several bear it, or none is told."""
    names: dict[str, str] = {}
    titled: set[str] = set()
    for sentence in parsed:
        for token in sentence.doc:
            if token.pos_ == "PROPN" and token.dep_ != "compound" and token.text[:1].isupper():
                words = _name_words(token)
                if is_person(token, words) and 2 <= len(words) <= 3:
                    known = names.setdefault(words[-1], " ".join(words))
                    names[words[-1]] = known if known == " ".join(words) else ""
                elif len(words) > 1 and words[0].lower().strip(".") in HONORIFICS:
                    titled.add(words[-1])
    return {**dict.fromkeys(titled, ""), **names}


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


def definite(name: str) -> str:
    """“A port official” who was named before is “the port official”."""
    first, _, rest = name.partition(" ")
    if first.lower() in ("a", "an"):
        return f"the {rest}"
    return f"the {rest}" if first == "The" else name
