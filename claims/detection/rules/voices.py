"""Whose a “he”, a surname or “the minister” is: a memory of the people an article has named.

The memory holds who acted or spoke of late. A pronoun is the last person who was the subject of a sentence and was
never called by the other pronoun; an office is the one person who was named with it. What cannot be told stays untold.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from claims.detection.rules.naming import PARTICLES, Named, read_name
from claims.detection.speakers import Directory
from claims.detection.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

    from claims.detection.rules.parsing import Parsed

REACH = 4
MOST_REMEMBERED = 8
DEFINITE = word_set("the this that")


@dataclass(frozen=True, slots=True)
class Person:
    named: Named
    block: int


class Cast:
    """The people of one article, in the order of the reading."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._directory = Directory(text)
        self._recent: list[Person] = []
        self._seen: list[Person] = []
        self._group: Person | None = None
        self._unsure: Person | None = None
        self._roles: dict[str, str] = {}
        self._genders: dict[str, str] = {}

    def see(self, parsed: Parsed, head: Token) -> None:
        """Somebody who is named and does nothing: a “she” may be them, when nobody else can be."""
        named = read_name(
            self._text, parsed, head, set(range(head.left_edge.i, head.right_edge.i + 1))
        )
        named = self._completed(named, parsed.places[head.i].start)
        if named.is_person:
            self._seen = [*self._seen, Person(named, parsed.sentence.block)][-MOST_REMEMBERED:]

    def hear(self, parsed: Parsed, head: Token, tokens: set[int]) -> Named:
        """The source, with a full name where one is known; a pronoun nobody is known for keeps no name."""
        named = read_name(self._text, parsed, head, tokens)
        block = parsed.sentence.block
        if named.is_pronoun:
            return self._antecedent(named, block)
        named = self._completed(named, parsed.places[head.i].start)
        named = self._by_office(named, parsed, head)
        if named.is_person:
            self._remember(Person(named, block))
        elif not named.is_anonymous or named.is_plural:
            self._group = Person(named, block)
            self._unsure = self._group if _may_be_a_person(named) else None
        return named

    def _completed(self, named: Named, place: int) -> Named:
        name = self._in_full(named.name, place)
        is_person = named.is_person or (
            name[:1].isupper() and not name.isupper() and self._directory.knows(name)
        )
        role = named.role or self._roles.get(name, "")
        if role:
            self._roles.setdefault(name, role)
        if named.gender:
            self._genders.setdefault(name, named.gender)
        return replace(named, name=name, role=role, is_person=is_person)

    def _in_full(self, name: str, place: int) -> str:
        """“Doe” and “van Doe” are Jane van Doe."""
        words = name.split()
        is_last = len(words) > 1 and all(word.lower() in PARTICLES for word in words[:-1])
        if not (is_last or (len(words) == 1 and name[:1].isupper())):
            return name
        full = self._directory.full_name(words[-1], place)
        return full if full.lower().endswith(name.lower()) else name

    def _by_office(self, named: Named, parsed: Parsed, head: Token) -> Named:
        """“The minister” is the one minister who was named before."""
        first = parsed.doc[head.left_edge.i].lower_
        if named.is_person or named.is_plural or named.is_anonymous or first not in DEFINITE:
            return named
        holders = [name for name, role in self._roles.items() if named.word in role.lower().split()]
        if len(holders) != 1 or head.i - head.left_edge.i > 2:
            return named
        return replace(named, name=holders[0], role=self._roles[holders[0]], is_person=True)

    def _antecedent(self, named: Named, block: int) -> Named:
        if named.is_plural or named.word == "it":
            group = self._group
            is_near = group is not None and block - group.block <= REACH
            return (
                group.named
                if group and is_near and (named.word == "it" or group.named.is_plural)
                else named
            )
        if not named.gender:
            return named
        for person in (*reversed(self._recent), *reversed(self._seen)):
            if block - person.block > REACH:
                continue
            known = self._genders.get(person.named.name, named.gender)
            if known == named.gender:
                self._genders[person.named.name] = known
                self._remember(Person(person.named, block))
                return person.named
        unsure = self._unsure
        return unsure.named if unsure and block - unsure.block <= REACH else named

    def _remember(self, person: Person) -> None:
        self._recent = [p for p in self._recent if p.named.name != person.named.name]
        self._recent = [*self._recent, person][-MOST_REMEMBERED:]


def _may_be_a_person(named: Named) -> bool:
    """One word with a capital and no article: a surname that was taken for a place, perhaps."""
    name = named.name
    return name.istitle() and " " not in name and not named.is_plural
