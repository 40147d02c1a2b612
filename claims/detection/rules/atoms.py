"""The assertions in a region of a sentence, each by the words that make it.

One clause after another, from its head: what is cut off (`cuts`) becomes an assertion of its own and takes
with it what it shares with its clause, the subject of a second verb, the noun that a relative clause is
about. What the clause only takes for granted in a noun (`presuppositions`) follows. Words may so stand in
several assertions, and those of one need not be next to each other.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from claims.detection.rules.cuts import Cut, Tie, find_cuts, is_aside, joint_before
from claims.detection.rules.forms import Atom, Form
from claims.detection.rules.lists import parted
from claims.detection.rules.tree import Region
from claims.detection.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

#: A clause that tells which thing is meant stays in its sentence unless it is longer than this part of it.
LARGEST_SHARE = 0.45
#: With these a speaker only announces what they go on to assert.
STRESSING = word_set(
    "say stress underscore underline emphasise emphasize note add repeat reiterate tell"
)


def split(region: Region) -> list[Atom]:
    """The assertions of a region, in the order of the words that are their own."""
    found: list[Atom] = []
    for root in region.roots:
        found.extend(_clause(region, root, Form.MAIN, ()))
    return sorted(found, key=_own_start)


def _own_start(atom: Atom) -> int:
    shared = set(atom.shared)
    return min((index for index in atom.tokens if index not in shared), default=atom.head)


def _clause(region: Region, head: Token, form: Form, shared: Iterable[int]) -> Iterator[Atom]:
    """The assertion of this clause, and those that are cut off from it."""
    inner = unwrapped(region, head)
    if inner is not head:
        yield from _clause(region, inner, form, _left_over(region, head, inner))
        return
    cuts = find_cuts(region, head)
    borrowed = set(shared)
    whole = region.subtree(head) | borrowed
    own = whole - _cut_off(region, whole, cuts) - _introducing(region, head)
    main = Atom(form, head.i, tuple(sorted(own)), tuple(sorted(borrowed)))
    yield from parted(region, head, main)
    for cut in cuts:
        for atom in _off(region, cut, head, own, borrowed):
            yield replace(atom, host=atom.host or main.tokens)


def _left_over(region: Region, head: Token, inner: Token) -> set[int]:
    """What follows the clause inside and was tied to the words around it."""
    later = (
        c for c in region.children(head) if c.i > inner.i and c.dep_ in ("attr", "dobj", "prep")
    )
    return {index for child in later for index in region.subtree(child)}


def _introducing(region: Region, head: Token) -> set[int]:
    """The “that” of a clause that is told without what it hung on."""
    if head.dep_ not in ("ccomp", "advcl"):
        return set()
    return {
        child.i
        for child in region.children(head)
        if child.lower_ == "that" and child.dep_ == "mark"
    }


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
    is_apart = region.subject(cut.head) is not None and _has_comma_before(region, cut)
    if parent.i != head.i and not is_apart:
        first = min(region.subtree(parent, [cut.head.i]))
        borrowed |= {index for index in own if index < first}
    if region.subject(cut.head) is None:
        borrowed |= _subject(region, parent, shared if parent.i == head.i else set())
        if not region.is_clause(cut.head):
            borrowed |= _helpers(region, parent)
    yield from _clause(region, cut.head, Form.JOINED, borrowed)


def _has_comma_before(region: Region, cut: Cut) -> bool:
    joint = joint_before(region, cut.head, cut.parent)
    first = joint.i if joint is not None else min(region.subtree(cut.head))
    return first > 0 and region.doc[first - 1].text in (",", ";")


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
    if subject.tag_ in ("WDT", "WP"):
        return set(shared)
    return bare(region, subject)


def unwrapped(region: Region, head: Token) -> Token:
    """The clause that is told by “what I can say is that …” and “I want to stress that …”."""
    told = next((c for c in region.children(head) if c.dep_ == "ccomp" and c.i > head.i), None)
    if told is None or region.subject(told) is None:
        return head
    subject = region.subject(head)
    is_cleft = head.lemma_ == "be" and subject is not None and subject.dep_ == "csubj"
    is_own = head.lemma_ in STRESSING and subject is not None and subject.lower_ in ("i", "we")
    if is_own or (is_cleft and subject is not None and subject.lemma_ in STRESSING):
        return told
    return head


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
        token.i
        for token in region.below(noun)
        if token.dep_ in ("relcl", "acl", "appos")
        or (token.dep_ == "conj" and token.head.i == noun.i)
    ]
    words = region.subtree(noun, [*closed, clause.i])
    joints = {child.i for child in region.children(noun) if child.dep_ == "cc"}
    return {index for index in words if index < clause.i} - joints
