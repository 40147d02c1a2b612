"""Brings records in, line by line.

A hundred lines are one transaction, so a run that is stopped goes on where it was: each record is known by the SHA-256
of its canonical JSON and comes in once. A line that is no record is reported by its number and left out; values that
are odd are reported and kept.
"""

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, BinaryIO

from django.db import DataError, IntegrityError, connection, transaction
from django.db.models import Q

from accounts.models import User
from articles.models import Article, Version
from audit.services import record_all
from claims.models import Claim, Claimant, ExternalCheck, Span
from claims.services import find_claimant
from publishing.question_records.oddities import find_oddities
from publishing.question_records.parsing import LONGEST_LINE, BadRecord, parse_line, parse_record
from publishing.question_records.residue import as_text
from publishing.question_records.rows import Rows
from publishing.question_records.shape import Answer, Record
from sources.identify import kind_of
from sources.models import Evidence, OpenQuestion, Source, SourceKind

LOCK = 0x5245434F  # "RECO": those who bring records in, one at a time
CHUNK = 100
#: A first guess at what kind a source is, from what the answer was read from; else from its address.
KINDS = {
    **dict.fromkeys(("Image/graphic", "Video", "Audio"), SourceKind.MEDIA),
    "Metadata": SourceKind.DATASET,
}


@dataclass(slots=True)
class Tally:
    """How many lines became claims, were here before and were no records; and what was odd, by kind."""

    made: int = 0
    here: int = 0
    bad: int = 0
    odd: Counter[str] = field(default_factory=Counter)


@dataclass(slots=True)
class RecordImport:
    """Who brings records in, and who is told: `tell` of each finding in words, `passed` of each line's bytes."""

    actor: User | None = None
    language: str = "en"
    tell: Callable[[str], None] = lambda message: None
    passed: Callable[[int], object] = lambda count: None
    tally: Tally = field(default_factory=Tally)
    people: dict[str, Claimant | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ReadLine:
    number: int
    given: dict[str, Any]
    record: Record
    sha256: str


def read_lines(file: BinaryIO) -> Iterator[bytes]:
    """The lines of a file. One without an end is cut where `parse_line` refuses it, and never held whole."""
    while line := file.readline(LONGEST_LINE + 1):
        yield line
        while line and len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            line = file.readline(LONGEST_LINE + 1)


def import_records(lines: Iterable[bytes], run: RecordImport) -> Tally:
    """Bring in what is new in these lines. Raises nothing for a line that is bad."""
    numbered = enumerate(lines, 1)
    while chunk := list(islice(numbered, CHUNK)):
        read = {one.sha256: one for one in _read(chunk, run)}
        _take(list(read.values()), run)
        run.passed(sum(len(line) for _, line in chunk))
    return run.tally


def _read(chunk: list[tuple[int, bytes]], run: RecordImport) -> Iterator[ReadLine]:
    for number, line in chunk:
        if not line.strip():
            continue
        try:
            given = parse_line(line)
            record = parse_record(given)
        except BadRecord as error:
            _refuse(number, error, run)
            continue
        sha256 = hashlib.sha256(as_text(given).encode()).hexdigest()
        yield ReadLine(number, given, record, sha256)


def _take(lines: list[ReadLine], run: RecordImport) -> None:
    """Keep the lines; if the database refuses one of them, each by itself."""
    try:
        made = _keep(lines, run)
    except (DataError, IntegrityError) as error:
        run.people.clear()
        if len(lines) == 1:
            _refuse(lines[0].number, error, run)
            return
        for line in lines:
            _take([line], run)
        return
    run.tally.made += len(made)
    run.tally.here += len(lines) - len(made)
    for line in made:
        for oddity in find_oddities(line.given):
            run.tally.odd[oddity.kind] += 1
            run.tell(f"line {line.number}: {oddity.where}: {oddity.kind}")


@transaction.atomic
def _keep(lines: list[ReadLine], run: RecordImport) -> list[ReadLine]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    known = set(
        ExternalCheck.objects.filter(record_sha256__in=[line.sha256 for line in lines]).values_list(
            "record_sha256", flat=True
        )
    )
    fresh = [line for line in lines if line.sha256 not in known]
    sources = _sources([line.record for line in fresh], run.actor)
    rows = Rows(run.actor, run.language)
    for line in fresh:
        rows.add(line.record, line.sha256, _speaker(line.record.speaker, run), sources)
    _save(rows)
    return fresh


def _save(rows: Rows) -> None:
    Article.objects.bulk_create(rows.articles)
    Version.objects.bulk_create(rows.versions)
    Claim.objects.bulk_create(rows.claims)
    Span.objects.bulk_create(rows.spans)
    ExternalCheck.objects.bulk_create(rows.checks)
    Evidence.objects.bulk_create(rows.evidence)
    OpenQuestion.objects.bulk_create(rows.questions)
    articles = ((article, {"title": article.title}) for article in rows.articles)
    record_all("article.added", articles, actor=rows.actor)
    answers = Counter(item.claim_id for item in rows.evidence)
    claims = (
        (claim, {"statement": claim.statement, "evidence": answers[claim.pk]})
        for claim in rows.claims
    )
    record_all("claim.imported", claims, actor=rows.actor)


def _speaker(name: str, run: RecordImport) -> Claimant | None:
    if name not in run.people:
        run.people[name] = find_claimant(name)
    return run.people[name]


def _sources(records: list[Record], actor: User | None) -> dict[str, Source]:
    """The source of each answer by how the answer names it. One that is not here yet is added."""
    answers = {
        answer.source: answer
        for record in records
        for question in record.questions
        for answer in question.answers
        if answer.source
    }
    found = _known(answers)
    added = [_source(answer, actor) for name, answer in answers.items() if name not in found]
    Source.objects.bulk_create(added, ignore_conflicts=True)
    found |= _known({name: one for name, one in answers.items() if name not in found})
    ours = {source.pk for source in added}
    new = ((one, {"title": one.title}) for one in found.values() if one.pk in ours)
    record_all("source.added", new, actor=actor)
    return found


def _known(answers: dict[str, Answer]) -> dict[str, Source]:
    addresses = [name for name, answer in answers.items() if answer.has_address]
    titles = [name for name, answer in answers.items() if not answer.has_address]
    named = Q(url="", title__in=titles) & ~Q(kind=SourceKind.WITHHELD)
    rows = Source.objects.filter(Q(url__in=addresses) | named).order_by("-id")
    return {source.url or source.title: source for source in rows}


def _source(answer: Answer, actor: User | None) -> Source:
    url = answer.source if answer.has_address else ""
    kind = KINDS.get(answer.medium) or kind_of(url)
    return Source(url=url, title=answer.source[:500], kind=kind, added_by=actor)


def _refuse(number: int, error: Exception, run: RecordImport) -> None:
    run.tally.bad += 1
    run.tell(f"line {number}: {str(error).splitlines()[0]} Left out.")
