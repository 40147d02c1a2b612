"""Who says what in an article: the acts of saying of every sentence, with their speakers.

The contract of what is given back is in `acts`. Three readers work together: the grammar of one sentence and the
marks of its quotations (`sentence_acts`, `spoken`), the people who were named before (`voices`), and here the
quotations that stand alone, which belong to whoever spoke last or is named next.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from claims.detection.attribution import ANONYMITY
from claims.detection.rules.acts import Act
from claims.detection.rules.alone import Alone
from claims.detection.rules.extents import cue_runs, places, runs
from claims.detection.rules.found import Found
from claims.detection.rules.naming import Named
from claims.detection.rules.sentence_acts import find_acts
from claims.detection.rules.subjects import PASSIVE_SUBJECTS, SUBJECTS, phrase
from claims.detection.rules.transcripts import with_labels
from claims.detection.rules.voices import Cast

if TYPE_CHECKING:
    from claims.detection.rules.parsing import Parsed

OBJECTS = frozenset({"dobj", "pobj", "appos", "dative"})


def read_reports(text: str, sentences: Sequence[Parsed]) -> list[tuple[Act, ...]]:
    """For each sentence of the article, in order, its acts of saying."""
    cast = Cast(text)
    read = [_read(cast, parsed) for parsed in sentences]
    found = Alone(text, sentences, cast).complete(read)
    with_labels(text, sentences, found)
    return found


def _read(cast: Cast, parsed: Parsed) -> tuple[Act, ...]:
    """The acts of one sentence. Who acts in it is met in the order of the words, speakers among them."""
    found = find_acts(parsed)
    names: dict[int, Named] = {}
    heard = dict(_heard(parsed, found))
    for token in parsed.doc:
        if token.i in heard:
            names[token.i] = cast.hear(parsed, token, heard[token.i])
        elif token.ent_type_ == "PERSON" and token.dep_ in OBJECTS and parsed.quoted[token.i] < 0:
            cast.see(parsed, token)
    is_unnamed = bool(ANONYMITY.search(_outside(parsed)))
    acts = [_act(parsed, act, names, is_unnamed) for act in found]
    outer = _outer(parsed, acts)
    return tuple(replace(act, outer=outer[number]) for number, act in enumerate(acts))


def _outside(parsed: Parsed) -> str:
    """The reporter's own words."""
    return "".join(t.text_with_ws for t in parsed.doc if parsed.quoted[t.i] < 0)


def _heard(parsed: Parsed, found: Sequence[Found]) -> Iterator[tuple[int, set[int]]]:
    """The words to be read as names: the sources, and the subjects with a name of their own."""
    for token in parsed.doc:
        is_subject = token.dep_ in SUBJECTS or token.dep_ in PASSIVE_SUBJECTS
        if is_subject and token.pos_ == "PROPN" and parsed.quoted[token.i] < 0:
            yield token.i, phrase(token, token.head)
    for act in found:
        if act.means is not None and act.head is not None:
            is_head = act.means.i == act.head.i
            yield act.means.i, act.source if is_head else phrase(act.means, act.verb)


def _act(parsed: Parsed, found: Found, names: dict[int, Named], is_unnamed: bool) -> Act:
    source, content = (runs(parsed, tokens) for tokens in (found.source, found.content))
    cue = cue_runs(found.cue, parsed.doc)
    named = names.get(found.means.i) if found.means is not None else None
    addressee, target = (
        places(parsed, runs(parsed, t)[:1]) for t in (found.addressee, found.target)
    )
    return Act(
        places(parsed, source),
        places(parsed, cue),
        places(parsed, content),
        found.family,
        name=named.name if named else "",
        role=named.role if named else "",
        is_anonymous=named is not None
        and (named.is_anonymous or (is_unnamed and not named.is_person and not named.is_pronoun)),
        is_asserted=found.is_asserted,
        addressee=next(iter(addressee), None),
        target=next(iter(target), None),
        source_tokens=source,
        cue_tokens=cue,
        content_tokens=content,
    )


def _outer(parsed: Parsed, acts: Sequence[Act]) -> list[int | None]:
    """For each act the innermost other whose content holds its cue: long contents are laid down first."""
    inside: list[int | None] = [None] * len(parsed.doc)
    runs_by_size = sorted(
        (
            (start - end, index, start, end)
            for index, act in enumerate(acts)
            for start, end in act.content_tokens
        )
    )
    for _, index, start, end in runs_by_size:
        inside[start:end] = [index] * (end - start)
    return [inside[act.cue_tokens[0][0]] if act.cue_tokens else None for act in acts]
