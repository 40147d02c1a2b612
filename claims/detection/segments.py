"""The sentences of an article's body, each with its quotations and its skeleton.

The skeleton is the sentence as its reporter wrote it: each quotation is one placeholder, brackets
are left out, all white space is a blank. Words of saying are looked for there, so that the words of
a quotation, or an editor's insertion, are never taken for the reporter's. Each character of the
skeleton knows the run of the document that it stands for.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from articles.document import BODY_KINDS, Block, BlockKind, Document
from articles.ingest.lines import BULLET_SIGN
from claims.detection.base import Place
from claims.detection.quotes import Quotation, find_quotations
from claims.detection.sentences import split

QUOTED = "\N{OBJECT REPLACEMENT CHARACTER}"
BRACKETED = re.compile(r"\s?(?:\([^()]*\)|\[[^\[\]]*\])")
#: How an agency's report begins: “TAIPEI, March 3 (Reuters) - ”, “LONDON — ”. It asserts nothing.
DATELINE = re.compile(
    r"[A-Z]{2,}[^\n()]{0,60}?\s?\([^()\n]{2,20}\)\s*[-–—]+\s+"
    r"|[A-Z]{3,}(?:,?\s[A-Z][\w.]*){0,3}\s+(?:[–—]{1,2}|--?)\s+(?=[A-Z“\"])"
)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of the body. `block` is the index of its block in the document."""

    block: int
    start: int
    end: int
    quotations: tuple[Quotation, ...]

    @property
    def place(self) -> Place:
        return Place(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Skeleton:
    """`runs[i]` is what `text[i]` stands for in the document."""

    text: str
    runs: tuple[tuple[int, int], ...]

    def place(self, start: int, end: int) -> Place:
        """The run of the document from `text[start]` to `text[end - 1]`, without outer blanks."""
        words = self.text[start:end]
        start += len(words) - len(words.lstrip(" ,;:"))
        end -= len(words) - len(words.rstrip(" ,;"))
        return Place(self.runs[start][0], self.runs[max(start, end - 1)][1])


def read_body(document: Document) -> list[Sentence]:
    """The sentences of the blocks that assert something, in reading order."""
    body = [(i, b) for i, b in enumerate(document.blocks) if b.kind in BODY_KINDS]
    found: list[Sentence] = []
    for number, (index, block) in enumerate(body, start=1):
        after = body[number][1] if number < len(body) else None
        found.extend(_sentences(document.text, index, block, after))
    return found


def _sentences(text: str, index: int, block: Block, after: Block | None) -> Iterator[Sentence]:
    start = _after_lead_in(text, block)
    quotations = find_quotations(text, start, block.end)
    if quotations and quotations[-1].is_open and not _goes_on(text, quotations[-1], after):
        quotations = quotations[:-1]
    last = 0
    for first, end in split(text, start, block.end, [(q.start, q.end) for q in quotations]):
        begin = last
        while last < len(quotations) and quotations[last].start < end:
            last += 1
        yield Sentence(index, first, end, quotations[begin:last])


def _after_lead_in(text: str, block: Block) -> int:
    """Where the sentences begin: after a bullet, or an agency's dateline."""
    lead_in = BULLET_SIGN if block.kind is BlockKind.LIST_ITEM else DATELINE
    match = lead_in.match(text, block.start, block.end)
    return match.end() if match and match.end() < block.end else block.start


def _goes_on(text: str, quotation: Quotation, after: Block | None) -> bool:
    """A quotation left open goes on when the next paragraph opens again, as printers do."""
    return after is not None and text[after.start] == text[quotation.start]


def skeleton(text: str, sentence: Sentence) -> Skeleton:
    letters: list[str] = []
    runs: list[tuple[int, int]] = []
    place = sentence.start
    for start, end, is_quotation in _hidden(text, sentence):
        letters.append(_plain(text[place:start]))
        runs.extend((i, i + 1) for i in range(place, start))
        if is_quotation:
            letters.append(QUOTED)
            runs.append((start, end))
        place = end
    letters.append(_plain(text[place : sentence.end]))
    runs.extend((i, i + 1) for i in range(place, sentence.end))
    return Skeleton("".join(letters), tuple(runs))


def _hidden(text: str, sentence: Sentence) -> list[tuple[int, int, bool]]:
    """Quotations and brackets, in order; a bracket inside a quotation is part of it."""
    hidden = [(q.start, q.end, True) for q in sentence.quotations]
    place = sentence.start
    for start, end, _ in [*hidden, (sentence.end, sentence.end, False)]:
        hidden.extend(
            (m.start(), m.end(), False) for m in BRACKETED.finditer(text, place, max(place, start))
        )
        place = end
    return sorted(hidden)


def _plain(words: str) -> str:
    """The same number of characters, with one kind of blank and one apostrophe."""
    return "".join(
        " " if character.isspace() else "'" if character == "’" else character
        for character in words
    )
