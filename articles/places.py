"""Where words like these stand in a text: the very words, and runs that are nearly they.

Pure. Every place is proposed here that could be meant; `articles.anchoring` decides between them.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from articles.alignment import Words
from articles.neighbours import edges, likeness

#: Likeness below which words are other words: more than a fifth of the characters changed.
FLOOR = 0.8
#: Characters of prefix and suffix.
CONTEXT = 32
#: Places with alike words that are looked at, best first.
WINDOWS = 4


@dataclass(frozen=True, slots=True)
class Anchor:
    """A run of the old text: its offsets, its words and up to `CONTEXT` characters on either side."""

    start: int
    end: int
    quote: str
    prefix: str = ""
    suffix: str = ""

    @classmethod
    def at(cls, text: str, start: int, end: int) -> "Anchor":
        before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
        return cls(start, end, text[start:end], before, after)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place in the new text; `score` says how alike its words are, from `FLOOR` to 1."""

    start: int
    end: int
    score: float


class Places:
    """A text in which many spans are looked for."""

    def __init__(self, text: str) -> None:
        self.text = text

    @cached_property
    def words(self) -> Words:
        return Words.of(self.text)

    @cached_property
    def _index(self) -> dict[str, list[int]]:
        return self.words.places()

    def of(
        self, span: Anchor, inside: Candidate | None = None, homes: Sequence[int] = ()
    ) -> Iterator[Candidate]:
        """Where the span's words stand, or words like them, in the whole text or in a part of it.

        `homes` are words where they should start; these places are looked at, however many others are better.
        """
        for place in (*self._same(span), *self._alike(span.quote, inside, homes)):
            if not inside or inside.start <= place.start < place.end <= inside.end:
                yield place

    def _same(self, span: Anchor) -> Iterator[Candidate]:
        """Every place with the very words, cut from their surroundings as the span was."""
        cut = edges(span.prefix, span.quote, span.suffix)
        at = self.text.find(span.quote)
        while at >= 0:
            end = at + len(span.quote)
            before, after = self.text[max(0, at - 2) : at], self.text[end : end + 2]
            if edges(before, span.quote, after) == cut:
                yield Candidate(at, end, 1.0)
            at = self.text.find(span.quote, at + 1)

    def _alike(
        self, quote: str, inside: Candidate | None, homes: Sequence[int]
    ) -> Iterator[Candidate]:
        """Places whose words are at least `FLOOR` alike, but not the same."""
        quoted, starts = Words.of(quote).texts, self.words.starts
        within = range(len(starts))
        if inside:
            within = range(bisect_left(starts, inside.start), bisect_left(starts, inside.end))
        windows = self._windows(quoted, within)
        for first in (*windows, *_far_from(windows, homes, within, len(quoted) / 2)):
            place = self._trimmed(quote, first, len(quoted))
            if FLOOR <= place.score < 1:
                yield place

    def _windows(self, quoted: list[str], within: range) -> list[int]:
        """The words at which most of the quoted words fall into line, best first."""
        votes: Counter[int] = Counter()
        for index, word in enumerate(quoted):
            for place in self._index.get(word, ()):
                if place in within:
                    votes[place - index] += 1
        likely = [at for at, _ in votes.most_common(10 * WINDOWS)]
        near = {at: sum(votes.get(at + k, 0) for k in range(-2, 3)) for at in likely}
        chosen: list[int] = []
        for at in sorted(near, key=lambda at: (-near[at], -votes[at], at)):
            if len(chosen) == WINDOWS or near[at] < len(quoted) / 4:
                break
            chosen += _far_from(chosen, [at], within, len(quoted) / 2)
        return chosen

    def _trimmed(self, quote: str, first: int, count: int) -> Candidate:
        """The run of words most like the quote that starts and ends near where its words fell into line."""
        starts, ends = self.words.starts, self.words.ends
        last, reach = first + count - 1, 3 + count // 12
        first, last = max(0, min(first, len(starts) - 1)), max(0, min(last, len(ends) - 1))
        score = 0.0
        for _ in range(2):
            lasts = range(max(first, last - reach), min(len(ends), last + reach + 1))
            score, last = max((self._score(quote, first, at), -at) for at in lasts)
            last = -last
            firsts = range(max(0, first - reach), min(last, first + reach) + 1)
            score, first = max((self._score(quote, at, last), at) for at in firsts)
        return Candidate(starts[first], ends[last], score)

    def _score(self, quote: str, first: int, last: int) -> float:
        return likeness(quote, self.text[self.words.starts[first] : self.words.ends[last]])


def _far_from(chosen: list[int], others: Sequence[int], within: range, least: float) -> list[int]:
    """Of other places in the range those that are no chosen place's own."""
    apart = (at for at in others if all(abs(at - one) > least for one in chosen))
    return [at for at in apart if at in within]
