"""What one sentence asserts, and who asserts each part: acts of saying and assertions brought together.

The content of each act is split by itself, and so is what is left of the sentence. What is left and only says
that somebody said it (“the mayor said on Monday”) is the frame: it makes no assertion of its own here, and
its words stand in the spans of what it introduces. An act that says nothing to be so, a question or a refusal,
is told as an event of the reporter's.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from claims.detection.base import Attribution
from claims.detection.rules.acts import Act, Family, Range
from claims.detection.rules.atoms import split
from claims.detection.rules.forms import Atom, Form
from claims.detection.rules.parsing import Parsed
from claims.detection.rules.presuppositions import with_presuppositions
from claims.detection.rules.tree import VERBAL, Region
from claims.kinds import Mode

#: Acts whose content is something held to be so. The others are things done, unless words of theirs are quoted.
TELLING = frozenset({Family.SAY, Family.THINK, Family.SHOW})
DOING = frozenset({Family.JUDGE, Family.DEMAND, Family.COMMIT})
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
    told = [act for number, act in enumerate(acts) if _is_told(parsed, acts, number)]
    contents = [_indexes(act.content_tokens) for act in told]
    said = frozenset().union(*contents)
    outside = Region(parsed.doc, [i for i in range(len(parsed.doc)) if i not in said])
    around = split(outside)
    found: list[Assertion] = []
    for act, content in zip(told, contents, strict=True):
        found.extend(_spoken(parsed, act, content, _frame(parsed, act, around)))
    cues = frozenset().union(*(_indexes(act.cue_tokens) for act in told))
    found.extend(_narrated(parsed, outside, around, cues))
    return sorted(found, key=_order)


def _order(assertion: Assertion) -> tuple[int, bool, int]:
    """By the first word; what is told of a noun in it comes after the clause."""
    return assertion.content[0], assertion.atom.is_presupposed, assertion.atom.head


def _is_told(parsed: Parsed, acts: Sequence[Act], number: int) -> bool:
    """Whether the act makes its content somebody's assertion."""
    act = acts[number]
    if not act.is_asserted or act.outer is not None or not act.content_tokens:
        return False
    content = _indexes(act.content_tokens)
    if act.family in DOING:
        return any(parsed.quoted[i] >= 0 for i in content)
    return act.family in TELLING and (_is_direct(parsed, content) or _has_clause(parsed, content))


def _has_clause(parsed: Parsed, content: frozenset[int]) -> bool:
    """Whether it is said that something is so: “announced his resignation” and “hopes to win” are deeds."""
    region = Region(parsed.doc, content)
    return any(
        region.is_clause(token) and region.subject(token) is not None for token in region.roots
    )


def _indexes(ranges: Sequence[Range]) -> frozenset[int]:
    return frozenset(index for start, end in ranges for index in range(start, end))


def _frame(parsed: Parsed, act: Act, around: Sequence[Atom]) -> Frame:
    """The words that report the act: its clause where that is found, else the source and the cue."""
    source, cue = _indexes(act.source_tokens), _indexes(act.cue_tokens)
    for atom in around:
        if atom.head in cue:
            return Frame(act, frozenset(atom.tokens) | source | cue)
    return Frame(act, source | cue)


def _spoken(parsed: Parsed, act: Act, content: frozenset[int], frame: Frame) -> Iterator[Assertion]:
    region = Region(parsed.doc, content)
    is_direct = _is_direct(parsed, content)
    atoms = with_presuppositions(parsed, region, split(region), is_attributed=True)
    is_single = sum(is_direct or not atom.is_presupposed for atom in atoms) == 1
    words = frame.words if is_single else _short(parsed, frame)
    for atom in atoms:
        own = tuple(i for i in atom.tokens if i in content)
        if not own:
            continue
        is_framed = (is_direct or not atom.is_presupposed) and _is_beside(parsed, own, frame)
        tokens = tuple(sorted({*own, *(words if is_framed else ())}))
        mode = _mode(parsed, own, is_direct=is_direct)
        yield Assertion(atom, tokens, own, mode, _attribution(act), act)


def _is_direct(parsed: Parsed, content: frozenset[int]) -> bool:
    words = [i for i in content if parsed.doc[i].is_alpha]
    return bool(words) and all(parsed.quoted[i] >= 0 for i in words)


def _mode(parsed: Parsed, own: tuple[int, ...], *, is_direct: bool) -> Mode:
    if is_direct:
        return Mode.DIRECT
    return Mode.MIXED if any(parsed.quoted[i] >= 0 for i in own) else Mode.INDIRECT


def _attribution(act: Act) -> Attribution | None:
    if not act.name and not act.is_anonymous:
        return None
    source = act.source[0] if act.source else None
    cue = act.cue[0] if act.cue else None
    return Attribution(act.name, source, cue, act.content, act.role, act.is_anonymous)


def _is_beside(parsed: Parsed, own: tuple[int, ...], frame: Frame) -> bool:
    """Whether the frame stands in the same sentence as the words: a quotation may hold several."""
    starts = {parsed.doc[index].sent.start for index in frame.words}
    return any(parsed.doc[index].sent.start in starts for index in (own[0], own[-1]))


def _short(parsed: Parsed, frame: Frame) -> frozenset[int]:
    """The frame without a long office before the speaker's name."""
    source = sorted(_indexes(frame.act.source_tokens))
    names = [index for index in source if parsed.doc[index].ent_type_ == "PERSON"]
    if not names or sum(len(parsed.doc[i]) for i in source if i < names[0]) <= LONGEST_OFFICE:
        return frame.words
    return frame.words - {index for index in source if index < names[0]}


def _narrated(
    parsed: Parsed, region: Region, around: list[Atom], cues: frozenset[int]
) -> Iterator[Assertion]:
    """What the reporter asserts beside the acts of saying."""
    atoms = with_presuppositions(parsed, region, around, is_attributed=False)
    frames = {atom.tokens for atom in around if atom.head in cues}
    for atom in atoms:
        if atom.head not in cues and _is_whole(region, atom):
            host = () if atom.is_presupposed and atom.host in frames else atom.host
            tokens = tuple(i for i in atom.tokens if i not in cues)
            yield Assertion(replace(atom, host=host), tokens, tokens)


def _is_whole(region: Region, atom: Atom) -> bool:
    """Whether the words can assert: a verb, or a noun phrase that takes something for granted."""
    if atom.form is not Form.MAIN:
        return True
    return any(region.doc[index].pos_ in VERBAL for index in atom.tokens)
