"""From one claim of the model's to a candidate of ours, or the rule that it breaks.

Of what the model says only labels from closed sets and the statement are taken, and the statement
only after `wording` let it pass. Places are found by us; how the article asserts a claim (its mode)
follows from where its words stand, not from the model.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from articles.document import Document
from claims.detection.base import Attribution, Candidate, Place, Refused
from claims.detection.candidates import merged
from claims.detection.model.passages import Passage
from claims.detection.model.prompts import Json
from claims.detection.model.wording import (
    Vocabulary,
    fault_in_statement,
    find_quote,
    read_vocabulary,
)
from claims.detection.quotes import Quotation
from claims.detection.segments import Sentence
from claims.detection.worth import shipped, weigh
from claims.kinds import Mode

UNNAMED = "an unnamed source"
LONGEST_SPEAKER = 200


class BadClaim(Exception):
    """The rule that a claim of the model's breaks."""


@dataclass(frozen=True, slots=True)
class Reader:
    """Judges what a model says about one document."""

    document: Document
    vocabulary: Vocabulary

    def read(self, passage: Passage, told: Json, readings: dict[int, str]) -> Candidate | Refused:
        """The candidate. `readings` are the sentences that it may be about, made understandable alone."""
        statement, number = told["statement"].strip(), int(told["sentence"])
        try:
            if number not in readings:
                raise BadClaim("it is about a sentence that it was not asked about")
            sentence = passage.sentences[number - 1]
            quotes = self._quotes(sentence, told["quotes"])
            said = self._attribution(sentence, told, quotes)
            near = f"{self._text(sentence.place)} {readings[number]}"
            if fault := fault_in_statement(statement, self.vocabulary, near):
                raise BadClaim(fault)
        except BadClaim as error:
            return Refused(_printable(told["statement"])[:500], str(error))
        return self._weighed(
            Candidate(
                statement=statement,
                kind=told["kind"],
                mode=_mode(said, quotes, sentence.quotations),
                spans=self._spans(sentence, quotes, said),
                worth=0.0,
                attribution=said,
            )
        )

    def _text(self, place: Place) -> str:
        return self.document.text[place.start : place.end]

    def _quotes(self, sentence: Sentence, quotes: Sequence[str]) -> tuple[Place, ...]:
        """Where the quotes stand, each after the one before."""
        places: list[Place] = []
        reached = sentence.start
        for quote in quotes:
            place = find_quote(self.document.text, quote, Place(reached, sentence.end))
            if place is None:
                raise BadClaim(f"its quote “{_printable(quote)[:80]}” is not in the sentence once")
            places.append(place)
            reached = place.end
        if not places:
            raise BadClaim("it quotes nothing")
        return merged(self.document.text, places)

    def _attribution(
        self, sentence: Sentence, told: Json, quotes: tuple[Place, ...]
    ) -> Attribution | None:
        speaker, is_unnamed = (told["speaker"] or "").strip(), told["is_unnamed"]
        if not speaker and not is_unnamed:
            return None
        text = self.document.text
        source = find_quote(text, speaker, sentence.place) or _first(text, speaker, sentence.start)
        if source is None and not is_unnamed:
            raise BadClaim(f"its speaker “{_printable(speaker)[:80]}” is not named in the article")
        name = " ".join(self._text(source).split()) if source else UNNAMED
        if len(name) > LONGEST_SPEAKER:
            raise BadClaim("its speaker is too long to be a name")
        cue = find_quote(text, told["cue"] or "", sentence.place)
        is_here = source is not None and sentence.start <= source.start < sentence.end
        return Attribution(name, source if is_here else None, cue, quotes, "", is_unnamed)

    def _spans(
        self, sentence: Sentence, quotes: tuple[Place, ...], said: Attribution | None
    ) -> tuple[Place, ...]:
        """The words, and who said them when that stands beside them."""
        if said is None or said.source is None or said.cue is None:
            return quotes
        return merged(self.document.text, [*quotes, said.source, said.cue])

    def _weighed(self, candidate: Candidate) -> Candidate:
        form = shipped() if self.document.language.partition("-")[0].lower() == "en" else None
        worth = weigh(candidate, form)
        return replace(candidate, worth=worth.score, reasons=worth.reasons, parts=worth.parts)


def reader_of(document: Document) -> Reader:
    return Reader(document, read_vocabulary(document.text))


def _first(text: str, name: str, before: int) -> Place | None:
    """Where the article names them, elsewhere than in the sentence: the last place before it, or the first after."""
    if not any(map(str.isalnum, name)):
        return None
    pattern = re.compile(
        r"(?<!\w)" + r"\s+".join(map(re.escape, name.split())) + r"(?!\w)", re.IGNORECASE
    )
    found = [match.span() for match in pattern.finditer(text, 0, before)][-1:]
    match = pattern.search(text, before)
    return Place(*found[0]) if found else Place(*match.span()) if match else None


def _mode(
    said: Attribution | None, quotes: Sequence[Place], quotations: Sequence[Quotation]
) -> str:
    """Whose words they are, by whether they stand in quotation marks."""
    if said is None:
        return Mode.NARRATOR.value
    inside = [any(q.start <= p.start and p.end <= q.end for q in quotations) for p in quotes]
    if all(inside):
        return Mode.DIRECT.value
    meets = any(q.start < p.end and p.start < q.end for q in quotations for p in quotes)
    return Mode.MIXED.value if meets else Mode.INDIRECT.value


def _printable(words: str) -> str:
    """Words of the model's that are only shown, in a reason."""
    return "".join(sign if sign.isprintable() else "\N{REPLACEMENT CHARACTER}" for sign in words)
