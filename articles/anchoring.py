"""Where the words of a claim stand in a new version of the text: there, nearly there, perhaps here or here, or gone.

The problem: an article changes and a verdict hangs on a run of its words. The best match somewhere in the new
text always exists, and taking it moves verdicts to sentences that merely look alike. The idea: every place is
made to prove that it holds *these* words, and where proof is lacking the answer is that they are gone.

1. Words go where their sentence goes. So the sentence is looked for, by what stood around it, and they in it. Only
   when it is gone are words looked for alone, and only if they are enough to be known again.
2. The words between their very neighbours are the place, if they are said no oftener than before.
3. Otherwise every place with the same words, or with words at least `FLOOR` alike, competes by likeness and
   neighbours, and always the place where the words stood. Words that the old text already had elsewhere do not:
   they are another sentence that stayed. Words it had once are nobody else's, whatever stands around them.
   Words that differ in a number, a negation, a direction or a name (`articles.telling`) compete and cannot
   win: where they are best, the claim's own sentence was turned into another, and its words are gone.
4. The best place must be certain: like neighbours on both sides, or enough words in common to be no accident.
   Within their sentence only words must be that the old text says elsewhere too.
5. Another place makes the answer ambiguous when it fits about as well; when its neighbours on one side, or its
   words, are more like the old ones; when its words are as good as the same and the best has its old neighbours
   on one side only, or neighbours that were copied too; or when it is where the words stood and the best is not.
   A person chooses.

Pure. Offsets are code points; a place is a slice of the new text.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from articles.alignment import Words, origins
from articles.neighbours import (
    ALIKE,
    SHORTEST,
    denials,
    in_common,
    sentence_around,
    side_after,
    side_before,
    stands_outside,
)
from articles.places import CONTEXT, FLOOR, Anchor, Candidate, Places
from articles.telling import tell_the_same

__all__ = [
    "CONTEXT",
    "FLOOR",
    "GONE",
    "Anchor",
    "Anchored",
    "Candidate",
    "Resolution",
    "anchor",
    "anchor_all",
]

#: Two places closer than this in rank fit about equally.
MARGIN = 0.08
#: Likeness by which the neighbours on one side must be better to speak for another place.
LEAN = 0.25
#: Likeness of both neighbours from which a place needs to fear no copy of its words, and words that are a copy.
BETWEEN, COPY = 0.9, 0.1
#: Likeness of neighbours from which they tell words apart that are said twice.
SAME = 0.9
#: Telling words in common from which a place needs no neighbours to prove it.
ENOUGH = 5
#: Share of a place's words that must be old words elsewhere for the place to be theirs, and the span's own for
#: it to be where the span was. The first takes a place out of the contest, so it asks for more.
MAJORITY, HOME = 0.5, 0.3


class Resolution(StrEnum):
    EXACT = "exact"
    FUZZY = "fuzzy"
    AMBIGUOUS = "ambiguous"
    ORPHANED = "orphaned"


@dataclass(frozen=True, slots=True)
class Anchored:
    """What became of a span. `place` is given when it is exact or fuzzy, `candidates` when ambiguous.

    `has_moved` says that the words stand elsewhere among the others, not just further up or down.
    """

    resolution: Resolution
    place: Candidate | None = None
    candidates: tuple[Candidate, ...] = ()
    has_moved: bool = False

    @classmethod
    def between(cls, places: Iterable[Candidate]) -> "Anchored":
        """A person chooses; there is nothing to choose from when there are no places."""
        chosen = tuple(dict.fromkeys(places))
        return cls(Resolution.AMBIGUOUS, candidates=chosen) if chosen else GONE

    @property
    def score(self) -> float:
        return self.place.score if self.place else 0.0


@dataclass(frozen=True, slots=True)
class _Fit:
    place: Candidate
    before: float
    after: float
    is_barred: bool = False
    is_between: bool = False

    @property
    def rank(self) -> float:
        return 0.6 * self.place.score + 0.2 * self.before + 0.2 * self.after

    def is_rival_of(self, best: "_Fit") -> bool:
        """Whether anything speaks for this place and against the best."""
        if best.rank - self.rank < MARGIN:
            return True
        if _leans(self.before, best.before) or _leans(self.after, best.after):
            return True
        if self.place.score > best.place.score and not self.is_barred:
            return True
        is_copy = self.place.score > best.place.score - COPY
        return is_copy and not best.is_between


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
        self.places = Places(new)
        self._sentences: dict[Anchor, Anchored] = {}

    @cached_property
    def old_words(self) -> Words:
        return Words.of(self.old or "")

    @cached_property
    def known(self) -> frozenset[str]:
        return frozenset(map(str.casefold, self.old_words.texts))

    @cached_property
    def origins(self) -> list[int]:
        return origins(self.old_words, self.places.words)

    @cached_property
    def landed(self) -> dict[int, int]:
        return {old: new for new, old in enumerate(self.origins) if old >= 0}

    def anchor(self, span: Anchor) -> Anchored:
        if not span.quote.strip():
            return GONE
        if self.old == self.new:
            return Anchored(Resolution.EXACT, Candidate(span.start, span.end, 1.0))
        sentence = self._sentence_of(span)
        if sentence is None:
            return self._whole(span)
        around = self._anchored_sentence(sentence)
        if around.place:
            return self._in_its_sentence(span, sentence, around.place, around.has_moved)
        if around.candidates:
            near = [self._contest(span, place).place for place in around.candidates]
            return Anchored.between(place for place in near if place)
        return self._contest(span) if in_common(span.quote, span.quote) >= ENOUGH else GONE

    def _sentence_of(self, span: Anchor) -> Anchor | None:
        """The sentence that speaks for the words; none if they are the whole of it."""
        if self.old is None:
            return None
        start, end = sentence_around(self.old, span.start, span.end)
        whole = Anchor.at(self.old, start, end)
        return whole if len(whole.quote) > len(span.quote) + 1 else None

    def _anchored_sentence(self, sentence: Anchor) -> Anchored:
        if sentence not in self._sentences:
            self._sentences[sentence] = self._whole(sentence, is_frame=True)
        return self._sentences[sentence]

    def _whole(self, span: Anchor, is_frame: bool = False) -> Anchored:
        place = self._only_place(span)
        if place and self._is_at_home(span, place):
            return Anchored(Resolution.EXACT, place)
        return self._contest(span, is_frame=is_frame)

    def _in_its_sentence(
        self, span: Anchor, sentence: Anchor, around: Candidate, has_moved: bool
    ) -> Anchored:
        """The words in their sentence, unless others are more like them or, when it moved, stand where they stood."""
        if around.score == 1:
            start = around.start + span.start - sentence.start
            place = Candidate(start, start + len(span.quote), 1.0)
            found = Anchored(Resolution.EXACT, place, has_moved=has_moved)
        else:
            found = self._contest(span, around)
        if not found.place:
            return found
        if found.score == 1 and not has_moved:
            return found
        others = [
            fit.place
            for fit in self._fits(span)
            if fit.place.score == 1 > found.score
            or (has_moved and self._is_at_home(span, fit.place))
        ]
        is_lone = all(place == found.place for place in others)
        return found if is_lone else Anchored.between([found.place, *others])

    def _contest(
        self, span: Anchor, inside: Candidate | None = None, is_frame: bool = False
    ) -> Anchored:
        """The best of all places. As a frame for some of its words, also a sentence that was turned will do."""
        fits = self._fits(span, inside)
        if not fits or (fits[0].is_barred and not is_frame):
            return GONE
        is_sure = inside and not self._was_said_elsewhere(span)
        if not is_sure and not self._is_certain(span, fits[0]):
            return GONE
        return self._chosen(span, fits)

    def _chosen(self, span: Anchor, fits: list[_Fit]) -> Anchored:
        """The best place, unless another speaks against it."""
        best, *others = fits
        has_moved = not self._is_at_home(span, best.place)
        rivals = [
            fit
            for fit in others
            if fit.is_rival_of(best) or (has_moved and self._is_at_home(span, fit.place))
        ]
        if rivals or self._is_one_of_many(span):
            return Anchored.between(fit.place for fit in (best, *rivals))
        resolution = Resolution.EXACT if best.place.score == 1 else Resolution.FUZZY
        return Anchored(resolution, best.place, has_moved=has_moved)

    def _only_place(self, span: Anchor) -> Candidate | None:
        """The words between the very neighbours they had, where nobody has said them once more."""
        if min(len(span.prefix.strip()), len(span.suffix.strip())) < SHORTEST:
            return None
        whole = span.prefix + span.quote + span.suffix
        at = self.new.find(whole)
        if at < 0 or self.new.find(whole, at + 1) >= 0:
            return None
        if self._is_said_more(span.quote) or not self._has_own_neighbours(span):
            return None
        start = at + len(span.prefix)
        return Candidate(start, start + len(span.quote), 1.0)

    def _is_said_more(self, words: str) -> bool:
        return self.old is not None and self.new.count(words) > self.old.count(words)

    def _was_said_elsewhere(self, span: Anchor) -> bool:
        return self.old is not None and stands_outside(self.old, span.quote, span.start, span.end)

    def _is_one_of_many(self, span: Anchor) -> bool:
        """Whether the old text has the words again with the same neighbours, so that nothing tells which is which."""
        whole = span.prefix + span.quote + span.suffix
        return self.old is not None and self.old.find(whole, self.old.find(whole) + 1) >= 0

    def _fits(self, span: Anchor, inside: Candidate | None = None) -> list[_Fit]:
        """The places that compete, in the whole text or in a sentence of it, best first."""
        fits = sorted(self._measured(span, inside), key=lambda fit: (-fit.rank, fit.place.start))
        return _apart(fits)

    def _measured(self, span: Anchor, inside: Candidate | None) -> Iterator[_Fit]:
        quoted = Words.of(span.quote).texts
        denied = denials(span.prefix, span.quote, span.suffix)
        is_beside_own = self._has_own_neighbours(span)
        for place in self.places.of(span, inside, self._homes_of(span)):
            if self._was_elsewhere(span, place):
                continue
            words = self.new[place.start : place.end]
            before = self.new[max(0, place.start - CONTEXT) : place.start]
            after = self.new[place.end : place.end + CONTEXT]
            there = Words.of(words).texts
            is_told = place.score == 1 or tell_the_same(quoted, there, self.known)
            sides = side_before(span.prefix, before), side_after(span.suffix, after)
            yield _Fit(
                place,
                *sides,
                is_barred=not is_told or denials(before, words, after) != denied,
                is_between=is_beside_own and min(sides) >= BETWEEN,
            )

    def _has_own_neighbours(self, span: Anchor) -> bool:
        """Whether nobody has said once more what stood beside the span: a copy may bring its neighbours along."""
        sides = [side for side in (span.prefix, span.suffix) if len(side.strip()) >= SHORTEST]
        return not any(map(self._is_said_more, sides))

    def _was_elsewhere(self, span: Anchor, place: Candidate) -> bool:
        """Whether these words are other words of the old text, that stayed or moved."""
        if self.old is None:
            return False
        _, others, total = self._origins_of(span, place)
        words = self.new[place.start : place.end]
        is_aligned = others > total * MAJORITY
        if words == span.quote:
            return is_aligned and self._was_said_elsewhere(span)
        return is_aligned or stands_outside(self.old, words, span.start, span.end)

    def _is_at_home(self, span: Anchor, place: Candidate) -> bool:
        """Whether the words stand among the words that stood around them, however far up or down."""
        if self.old is None:
            return True
        ours, _, total = self._origins_of(span, place)
        return ours > total * HOME

    def _homes_of(self, span: Anchor) -> list[int]:
        """The new words at which the span should start by what stood right before it, and by what right after."""
        if self.old is None:
            return []
        starts = self.old_words.starts
        first, after = bisect_left(starts, span.start), bisect_left(starts, span.end)
        homes = [(self.landed.get(first - 1), 1), (self.landed.get(after), first - after)]
        return [at + words for at, words in homes if at is not None]

    def _origins_of(self, span: Anchor, place: Candidate) -> tuple[int, int, int]:
        """How many words of a place are the span's, how many are other old words, and how many it has."""
        words = self.places.words
        inside = slice(bisect_right(words.ends, place.start), bisect_left(words.starts, place.end))
        known = [self.old_words.starts[at] for at in self.origins[inside] if at >= 0]
        ours = sum(span.start <= start < span.end for start in known)
        return ours, len(known) - ours, inside.stop - inside.start

    def _is_certain(self, span: Anchor, fit: _Fit) -> bool:
        """Whether this can be no accident: like neighbours, the old place, or many words in common."""
        if min(fit.before, fit.after) >= ALIKE:
            return True
        is_beside = max(fit.before, fit.after) >= SAME
        if self._was_said_elsewhere(span):
            return is_beside
        is_home = self.old is not None and self._is_at_home(span, fit.place)
        if is_home and (fit.place.score == 1 or (is_beside and fit.place.score >= SAME)):
            return True
        there = self.new[fit.place.start : fit.place.end]
        return in_common(span.quote, there) >= ENOUGH


def _leans(other: float, best: float) -> bool:
    return other >= ALIKE and other - best > LEAN


def _apart(fits: Iterable[_Fit]) -> list[_Fit]:
    """The fits without those that overlap a better one."""
    kept: list[_Fit] = []
    for fit in fits:
        start, end = fit.place.start, fit.place.end
        if all(end <= other.place.start or start >= other.place.end for other in kept):
            kept.append(fit)
    return kept
