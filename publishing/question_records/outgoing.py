"""Gives claims out as records: those that came in as such, with what the desk has changed since, and the desk's own.

What the desk concludes goes before what others concluded. A withheld source is a placeholder, here as everywhere.
"""

import json
from collections.abc import Iterator
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch

from claims.models import Claim, ClaimQuerySet, ExternalCheck
from publishing.documents import public_url
from publishing.question_records.rows import STEP
from publishing.question_records.shape import (
    ABSTRACTIVE,
    EXTRACTIVE,
    LABELS,
    NO_ANSWER,
    UNANSWERABLE,
    Answer,
    Question,
    Record,
    write_record,
)
from reviews.models import Verdict
from sources.models import Evidence, OpenQuestion, Source

PAGE = 200
#: What a kept copy is read from, by the start of its media type.
MEDIA = {"application/pdf": "PDF", "image/": "Image/graphic", "video/": "Video", "audio/": "Audio"}
Item = Evidence | OpenQuestion


def export_records(claims: ClaimQuerySet) -> Iterator[dict[str, Any]]:
    """A record for each of these claims that has any, in the order they were made, a page at a time."""
    rows = _with_all(recorded(claims)).order_by("pk")
    page = list(rows[:PAGE])
    while page:
        for claim in page:
            yield write_record(record_of(claim))
        page = list(rows.filter(pk__gt=page[-1].pk)[:PAGE])


def record_lines(claims: ClaimQuerySet) -> Iterator[bytes]:
    """The records as lines of JSON. Half a character, which UTF-8 cannot hold, is written as JSON escapes it."""
    for record in export_records(claims):
        text = json.dumps(record, ensure_ascii=False)
        yield f"{text}\n".encode(errors="backslashreplace")


def recorded(claims: ClaimQuerySet) -> ClaimQuerySet:
    """Those with something to say: evidence, a question, or the record that they came in with."""
    this = OuterRef("pk")
    return claims.filter(
        Exists(ExternalCheck.objects.exclude(record_sha256="").filter(claim=this))
        | Exists(Evidence.objects.standing().filter(claim=this))
        | Exists(OpenQuestion.objects.standing().filter(claim=this))
    )


def record_of(claim: Claim) -> Record:
    """The record as our rows have it now."""
    check = next((one for one in claim.external_checks.all() if one.record_sha256), None)
    check = check or ExternalCheck()
    verdict = next(iter(claim.verdicts.all()), None)
    details = check.details
    is_public = hasattr(claim, "current_verdict")
    return Record(
        claim=claim.statement,
        kind=claim.kind,
        further_types=tuple(details.get("further_types", ())),
        is_corrected=details.get("required_reannotation", False) or _is_corrected(claim),
        label=LABELS[verdict.rating.normalised] if verdict else check.rating,
        justification=verdict.justification if verdict else check.justification,
        claimed_on=claim.claimed_at,
        speaker=claim.claimant.name if claim.claimant else "",
        claim_url=check.claim_url or claim.article.url,
        claim_archived_url=check.claim_archived_url,
        check_url=public_url("publishing:show-claim", claim.pk) if is_public else check.url,
        reporting_source=claim.article.publisher,
        location=details.get("location", ""),
        strategies=tuple(details.get("strategies", ())),
        questions=tuple(_questions([*claim.evidence.all(), *claim.open_questions.all()])),
        residue=check.residue,
    )


def _with_all(claims: ClaimQuerySet) -> ClaimQuerySet:
    evidence = Evidence.objects.standing().select_related("source", "snapshot")
    verdicts = Verdict.objects.select_related("rating").order_by("-revision")
    return (
        claims.select_related("article", "claimant", "current_verdict")
        .defer("search_vector")
        .prefetch_related(
            "external_checks",
            Prefetch("evidence", evidence.defer("snapshot__text", "snapshot__headers")),
            Prefetch("open_questions", OpenQuestion.objects.standing()),
            Prefetch("verdicts", verdicts),
        )
    )


def _is_corrected(claim: Claim) -> bool:
    return any(verdict.correction_note for verdict in claim.verdicts.all())


def _questions(items: list[Item]) -> Iterator[Question]:
    """Answers to one question together, as their record had them; what the desk added joins its own question."""
    groups: dict[tuple[int | None, str], list[Item]] = {}
    for item in sorted(items, key=_place):
        text, number = _text(item), item.position and item.position // STEP
        same = (key for key in groups if key[1] == text)
        key = (number, text) if number else next(same, (None, text))
        groups.setdefault(key, []).append(item)
    for (_, text), group in groups.items():
        answers = tuple(filter(None, map(_answer, group)))
        yield Question(text, answers, group[0].residue.get("question", {}))


def _place(item: Item) -> tuple[bool, int, str]:
    return item.position is None, item.position or 0, str(item.pk)


def _text(item: Item) -> str:
    return item.question if isinstance(item, Evidence) else item.text


def _answer(item: Item) -> Answer | None:
    residue = item.residue.get("answer", {})
    match item:
        case OpenQuestion(is_unanswerable=False, remark=""):
            return None
        case OpenQuestion():
            type_ = UNANSWERABLE if item.is_unanswerable else ""
            is_ours = item.is_unanswerable and item.position is None
            return Answer(
                item.remark or (NO_ANSWER if is_ours else ""), type=type_, residue=residue
            )
        case Evidence(position=None):
            return _of_the_desk(item)
    is_withheld = item.source.is_withheld
    return Answer(
        text=item.answer,
        type=item.answer_type,
        source=_named(item.source),
        archived_url="" if is_withheld else item.archived_url,
        medium=item.medium,
        explanation=item.explanation,
        residue={} if is_withheld else residue,
    )


def _of_the_desk(item: Evidence) -> Answer:
    """Evidence that came in by no record: the answer is what it says, or else its quote, or else the note."""
    return Answer(
        text=item.answer or item.quote or item.note,
        type=item.answer_type or (EXTRACTIVE if item.quote else ABSTRACTIVE),
        source=_named(item.source),
        archived_url="" if item.source.is_withheld else item.archived_url,
        medium=item.medium or _medium(item),
        explanation=item.explanation,
    )


def _named(source: Source) -> str:
    return source.public_title if source.is_withheld else source.url or source.title


def _medium(item: Evidence) -> str:
    kept = item.snapshot.media_type if item.snapshot else ""
    found = (name for start, name in MEDIA.items() if kept.startswith(start))
    return next(found, "Web text" if item.source.url else "Other")
