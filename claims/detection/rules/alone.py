"""Quotations without a reporter's word beside them: whose they are.

A speaker goes on in the next sentence, and over paragraphs while the quotation is left open. “The mayor was blunt: ”
or “Doe disagreed.” introduces what follows. Several quotations may wait for a speaker who is named after them. A
paragraph that is a quotation only belongs to who spoke in the paragraph before.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from claims.detection.rules.acts import Act, Family
from claims.detection.rules.cue_phrases import cue_tokens
from claims.detection.rules.extents import cue_runs, places, runs
from claims.detection.rules.spoken import spoken_runs
from claims.detection.rules.subjects import phrase, subject_of

if TYPE_CHECKING:
    from spacy.tokens import Token

    from claims.detection.rules.parsing import Parsed
    from claims.detection.rules.voices import Cast


class Alone:
    """One reading on, sentence by sentence, with who spoke last."""

    def __init__(self, text: str, sentences: Sequence[Parsed], cast: Cast) -> None:
        self._text = text
        self._sentences = sentences
        self._cast = cast
        self._last: Act | None = None
        self._spoke_in = -1
        self._block_before = -1
        self._is_open = False
        self._waiting: list[int] = []

    def complete(self, read: Sequence[tuple[Act, ...]]) -> list[tuple[Act, ...]]:
        found = list(read)
        for index, parsed in enumerate(self._sentences):
            if index and self._sentences[index - 1].sentence.block != parsed.sentence.block:
                self._turn(index)
            if is_quotation_only(parsed):
                self._quotation(found, index)
            else:
                self._told(found, index)
            quotations = parsed.sentence.quotations
            self._is_open = bool(quotations) and quotations[-1].is_open
        return found

    def _turn(self, index: int) -> None:
        """A new paragraph: those who waited in vain are nobody's, unless their quotation is still open."""
        self._block_before = self._sentences[index - 1].sentence.block
        if not self._is_open:
            self._waiting = []

    def _told(self, found: list[tuple[Act, ...]], index: int) -> None:
        parsed = self._sentences[index]
        found[index] = tuple(self._added(parsed, act) for act in found[index])
        spoken = [act for act in found[index] if _is_speech(parsed, act)]
        if spoken:
            for waiting in self._waiting:
                found[waiting] = (*found[waiting], self._going_on(waiting, spoken[0]))
            self._last, self._spoke_in = spoken[-1], parsed.sentence.block
        else:
            self._last = self._introduced(parsed) or self._still(parsed, found[index])
        self._waiting = []

    def _added(self, parsed: Parsed, act: Act) -> Act:
        """“Adding: “…”” as a sentence of its own is the speaker's of before."""
        last, block = self._last, parsed.sentence.block
        is_first = bool(act.cue_tokens) and act.cue_tokens[0][0] == 0
        is_bare = is_first and not act.source and parsed.doc[0].tag_ == "VBG"
        if last is None or not is_bare or self._spoke_in not in (block, self._block_before):
            return act
        whose = replace(act, source=last.source, name=last.name, role=last.role)
        return replace(whose, is_anonymous=last.is_anonymous)

    def _still(self, parsed: Parsed, acts: Sequence[Act]) -> Act | None:
        """After a sentence of the reporter's own the speaker is still the one of before only in reported speech."""
        said = [
            act for act in acts if act.family is Family.SAY and act.source and act.outer is None
        ]
        if said:
            self._spoke_in = parsed.sentence.block
        return said[-1] if said else None

    def _introduced(self, parsed: Parsed) -> Act | None:
        """The one who acts in a sentence before a quotation, when it leads to it."""
        root = next((t for t in parsed.doc if t.dep_ == "ROOT" and t.pos_ in ("VERB", "AUX")), None)
        subject = subject_of(root) if root is not None else None
        if root is None or subject is None or subject.is_passive or parsed.quoted[root.i] >= 0:
            return None
        kinds = ("PROPN", "PRON", "NOUN") if root.pos_ == "VERB" else ("PROPN",)
        if subject.head.pos_ not in kinds:
            return None
        self._spoke_in = parsed.sentence.block
        return self._made(parsed, root, subject.head)

    def _made(self, parsed: Parsed, verb: Token, head: Token) -> Act | None:
        tokens = phrase(head, verb)
        named = self._cast.hear(parsed, head, tokens)
        source, cue = runs(parsed, tokens), cue_runs(cue_tokens(verb), parsed.doc)
        return Act(
            places(parsed, source),
            places(parsed, cue),
            (),
            name=named.name,
            role=named.role,
            is_anonymous=named.is_anonymous,
        )

    def _quotation(self, found: list[tuple[Act, ...]], index: int) -> None:
        parsed = self._sentences[index]
        block = parsed.sentence.block
        if self._last is None or self._spoke_in not in (block, self._block_before):
            self._waiting.append(index)
            return
        found[index] = (*found[index], self._going_on(index, self._last))
        self._spoke_in = block

    def _going_on(self, index: int, act: Act) -> Act:
        parsed = self._sentences[index]
        ranges = tuple(spoken_runs(parsed)) or runs(parsed, range(len(parsed.doc)))
        return replace(
            act,
            content=places(parsed, ranges),
            content_tokens=ranges,
            source_tokens=(),
            cue_tokens=(),
            goes_on=True,
            outer=None,
            addressee=None,
            target=None,
        )


def is_quotation_only(parsed: Parsed) -> bool:
    """Whether no word stands outside the quotation marks."""
    words = [t.i for t in parsed.doc if not t.is_punct]
    return bool(words) and all(parsed.quoted[i] >= 0 for i in words)


def _is_speech(parsed: Parsed, act: Act) -> bool:
    """Whether a quotation is part of what was said, and somebody said it."""
    return bool(act.source) and any(parsed.quoted[start] >= 0 for start, _ in act.content_tokens)
