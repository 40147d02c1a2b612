"""Where a clause is cut: which ties of the grammar join one assertion to another.

A conjunct asserts beside its clause, a relative clause or a participle asserts of the noun it follows,
“because”, “while” and “after” join two assertions, “to” gives a purpose. Not cut is what asserts nothing
by itself: conditions, alternatives, infinitives that complete a verb, clauses that only tell which of
several things is meant.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum, auto
from typing import TYPE_CHECKING

from claims.detection.rules.tree import VERBAL, Region
from claims.detection.words import word_set

if TYPE_CHECKING:
    from spacy.tokens import Token


class Tie(Enum):
    """How the words that are cut off hang on the rest."""

    JOINED = auto()
    SEPARATE = auto()
    ADVERBIAL = auto()
    PARTICIPIAL = auto()
    PURPOSE = auto()
    CONCESSION = auto()
    RELATIVE = auto()
    REDUCED = auto()


@dataclass(frozen=True, slots=True)
class Cut:
    """`head` heads the words that are cut off; `parent` is the word they hang on."""

    head: Token
    parent: Token
    tie: Tie


#: Joins that assert both sides.
ASSERTING = word_set(
    "since because while whereas although though as after before when whilst where amid given"
)
#: Nouns and pronouns that a relative clause only tells apart.
GENERIC = word_set(
    """
    those anyone anybody everyone everybody someone somebody no-one nobody people person something anything
    everything nothing one ones thing things way ways reason reasons time day moment place fact idea kind sort
    what all any each every whoever
    """
)
NEGATING = word_set("no any every each never without few")
#: Verbs whose infinitive is what is done, not what it is done for.
AIMING = word_set(
    """
    work seek strive struggle fight try aim attempt go come wait move continue refuse fail agree need set appear seem
    tend want plan intend decide hope expect vow pledge promise threaten be have ask urge allow use take begin start
    """
)
CONCESSIVE = word_set("despite notwithstanding")
SHORTEST = 3
SHORTEST_REDUCED = 5


def find_cuts(region: Region, head: Token) -> list[Cut]:
    """The outermost cuts in the clause of `head`, in the order of the text."""
    found: list[Cut] = []
    waiting = [head]
    while waiting:
        parent = waiting.pop()
        for child in region.children(parent):
            tie = tie_of(region, child, parent, head)
            if tie is not None:
                found.append(Cut(child, parent, tie))
            elif not _is_closed(region, child):
                waiting.append(child)
    return sorted(found, key=lambda cut: cut.head.i)


def _is_closed(region: Region, child: Token) -> bool:
    """Whether what is inside is not asserted: a condition, a question, a comparison."""
    if child.dep_ not in ("advcl", "ccomp", "csubj"):
        return False
    return region.mark(child) in ("if", "unless", "whether", "lest", "than", "how", "why")


def tie_of(region: Region, child: Token, parent: Token, head: Token) -> Tie | None:
    match child.dep_:
        case "conj":
            return _joined(region, child, parent)
        case "ccomp" | "parataxis":
            return _separate(region, child, parent)
        case "advcl":
            return _adverbial(region, child, parent, head)
        case "relcl":
            return _relative(region, child, parent)
        case "acl":
            return _reduced(region, child, parent)
        case "prep" if child.lower_ in CONCESSIVE and parent.pos_ in VERBAL:
            return Tie.CONCESSION
    return None


def _joined(region: Region, child: Token, parent: Token) -> Tie | None:
    if child.pos_ not in VERBAL or parent.pos_ not in VERBAL or child.i < parent.i:
        return None
    joint = joint_before(region, child, parent)
    if joint is not None and joint.lower_ in ("or", "nor", "either"):
        return None
    own_subject = region.subject(child)
    if own_subject is not None:
        return Tie.JOINED
    last = max(index for index in region.subtree(parent, [child.i]) if index < child.i)
    has_words_between = any(
        region.doc[index].is_alpha and region.doc[index].dep_ not in ("cc", "advmod", "preconj")
        for index in range(parent.i + 1, last + 1)
        if index in region
    )
    is_short = sum(region.doc[index].is_alpha for index in region.subtree(child)) < 2
    return Tie.JOINED if has_words_between and not is_short else None


def joint_before(region: Region, child: Token, parent: Token) -> Token | None:
    """The “and” or “but” in front of a conjunct."""
    joints = (t for t in region.children(parent) if t.dep_ == "cc" and parent.i < t.i < child.i)
    return max(joints, key=lambda token: token.i, default=None)


def _separate(region: Region, child: Token, parent: Token) -> Tie | None:
    """Two sentences with a semicolon or a dash between them."""
    if not region.is_clause(child) or region.subject(child) is None or region.mark(child):
        return None
    first, last = sorted((child.i, parent.i))
    signs = {region.doc[index].text for index in range(first, last)}
    return Tie.SEPARATE if signs & {";", "–", "—", "--"} else None


def _adverbial(region: Region, child: Token, parent: Token, head: Token) -> Tie | None:
    mark = region.mark(child)
    words = [region.doc[index] for index in region.subtree(child)]
    if sum(word.is_alpha for word in words) <= SHORTEST:
        return None
    if region.is_infinitive(child) and not mark:
        is_last = child.i > head.i and parent.i == head.i
        return Tie.PURPOSE if is_last and parent.lemma_ not in AIMING else None
    if region.is_clause(child):
        return Tie.ADVERBIAL if mark in ASSERTING and _is_told(region, child, mark) else None
    if child.tag_ in ("VBG", "VBN") and child.i > head.i:
        is_apart = _after_comma(region, child)
        return Tie.PARTICIPIAL if is_apart and mark in ("", "while") else None
    return None


def _is_told(region: Region, child: Token, mark: str) -> bool:
    """“As you know” tells nothing; “when it rains” tells of no time; “before it closes” may not happen."""
    subject = region.subject(child)
    if subject is None or subject.lower_ == "you":
        return False
    is_past = child.tag_ in ("VBD", "VBN") or any(
        aux.tag_ == "VBD" for aux in region.children(child) if aux.dep_ in ("aux", "auxpass")
    )
    return is_past or mark not in ("when", "before", "after", "where", "as")


def _after_comma(region: Region, token: Token) -> bool:
    first = min(region.subtree(token))
    return first > 0 and region.doc[first - 1].text in (",", "–", "—", "-", "(")


def _relative(region: Region, child: Token, parent: Token) -> Tie | None:
    if region.is_infinitive(child) or parent.lower_ in GENERIC or not region.is_clause(child):
        return None
    if len(region.subtree(child)) < SHORTEST:
        return None
    if is_aside(region, child):
        return Tie.RELATIVE
    if any(t.lower_ in NEGATING for t in region.children(parent)) or _is_told_of(region, parent):
        return None
    return None if _is_supposed(region, parent) else Tie.RELATIVE


def _is_told_of(region: Region, noun: Token) -> bool:
    """Whether the clause says what is told: “was among those who”, “is a law that”, “there are some who”."""
    if noun.dep_ == "pobj" and noun.head.i in region:
        return bool(noun.head.lower_ == "among" and noun.head.head.lemma_ == "be")
    return bool(noun.dep_ == "attr")


def _is_supposed(region: Region, noun: Token) -> bool:
    """“A port that pays its debts would prosper” speaks of no port there is."""
    articles = [t.lower_ for t in region.children(noun) if t.dep_ in ("det", "poss")]
    if not set(articles) <= {"a", "an"} or noun.pos_ == "PROPN":
        return False
    above = noun
    while above.pos_ not in VERBAL and above.head.i in region and above.head.i != above.i:
        above = above.head
    return any(t.tag_ == "MD" for t in region.children(above)) or above.tag_ == "VB"


def is_aside(region: Region, token: Token) -> bool:
    """Whether the clause stands between commas, and tells more of a thing that is known."""
    return _after_comma(region, token)


def _reduced(region: Region, child: Token, parent: Token) -> Tie | None:
    size = sum(region.doc[index].is_alpha for index in region.subtree(child))
    if child.tag_ not in ("VBN", "VBD", "VBG") or parent.lower_ in GENERIC:
        return None
    if child.tag_ == "VBG":
        return Tie.REDUCED if size >= SHORTEST_REDUCED and is_aside(region, child) else None
    has_agent = any(t.dep_ == "agent" for t in region.children(child))
    is_dated = any(t.ent_type_ == "DATE" for t in region.below(child))
    is_heavy = size >= SHORTEST_REDUCED or has_agent or is_dated
    return (
        Tie.REDUCED if is_heavy and size >= SHORTEST and not _is_told_of(region, parent) else None
    )


def verbs_below(region: Region, head: Token) -> Iterator[Token]:
    return (token for token in region.below(head) if token.pos_ in VERBAL)
