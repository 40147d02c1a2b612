"""How an article names a source: the name, the office, or the phrase when it gives no name.

“Sen. Jane Doe, chair of the panel,” is Jane Doe with an office; “a port spokesman, Jack Roe,” is Jack Roe with
another; “two officials familiar with the talks” stay what they are, and are anonymous.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claims.detection.attribution import ANONYMITY
from claims.detection.rules.extents import below
from claims.detection.speakers import (
    HONORIFICS,
    INSTITUTIONS,
    NO_NAME,
    NOT_NAMES,
    PRONOUNS,
    TITLES,
)
from claims.detection.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

    from claims.detection.rules.parsing import Parsed

#: What hangs on a noun and tells of it, but is no part of how it is named.
TELLING_OF = frozenset({"relcl", "acl", "appos", "advcl", "punct", "cc", "conj", "case", "prep"})
FEMALE = word_set(
    "ms mrs miss mme lady queen princess duchess spokeswoman congresswoman chairwoman mother sister wife"
)
MALE = word_set(
    "mr sir lord king prince duke spokesman congressman chairman father brother husband"
)
ARTICLE = re.compile(r"^(?:an?|the)\s", re.IGNORECASE)
PLURAL = frozenset({"NNS", "NNPS"})
ORGANISATIONS = word_set(
    """
    company firm group agency bank union board council party newspaper paper network channel station site website
    outlet charity association federation institute university college hospital city town state country island club
    team ministry department committee commission court
    """
)
PARTICLES = word_set("de del della der den di da dos van von bin ibn al el la le ter ten y e")
#: Particles that only stand between two names.
JOINING = word_set("y e")
LONGEST_ROLE = 12
SUFFIXES = word_set("jr jr. sr sr. ii iii iv")


@dataclass(frozen=True, slots=True)
class Named:
    """`word` is the pronoun or the head noun in small letters; `name` is empty for pronouns."""

    name: str
    role: str = ""
    word: str = ""
    is_person: bool = False
    is_anonymous: bool = False
    is_plural: bool = False
    gender: str = ""

    @property
    def is_pronoun(self) -> bool:
        return not self.name


def read_name(text: str, parsed: Parsed, head: Token, tokens: set[int]) -> Named:
    """The source whose head word this is."""
    word = head.lower_
    if word in PRONOUNS or head.tag_ in ("PRP", "PRP$"):
        return Named(
            "", word=word, gender=GENDERS.get(word, ""), is_plural=word in ("they", "them")
        )
    aside = next((t for t in head.children if t.dep_ == "appos" and t.i in tokens), None)
    if any(child.dep_ == "conj" and child.i in tokens for child in head.children):
        return _phrase(text, parsed, head, tokens)
    if head.pos_ == "PROPN" or _is_written_as_name(text, head):
        return _proper(text, parsed, head, tokens, aside)
    if aside is not None and aside.pos_ == "PROPN":
        named = _proper(text, parsed, aside, tokens, None)
        if named.name:
            role = ARTICLE.sub("", _words(text, parsed, _core(head)))
            is_person = head.lower_ not in ORGANISATIONS
            gender = named.gender or _gender(head)
            return replace(named, role=role, is_person=is_person, gender=gender, is_plural=False)
    return _phrase(text, parsed, head, tokens)


def _is_written_as_name(text: str, head: Token) -> bool:
    """A bare word that was taken for a common noun, and has its capital in the midst of sentences too."""
    is_bare = head.pos_ == "NOUN" and head.text.istitle() and head.i == head.left_edge.i
    within = rf"(?<=[a-z,] ){re.escape(head.text)}(?=[\s,.’'])"
    return is_bare and re.search(within, text) is not None


GENDERS = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}


def _proper(text: str, parsed: Parsed, head: Token, tokens: set[int], aside: Token | None) -> Named:
    run = [token for token in _name_run(head) if token.i in tokens] or [head]
    titled = max((i + 1 for i in range(len(run) - 1) if _is_title(run[i])), default=0)
    name = _words(text, parsed, [t.i for t in run[titled:]])
    lefts = (t for t in head.lefts if t.i in tokens and t.i < run[0].i)
    before = [t.i for t in lefts if t.dep_ not in ("det", "punct")]
    role = _words(text, parsed, [*_all_below(parsed, before), *(t.i for t in run[:titled])])
    if role.lower().rstrip(".") in HONORIFICS:
        role = ""
    if aside is not None and aside.pos_ in ("NOUN", "PROPN"):
        role = ARTICLE.sub("", _words(text, parsed, _core(aside))) or role
    is_person = (
        head.ent_type_ == "PERSON" or bool(role and before) or titled > 0 or _is_surname(run)
    )
    gender = next((g for g in map(_gender, run[:titled]) if g), "") or (
        _gender(aside) if aside else ""
    )
    gender = gender or next((g for g in (_gender(parsed.doc[i]) for i in before) if g), "")
    return Named(name, role, head.lower_, is_person, False, head.tag_ == "NNPS", gender)


def _is_surname(run: list[Token]) -> bool:
    """A lone name in capitals and small letters, that is not known for a place or an institution."""
    only = run[0]
    is_bare = len(run) == 1 and only.text.istitle() and only.lower_ not in INSTITUTIONS | NOT_NAMES
    return (
        is_bare and not only.ent_type_ and not any(c.dep_ in ("det", "poss") for c in only.children)
    )


def _name_run(head: Token) -> list[Token]:
    """The capitalised words that end in the head: “Jane van der Doe”."""
    doc = head.doc
    start, end = head.i, head.i + 1
    while start > 0 and (doc[start - 1].pos_ == "PROPN" or doc[start - 1].lower_ in PARTICLES):
        if doc[start - 1].ent_type_ == "PERSON" or doc[start - 1].dep_ in (
            "compound",
            "nmod",
            "det",
        ):
            start -= 1
        else:
            break
    while start > 1 and doc[start - 1].text == "-" and doc[start - 2].pos_ == "PROPN":
        start -= 2
    while start < head.i and doc[start].text in JOINING:
        start += 1
    if end < len(doc) and doc[end].lower_ in SUFFIXES:
        end += 1
    return list(doc[start:end])


def _is_title(token: Token) -> bool:
    word = token.lower_.rstrip(".")
    return word in TITLES or (token.ent_type_ != "PERSON" and token.nbor().ent_type_ == "PERSON")


def _gender(token: Token) -> str:
    word = token.lower_.rstrip(".")
    return "f" if word in FEMALE else "m" if word in MALE else ""


def _core(head: Token) -> list[int]:
    """The noun with its describing words and an “of …”, and nothing that is told of it."""
    outer = [t.i for t in head.children if t.dep_ in TELLING_OF and not _belongs(t)]
    tokens = sorted(below(head, without=outer))
    while tokens[0] != head.i and head.doc[tokens[0]].is_punct:
        tokens.pop(0)
    while tokens[-1] != head.i and head.doc[tokens[-1]].is_punct:
        tokens.pop()
    return tokens[: tokens.index(head.i) + LONGEST_ROLE]


def _belongs(token: Token) -> bool:
    return token.dep_ == "prep" and token.lower_ in (
        "of",
        "for",
        "at",
        "in",
        "from",
        "on",
        "with",
        "to",
    )


def _phrase(text: str, parsed: Parsed, head: Token, tokens: set[int]) -> Named:
    """A source without a name of its own: “the council”, “two officials”."""
    joined = [t.i for t in head.children if t.dep_ in ("conj", "cc") and t.i in tokens]
    core = set(_core(head)) | set(_all_below(parsed, joined))
    words = _words(text, parsed, sorted(core & tokens) or [head.i])
    whole = _words(text, parsed, sorted(tokens))
    first = parsed.doc[min(core & tokens or {head.i})]
    if words[:1].isupper() and first.pos_ in ("DET", "ADJ", "NUM", "NOUN") and not first.ent_type_:
        words = words[0].lower() + words[1:]
    unnamed = bool(NO_NAME.search(words)) or bool(ANONYMITY.search(whole))
    is_plural = head.tag_ in PLURAL or bool(joined)
    return Named(words, "", head.lower_, False, unnamed, is_plural, _gender(head))


def _all_below(parsed: Parsed, indexes: Sequence[int]) -> list[int]:
    return sorted({i for index in indexes for i in below(parsed.doc[index])})


def _words(text: str, parsed: Parsed, indexes: Sequence[int]) -> str:
    """The words of the article from the first to the last of these tokens, with single blanks."""
    if not indexes:
        return ""
    place = parsed.place(min(indexes), max(indexes) + 1)
    words = re.sub(r"\s+", " ", text[place.start : place.end])
    return re.sub(r"['’]s$|^[\"“”‘’,;:\s]+|[\"“”‘,;:\s]+$", "", words)
