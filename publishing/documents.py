"""The public document of a verdict: what readers, consumers and the chain all see.

Rendered once, when something is published. It never names a reviewer, a withheld source or anything internal.
"""

from datetime import UTC, datetime
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse

from claims.models import Claim, Span, SpanFate
from reviews.models import Verdict
from sources.models import Evidence

#: Raised when a field changes its meaning; adding one does not raise it.
FORMAT = 1


def render_document(
    *, claim: Claim, verdict: Verdict, kind: str, note: str, published_at: datetime
) -> dict[str, Any]:
    """The document without its place in the chain. Times are RFC 3339 in UTC."""
    return {
        "format": FORMAT,
        "kind": kind,
        "id": str(claim.pk),
        "url": public_url("publishing:show-claim", claim.pk),
        "published_at": _time(published_at),
        "note": note,
        "publisher": {"name": settings.ASSAY_DESK_NAME, "url": settings.ASSAY_BASE_URL},
        "claim": _claim(claim),
        "article": _article(claim),
        "verdict": _verdict(verdict),
        "evidence": [
            _evidence(item)
            for item in claim.evidence.standing().select_related("source", "snapshot")
        ],
    }


def public_url(name: str, *args: Any) -> str:
    return settings.ASSAY_BASE_URL + reverse(name, args=args)


def _claim(claim: Claim) -> dict[str, Any]:
    claimant, said = claim.claimant, claim.attribution
    if said is not None and not said.publications.exists():
        said = None  # what is not published is not told by the way
    spans = (
        _settled(claim)
        .select_related("version")
        .only(
            "claim",
            "start",
            "end",
            "quote",
            "prefix",
            "suffix",
            "resolution",
            "version__number",
            "version__article",
        )
    )
    return {
        "statement": claim.statement,
        "kind": claim.kind,
        "mode": claim.mode,
        "language": claim.language,
        "tags": claim.tags,
        "claimed_on": claim.claimed_at.isoformat() if claim.claimed_at else None,
        "claimant": None
        if claimant is None
        else {
            "id": str(claimant.pk),
            "name": claimant.name,
            "role": claimant.role,
            "kind": claimant.kind,
            "same_as": claimant.same_as,
        },
        "attribution": None if said is None else {"id": str(said.pk), "statement": said.statement},
        "spans": [_span(span) for span in spans],
    }


def _settled(claim: Claim) -> QuerySet[Span]:
    """Its words in the versions where nobody has to look at them first: a verdict is about no others."""
    waiting = SpanFate.objects.undecided().filter(span__claim=claim)
    return claim.spans.exclude(version__in=waiting.values("version"))


def _span(span: Span) -> dict[str, Any]:
    return {
        "article": str(span.version.article_id),
        "version": span.version.number,
        "start": span.start,
        "end": span.end,
        "quote": span.quote,
        "prefix": span.prefix,
        "suffix": span.suffix,
        "resolution": span.resolution,
    }


def _article(claim: Claim) -> dict[str, Any]:
    article = claim.article
    return {
        "id": str(article.pk),
        "title": article.title,
        "address": article.url,
        "publisher": article.publisher,
        "published_at": _time(article.published_at) if article.published_at else None,
        "url": public_url("publishing:show-article", article.pk),
    }


def _verdict(verdict: Verdict) -> dict[str, Any]:
    rating = verdict.rating
    values = [r.value for r in rating.scale.ratings.all() if r.value is not None]
    return {
        "revision": verdict.revision,
        "rating": rating.slug,
        "label": rating.label,
        "definition": rating.definition,
        "normalised": rating.normalised,
        "colour": rating.colour,
        "scale": {"name": rating.scale.name, "version": rating.scale.version},
        "value": rating.value,
        "worst": min(values) if rating.value is not None else None,
        "best": max(values) if rating.value is not None else None,
        "summary": verdict.summary,
        "justification": verdict.justification,
    }


def _evidence(item: Evidence) -> dict[str, Any]:
    return {
        "question": item.question,
        "stance": item.stance,
        "quote": item.quote,
        "quote_check": "overridden" if item.overridden_by_id else item.quote_check,
        "note": item.note,
        "answer": answer_of(item),
        "source": _source(item),
    }


def answer_of(item: Evidence, *, is_shown: bool | None = None) -> dict[str, Any] | None:
    """What the source answers to the question, if it was put down. Of a withheld one nothing that leads to it."""
    if not (item.answer or item.answer_type):
        return None
    is_shown = not item.source.is_withheld if is_shown is None else is_shown
    return {
        "text": item.answer,
        "type": item.answer_type,
        "explanation": item.explanation,
        "medium": item.medium if is_shown else "",
        "archived_url": item.archived_url if is_shown else "",
    }


def _source(item: Evidence) -> dict[str, Any]:
    source = item.source
    if source.is_withheld:
        return {"kind": source.kind, "title": source.public_title, "reason": source.withheld_reason}
    return {
        "id": str(source.pk),
        "kind": source.kind,
        "title": source.title,
        "publisher": source.publisher,
        "author": source.author,
        "address": source.url,
        "published_on": source.published_at.isoformat() if source.published_at else None,
        "copy_sha256": item.snapshot.sha256 if item.snapshot else None,
        "copied_at": _time(item.snapshot.fetched_at) if item.snapshot else None,
    }


def _time(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
