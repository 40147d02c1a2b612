"""The light engine: claims from sentences, quotations and words of saying, without a model.

One claim a sentence of the reporter's, one a sentence of a speaker's, each with the speaker where
the text names one. It splits a sentence only where two speakers or a speaker and the reporter meet:
a claim that says too much is mended by its reviewer, a claim torn apart wrongly misleads them.
Its words of saying are English; in other languages it gives sentences and quotations.
"""

from collections.abc import Iterator, Sequence

from articles.document import BlockKind, Document
from claims.detection.attribution import Act, Clause, read_clauses
from claims.detection.base import Candidate, Detection, LeftOut, Place
from claims.detection.candidates import Clerk, Found, merged
from claims.detection.cues import NAMING
from claims.detection.quotes import Quotation
from claims.detection.segments import QUOTED, Sentence, Skeleton, read_body, skeleton
from claims.detection.sentences import split
from claims.detection.voices import Memory, Voice
from claims.kinds import Mode

MOST_INTRODUCING_WORDS = 8
LONGEST_SPEECH = 40
LONGEST_THING = 10
FINISHED = ".!?…。！？"


class LiteEngine:
    """An engine as `claims.detection.base.Engine` asks for."""

    name = "rules-lite"
    version = "1"
    languages: frozenset[str] = frozenset()

    def detect(self, document: Document) -> Detection:
        found = list(Reading(document).claims())
        candidates = tuple(item for item in found if isinstance(item, Candidate))
        return Detection(candidates, tuple(item for item in found if isinstance(item, LeftOut)))


class Reading:
    """One reading of a document, from its first sentence to its last."""

    def __init__(self, document: Document) -> None:
        self.document = document
        self.text = document.text
        self.memory = Memory(document.text)
        self.clerk = Clerk(document.text)

    def claims(self) -> Iterator[Found]:
        sentences = read_body(self.document)
        block = 0
        for number, sentence in enumerate(sentences):
            if sentence.block != block:
                passed = self.document.blocks[block + 1 : sentence.block]
                self.memory.turn(
                    block, is_new_section=any(b.kind is BlockKind.HEADING for b in passed)
                )
                block = sentence.block
            following = sentences[number + 1 : number + 1 + LONGEST_SPEECH]
            yield from self._read(sentence, following)

    def _read(self, sentence: Sentence, following: Sequence[Sentence]) -> Iterator[Found]:
        bones = skeleton(self.text, sentence)
        if _is_quotation_only(bones.text):
            yield from self._lone_quotation(sentence, following)
            return
        if self._introduces(bones, sentence):
            yield LeftOut(sentence.place, "only introduces what follows")
            return
        clauses = read_clauses(bones)
        for clause in clauses:
            whole = sentence.place if len(clauses) == 1 else bones.place(*clause.at)
            yield from self._clause(bones, sentence, clause, whole)

    def _introduces(self, bones: Skeleton, sentence: Sentence) -> bool:
        """“Doe went on:” asserts nothing, but names the speaker of the quotation after it."""
        words = bones.text.rstrip()
        if not words.endswith((":", "：")):
            return False
        spoken = Skeleton(bones.text + QUOTED, (*bones.runs, bones.runs[-1]))
        acts = [act for clause in read_clauses(spoken) for act in clause.acts]
        if acts:
            self.memory.hear(acts[-1], bones, sentence)
        return len(words.split()) <= MOST_INTRODUCING_WORDS

    def _clause(
        self, bones: Skeleton, sentence: Sentence, clause: Clause, whole: Place
    ) -> Iterator[Found]:
        heard = [(act, self.memory.hear(act, bones, sentence)) for act in clause.acts]
        if not heard or any(voice is None for _, voice in heard):
            self.memory.meet(bones, sentence)
            yield self._narrated(whole, sentence)
            return
        for act, voice in heard:
            if voice:
                around = whole if len(heard) == 1 else None
                yield from self._spoken(bones, sentence, act, voice, around)

    def _narrated(self, place: Place, sentence: Sentence) -> Found:
        is_pronoun = self.text.startswith(("He ", "She "), place.start)
        person = self.memory.person(sentence) if is_pronoun else ""
        return self.clerk.narrated(place, person)

    def _spoken(
        self, bones: Skeleton, sentence: Sentence, act: Act, voice: Voice, around: Place | None
    ) -> Iterator[Found]:
        content = tuple(bones.place(*part) for part in act.content)
        parts = [bones.text[first:last] for first, last in act.content]
        if all(map(_is_quotation_only, parts)):
            held = [q for q in sentence.quotations if any(_holds(p, q) for p in content)]
            yield from self._direct(held, sentence, voice, around)
            return
        mode = Mode.MIXED if any(QUOTED in part for part in parts) else Mode.INDIRECT
        spans = (around,) if around else self._spans(content, voice, sentence)
        yield self.clerk.spoken(content, mode, spans, voice, _thing_named(bones, act))

    def _lone_quotation(self, sentence: Sentence, following: Sequence[Sentence]) -> Iterator[Found]:
        voice = self.memory.voice_of_quotation(sentence) or self._later_voice(sentence, following)
        yield from self._direct(sentence.quotations, sentence, voice, None)

    def _direct(
        self,
        quotations: Sequence[Quotation],
        sentence: Sentence,
        voice: Voice | None,
        around: Place | None,
    ) -> Iterator[Found]:
        """A claim for each sentence of the quotations; a single one takes the whole clause."""
        pieces = self._pieces(quotations)
        for piece in pieces:
            is_single = around and len(pieces) == 1
            spans = (around,) if around and is_single else self._spans(piece, voice, sentence)
            yield self.clerk.spoken(piece, Mode.DIRECT, spans, voice)

    def _later_voice(self, sentence: Sentence, following: Sequence[Sentence]) -> Voice | None:
        """The speaker of a quotation that goes on over paragraphs may be named at its end."""
        if not sentence.quotations[-1].is_open:
            return None
        for later in following:
            bones = skeleton(self.text, later)
            acts = [act for clause in read_clauses(bones) for act in clause.acts]
            if acts and later.quotations:
                return self.memory.hear(acts[0], bones, later)
            if not later.quotations:
                return None
        return None

    def _pieces(self, quotations: Sequence[Quotation]) -> list[tuple[Place, ...]]:
        """The sentences inside quotations; one that goes on after “he said” is one sentence."""
        pieces: list[tuple[Place, ...]] = []
        goes_on = False
        for quotation in quotations:
            for start, end in split(self.text, quotation.inner_start, quotation.inner_end):
                if goes_on and self.text[start].islower():
                    pieces[-1] = (*pieces[-1], Place(start, end))
                else:
                    pieces.append((Place(start, end),))
                goes_on = self.text[end - 1] not in FINISHED
        return pieces

    def _spans(
        self, content: tuple[Place, ...], voice: Voice | None, sentence: Sentence
    ) -> tuple[Place, ...]:
        """The words, and who said them when that stands in the same block."""
        if voice is None or voice.block != sentence.block:
            return merged(self.text, content)
        speech = [place for place in (voice.source, voice.cue) if place]
        named = Place(min(p.start for p in speech), max(p.end for p in speech))
        return merged(self.text, [*content, named])


def _thing_named(bones: Skeleton, act: Act) -> Place | None:
    """The plan in “called the plan ‘reckless’”."""
    cue = bones.text[slice(*act.cue)] if act.cue else ""
    first, last = act.content[0]
    quoted = bones.text.find(QUOTED, first, last)
    thing = bones.text[first:quoted].strip()
    if cue not in NAMING or len(act.content) > 1 or not thing or "," in thing:
        return None
    return bones.place(first, quoted) if len(thing.split()) <= LONGEST_THING else None


def _is_quotation_only(words: str) -> bool:
    return QUOTED in words and not any(map(str.isalnum, words))


def _holds(place: Place, quotation: Quotation) -> bool:
    return place.start <= quotation.start and quotation.end <= place.end
