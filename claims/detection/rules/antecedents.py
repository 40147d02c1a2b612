"""Whom “he”, “she”, “it” and “they” stand for, where only one can be meant.

The words before a pronoun are gone through, its own sentence first and then the one or two before it, for what may
be its antecedent: the sex, the number, and whether it lives must fit. Where two fit, nobody is chosen, however likely
one of them is; a reader of the statement could not see that it was a guess.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from claims.detection.rules.bearers import full_names
from claims.detection.rules.parsing import Parsed
from claims.detection.rules.people import (
    COMPANIES,
    Kind,
    gender_of,
    kind_of,
    known_of,
    may_be,
)
from claims.detection.rules.pieces import words_of
from claims.detection.rules.shapes import bare
from claims.detection.rules.topics import (
    CERTAIN,
    Mentioned,
    is_filling,
    is_main_subject,
    later_topic,
    only_person,
    topic,
)
from claims.detection.rules.tree import SUBJECTS
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
    publish hire appoint release issue blame predict forecast pledge vow promise reject welcome criticise criticize
    praise respond refuse dismiss defend
    """
)
STANDING = {"he": Kind.MAN, "she": Kind.WOMAN, "it": Kind.THING}
REACH = 2
LONGEST_NAME = 8


class Antecedents:
    """Who has been named in each sentence of a document."""

    def __init__(
        self, text: str, parsed: Sequence[Parsed], spoken: frozenset[int] = frozenset()
    ) -> None:
        """`spoken` are the blocks of a transcript: all in them is somebody's words, as within quotation marks."""
        self._text = text
        self._spoken = spoken
        self._parsed = parsed
        self.full_names = full_names(parsed)
        self._known = known_of((one.doc for one in parsed), frozenset(self.full_names))
        self._kinds: dict[str, Kind] = {}
        self._mentioned: list[list[Mentioned]] = []
        for number, sentence in enumerate(parsed):
            self._mentioned.append(self._read(sentence))
            self._mentioned[number].extend(list(self._pronouns(number, sentence)))

    def of(self, number: int, token: Token, speaker: str) -> Mentioned | None:
        """What this pronoun of sentence `number` stands for, or None when more than one could be meant."""
        pronoun = FORMS[token.lower_]
        following = self._text[self._parsed[number].places[token.i].end :][:2].lstrip()
        if following.startswith(("[", "(")):
            return None  # “he [Doe]” tells it already
        is_quoted = self._is_quoted(self._parsed[number], token)
        told = self._speaker(pronoun, number, token, speaker, is_quoted)
        if told is not None:
            return told
        if is_quoted:
            return self._spoken_of(number, token, pronoun, speaker)
        fitting = self._fitting(number, token, pronoun)
        if len({found.key for found in fitting}) == 1:
            found = fitting[-1]
            if self._is_sure(number, token, pronoun, found):
                return found
        return self._topic(number, token, pronoun)

    def _spoken_of(self, number: int, token: Token, pronoun: str, speaker: str) -> Mentioned | None:
        """In somebody's own words “he” is the one person beside the speaker who has been named around them."""
        is_open = self._parsed[number].sentence.block in self._spoken
        if pronoun not in ("he", "she") or not speaker or is_open:
            return None
        last = speaker.split()[-1]
        here = [one for one in self._mentioned[number] if one.token < token.i or not one.is_quoted]
        around = [*here, *self._close_before(number)]
        others = [
            one
            for one in around
            if may_be(one.kind, pronoun) and last not in (one.name or one.key).split()
        ]
        found = only_person(others)
        if found is None or self.full_names.get(found.name, found.name) == "":
            return None
        return found

    def _close_before(self, number: int) -> list[Mentioned]:
        """All that is named in the sentences right before."""
        block = self._parsed[number].sentence.block
        near = range(max(0, number - REACH), number)
        return [
            one
            for before in near
            if block - self._parsed[before].sentence.block <= 1
            for one in self._mentioned[before]
        ]

    def is_of(self, found: Mentioned, number: int) -> bool:
        """Whether it is named in this very sentence."""
        return any(other is found for other in self._mentioned[number])

    def _topic(self, number: int, token: Token, pronoun: str) -> Mentioned | None:
        """What the text goes on about; within a sentence that is said of people alone."""
        if pronoun == "they" or (token.dep_ in SUBJECTS and pronoun == "it" and is_filling(token)):
            return None
        is_person = pronoun in ("he", "she")
        here = [
            found
            for found in self._mentioned[number]
            if may_be(found.kind, pronoun) and not _is_barred(token, found)
        ]
        earlier = [found for found in here if found.token < token.i and not found.is_quoted]
        found = None
        if is_person or not earlier:
            found = topic(token, earlier, self._before(number, pronoun))
        if found is None and (is_person or token.dep_ == "poss"):
            found = later_topic(token, here)
        if found is None or not _may_go_on(token, pronoun, found):
            return None
        return found

    def _before(self, number: int, pronoun: str) -> list[Mentioned]:
        """What fits in the sentence before; a person may have been named one sentence earlier."""
        block = self._parsed[number].sentence.block
        reach = REACH if pronoun in ("he", "she") else 1
        for before in range(number - 1, max(-1, number - 1 - reach), -1):
            if block - self._parsed[before].sentence.block > 1:
                break
            near = [found for found in self._mentioned[before] if may_be(found.kind, pronoun)]
            if near:
                return near
        return []

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
        return pronoun == "they" and found.is_subject and not found.is_quoted

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
        if self._rivals(number, token, pronoun, last) or (pronoun == "it" and not _is_body(last)):
            return None
        return Mentioned(speaker, definite(speaker), kind, -1, True, False)

    def _rivals(self, number: int, token: Token, pronoun: str, last: str) -> list[Mentioned]:
        """Who else may be meant: not the same pronoun as a subject of saying, nor whom it is said to."""
        return [
            found
            for found in self._mentioned[number]
            if found.token < token.i
            and may_be(found.kind, pronoun)
            and last not in found.name.split()
            and not (found.kind is Kind.OPEN and found.is_object)
            and not _is_same(token, found, pronoun)
        ]

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
        is_many = last in ("police", "people") or (last.islower() and last.endswith("s"))
        return Kind.SEVERAL if is_many else Kind.OPEN

    def _read(self, sentence: Parsed) -> list[Mentioned]:
        found = [self._mention(sentence, token) for token in sentence.doc if _names(token)]
        found += [self._first(sentence, token) for token in sentence.doc if _is_joined(token)]
        return [one for one in found if one is not None]

    def _first(self, sentence: Parsed, token: Token) -> Mentioned:
        """The first of several who are named together, by themselves: “Doe and his brother”."""
        name = self.full_names.get(token.text) or token.text
        kind = self._kind_of_person(name, Kind.PERSON)
        return Mentioned(name, name, kind, token.i, False, self._is_quoted(sentence, token))

    def _pronouns(self, number: int, sentence: Parsed) -> Iterator[Mentioned]:
        """A pronoun names again whom it stands for; one that cannot be told is somebody all the same."""
        for token in sentence.doc:
            kind = STANDING.get(token.lower_)
            if kind is None or self._is_quoted(sentence, token):
                continue
            is_main = is_main_subject(token)
            if kind is Kind.THING and not is_main:
                continue
            found = self.of(number, token, "")
            if found is not None:
                yield replace(found, token=token.i, is_subject=True, is_main=is_main)
            elif kind is not Kind.THING or not is_filling(token):
                key = f"{token.lower_}{number}"
                yield Mentioned(key, "", kind, token.i, True, False, is_main)

    def _mention(self, sentence: Parsed, token: Token) -> Mentioned | None:
        kind = kind_of(token, self._known)
        if token.ent_type_ in ("DATE", "TIME", "PERCENT", "MONEY", "CARDINAL", "QUANTITY"):
            return None
        words = [i for i in bare(token) if not _is_own_case(sentence.doc[i], token)]
        name = words_of(self._text, sentence, words) if len(words) <= LONGEST_NAME else ""
        if token.text in self.full_names and kind is not Kind.SEVERAL:
            name = self.full_names[token.text] or token.text
            kind = self._kind_of_person(name, kind)
        is_subject = token.dep_ in SUBJECTS
        is_quoted = self._is_quoted(sentence, token)
        return Mentioned(
            name or token.text,
            definite(name),
            kind,
            token.i,
            is_subject,
            is_quoted,
            is_main_subject(token),
            token.dep_ in ("dobj", "dative"),
        )

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


def _may_go_on(token: Token, pronoun: str, found: Mentioned) -> bool:
    """A person with a name or a sex of their own; a thing that can do what “it” does."""
    if pronoun in ("he", "she"):
        is_named = found.name.split()[-1][:1].isupper()
        return found.kind in CERTAIN and (is_named or found.kind is not Kind.PERSON)
    if token.dep_ == "poss":
        return "’s" not in found.name and "'s" not in found.name
    return token.head.lemma_ not in DOING or _acts(found)


def _is_own_case(word: Token, noun: Token) -> bool:
    return word.dep_ == "case" and word.head.i == noun.i


def _is_same(token: Token, found: Mentioned, pronoun: str) -> bool:
    """“She said she was ill”: the first one speaks."""
    other = token.doc[found.token]
    is_saying = any(child.dep_ == "ccomp" for child in other.head.children)
    return not found.name and other.lower_ == pronoun and found.is_main and is_saying


def _is_joined(token: Token) -> bool:
    return token.ent_type_ == "PERSON" and any(child.dep_ == "conj" for child in token.children)


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


def definite(name: str) -> str:
    """“A port official” who was named before is “the port official”; “A Port in Winter” is a title."""
    first, _, rest = name.partition(" ")
    if first.lower() in ("a", "an") and not (first.istitle() and rest[:1].isupper()):
        return f"the {rest}"
    return f"the {rest}" if first == "The" else name
