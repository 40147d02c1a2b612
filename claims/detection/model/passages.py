"""What the model is asked about at once: a few sentences of one block, and what stands before them.

A long paragraph becomes several passages, so that a question has a size whatever the article's.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from articles.document import BlockKind, Document
from claims.detection.base import Place
from claims.detection.segments import Sentence, read_body

MOST_SENTENCES, MOST_CHARACTERS = 8, 3000
LONGEST_BEFORE = 1500


@dataclass(frozen=True, slots=True)
class Passage:
    """Sentences of one block, numbered from 1 in what the model is asked."""

    sentences: tuple[Sentence, ...]
    before: str

    @property
    def place(self) -> Place:
        return Place(self.sentences[0].start, self.sentences[-1].end)


def read_passages(document: Document) -> Iterator[Passage]:
    """The passages of the body, in reading order."""
    for _, block in groupby(read_body(document), key=lambda sentence: sentence.block):
        gathered: list[Sentence] = []
        for sentence in block:
            if gathered and _is_full(gathered, sentence):
                yield _passage(document, gathered)
                gathered = []
            gathered.append(sentence)
        yield _passage(document, gathered)


def _is_full(gathered: list[Sentence], following: Sentence) -> bool:
    length = following.end - gathered[0].start
    return len(gathered) >= MOST_SENTENCES or length > MOST_CHARACTERS


def _passage(document: Document, sentences: list[Sentence]) -> Passage:
    start = sentences[0].start
    headline = next((b for b in document.blocks if b.kind is BlockKind.HEADLINE), None)
    before = document.text[max(0, start - LONGEST_BEFORE) : start].strip()
    if headline and headline.end < start - LONGEST_BEFORE:
        before = f"{document.text[headline.start : headline.end]}\n\n{before}"
    return Passage(tuple(sentences), before)
