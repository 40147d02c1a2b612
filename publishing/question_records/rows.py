"""The rows that a record becomes: an article that says the claim, the claim on its words, the check by others, and the
evidence. None is saved here.

A claim stands in an article, but a record has the claim only. So its words become an article of their own, with the
origin *record*: frozen, quoted exactly, and told from what the desk has read (ADR 0013).
"""

import hashlib
import re
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from accounts.models import User
from articles.document import BlockKind
from articles.ingest import PLAIN_TEXT
from articles.models import Article, Origin, Version
from claims.detection.base import Place
from claims.kinds import Status
from claims.models import Claim, Claimant, ExternalCheck, Span
from claims.services import span_on
from publishing.question_records.shape import UNANSWERABLE, Answer, Question, Record
from sources.models import Evidence, OpenQuestion, Source, Stance

#: Numbers of questions are this far apart in `position`, with those of their answers between.
STEP = 1000
TITLE = 500
INNER = re.compile(r".+?/(?P<address>https?://.+)")


@dataclass(slots=True)
class Rows:
    """What is to be saved, model by model, in an order that refers to nothing unsaved."""

    actor: User | None
    language: str
    articles: list[Article] = field(default_factory=list)
    versions: list[Version] = field(default_factory=list)
    claims: list[Claim] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    checks: list[ExternalCheck] = field(default_factory=list)
    evidence: list[Evidence] = field(default_factory=list)
    questions: list[OpenQuestion] = field(default_factory=list)

    def add(
        self, record: Record, sha256: str, speaker: Claimant | None, sources: dict[str, Source]
    ) -> None:
        version = self._article(record)
        claim = self._claim(record, version, speaker)
        self.checks.append(_check(record, claim, sha256))
        for number, question in enumerate(record.questions, 1):
            self._question(claim, question, number * STEP, sources)

    def _article(self, record: Record) -> Version:
        content = record.claim.encode()
        article = Article(
            title=" ".join(record.claim.split())[:TITLE],
            publisher=record.reporting_source,
            language=self.language,
            added_by=self.actor,
        )
        version = Version(
            article=article,
            number=1,
            text=record.claim,
            sha256=hashlib.sha256(content).hexdigest(),
            blocks=[[BlockKind.PARAGRAPH.value, 0, len(record.claim)]],
            origin=Origin.RECORD,
            original=content,
            media_type=PLAIN_TEXT,
            added_by=self.actor,
        )
        article.current_id = version.pk  # the database looks only when all is there
        self.articles.append(article)
        self.versions.append(version)
        return version

    def _claim(self, record: Record, version: Version, speaker: Claimant | None) -> Claim:
        claim = Claim(
            article=version.article,
            statement=record.claim,
            kind=record.kind,
            claimant=speaker,
            claimed_at=record.claimed_on,
            language=self.language,
            added_by=self.actor,
            status=Status.SUGGESTED,
        )
        self.claims.append(claim)
        self.spans.append(span_on(claim, version, Place(0, len(record.claim))))
        return claim

    def _question(
        self, claim: Claim, question: Question, place: int, sources: dict[str, Source]
    ) -> None:
        if not question.answers:
            self.questions.append(self._open(claim, question, None, place))
        for position, answer in enumerate(question.answers, place):
            if not answer.source:
                self.questions.append(self._open(claim, question, answer, position))
                continue
            self.evidence.append(
                Evidence(
                    claim=claim,
                    source=sources[answer.source],
                    question=question.text,
                    stance=Stance.CONTEXT,  # a record does not say which side an answer takes
                    answer=answer.text,
                    answer_type=answer.type,
                    explanation=answer.explanation,
                    medium=answer.medium,
                    archived_url=answer.archived_url,
                    position=position,
                    residue=_residue(question, answer),
                    added_by=self.actor,
                )
            )

    def _open(
        self, claim: Claim, question: Question, answer: Answer | None, position: int
    ) -> OpenQuestion:
        return OpenQuestion(
            claim=claim,
            text=question.text,
            remark=answer.text if answer else "",
            is_unanswerable=answer is not None and answer.type == UNANSWERABLE,
            position=position,
            residue=_residue(question, answer),
            asked_by=self.actor,
        )


def publisher_of(address: str) -> str:
    """The site that published a check: of a copy in an archive, the one that was copied."""
    inner = INNER.fullmatch(address)
    try:
        host = urlsplit(inner["address"] if inner else address).hostname or ""
    except ValueError:
        host = ""
    return host.removeprefix("www.")[:200] or "Unknown"


def _check(record: Record, claim: Claim, sha256: str) -> ExternalCheck:
    details = {
        "required_reannotation": record.is_corrected,
        "further_types": list(record.further_types),
        "location": record.location,
        "strategies": list(record.strategies),
    }
    return ExternalCheck(
        claim=claim,
        url=record.check_url,
        publisher=publisher_of(record.check_url),
        claim_reviewed=record.claim,
        rating=record.label,
        justification=record.justification,
        claim_url=record.claim_url,
        claim_archived_url=record.claim_archived_url,
        details={name: value for name, value in details.items() if value},
        residue=record.residue,
        record_sha256=sha256,
    )


def _residue(question: Question, answer: Answer | None) -> dict[str, object]:
    """Of the answer and of its question, each under its name; nothing where there is none."""
    both = {"question": question.residue, "answer": answer.residue if answer else {}}
    return {name: residue for name, residue in both.items() if residue}
