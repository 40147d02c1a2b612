"""The assertions in a region of a sentence, each by the words that make it.

One clause after another, from its head: what is cut off (`cuts`) becomes an assertion of its own and takes
with it what it shares with its clause, the subject of a second verb, the noun that a relative clause is
about. What the clause only takes for granted in a noun (`presuppositions`) follows. Words may so stand in
several assertions, and those of one need not be next to each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from claims.detection.rules.cuts import Cut, Tie, find_cuts, is_aside, joint_before
from claims.detection.rules.tree import SUBJECTS, VERBAL, Region

if TYPE_CHECKING:
    from spacy.tokens import Token

#: A clause that tells which thing is meant stays in its sentence unless it is longer than this part of it.
LARGEST_SHARE = 0.45


class Form(StrEnum):
    """What the words of an assertion are in the grammar of their sentence."""

    MAIN = "main"
    JOINED = "joined"
    ADVERBIAL = "adverbial"
    PARTICIPIAL = "participial"
    PURPOSE = "purpose"
    CONCESSION = "concession"
    RELATIVE = "relative"
    REDUCED = "reduced"
    LISTED = "listed"
    POSSESSED = "possessed"
    PLANNED = "planned"
    JUDGED = "judged"


PRESUPPOSED = frozenset(
    {Form.RELATIVE, Form.REDUCED, Form.POSSESSED, Form.PLANNED, Form.JUDGED, Form.CONCESSION}
)


@dataclass(frozen=True, slots=True)
class Atom:
    """One assertion. `head` is the token that says it, `tokens` are its words, `shared` those it borrows."""

    form: Form
    head: int
    tokens: tuple[int, ...]
    shared: tuple[int, ...] = ()

    @property
    def is_presupposed(self) -> bool:
        return self.form in PRESUPPOSED


def split(region: Region) -> list[Atom]:
    """The assertions of a region, in the order of the words that are their own."""
    found: list[Atom] = []
    for root, tail in _grouped(region):
        found.extend(_clause(region, root, Form.MAIN, (), tail))
    return sorted(found, key=_own_start)


def _own_start(atom: Atom) -> int:
    shared = set(atom.shared)
    return min((index for index in atom.tokens if index not in shared), default=atom.head)


def _grouped(region: Region) -> list[tuple[Token, set[int]]]:
    """Each root that is a clause, with the words of the roots after it that are none."""
    groups: list[tuple[Token, set[int]]] = []
    loose: set[int] = set()
    for root in region.roots:
        if _heads_clause(region, root):
            groups.append((root, loose))
            loose = set()
        elif groups:
            groups[-1][1].update(region.subtree(root))
        else:
            loose |= region.subtree(root)
    if loose and region.roots:
        groups.append((region.roots[0], loose))
    return groups


def _heads_clause(region: Region, root: Token) -> bool:
    if root.pos_ in VERBAL:
        return root.dep_ not in ("aux", "auxpass") and len(region.subtree(root)) > 1
    return any(child.dep_ in SUBJECTS for child in region.children(root))


def _clause(
    region: Region, head: Token, form: Form, shared: Iterable[int], extra: Iterable[int] = ()
) -> Iterator[Atom]:
    """The assertion of this clause, and those that are cut off from it."""
    cuts = find_cuts(region, head)
    borrowed = set(shared)
    whole = region.subtree(head) | borrowed | set(extra)
    own = whole - _cut_off(region, whole, cuts)
    yield Atom(form, head.i, tuple(sorted(own)), tuple(sorted(borrowed)))
    for cut in cuts:
        yield from _off(region, cut, head, own, borrowed)


def _cut_off(region: Region, whole: set[int], cuts: list[Cut]) -> set[int]:
    """The words that the clause loses."""
    gone: set[int] = set()
    size = _size(region, whole)
    for cut in cuts:
        words = region.subtree(cut.head)
        tells_which = cut.tie in (Tie.RELATIVE, Tie.REDUCED) and not is_aside(region, cut.head)
        if tells_which and _size(region, words) <= LARGEST_SHARE * size:
            continue
        gone |= words
        joint = joint_before(region, cut.head, cut.parent) if cut.tie is Tie.JOINED else None
        if joint is not None:
            gone.add(joint.i)
    return gone - _trailing_date(region, cuts)


def _size(region: Region, indexes: Iterable[int]) -> int:
    return sum(len(region.doc[index]) for index in indexes)


def _trailing_date(region: Region, cuts: list[Cut]) -> set[int]:
    """“… to end the strike in 1979”: the date tells when it was done."""
    kept: set[int] = set()
    for cut in cuts:
        if cut.tie is Tie.PURPOSE:
            kept |= _last_date(region, cut.head)
    return kept


def _last_date(region: Region, head: Token) -> set[int]:
    children = [child for child in region.children(head) if child.dep_ != "punct"]
    if not children or children[-1].dep_ != "prep":
        return set()
    words = region.subtree(children[-1])
    return words if any(region.doc[index].ent_type_ == "DATE" for index in words) else set()


def _off(region: Region, cut: Cut, head: Token, own: set[int], shared: set[int]) -> Iterator[Atom]:
    """The assertions of the words that a cut takes off."""
    match cut.tie:
        case Tie.JOINED:
            yield from _joined(region, cut, head, own, shared)
        case Tie.SEPARATE:
            yield from _clause(region, cut.head, Form.JOINED, ())
        case Tie.ADVERBIAL:
            yield from _without_mark(region, cut, Form.ADVERBIAL, ())
        case Tie.PARTICIPIAL:
            yield from _without_mark(region, cut, Form.PARTICIPIAL, _subject(region, head, shared))
        case Tie.PURPOSE:
            words = region.subtree(cut.head) - _last_date(region, cut.head)
            before = {index for index in own if index < cut.head.i}
            yield Atom(
                Form.PURPOSE, cut.head.i, tuple(sorted(words | before)), tuple(sorted(before))
            )
        case Tie.CONCESSION:
            words = region.subtree(cut.head)
            yield Atom(Form.CONCESSION, cut.head.i, tuple(sorted(words)))
        case Tie.RELATIVE:
            yield from _clause(
                region, cut.head, Form.RELATIVE, noun_phrase(region, cut.parent, cut.head)
            )
        case Tie.REDUCED:
            yield from _clause(
                region, cut.head, Form.REDUCED, noun_phrase(region, cut.parent, cut.head)
            )


def _without_mark(region: Region, cut: Cut, form: Form, shared: Iterable[int]) -> Iterator[Atom]:
    marks = {child.i for child in region.children(cut.head) if child.dep_ == "mark"}
    for number, atom in enumerate(_clause(region, cut.head, form, shared)):
        tokens = tuple(i for i in atom.tokens if number or i not in marks)
        yield Atom(atom.form, atom.head, tokens, atom.shared)


def _joined(
    region: Region, cut: Cut, head: Token, own: set[int], shared: set[int]
) -> Iterator[Atom]:
    """A second verb, with the subject and the helping verbs of the first where it has none."""
    parent = cut.parent
    borrowed: set[int] = set()
    if parent.i != head.i:
        first = min(region.subtree(parent, [cut.head.i]))
        borrowed |= {index for index in own if index < first}
    if region.subject(cut.head) is None:
        borrowed |= _subject(region, parent, shared if parent.i == head.i else set())
        if not region.is_clause(cut.head):
            borrowed |= _helpers(region, parent)
    yield from _clause(region, cut.head, Form.JOINED, borrowed)


def _helpers(region: Region, verb: Token) -> set[int]:
    return {
        child.i
        for child in region.children(verb)
        if child.dep_ in ("aux", "auxpass", "neg") and child.i < verb.i
    }


def _subject(region: Region, head: Token, shared: Iterable[int]) -> set[int]:
    """The words of the subject, without the clauses that hang on it."""
    subject = region.subject(head)
    if subject is None:
        if head.dep_ == "conj" and head.head.i in region:
            return set(shared) or _subject(region, head.head, ())
        return set(shared)
    return bare(region, subject)


def bare(region: Region, noun: Token) -> set[int]:
    """A noun phrase without clauses and asides."""
    closed = [
        token.i
        for token in region.below(noun)
        if token.dep_ in ("relcl", "appos") or (token.dep_ == "acl" and is_aside(region, token))
    ]
    return region.subtree(noun, closed)


def noun_phrase(region: Region, noun: Token, clause: Token) -> set[int]:
    """The noun that a clause hangs on, with what stands before the clause."""
    if noun.tag_ == "CD" and noun.dep_ == "pobj" and noun.head.i in region:
        above = noun.head.head
        if above.i in region:
            noun = above
    closed = [
        token.i for token in region.below(noun) if token.dep_ in ("relcl", "acl", "appos", "conj")
    ]
    words = region.subtree(noun, [*closed, clause.i])
    return {index for index in words if index < clause.i and region.doc[index].dep_ != "cc"}
