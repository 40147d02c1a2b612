"""What a clause takes for granted in a noun phrase: “the bank's refusal to pay”, “rising prices of grain”.

Only noun phrases are read that name a deed or a change and whose own words say it: whose refusal, to do what.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from claims.detection.rules.atoms import bare
from claims.detection.rules.forms import Atom, Form
from claims.detection.rules.tree import Region
from claims.detection.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token

    from claims.detection.rules.parsing import Parsed

CHANGING = word_set(
    """
    increasing growing rising deepening worsening declining falling shrinking expanding mounting continuing
    escalating soaring widening strengthening weakening
    """
)
INTENDED = word_set("planned scheduled proposed upcoming intended forthcoming")
FEWEST = 4


def with_presuppositions(
    parsed: Parsed, region: Region, atoms: list[Atom], *, is_attributed: bool
) -> list[Atom]:
    """The assertions, and those that noun phrases in them make.

    The second half of a joined noun phrase that is told apart (“… and its refusal to pay”) is taken out of what is
    told of the first.
    """
    found = list(_presupposed(parsed, region, atoms, is_attributed=is_attributed))
    second = [other for other in found if region.doc[other.head].dep_ == "conj"]
    kept = [_without(atom, second) if atom.is_presupposed else atom for atom in atoms]
    return kept + found


def _presupposed(
    parsed: Parsed, region: Region, atoms: list[Atom], *, is_attributed: bool
) -> Iterator[Atom]:
    for index in region.members:
        token = region.doc[index]
        form = _form(parsed, region, token, is_attributed=is_attributed)
        if form is None:
            continue
        words = bare(region, token)
        hosts = [atom for atom in atoms if index in atom.tokens]
        if len(words) >= FEWEST and hosts and words != set(hosts[0].tokens):
            yield Atom(form, index, tuple(sorted(words)), host=hosts[0].tokens)


def _without(atom: Atom, others: list[Atom]) -> Atom:
    gone = {i for other in others if other.head in atom.tokens for i in other.tokens}
    return replace(atom, tokens=tuple(i for i in atom.tokens if i not in gone)) if gone else atom


def _form(parsed: Parsed, region: Region, noun: Token, *, is_attributed: bool) -> Form | None:
    if noun.pos_ not in ("NOUN", "PROPN") or noun.dep_ in ("ROOT", "compound"):
        return None
    children = region.children(noun)
    if any(child.dep_ == "poss" for child in children) and _is_deed(region, noun):
        return Form.POSSESSED
    if any(child.lower_ in INTENDED and child.dep_ == "amod" for child in children):
        is_told = sum(child.dep_ in ("prep", "agent") for child in children) > 1
        return Form.PLANNED if is_told else None
    return Form.JUDGED if is_attributed and _is_judged(parsed, region, noun) else None


def _is_deed(region: Region, noun: Token) -> bool:
    """“their refusal to pay”, “the port's growing debt to banks”."""
    children = region.children(noun)
    if any(child.dep_ == "acl" and region.is_infinitive(child) for child in children):
        return True
    is_changing = any(child.lower_ in CHANGING for child in children if child.dep_ == "amod")
    return is_changing and any(child.dep_ == "prep" for child in children)


def _is_judged(parsed: Parsed, region: Region, noun: Token) -> bool:
    """Whether quoted words stand before a noun that is not quoted: the “long and bitter” dispute."""
    if parsed.quoted[noun.i] >= 0:
        return False
    quoted = [
        index
        for child in region.children(noun)
        if child.dep_ in ("amod", "nmod", "compound") and child.i < noun.i
        for index in region.subtree(child)
        if parsed.quoted[index] >= 0 and region.doc[index].is_alpha
    ]
    return len(quoted) > 1
