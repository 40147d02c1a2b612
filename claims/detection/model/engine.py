"""The model engine: each passage is asked about in three steps, and what does not hold is refused.

*Selection* asks what each sentence does, *disambiguation* makes those that assert something stand
alone, *decomposition* breaks them into single assertions. Each is a question of its own with an
answer of its own in the trace, so that one can see where a claim went wrong.

Unlike other engines it talks to somebody, and the same text may give other claims another time.
"""

import hashlib
import time
from collections.abc import Callable, Container, Iterator
from dataclasses import dataclass, field, replace

from articles.document import Document
from claims.detection.base import Candidate, Detection, Engine, LeftOut, Place, Refused
from claims.detection.model.claims import Reader, reader_of
from claims.detection.model.endpoint import (
    Access,
    Budget,
    EndpointError,
    Session,
    Silent,
    Spent,
    Unanswered,
)
from claims.detection.model.passages import Passage, read_passages
from claims.detection.model.prompts import (
    DECOMPOSITION,
    DISAMBIGUATION,
    SELECTION,
    VERDICTS,
    VERSION,
    Json,
    Step,
)
from claims.detection.model.wording import fault_in_statement

Found = Candidate | LeftOut | Refused

LONGEST_VERSION = 20
MOST_SILENCES = 3
MOST_CLAIMS_A_SENTENCE = 12


class ModelEngine:
    """An engine as `claims.detection.base.Engine` asks for.

    With a `fallback`, its claims stand in for a passage about which the model gave nothing that can be used.
    """

    name = "model"
    languages: frozenset[str] = frozenset()

    def __init__(
        self,
        access: Access,
        budget: Budget | None = None,
        fallback: Engine | None = None,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.access, self.budget = access, budget or Budget()
        self.fallback, self.sleep = fallback, sleep
        self.version = _version(access.model)

    def detect(self, document: Document) -> Detection:
        """Raises EndpointError when the endpoint cannot be used at all."""
        with Session(self.access, self.budget, self.sleep) as session:
            run = Run(document, session, reader_of(document), self.fallback)
            found = [item for passage in read_passages(document) for item in run.read(passage)]
            if run.silences and not run.answered:
                raise EndpointError(f"The endpoint gave no answer to any question: {run.why}.")
            return Detection(
                tuple(item for item in found if isinstance(item, Candidate)),
                tuple(item for item in found if isinstance(item, LeftOut)),
                tuple(item for item in found if isinstance(item, Refused)),
                tuple(session.trace),
            )


@dataclass(slots=True)
class Run:
    """One reading of a document. `why` is the reason for which nothing more is asked, or the last silence."""

    document: Document
    session: Session
    reader: Reader
    fallback: Engine | None
    silences: int = 0
    answered: int = 0
    is_over: bool = False
    why: str = ""
    _written: set[tuple[str, tuple[Place, ...]]] = field(default_factory=set)
    _stand_ins: list[Candidate] | None = None

    def read(self, passage: Passage) -> Iterator[Found]:
        """What the model finds in the passage, or why it is left out."""
        if self.is_over:
            yield from self._without_model(passage, self.why)
            return
        try:
            found = list(self._steps(passage))
        except Unanswered as error:
            self._note(error)
            yield from self._without_model(passage, str(error))
            return
        self.silences, self.answered = 0, self.answered + 1
        yield from found

    def _note(self, error: Unanswered) -> None:
        self.why = str(error)
        self.silences += isinstance(error, Silent)
        self.is_over = isinstance(error, Spent) or self.silences >= MOST_SILENCES

    def _without_model(self, passage: Passage, reason: str) -> Iterator[Found]:
        stand_ins = list(self._claims_of_fallback(passage.place))
        yield from stand_ins
        if not stand_ins:
            yield LeftOut(passage.place, reason)

    def _claims_of_fallback(self, place: Place) -> Iterator[Candidate]:
        if self.fallback is None:
            return
        if self._stand_ins is None:
            self._stand_ins = list(self.fallback.detect(self.document).candidates)
        note = f"found by {self.fallback.name}, as the model gave nothing usable"
        for candidate in self._stand_ins:
            if all(place.start <= s.start and s.end <= place.end for s in candidate.spans):
                yield _with_reason(candidate, note)

    def _steps(self, passage: Passage) -> Iterator[Found]:
        selected, left_out = self._select(passage)
        yield from left_out
        readings: dict[int, str] = {}
        if selected:
            readings, left_out = self._disambiguate(passage, selected)
            yield from left_out
        if readings:
            yield from self._decompose(passage, readings)

    def _select(self, passage: Passage) -> tuple[list[int], list[LeftOut]]:
        numbers = range(1, len(passage.sentences) + 1)
        verdicts = self._judgements(passage, SELECTION, self._material(passage, numbers))
        selected, left_out = [], []
        for number in numbers:
            verdict = verdicts.get(number, {}).get("verdict")
            if verdict == "asserts":
                selected.append(number)
            else:
                reason = VERDICTS[verdict] if verdict else "the model passed it over"
                left_out.append(LeftOut(passage.sentences[number - 1].place, reason))
        return selected, left_out

    def _disambiguate(
        self, passage: Passage, numbers: list[int]
    ) -> tuple[dict[int, str], list[LeftOut]]:
        """Each sentence as it can be understood alone; a rewording that says more than the article is not taken."""
        material = self._material(passage, numbers)
        told = self._judgements(passage, DISAMBIGUATION, material)
        readings: dict[int, str] = {}
        left_out = []
        for number in numbers:
            place = passage.sentences[number - 1].place
            words = self.document.text[place.start : place.end]
            clarity = told.get(number, {}).get("clarity")
            if clarity == "unresolvable":
                left_out.append(LeftOut(place, "cannot be understood without guessing"))
                continue
            text = told[number]["text"] if clarity == "resolved" else words
            near = f"{passage.before} {words}"
            is_sound = not fault_in_statement(text, self.reader.vocabulary, near)
            readings[number] = text if is_sound else words
        return readings, left_out

    def _decompose(self, passage: Passage, readings: dict[int, str]) -> Iterator[Found]:
        material = self._material(passage, readings)
        for item in material["sentences"]:
            item["reading"] = readings[item["number"]]
        told = self.session.ask(DECOMPOSITION, passage.place, material)["claims"]
        counts = dict.fromkeys(readings, 0)
        for claim in told:
            found: Found = self.reader.read(passage, claim, readings)
            if isinstance(found, Candidate):
                counts[claim["sentence"]] += 1
                found = self._once(found, counts[claim["sentence"]])
            yield found
        for number, count in counts.items():
            if not count:
                place = passage.sentences[number - 1].place
                yield LeftOut(place, "the model found nothing in it that holds")

    def _once(self, found: Candidate, count: int) -> Found:
        """The candidate, unless it came before or there are more of them than a sentence can assert."""
        key = (found.statement.casefold(), found.spans)
        if key in self._written:
            return Refused(found.statement, "it came before")
        if count > MOST_CLAIMS_A_SENTENCE:
            return Refused(found.statement, "there are more claims than a sentence can assert")
        self._written.add(key)
        return found

    def _judgements(self, passage: Passage, step: Step, material: Json) -> dict[int, Json]:
        """What was said of each sentence; of two judgements the first counts."""
        answer = self.session.ask(step, passage.place, material)
        return {item["number"]: item for item in reversed(answer["sentences"])}

    def _material(self, passage: Passage, numbers: Container[int]) -> Json:
        sentences = [
            {"number": number, "text": self.document.text[s.start : s.end]}
            for number, s in enumerate(passage.sentences, start=1)
            if number in numbers
        ]
        return {"before": passage.before, "sentences": sentences}


def _version(model: str) -> str:
    """The prompts' version and the model: another model finds other claims."""
    whole = f"{VERSION} {model}"
    if len(whole) <= LONGEST_VERSION:
        return whole
    mark = hashlib.sha256(whole.encode()).hexdigest()[:6]
    return f"{whole[: LONGEST_VERSION - 7]}~{mark}"


def _with_reason(candidate: Candidate, reason: str) -> Candidate:
    return replace(candidate, reasons=(*candidate.reasons, reason))
