"""What one sentence asserts, and who asserts each part: acts of saying and assertions brought together.

The content of each act is split by itself, and so is what is left of the sentence. What is left and only says
that somebody said it (“the mayor said on Monday”) is the frame: it makes no assertion of its own here, and
its words stand in the spans of what it introduces. An act that says nothing to be so, a question or a refusal,
is told as an event of the reporter's; `told` says which acts are told how. A quotation that cannot be told by itself
is told with its frame.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace

from claims.detection.base import Attribution
from claims.detection.rules.acts import Act
from claims.detection.rules.atoms import split
from claims.detection.rules.forms import Atom, Form
from claims.detection.rules.parsing import Parsed
from claims.detection.rules.presuppositions import with_presuppositions
from claims.detection.rules.told import (
    attribution_of,
    deed_mode,
    deed_of,
    indexes,
    is_direct,
    is_question,
    is_told,
    mode_of,
)
from claims.detection.rules.tree import VERBAL, Region
from claims.kinds import Mode

#: The office of a speaker is left out of a frame that is longer than this, where several claims share it.
LONGEST_OFFICE = 30


@dataclass(frozen=True, slots=True)
class Assertion:
    """`tokens` are its words in the article, with those that say whose it is; `content` are what is asserted."""

    atom: Atom
    tokens: tuple[int, ...]
    content: tuple[int, ...]
    mode: Mode = Mode.NARRATOR
    attribution: Attribution | None = None
    act: Act | None = None


@dataclass(frozen=True, slots=True)
class Frame:
    """An act with the words of the sentence that report it."""

    act: Act
    words: frozenset[int]


def read_assertions(parsed: Parsed, acts: Sequence[Act]) -> list[Assertion]:
    """The assertions of a sentence, in the order of their own words."""
    told, deeds = _sorted(parsed, acts)
    outside, around = _around(parsed, told)
    found: list[Assertion] = []
    for act in told:
        found.extend(_spoken(parsed, act, _frame(act, around)))
    cues = frozenset().union(*(indexes(act.cue_tokens) | _relative(parsed, act) for act in told))
    found.extend(_narrated(parsed, outside, around, cues, deeds))
    return sorted(found, key=_order)


def read_whole(parsed: Parsed, acts: Sequence[Act], spoken: Collection[Act]) -> Iterator[Assertion]:
    """Each act that is told and gave no claim, told as it stands: “Why?” he asked."""
    told, _ = _sorted(parsed, acts)
    silent = [act for act in told if act not in spoken and act.cue_tokens]
    around = _around(parsed, told)[1] if silent else []
    for act in silent:
        content = indexes(act.content_tokens)
        tokens = tuple(sorted(_frame(act, around).words | content))
        is_asked = is_question(parsed, sorted(content))
        mode = Mode.NARRATOR if is_asked else mode_of(parsed, content)
        atom = Atom(Form.MAIN, act.cue_tokens[0][0], tokens)
        said = attribution_of(act, is_told=True)
        yield Assertion(atom, tokens, tokens, mode, said, act)


def _sorted(parsed: Parsed, acts: Sequence[Act]) -> tuple[list[Act], list[Act]]:
    """The acts whose content somebody asserts, and the others."""
    told = [is_told(parsed, acts, number) for number in range(len(acts))]
    pairs = list(zip(acts, told, strict=True))
    return [act for act, is_it in pairs if is_it], [act for act, is_it in pairs if not is_it]


def _around(parsed: Parsed, told: Sequence[Act]) -> tuple[Region, list[Atom]]:
    """What is left of the sentence beside what is said in it."""
    said = frozenset().union(*(indexes(act.content_tokens) for act in told))
    outside = Region(parsed.doc, [i for i in range(len(parsed.doc)) if i not in said])
    return outside, split(outside)


def _order(assertion: Assertion) -> tuple[int, bool, int]:
    """By the first word; what is told of a noun in it comes after the clause."""
    return assertion.content[0], assertion.atom.is_presupposed, assertion.atom.head


def _frame(act: Act, around: Sequence[Atom]) -> Frame:
    """The words that report the act: its clause where that is found, else the source and the cue."""
    source, cue = indexes(act.source_tokens), indexes(act.cue_tokens)
    for atom in around:
        if atom.head in cue:
            return Frame(act, frozenset(atom.tokens) | source | cue)
    return Frame(act, source | cue)


def _spoken(parsed: Parsed, act: Act, frame: Frame) -> Iterator[Assertion]:
    content = indexes(act.content_tokens)
    region = Region(parsed.doc, content)
    is_quoted = is_direct(parsed, content)
    atoms = with_presuppositions(parsed, region, split(region), is_attributed=True)
    is_single = sum(is_quoted or not atom.is_presupposed for atom in atoms) == 1
    words = frame.words if is_single else _short(parsed, frame)
    for atom in atoms:
        own = tuple(i for i in atom.tokens if i in content)
        if not (own and _is_whole(region, atom)) or is_question(parsed, own):
            continue
        is_framed = (is_quoted or not atom.is_presupposed) and _is_beside(parsed, own, frame)
        tokens = tuple(sorted({*own, *(words if is_framed else ())}))
        mode = Mode.DIRECT if is_quoted else mode_of(parsed, own)
        mode = Mode.MIXED if mode is Mode.DIRECT and not is_quoted else mode
        yield Assertion(atom, tokens, own, mode, attribution_of(act), act)


def _is_beside(parsed: Parsed, own: tuple[int, ...], frame: Frame) -> bool:
    """Whether the frame stands in the same sentence as the words: a quotation may hold several."""
    starts = {parsed.doc[index].sent.start for index in frame.words}
    return any(parsed.doc[index].sent.start in starts for index in (own[0], own[-1]))


def _short(parsed: Parsed, frame: Frame) -> frozenset[int]:
    """The frame without a long office before the speaker's name."""
    source = sorted(indexes(frame.act.source_tokens))
    names = [index for index in source if parsed.doc[index].ent_type_ == "PERSON"]
    if not names or sum(len(parsed.doc[i]) for i in source if i < names[0]) <= LONGEST_OFFICE:
        return frame.words
    return frame.words - {index for index in source if index < names[0]}


def _narrated(
    parsed: Parsed,
    region: Region,
    around: list[Atom],
    cues: frozenset[int],
    deeds: Sequence[Act],
) -> Iterator[Assertion]:
    """What the reporter asserts beside the acts of saying, and the acts that are told as deeds."""
    atoms = with_presuppositions(parsed, region, around, is_attributed=False)
    frames = {atom.tokens for atom in around if atom.head in cues}
    for atom in atoms:
        if atom.head not in cues and _is_whole(region, atom):
            host = () if atom.is_presupposed and atom.host in frames else atom.host
            tokens = tuple(i for i in atom.tokens if i not in cues)
            told = Assertion(replace(atom, host=host), tokens, tokens)
            act = deed_of(deeds, atom)
            yield _deed(parsed, told, act) if act else told


def _relative(parsed: Parsed, act: Act) -> frozenset[int]:
    """The “who” of “… Roe, who said …”, which says nothing without its verb."""
    source = indexes(act.source_tokens)
    return frozenset(i for i in source if parsed.doc[i].tag_ in ("WP", "WDT"))


def _deed(parsed: Parsed, told: Assertion, act: Act) -> Assertion:
    mode, said = deed_mode(parsed, act, told.atom), attribution_of(act, is_told=True)
    return replace(told, mode=mode, attribution=said, act=act)


def _is_whole(region: Region, atom: Atom) -> bool:
    """Whether the words can assert: a verb, or a noun phrase that takes something for granted."""
    if atom.form is not Form.MAIN:
        return True
    return any(region.doc[index].pos_ in VERBAL for index in atom.tokens)
