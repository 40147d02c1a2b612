"""Which passages of a long source bear on a claim? Offered best first, with the words that matched.

Pure and lexical: nothing is fetched and nothing learned. It is BM25 over the sentences of the one source, with
what that lacks for sentences. Terms are read so that one thing said otherwise is one term (`sources.terms`);
words of grammar weigh little and numbers more. Two terms that stand together in both count beyond their sum,
and so does the share of the claim that a sentence covers. A sentence borrows a little from its neighbours,
where “he” got his name. And the passages are chosen one after another, each worth less for what those before
it have covered: together they should bear on the whole claim.
"""

import heapq
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from sources.sentences import Range, find_sentences
from sources.terms import FUNCTION, Term, TermReader

COUNT = 5
#: BM25's saturation and length: a word said twice in one sentence tells little more, and a sentence is
#: rarely long for being wordy, so both weigh less than they do for whole documents.
SATURATION, LENGTH = 1.2, 0.5
#: Sentences shorter than this get no more for being short: headings and menu entries.
SHORTEST = 15
#: What two terms standing together add, as a share of the rarer one's worth.
TOGETHER = 0.5
#: What a sentence borrows of the words that it lacks and the one before it, or after it, has.
BEFORE, AFTER = 0.25, 0.1
#: What a term is still worth each time it was covered by a passage already chosen.
COVERED = 0.5
#: Of what share of the best one's score a passage is still worth a look.
WEAKEST = 0.1
#: Of how many of the best the passages are chosen.
CONSIDERED = 60

#: What a sentence says of each term of the claim, and of each two that stand together.
Vector = dict[str | tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of the source, `text[start:end]`, the sentence `index`. In `places` the claim's telling words stand."""

    index: int
    start: int
    end: int
    score: float
    places: tuple[Range, ...]


def find_passages(
    claim: str, text: str, *, language: str = "en", count: int = COUNT
) -> list[Passage]:
    """The passages of the text most likely to bear on the claim, best first; none where no word is shared."""
    return rank_passages(claim, text, find_sentences(text), language=language, count=count)


def rank_passages(
    claim: str, text: str, sentences: Sequence[Range], *, language: str = "en", count: int = COUNT
) -> list[Passage]:
    """The same over sentences found already."""
    wanted = _Wanted.of(TermReader(language).read(claim))
    reader = TermReader(language, like=wanted.weights)
    readings = [_read(reader.read(text[start:end]), wanted) for start, end in sentences]
    worth = _worth(wanted, readings)
    vectors = _vectors(readings, worth)
    scores = _scores(vectors, worth)
    least = WEAKEST * max(scores, default=0.0)
    fit = [i for i, reading in enumerate(readings) if reading.is_telling and scores[i] >= least]
    said = ((" ".join(text[slice(*sentences[i])].split()), i) for i in fit)
    chosen = _choose(_best(said, scores), vectors, scores, count)
    return [
        Passage(
            i,
            *sentences[i],
            round(scores[i], 3),
            _places(filter(_is_telling, readings[i].terms), sentences[i][0]),
        )
        for i in chosen
    ]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """The claim's terms with their weights, and those of them that stand side by side."""

    weights: dict[str, float]
    pairs: frozenset[tuple[str, str]]

    @classmethod
    def of(cls, terms: Sequence[Term]) -> "_Wanted":
        weights: dict[str, float] = {}
        for term in terms:
            weights[term.key] = max(term.weight, weights.get(term.key, 0.0))
        return cls(weights, frozenset(pairwise(term.key for term in terms)))


@dataclass(frozen=True, slots=True)
class _Reading:
    """What one sentence has of the claim, and how many terms it has in all."""

    terms: tuple[Term, ...]
    pairs: frozenset[tuple[str, str]]
    length: int

    @property
    def is_telling(self) -> bool:
        """Whether the sentence may bear on the claim: “of the” alone does not."""
        return any(map(_is_telling, self.terms))


def _read(terms: Sequence[Term], wanted: _Wanted) -> _Reading:
    shared = tuple(term for term in terms if term.key in wanted.weights)
    pairs = wanted.pairs.intersection(pairwise(term.key for term in terms)) if shared else ()
    return _Reading(shared, frozenset(pairs), len(terms))


def _worth(wanted: _Wanted, readings: Sequence[_Reading]) -> dict[str, float]:
    """What each term of the claim is worth in this source: the rarer, the more."""
    seen = Counter(key for reading in readings for key in {term.key for term in reading.terms})
    return {
        key: weight * math.log1p((len(readings) - seen[key] + 0.5) / (seen[key] + 0.5))
        for key, weight in wanted.weights.items()
    }


def _vectors(readings: Sequence[_Reading], worth: dict[str, float]) -> list[Vector]:
    average = sum(reading.length for reading in readings) / max(1, len(readings)) or 1.0
    return [_vector(reading, worth, average) for reading in readings]


def _vector(reading: _Reading, worth: dict[str, float], average: float) -> Vector:
    length = 1 - LENGTH + LENGTH * max(reading.length, SHORTEST) / average
    vector: Vector = {}
    for key, times in Counter(term.key for term in reading.terms).items():
        vector[key] = worth[key] * times * (SATURATION + 1) / (times + SATURATION * length)
    for one, other in reading.pairs:
        vector[one, other] = TOGETHER * min(worth[one], worth[other])
    return vector


def _scores(vectors: Sequence[Vector], worth: dict[str, float]) -> list[float]:
    total = sum(worth.values()) or 1.0
    nothing: Vector = {}
    scores: list[float] = []
    for before, vector, after in zip(
        [nothing, *vectors], vectors, [*vectors[1:], nothing], strict=False
    ):
        share = sum(worth.get(str(key), 0.0) for key in vector) / total
        lent = BEFORE * _lacking(vector, before) + AFTER * _lacking(vector, after)
        scores.append(sum(vector.values()) * (1 + share) + lent)
    return scores


def _lacking(vector: Vector, neighbour: Vector) -> float:
    """What the neighbour has that this one lacks."""
    return sum(value for key, value in neighbour.items() if key not in vector)


def _best(said: Iterable[tuple[str, int]], scores: Sequence[float]) -> list[int]:
    """The sentences to choose from. Of those that say the same words, the best alone."""
    firsts: dict[str, int] = {}
    for words, i in said:
        known = firsts.setdefault(words, i)
        if scores[i] > scores[known]:
            firsts[words] = i
    return heapq.nsmallest(CONSIDERED, firsts.values(), key=lambda i: (-scores[i], i))


def _choose(
    left: list[int], vectors: Sequence[Vector], scores: Sequence[float], count: int
) -> Iterator[int]:
    """One after another, the sentence that adds most to those before it."""
    covered: Counter[object] = Counter()

    def adds(i: int) -> float:
        lost = (value * (1 - COVERED ** covered[key]) for key, value in vectors[i].items())
        return scores[i] - sum(lost)

    while left and count > 0:
        best = max(left, key=lambda i: (adds(i), -i))
        yield best
        covered.update(vectors[best].keys())
        left = [i for i in left if i != best]
        count -= 1


def _is_telling(term: Term) -> bool:
    return term.weight > FUNCTION


def _places(terms: Iterable[Term], offset: int) -> tuple[Range, ...]:
    """Where the claim's words stand in the text; pairs of characters that overlap are one place."""
    places: list[Range] = []
    for term in terms:
        start, end = term.start + offset, term.end + offset
        if places and start < places[-1][1]:
            start = places.pop()[0]
        places.append((start, end))
    return tuple(places)
