"""The engine by rules: each assertion of an article as a claim of its own, told from the grammar.

A sentence is parsed once. The acts of saying in it are read first; what somebody is said to say is then one
region of the sentence, what is left around it another, and each region is split into its assertions.
An assertion of a speaker keeps its speaker; the words that name them stand in its spans where the assertion
could not be read without them. Every sentence gives claims, or a reason why it gives none.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from articles.document import Document
from claims.detection.base import Candidate, Detection, LeftOut
from claims.detection.candidates import A_QUESTION, fault_in
from claims.detection.rules.acts import Act
from claims.detection.rules.assertions import Assertion, read_assertions, read_whole
from claims.detection.rules.kinds import kind_of
from claims.detection.rules.mentions import Mentions
from claims.detection.rules.parsing import Parsed, parse, reading
from claims.detection.rules.reporting import read_reports
from claims.detection.rules.spans import places
from claims.detection.rules.statements import Teller
from claims.detection.worth import FactualForm, shipped, weigh

Found = Candidate | LeftOut


class RulesEngine:
    """An engine as `claims.detection.base.Engine` asks for."""

    name = "rules"
    version = "1"
    languages: frozenset[str] = frozenset({"en"})

    def __init__(self, form: FactualForm | None = None) -> None:
        self.form = form

    def detect(self, document: Document) -> Detection:
        with reading():
            found = list(Reading(document, self.form).claims())
        candidates = tuple(item for item in found if isinstance(item, Candidate))
        return Detection(candidates, tuple(item for item in found if isinstance(item, LeftOut)))


class Reading:
    """One reading of a document, from its first sentence to its last."""

    def __init__(self, document: Document, form: FactualForm | None = None) -> None:
        self.text = document.text
        self.parsed = parse(document)
        self.reports = read_reports(document.text, self.parsed)
        self.mentions = Mentions(document, self.parsed)
        self.teller = Teller(document, self.parsed, self.mentions)
        self.form = form or shipped()
        self._told: set[tuple[str, str]] = set()

    def claims(self) -> Iterator[Found]:
        for parsed, acts in zip(self.parsed, self.reports, strict=True):
            yield from self._sentence(parsed, acts)

    def _sentence(self, parsed: Parsed, acts: Sequence[Act]) -> Iterator[Found]:
        sentence = parsed.sentence
        fault = fault_in(self.text[sentence.start : sentence.end])
        if fault and not (fault == A_QUESTION and _is_quoted_question(parsed, acts)):
            yield LeftOut(sentence.place, fault)
            return
        told = self._told_in(parsed, acts)
        claims = [found for _, found in told if isinstance(found, Candidate)]
        reasons = [found for _, found in told if isinstance(found, str)]
        yield from claims
        if not claims:
            yield LeftOut(sentence.place, (*reasons, "no assertion was found in it")[0])

    def _told_in(self, parsed: Parsed, acts: Sequence[Act]) -> list[tuple[int, Candidate | str]]:
        """The claims of a sentence, or why there is none, each with its first word."""
        told = [(one, self._claim(parsed, one)) for one in read_assertions(parsed, acts)]
        spoken = {one.act for one, found in told if one.act and isinstance(found, Candidate)}
        whole = [(one, self._claim(parsed, one)) for one in read_whole(parsed, acts, spoken)]
        firsts = [(one.content[0], found) for one, found in (*told, *whole)]
        return sorted(firsts, key=lambda pair: pair[0]) if whole else firsts

    def _claim(self, parsed: Parsed, assertion: Assertion) -> Candidate | str:
        """The candidate, or why there is none."""
        spans = places(parsed, assertion.tokens)
        words = " ".join(self.text[place.start : place.end] for place in spans)
        said = assertion.attribution
        is_told = said is not None and said.is_told
        fault = fault_in(f"{words}." if is_told else words)
        if fault:
            return fault
        speaker = said.name if said and not is_told else ""
        statement = self._statement(parsed, assertion, speaker)
        if not statement:
            return "cannot be told by itself"
        if self._is_repeated(statement, speaker):
            return "says again what stands elsewhere in the article"
        kind, mode = kind_of(parsed, assertion), assertion.mode
        draft = Candidate(statement, kind.value, mode.value, spans, 0.0, attribution=said)
        return self._weighed(draft)

    def _statement(self, parsed: Parsed, assertion: Assertion, speaker: str) -> str:
        """The words by themselves, or with the clause that they hang on."""
        alone = self.teller.statement(parsed, assertion.content, speaker)
        if alone or not assertion.atom.host:
            return alone
        return self.teller.statement(parsed, {*assertion.content, *assertion.atom.host}, speaker)

    def _is_repeated(self, statement: str, name: str) -> bool:
        key = (" ".join(statement.casefold().split()), name)
        is_known = key in self._told
        self._told.add(key)
        return is_known

    def _weighed(self, draft: Candidate) -> Candidate:
        mentioned = replace(
            draft,
            dates=self.mentions.dates(draft.spans),
            quantities=self.mentions.quantities(draft.spans),
            names=self.mentions.names(draft.spans),
        )
        worth = weigh(mentioned, self.form)
        return replace(mentioned, worth=worth.score, reasons=worth.reasons, parts=worth.parts)


def _is_quoted_question(parsed: Parsed, acts: Sequence[Act]) -> bool:
    """Whether somebody in the sentence asks what it ends with, and not the reporter."""
    marks = [token.i for token in parsed.doc if token.text.endswith("?")]
    is_quoted = bool(marks) and parsed.quoted[marks[-1]] >= 0
    return is_quoted and any(act.cue_tokens and act.content_tokens for act in acts)
