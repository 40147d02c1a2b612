"""Whom a pronoun goes on about, where more than one could be meant by form alone.

News keeps to its subject: who is the subject of one clause is mostly what the subject pronoun of the next stands for.
So the subject of the clause before is taken, in the same sentence or, when nothing there fits, in the sentence before,
where it is the one subject that fits. What is only an object, or stands in somebody's quotation, is passed over.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from claims.detection.rules.naming import PARTICLES
from claims.detection.rules.people import Kind
from claims.detection.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "nsubjpass"})
CERTAIN = frozenset({Kind.MAN, Kind.WOMAN, Kind.PERSON})
#: “It” with these stands for a clause, the weather, the time, or nothing at all.
FILLING = word_set(
    "be seem appear take happen turn rain snow mean matter remain become make need require look help follow sound feel"
)
EVENTS = word_set("rain snow happen occur mean matter take turn fall")
#: How a phrase begins that names nobody in particular.
VAGUE = word_set("another one some any no every each much many most such following")
MARKS = frozenset({'"', "“", "”", "'", "‘"})
CLAUSES = frozenset({"ccomp", "xcomp", "csubj", "csubjpass", "advcl", "relcl", "acl", "acomp"})
OWNING = word_set("his her its their my our your whose this that these those")


@dataclass(frozen=True, slots=True)
class Mentioned:
    """A noun phrase: `key` is the same for all that surely name the same."""

    key: str
    name: str
    kind: Kind
    token: int
    is_subject: bool
    is_quoted: bool
    is_main: bool = False
    is_object: bool = False


def is_main_subject(token: Token) -> bool:
    """The subject of a sentence, or of a clause that is joined to its main one."""
    if token.dep_ not in SUBJECTS:
        return False
    verb = token.head
    while verb.dep_ == "conj":
        verb = verb.head
    return verb.dep_ == "ROOT"


def is_filling(token: Token) -> bool:
    """“It is known that …”, “it took years to …”: no noun is meant, or one cannot tell."""
    verb = token.head
    later = {child.dep_ for child in verb.children if child.i > verb.i}
    is_being = verb.lemma_ in ("be", "’s", "'s")
    if (
        token.dep_ == "expl"
        or verb.pos_ == "ADJ"
        or verb.lemma_ in EVENTS
        or (is_being and "prep" in later)
    ):
        return True
    if is_being and _points_on(verb):
        return True
    return bool(later & CLAUSES) and (verb.lemma_ in FILLING or token.dep_ == "nsubjpass")


def _points_on(verb: Token) -> bool:
    """“It is the mayor who …”, “it is a shame that …”, “it is time to …”: the noun is still to come."""
    later = [word for word in verb.subtree if word.i > verb.i]
    told = next((child for child in verb.children if child.dep_ == "attr"), None)
    is_single = told is not None and any(
        child.dep_ == "poss" or child.lower_ == "the" for child in told.children
    )
    return is_single or any(word.lower_ in ("that", "to") for word in later)


def topic(
    token: Token, earlier: Sequence[Mentioned], before: Sequence[Mentioned]
) -> Mentioned | None:
    """Whom a subject or a possessive goes on about: all that fit `earlier` in its sentence, or in the one before."""
    if token.dep_ not in SUBJECTS | {"poss"}:
        return None
    if earlier:
        is_told = token.dep_ in SUBJECTS and not _is_told_of(token, earlier)
        return _only(earlier) if is_told else None
    if _opens(token) and token.doc[0].text not in MARKS:
        return _only([one for one in before if not one.is_quoted])
    return None


def _is_told_of(token: Token, earlier: Sequence[Mentioned]) -> bool:
    """Whether it stands in a clause about somebody else: “Doe met Roe, who thought that he was ill”."""
    others = {one.token for one in earlier if not one.is_subject}
    return any(above.dep_ == "relcl" and above.head.i in others for above in token.ancestors)


def later_topic(token: Token, here: Sequence[Mentioned]) -> Mentioned | None:
    """“When he left, Doe was ill”: the main subject right behind the clause that the pronoun stands in."""
    later = [one for one in here if one.token > token.i and one.is_subject and not one.is_quoted]
    if (
        token.dep_ not in SUBJECTS | {"poss"}
        or not later
        or any(one.token < token.i for one in here)
    ):
        return None
    found, clause = later[0], _clause(token)
    subject = token.doc[found.token]
    is_led = clause is not None and clause.head.i == subject.head.i and clause.i < subject.i
    return found if is_led and found.is_main and found.name else None


def only_person(fitting: Sequence[Mentioned]) -> Mentioned | None:
    """The one person with a name, when nobody else is there."""
    if len({one.key for one in fitting}) != 1:
        return None
    found = fitting[-1]
    words = found.name.split()
    is_named = bool(words) and all(word[:1].isupper() or word in PARTICLES for word in words)
    return found if found.kind in CERTAIN and is_named else None


def _clause(token: Token) -> Token | None:
    """What stands before the main clause and holds the token."""
    part = token
    while part.head.dep_ != "ROOT" and part.head.i != part.i:
        part = part.head
    return part if part.dep_ in ("advcl", "prep") else None


def _only(fitting: Iterable[Mentioned]) -> Mentioned | None:
    """The main subject, unless another one fits as a subject too, or another person is what it acts on."""
    fitting = list(fitting)
    if any(one.is_object and one.kind in CERTAIN for one in fitting):
        return None
    subjects = [one for one in fitting if one.is_subject]
    if len({one.key for one in subjects}) != 1 or not any(one.is_main for one in subjects):
        return None
    found = subjects[-1]
    words = [word.lower() for word in found.name.split()]
    is_plain = bool(words) and words[0] not in VAGUE and not OWNING & set(words)
    return found if is_plain and words[-1] not in VAGUE else None


def _opens(token: Token) -> bool:
    """Whether it is the subject of its sentence, or belongs to it."""
    owned = token.head if token.dep_ == "poss" else token
    return is_main_subject(owned)
