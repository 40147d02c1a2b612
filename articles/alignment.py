"""The words of a text, and which words of one version are which words of the next.

Pure. The alignment is the longest common subsequence of words, of which only runs count. Beyond a stated size
nothing is aligned: callers take what is not aligned for unknown, never for equal.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz.distance import LCSseq

#: Letters with the marks and invisible joiners that stand inside a word.
_LETTER = r"[^\W\d_\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
_INSIDE = r"[\u0300-\u036f\u00ad\u200b-\u200d\u2060]"
#: A number keeps its sign, separators and unit; a language without spaces is cut into characters.
WORDS = re.compile(
    rf"(?<!\w)[-−]?\d+(?:[.,:/]?\d+)*{_LETTER}*"
    rf"|{_LETTER}(?:{_LETTER}|{_INSIDE}|\d|['’](?={_LETTER}))*"
    r"|\S"
)
#: Pairs of words beyond which two texts are not compared: some 20 MB and a tenth of a second.
LARGEST = 150_000_000
#: A run of equal words shorter than this says nothing: “of the” is everywhere.
TELLING_RUN = 3


@dataclass(frozen=True, slots=True)
class Words:
    """The words of a text in order, with where each starts and ends."""

    texts: list[str]
    starts: list[int]
    ends: list[int]

    @classmethod
    def of(cls, text: str) -> "Words":
        found = list(WORDS.finditer(text))
        return cls(
            [match.group() for match in found],
            [match.start() for match in found],
            [match.end() for match in found],
        )

    def places(self) -> dict[str, list[int]]:
        """Where each word stands, by its index."""
        found: dict[str, list[int]] = defaultdict(list)
        for index, word in enumerate(self.texts):
            found[word].append(index)
        return dict(found)


def origins(old: Words, new: Words) -> list[int]:
    """For each new word the index of the old word that it is, or -1 where that is not known."""
    found = [-1] * len(new.texts)
    head = shared_start(old.texts, new.texts)
    tail = shared_start(old.texts[head:][::-1], new.texts[head:][::-1])
    found[:head] = range(head)
    found[len(new.texts) - tail :] = range(len(old.texts) - tail, len(old.texts))
    one, other = old.texts[head : len(old.texts) - tail], new.texts[head : len(new.texts) - tail]
    if len(one) * len(other) > LARGEST:
        return found
    for block in LCSseq.opcodes(one, other).as_matching_blocks():
        if block.size >= TELLING_RUN:
            start = head + block.b
            found[start : start + block.size] = range(head + block.a, head + block.a + block.size)
    return found


def shared_start(one: Sequence[str], other: Sequence[str]) -> int:
    """How many items, from the first on, are equal in both."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(one), len(other)))
