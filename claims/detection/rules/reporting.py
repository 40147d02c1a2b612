"""Who says what in an article: the acts of saying of every sentence, with their speakers.

The contract of what is given back is in `acts`. Three readers work together: the grammar of one sentence and the
marks of its quotations (`sentence_acts`, `spoken`), the people who were named before (`voices`), and here the
quotations that stand alone, which belong to whoever spoke last or is named next.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from claims.detection.rules.acts import Act
from claims.detection.rules.alone import Alone
from claims.detection.rules.extents import places, runs
from claims.detection.rules.found import Found
from claims.detection.rules.naming import Named
from claims.detection.rules.sentence_acts import find_acts
from claims.detection.rules.subjects import PASSIVE_SUBJECTS, SUBJECTS, phrase
from claims.detection.rules.voices import Cast

if TYPE_CHECKING:
    from spacy.tokens import Token

    from claims.detection.rules.parsing import Parsed


def read_reports(text: str, sentences: Sequence[Parsed]) -> list[tuple[Act, ...]]:
    """For each sentence of the article, in order, its acts of saying."""
    cast = Cast(text)
    read = [_read(cast, parsed) for parsed in sentences]
    return Alone(text, sentences, cast).complete(read)


def _read(cast: Cast, parsed: Parsed) -> tuple[Act, ...]:
    """The acts of one sentence. Who acts in it is met in the order of the words, speakers among them."""
    found = find_acts(parsed)
    names: dict[int, Named] = {}
    for token, tokens in _heard(parsed, found):
        names[token.i] = cast.hear(parsed, token, tokens)
    acts = [_act(parsed, act, names) for act in found]
    return tuple(replace(act, outer=_outer(acts, number)) for number, act in enumerate(acts))


def _heard(parsed: Parsed, found: Sequence[Found]) -> list[tuple[Token, set[int]]]:
    """The words to be read as names: the sources, and the subjects with a name of their own."""
    heard: dict[int, tuple[Token, set[int]]] = {}
    for token in parsed.doc:
        is_subject = token.dep_ in SUBJECTS or token.dep_ in PASSIVE_SUBJECTS
        if is_subject and token.pos_ == "PROPN" and parsed.quoted[token.i] < 0:
            heard[token.i] = (token, phrase(token, token.head))
    for act in found:
        if act.means is not None and act.head is not None:
            tokens = act.source if act.means.i == act.head.i else phrase(act.means, act.verb)
            heard[act.means.i] = (act.means, tokens)
    return [heard[index] for index in sorted(heard)]


def _act(parsed: Parsed, found: Found, names: dict[int, Named]) -> Act:
    source, cue, content = (runs(parsed, t) for t in (found.source, found.cue, found.content))
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
        is_anonymous=bool(named and named.is_anonymous),
        is_asserted=found.is_asserted,
        addressee=next(iter(addressee), None),
        target=next(iter(target), None),
        source_tokens=source,
        cue_tokens=cue,
        content_tokens=content,
    )


def _outer(acts: Sequence[Act], number: int) -> int | None:
    """The innermost other act whose content holds the cue of this one."""
    cue = acts[number].cue_tokens[:1]
    best: tuple[int, int] | None = None
    for index, other in enumerate(acts):
        for start, end in other.content_tokens if cue and index != number else ():
            if start <= cue[0][0] < end and (best is None or end - start < best[0]):
                best = (end - start, index)
    return best[1] if best else None
