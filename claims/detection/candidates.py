"""Making candidates: the statement, its kind, its worth, its spans, or the reason there is none."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from articles.ingest.furniture import is_furniture
from claims.detection import statements
from claims.detection.base import Attribution, Candidate, LeftOut, Place
from claims.detection.kinds import content_kind
from claims.detection.voices import Voice
from claims.detection.worth import weigh
from claims.kinds import Mode

Found = Candidate | LeftOut

A_QUESTION = "a question"
LONGEST_CLAIM = 1500
FEWEST_WORDS, FEWEST_SIGNS = 3, 6
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
QUESTION = re.compile(r"[?？؟][\"'”’»)\]」]*\s*$")
WORD = re.compile(r"[^\W_][\w.,'’-]*")
COURTESY = re.compile(
    r"\W*(?:thank(?:s| you)|good (?:morning|afternoon|evening|night)|hello|(?:bye|goodbye)|you(?:'re| are) welcome|"
    r"have a (?:good|nice))\b.{0,60}$",
    re.IGNORECASE | re.DOTALL,
)
NOT_TOLD = re.compile(r"[^\w]+")


@dataclass(slots=True)
class Clerk:
    """Writes the candidates of one text and remembers whose they were, so that none comes twice."""

    text: str
    _written: dict[str, set[str]] = field(default_factory=dict)

    def narrated(self, place: Place, person: str = "") -> Found:
        """A claim in the article's own voice. `person` is who “he” or “she” is."""
        words = self.text[place.start : place.end]
        statement = statements.narrated(words, "" if person in words else person)
        draft = Candidate(statement, "", Mode.NARRATOR.value, (place,), 0.0)
        return self._judged(draft, (place,))

    def spoken(
        self,
        content: tuple[Place, ...],
        mode: Mode,
        spans: tuple[Place, ...],
        voice: Voice | None,
        thing: Place | None = None,
    ) -> Found:
        """A claim of somebody's; without a voice, nobody knows whose. `thing` is what is called a name."""
        named = voice.name if voice and voice.is_person and not voice.is_anonymous else ""
        statement = statements.said(
            self.text, content, is_direct=mode is Mode.DIRECT, speaker=named
        )
        if thing:
            words = self.text[thing.end : content[-1].end]
            statement = statements.called(self.text[thing.start : thing.end], words)
        attribution = _attributed(voice, content) if voice else None
        draft = Candidate(statement, "", mode.value, spans, 0.0, attribution=attribution)
        return self._judged(draft, content)

    def _judged(self, draft: Candidate, places: tuple[Place, ...]) -> Found:
        """The draft with its kind and worth, or why its words give no claim."""
        words = " ".join(self.text[place.start : place.end] for place in places)
        fault = fault_in(words) or self._repetition(draft)
        if fault:
            return LeftOut(Place(places[0].start, places[-1].end), fault)
        draft = replace(draft, kind=content_kind(draft.statement))
        worth = weigh(draft)
        return replace(draft, worth=worth.score, reasons=worth.reasons, parts=worth.parts)

    def _repetition(self, draft: Candidate) -> str:
        """The same words again, unless another speaker is said to say them at this place."""
        words = NOT_TOLD.sub(" ", draft.statement).casefold()
        speaker = _named_nearby(draft)
        speakers = self._written.setdefault(words, set())
        if speakers and (not speaker or speakers & {speaker, ""}):
            return "says again what stands elsewhere in the article"
        speakers.add(speaker)
        return ""


def _named_nearby(draft: Candidate) -> str:
    """The speaker, when the words are theirs by this place; a pull quote names nobody."""
    said = draft.attribution
    if said is None or said.source is None:
        return ""
    at = said.source.start
    return said.name if any(span.start <= at < span.end for span in draft.spans) else ""


def _attributed(voice: Voice, content: tuple[Place, ...]) -> Attribution:
    return Attribution(voice.name, voice.source, voice.cue, content, voice.role, voice.is_anonymous)


def fault_in(words: str) -> str:
    """Why these words give no claim, or nothing when they may."""
    if is_furniture(words):
        return "not part of the article"
    if QUESTION.search(words):
        return A_QUESTION
    if len(words) > LONGEST_CLAIM:
        return "too long to be one statement"
    if COURTESY.match(words):
        return "a courtesy"
    found = WORD.findall(words)
    if UNSPACED.search(words):
        return (
            "" if sum(map(str.isalnum, words)) >= FEWEST_SIGNS else "too short to assert anything"
        )
    if len(found) < FEWEST_WORDS:
        return "too short to assert anything"
    is_name = all(word[0].isupper() for word in found) and not words.isupper()
    if is_name and not words.rstrip().endswith((".", "!", "”", '"')):
        return "a name or a title, not a sentence"
    return ""


def merged(text: str, places: Iterable[Place]) -> tuple[Place, ...]:
    """The places in order, joined where only marks and white space lie between them."""
    joined: list[Place] = []
    for place in sorted(places, key=lambda found: (found.start, found.end)):
        last = joined[-1] if joined else None
        if last and not any(map(str.isalnum, text[last.end : place.start])):
            joined[-1] = Place(last.start, max(last.end, place.end))
        else:
            joined.append(place)
    return tuple(joined)
