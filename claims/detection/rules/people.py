"""What kind of thing a noun phrase names: a man, a woman, a person, several, a thing, or one cannot tell.

A pronoun is told of its antecedent by these alone, so each is said only on firm ground: a title, a word of kinship or
office with a sex of its own, a given name that is hardly ever the other sex's. All else stays open.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from claims.detection.rules.naming import ORGANISATIONS
from claims.detection.speakers import HEADS, INSTITUTIONS, TITLES
from claims.detection.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

FEMALE = word_set(
    """
    ms mrs miss mme lady queen princess duchess baroness dame spokeswoman congresswoman chairwoman businesswoman
    policewoman actress mother sister wife daughter aunt niece grandmother girl girlfriend woman widow mum mom nun
    """
)
MALE = word_set(
    """
    mr sir lord king prince duke baron spokesman congressman chairman businessman policeman fisherman father brother
    husband son uncle nephew grandfather boy boyfriend man widower dad monk gentleman salesman fireman gunman
    """
)
WOMENS_NAMES = word_set(
    """
    mary patricia jennifer linda elizabeth barbara susan jessica sarah karen lisa nancy margaret sandra ashley emily
    donna michelle amanda melissa deborah stephanie rebecca laura cynthia dorothy amy kathleen angela shirley brenda
    emma anna pamela nicole samantha katherine christine helen debra rachel carolyn janet maria catherine heather diane
    olivia julie joyce victoria ruth virginia lauren christina joan judith hannah jacqueline martha gloria teresa ann
    sara madison kathryn janice jean alice julia grace theresa beverly denise marilyn amber danielle rose brittany
    diana jane wendy ellen angelina hillary nancy priti theresa fiona claire clare charlotte lucy sophie zoe isabel
    claudia priscilla veronica adriana daniela
    fatima aisha ayesha ursula ingrid astrid elena irina svetlana natalia olga tatiana ekaterina yulia
    """
)
MENS_NAMES = word_set(
    """
    james robert john michael david william richard joseph thomas christopher charles daniel matthew anthony mark
    donald steven andrew paul joshua kenneth kevin brian george timothy ronald jason edward jeffrey ryan jacob gary
    nicholas eric jonathan stephen larry justin scott brandon benjamin samuel gregory alexander patrick frank raymond
    jack dennis jerry tyler aaron jose adam nathan henry zachary douglas peter kyle noah ethan jeremy walter christian
    keith roger terry austin sean gerald carl harold dylan arthur lawrence jordan jesse bryan billy bruce gabriel joe
    logan alan juan albert willie elijah wayne randy vincent mason roy ralph bobby russell bradley philip eugene tony
    ahmed mohammed mohammad muhammad ali omar hassan hussein ibrahim vladimir sergei dmitry boris igor ivan mikhail
    tim jim tom bill bob mike steve dave nick ben greg matt antony ned hugo pedro carlos luis pierre jacques hans klaus
    """
) - {"jordan", "ryan", "logan", "tyler", "kyle", "jean", "mason", "austin", "madison"}
#: Words that are people in one noun, and what is one thing although it is many people.
PERSONAL = (
    (HEADS - ORGANISATIONS - word_set("""
        ministry group agencies authority authorities government administration army military navy force department
        office bureau commission committee council union party campaign team university hospital company firm agency
        court board panel jury report reports study survey poll statement letter document documents article newspaper
        paper outlet website network channel station media family organisation organization organisations foundation
        charity association federation institute bank delegation countries state states city county data figures
        statistics release filing indictment complaint lawsuit ruling memo email tweet post one some many others
        everyone someone both who police head chair source sources chief people men women parents insiders
        """))
    | FEMALE | MALE
    | word_set("national victim teenager baby infant toddler passer-by murderer killer author player striker captain "
               "billionaire millionaire magnate tycoon mogul nominee contender front-runner frontrunner challenger "
               "rival immigrant refugee prisoner lobbyist strategist")
)  # fmt: skip
COMPANIES = ORGANISATIONS | INSTITUTIONS | word_set("government administration authority")


THINGS = frozenset({"GPE", "LOC", "FAC", "DATE", "MONEY", "EVENT", "PRODUCT", "LAW", "WORK_OF_ART"})


class Kind(Enum):
    MAN = "man"
    WOMAN = "woman"
    PERSON = "person"
    SEVERAL = "several"
    THING = "thing"
    OPEN = "open"


def gender_of(words: list[str]) -> Kind:
    """A man, a woman, or a person of either sex, by the words of a name with its titles."""
    plain = [word.lower().strip(".,") for word in words]
    if any(word in FEMALE for word in plain):
        return Kind.WOMAN
    if any(word in MALE for word in plain):
        return Kind.MAN
    first = next((word for word in plain if word not in TITLES), "")
    if len(plain) > 1 and first in WOMENS_NAMES:
        return Kind.WOMAN
    if len(plain) > 1 and first in MENS_NAMES:
        return Kind.MAN
    return Kind.PERSON


@dataclass(frozen=True, slots=True)
class Known:
    """What the whole document shows: the last names of people, and the words that are surely no person's."""

    people: frozenset[str]
    things: frozenset[str]


def kind_of(noun: Token, known: Known) -> Kind:
    """What this head noun names."""
    if any(child.dep_ == "conj" for child in noun.children) or noun.tag_ in ("NNS", "NNPS"):
        return Kind.SEVERAL
    if noun.lower_ in ("police", "people"):
        return Kind.SEVERAL
    if noun.pos_ == "PROPN":
        return _kind_of_name(noun, known)
    if noun.lower_ in PERSONAL:
        return gender_of([noun.text])
    return Kind.THING


def _kind_of_name(noun: Token, known: Known) -> Kind:
    words = [child.text for child in noun.lefts if child.dep_ == "compound"]
    if noun.text in known.people:
        return gender_of([*words, noun.text])
    if noun.lower_ in COMPANIES or noun.text in known.things or noun.ent_type_ in THINGS:
        return Kind.THING
    if noun.ent_type_ == "PERSON":
        return gender_of([*words, noun.text])
    if noun.ent_type_ == "ORG" and (words or noun.text.isupper()):
        return Kind.THING
    return Kind.OPEN


def known_of(sentences: Iterable[Doc], people: frozenset[str]) -> Known:
    """A word that the pipeline takes for a body or a place twice, and never for a person, is one."""
    taken: dict[str, list[str]] = {}
    for doc in sentences:
        for entity in doc.ents:
            taken.setdefault(entity[-1].text, []).append(entity.label_)
    things = {
        word
        for word, labels in taken.items()
        if "PERSON" not in labels and sum(label in THINGS or label == "ORG" for label in labels) > 1
    }
    return Known(people, frozenset(things - people))


def may_be(kind: Kind, pronoun: str) -> bool:
    """Whether “he”, “she”, “it” or “they” can stand for it. What is open can be anything that is one."""
    allowed = {
        "he": (Kind.MAN, Kind.PERSON, Kind.OPEN),
        "she": (Kind.WOMAN, Kind.PERSON, Kind.OPEN),
        "it": (Kind.THING, Kind.OPEN),
        "they": (Kind.SEVERAL,),
    }
    return kind in allowed[pronoun]
