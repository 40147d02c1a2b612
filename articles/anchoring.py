"""Where the words of a claim stand in a new version of the text: there, nearly there, perhaps here or here, or gone.

The problem: an article changes and a verdict hangs on a run of its words. The best match somewhere in the new
text always exists, and taking it moves verdicts to sentences that merely look alike. The idea: every place is
made to prove that it holds *these* words, and where proof is lacking the answer is that they are gone.

1. The words between their very neighbours are the place, if they are said no oftener than before.
2. Otherwise every place with the same words, or with words at least `FLOOR` alike, competes by likeness and
   neighbours. Words that the old text already had elsewhere do not: they are another sentence that stayed.
   Words that differ in a number, a negation, a direction or a name (`articles.telling`) compete and cannot
   win: where they are best, the claim's own sentence was turned into another, and its words are gone.
3. The best place must be certain: like neighbours on both sides, or enough words in common to be no accident.
   A few words alone prove nothing, so their sentence is looked for, and they in it.
4. Another place makes the answer ambiguous when it fits about as well, when it has the very words and the best
   has not, or when it is where the words stood and the best is not. A person chooses.

Pure. Offsets are code points; a place is a slice of the new text.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from articles.alignment import Words, origins
from articles.neighbours import (
    ALIKE,
    SHORTEST,
    denials,
    edges,
    in_common,
    likeness,
    sentence_around,
    side_likeness,
    stands_outside,
)
from articles.telling import tell_the_same

#: Likeness below which words are other words: more than a fifth of the characters changed.
FLOOR = 0.8
#: Two places closer than this in rank fit about equally.
MARGIN = 0.08
#: The same for a place with the very words: its neighbours must be worse by nearly one side.
TWICE = 0.14
#: Likeness of neighbours from which they tell words apart that are said twice.
SAME = 0.9
#: Telling words in common from which a place needs no neighbours to prove it.
ENOUGH = 5
#: Characters of prefix and suffix.
CONTEXT = 32
#: Share of a place's words that must be old words elsewhere for the place to be theirs, and the span's own for
#: it to be where the span was. The first takes a place out of the contest, so it asks for more.
MAJORITY, HOME = 0.5, 0.3
#: Places with alike words that are looked at, best first.
WINDOWS = 4


class Resolution(StrEnum):
    EXACT = "exact"
    FUZZY = "fuzzy"
    AMBIGUOUS = "ambiguous"
    ORPHANED = "orphaned"


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


@dataclass(frozen=True, slots=True)
class Anchored:
    """What became of a span. `place` is given when it is exact or fuzzy, `candidates` when ambiguous.

    `has_moved` says that the words stand elsewhere among the others, not just further up or down.
    """

    resolution: Resolution
    place: Candidate | None = None
    candidates: tuple[Candidate, ...] = ()
    has_moved: bool = False

    @property
    def score(self) -> float:
        return self.place.score if self.place else 0.0


@dataclass(frozen=True, slots=True)
class _Fit:
    place: Candidate
    before: float
    after: float
    is_barred: bool = False

    @property
    def rank(self) -> float:
        return 0.6 * self.place.score + 0.2 * self.before + 0.2 * self.after


GONE = Anchored(Resolution.ORPHANED)


def anchor(new_text: str, span: Anchor, old_text: str | None = None) -> Anchored:
    """Find one span. Without the old text only its quote, prefix and suffix speak for it."""
    return _Texts(old_text, new_text).anchor(span)


def anchor_all(old_text: str, new_text: str, spans: Iterable[Anchor]) -> list[Anchored]:
    """Find many spans of one text; what both texts share is worked out once."""
    texts = _Texts(old_text, new_text)
    return [texts.anchor(span) for span in spans]


class _Texts:
    """The old and the new text, and what is asked of them again and again."""

    def __init__(self, old: str | None, new: str) -> None:
        self.old = old
        self.new = new

    @cached_property
    def old_words(self) -> Words:
        return Words.of(self.old or "")

    @cached_property
    def new_words(self) -> Words:
        return Words.of(self.new)

    @cached_property
    def new_places(self) -> dict[str, list[int]]:
        return self.new_words.places()

    @cached_property
    def origins(self) -> list[int]:
        return origins(self.old_words, self.new_words)

    def anchor(self, span: Anchor) -> Anchored:
        if not span.quote.strip():
            return GONE
        if self.old == self.new:
            return Anchored(Resolution.EXACT, Candidate(span.start, span.end, 1.0))
        place = self._only_place(span)
        if place and self._is_at_home(span, place):
            return Anchored(Resolution.EXACT, place)
        sentence = self._sentence_of(span)
        if sentence is None:
            return self._contest(span)
        return self._in_its_sentence(span, sentence)

    def _in_its_sentence(self, span: Anchor, sentence: Anchor) -> Anchored:
        """A few words go where their sentence goes, and nowhere without it."""
        around = self._contest(sentence, is_frame=True)
        if around.place:
            return self._unrivalled(span, self._contest(span, around.place))
        near = [self._contest(span, place).place for place in around.candidates]
        candidates = tuple(place for place in near if place)
        return Anchored(Resolution.AMBIGUOUS, candidates=candidates) if candidates else GONE

    def _unrivalled(self, span: Anchor, found: Anchored) -> Anchored:
        """The same, unless the words are said more often than before and another place is as good."""
        if not found.place or not self._is_said_more(span):
            return found
        everywhere = self._chosen(span, self._ranked(span))
        if everywhere.place == found.place:
            return found
        places = everywhere.candidates or (found.place, everywhere.place or found.place)
        return Anchored(Resolution.AMBIGUOUS, candidates=tuple(dict.fromkeys(places)))

    def _is_said_more(self, span: Anchor) -> bool:
        return self.old is not None and self.new.count(span.quote) > self.old.count(span.quote)

    def _sentence_of(self, span: Anchor) -> Anchor | None:
        """The sentence that must speak for a few words; none if they are enough, or the whole of it."""
        if self.old is None or in_common(span.quote, span.quote) >= ENOUGH:
            return None
        start, end = sentence_around(self.old, span.start, span.end)
        whole = Anchor.at(self.old, start, end)
        return whole if len(whole.quote) > len(span.quote) + 1 else None

    def _contest(
        self, span: Anchor, inside: Candidate | None = None, is_frame: bool = False
    ) -> Anchored:
        """The best of all places. As a frame for some of its words, also a sentence that was turned will do."""
        fits = self._ranked(span, inside)
        if not fits or (fits[0].is_barred and not is_frame):
            return GONE
        if not inside and not self._is_certain(span, fits[0]):
            return GONE
        return self._chosen(span, fits)

    def _ranked(self, span: Anchor, inside: Candidate | None = None) -> list[_Fit]:
        fits = self._fits(span, inside)
        return _apart(sorted(fits, key=lambda fit: (-fit.rank, fit.place.start)))

    def _chosen(self, span: Anchor, fits: list[_Fit]) -> Anchored:
        """The best place, unless another speaks against it."""
        best, *others = fits
        is_lone = min(len(span.prefix), len(span.suffix)) < SHORTEST
        twice = 2 * TWICE if is_lone else TWICE
        has_moved = not self._is_at_home(span, best.place)
        rivals = [
            fit
            for fit in others
            if best.rank - fit.rank < (twice if fit.place.score == 1 else MARGIN)
            or fit.place.score == 1 > best.place.score
            or (has_moved and self._is_at_home(span, fit.place))
        ]
        if rivals:
            near = tuple(fit.place for fit in (best, *rivals))
            return Anchored(Resolution.AMBIGUOUS, candidates=near)
        resolution = Resolution.EXACT if best.place.score == 1 else Resolution.FUZZY
        return Anchored(resolution, best.place, has_moved=has_moved)

    def _only_place(self, span: Anchor) -> Candidate | None:
        """The words between the very neighbours they had, where nobody has said them once more."""
        whole = span.prefix + span.quote + span.suffix
        at = self.new.find(whole)
        if at < 0 or len(whole) - len(span.quote) < CONTEXT or self.new.find(whole, at + 1) >= 0:
            return None
        if self._is_said_more(span):
            return None
        start = at + len(span.prefix)
        return Candidate(start, start + len(span.quote), 1.0)

    def _fits(self, span: Anchor, inside: Candidate | None) -> Iterator[_Fit]:
        """The places that compete, in the whole text or in a sentence of it."""
        quoted, denied = Words.of(span.quote).texts, denials(span.prefix, span.suffix)
        for place in (*self._same(span), *self._alike(span.quote, quoted, inside)):
            is_inside = not inside or inside.start <= place.start < place.end <= inside.end
            if not is_inside or self._was_elsewhere(span, place):
                continue
            before = self.new[max(0, place.start - len(span.prefix)) : place.start]
            after = self.new[place.end : place.end + len(span.suffix)]
            words = Words.of(self.new[place.start : place.end]).texts
            is_barred = not tell_the_same(quoted, words) or denials(before, after) != denied
            yield _Fit(
                place,
                side_likeness(span.prefix, before),
                side_likeness(span.suffix, after),
                is_barred,
            )

    def _same(self, span: Anchor) -> Iterator[Candidate]:
        """Every place with the very words, cut from their surroundings as the span was."""
        cut = edges(span.prefix, span.quote, span.suffix)
        at = self.new.find(span.quote)
        while at >= 0:
            end = at + len(span.quote)
            if edges(self.new[max(0, at - 2) : at], span.quote, self.new[end : end + 2]) == cut:
                yield Candidate(at, end, 1.0)
            at = self.new.find(span.quote, at + 1)

    def _alike(
        self, quote: str, quoted: list[str], inside: Candidate | None
    ) -> Iterator[Candidate]:
        """Places whose words are at least `FLOOR` alike, but not the same."""
        starts = self.new_words.starts
        within = range(len(starts))
        if inside:
            within = range(bisect_left(starts, inside.start), bisect_left(starts, inside.end))
        for first in self._windows(quoted, within):
            place = self._trimmed(quote, first, len(quoted))
            if FLOOR <= place.score < 1:
                yield place

    def _windows(self, quoted: list[str], within: range) -> list[int]:
        """The new words at which most of the quoted words fall into line, best first."""
        votes: Counter[int] = Counter()
        for index, word in enumerate(quoted):
            for place in self.new_places.get(word, ()):
                if place in within:
                    votes[place - index] += 1
        likely = [at for at, _ in votes.most_common(10 * WINDOWS)]
        near = {at: sum(votes.get(at + k, 0) for k in range(-2, 3)) for at in likely}
        chosen: list[int] = []
        for at in sorted(near, key=lambda at: (-near[at], -votes[at], at)):
            if len(chosen) == WINDOWS or near[at] < len(quoted) / 4:
                break
            if all(abs(at - other) > len(quoted) / 2 for other in chosen):
                chosen.append(at)
        return chosen

    def _trimmed(self, quote: str, first: int, count: int) -> Candidate:
        """The run of words most like the quote that starts and ends near where its words fell into line."""
        starts, ends = self.new_words.starts, self.new_words.ends
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
        run = self.new[self.new_words.starts[first] : self.new_words.ends[last]]
        return likeness(quote, run)

    def _was_elsewhere(self, span: Anchor, place: Candidate) -> bool:
        """Whether these words are other words of the old text, that stayed or moved."""
        if self.old is None:
            return False
        _, others, total = self._origins_of(span, place)
        if others > total * MAJORITY:
            return True
        words = self.new[place.start : place.end]
        return words != span.quote and stands_outside(self.old, words, span.start, span.end)

    def _is_at_home(self, span: Anchor, place: Candidate) -> bool:
        """Whether the words stand among the words that stood around them, however far up or down."""
        if self.old is None:
            return True
        ours, _, total = self._origins_of(span, place)
        return ours > total * HOME

    def _origins_of(self, span: Anchor, place: Candidate) -> tuple[int, int, int]:
        """How many words of a place are the span's, how many are other old words, and how many it has."""
        words = self.new_words
        inside = slice(bisect_right(words.ends, place.start), bisect_left(words.starts, place.end))
        known = [self.old_words.starts[at] for at in self.origins[inside] if at >= 0]
        ours = sum(span.start <= start < span.end for start in known)
        return ours, len(known) - ours, inside.stop - inside.start

    def _is_certain(self, span: Anchor, fit: _Fit) -> bool:
        """Whether this can be no accident: like neighbours on both sides, or many words in common."""
        if min(fit.before, fit.after) >= ALIKE:
            return True
        if self.old is not None and stands_outside(self.old, span.quote, span.start, span.end):
            return max(fit.before, fit.after) >= SAME
        if self.old is not None and fit.place.score == 1 and self._is_at_home(span, fit.place):
            return True
        there = self.new[fit.place.start : fit.place.end]
        return in_common(span.quote, there) >= ENOUGH


def _apart(fits: Iterable[_Fit]) -> list[_Fit]:
    """The fits without those that overlap a better one."""
    kept: list[_Fit] = []
    for fit in fits:
        start, end = fit.place.start, fit.place.end
        if all(end <= other.place.start or start >= other.place.end for other in kept):
            kept.append(fit)
    return kept
