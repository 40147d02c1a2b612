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
    acts = [_act(parsed, act, names) for act in found]
    return tuple(replace(act, outer=_outer(acts, number)) for number, act in enumerate(acts))


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


def _act(parsed: Parsed, found: Found, names: dict[int, Named]) -> Act:
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
        is_anonymous=named is not None and (named.is_anonymous or _is_unnamed(parsed, named)),
        is_asserted=found.is_asserted,
        addressee=next(iter(addressee), None),
        target=next(iter(target), None),
        source_tokens=source,
        cue_tokens=cue,
        content_tokens=content,
    )


def _is_unnamed(parsed: Parsed, named: Named) -> bool:
    """“Officials said, on condition of anonymity, …”"""
    if named.is_person or named.is_pronoun:
        return False
    words = "".join(t.text_with_ws for t in parsed.doc if parsed.quoted[t.i] < 0)
    return bool(ANONYMITY.search(words))


def _outer(acts: Sequence[Act], number: int) -> int | None:
    """The innermost other act whose content holds the cue of this one."""
    cue = acts[number].cue_tokens[:1]
    best: tuple[int, int] | None = None
    for index, other in enumerate(acts):
        for start, end in other.content_tokens if cue and index != number else ():
            if start <= cue[0][0] < end and (best is None or end - start < best[0]):
                best = (end - start, index)
    return best[1] if best else None
