"""What the pages of an article show, gathered once."""

from collections import defaultdict
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, QuerySet
from django.http import QueryDict

from accounts.models import User
from articles.models import Article, Version
from claims.kinds import Status
from claims.models import Claim, Span
from claims.services import engines_for
from reviews.claim_page import card_context
from reviews.runs_page import latest_run
from reviews.verdicts import with_verdict
from reviews.versions_page import deciding
from reviews.workbench import draw, leading


def counted(articles: QuerySet[Article]) -> QuerySet[Article]:
    """Articles with how many claims wait and how many are published."""
    return articles.annotate(
        claim_count=Count("claims", filter=~Q(claims__status=Status.DISMISSED)),
        suggested_count=Count("claims", filter=Q(claims__status=Status.SUGGESTED)),
        published_count=Count("claims", filter=Q(claims__status=Status.PUBLISHED)),
    ).defer("current__text", "current__original")


def workbench_context(user: User, article: Article, query: QueryDict) -> dict[str, Any]:
    """The text with its marks, the claims in reading order as filtered, and the chosen claim's card."""
    version = version_of(article, query.get("version", ""))
    claims = list(with_verdict(Claim.objects.of_version(version).with_context()))
    spans = _spans(version)
    current = _chosen(claims, query.get("claim", ""))
    entries = sorted(leading(claims), key=lambda claim: (_first(spans, claim), str(claim.pk)))
    shown_key = _entry_key(current, entries)
    run = latest_run(version)
    return {
        "article": article,
        "version": version,
        "versions": article.versions.light().defer("text"),
        "blocks": draw(version.document, entries, spans, shown_key),
        "entries": _filtered(entries, query),
        "on_these_words": _at(entries, spans, query.get("words", "")),
        "total": len(entries),
        "current": current,
        "shown_key": shown_key,
        "run": run,
        "engines": engines_for(article.language),
        "left_out": [(version.text[s:e], why) for s, e, why in run.left_out] if run else [],
        "filters": query,
        "deciding": deciding(user, version, query.get("fate", "")),
        "undecided": version.span_fates.undecided().count(),
        "claimants": sorted({str(c.claimant) for c in entries if c.claimant}),
        **(card_context(user, current) if current else {}),
    }


def version_of(article: Article, number: str) -> Version:
    """The version of this number, else the current one."""
    versions = article.versions.light().select_related("article")
    if number.isascii() and number.isdigit() and len(number) < 9:
        found = versions.filter(number=int(number)).first()
        if found:
            return found
    return versions.get(current_of=article)


def _spans(version: Version) -> dict[Any, list[Span]]:
    found: dict[Any, list[Span]] = defaultdict(list)
    for span in Span.objects.filter(version=version).order_by("start", "end"):
        found[span.claim_id].append(span)
    return found


def _first(spans: dict[Any, list[Span]], claim: Claim) -> int:
    return spans[claim.pk][0].start if spans.get(claim.pk) else 0


def _chosen(claims: list[Claim], key: str) -> Claim | None:
    return next((claim for claim in claims if str(claim.pk) == key), None)


def _entry_key(current: Claim | None, entries: list[Claim]) -> UUID | None:
    """The entry whose marks are lit: the chosen claim's own, or that of the claim it was said in."""
    if current is None:
        return None
    keys = {claim.pk: claim for claim in entries}
    if current.pk in keys:
        return current.pk
    return next((c.pk for c in entries if c.attribution_id == current.pk), None)


def _filtered(entries: list[Claim], query: QueryDict) -> list[Claim]:
    status, kind = query.get("status", ""), query.get("kind", "")
    claimant = query.get("claimant", "")
    try:
        worth = float(query.get("worth", "") or 0)
    except ValueError:
        worth = 0.0
    return [
        claim
        for claim in entries
        if (claim.status == status if status else claim.status != Status.DISMISSED)
        and (not kind or claim.kind == kind)
        and (not claimant or str(claim.claimant or "") == claimant)
        and (claim.worth or 0) >= worth
    ]


def _at(entries: list[Claim], spans: dict[Any, list[Span]], words: str) -> list[Claim]:
    """The claims that share these words ("840-850"): what the chooser lists."""
    start, _, end = words.partition("-")
    if not (start.isascii() and start.isdigit() and end.isascii() and end.isdigit()):
        return []
    if len(start) > 9 or len(end) > 9:
        return []
    return [
        claim
        for claim in entries
        if any(s.start < int(end) and s.end > int(start) for s in spans.get(claim.pk, []))
    ]
