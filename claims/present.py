"""An article and its claims as plain data: the shape that `manage.py ingest --json` prints.

Offsets are Unicode code points into `text`, end excluded.
"""

from typing import Any

from articles.models import Article, Version
from claims.models import Claim, DetectionRun


def describe_article(article: Article) -> dict[str, Any]:
    version = article.current
    if version is None:
        raise ValueError("An article that is in has a version.")
    claims = Claim.objects.of_version(version).select_related("claimant").prefetch_related("spans")
    return {
        "id": str(article.pk),
        "title": article.title,
        "url": article.url,
        "publisher": article.publisher,
        "published_at": article.published_at.isoformat() if article.published_at else None,
        "language": article.language,
        "version": version.number,
        "sha256": version.sha256,
        "text": version.text,
        "blocks": _blocks(version),
        "detection": [_run(run) for run in version.detection_runs.all()],
        "claims": [describe_claim(claim, version) for claim in claims.order_by("id")],
    }


def describe_claim(claim: Claim, version: Version) -> dict[str, Any]:
    return {
        "id": str(claim.pk),
        "statement": claim.statement,
        "kind": claim.kind,
        "mode": claim.mode,
        "status": claim.status,
        "claimant": claim.claimant.name if claim.claimant else None,
        "attribution": str(claim.attribution_id) if claim.attribution_id else None,
        "worth": claim.worth,
        "reasons": claim.reasons,
        "spans": [
            {"start": span.start, "end": span.end, "quote": span.quote}
            for span in claim.spans.all()
            if span.version_id == version.pk
        ],
    }


def _blocks(version: Version) -> list[dict[str, Any]]:
    return [
        {"kind": kind, "start": start, "end": end, "text": version.text[start:end]}
        for kind, start, end in version.blocks
    ]


def _run(run: DetectionRun) -> dict[str, Any]:
    return {
        "engine": run.engine,
        "engine_version": run.engine_version,
        "state": run.state,
        "found": run.found,
        "refused": run.refused,
        "left_out": [
            {"start": start, "end": end, "reason": reason} for start, end, reason in run.left_out
        ],
    }
