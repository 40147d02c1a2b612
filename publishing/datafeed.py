"""Every ClaimReview of the desk as one schema.org DataFeed, written while it is sent.

Those who collect fact checks read `dataFeedElement[].item[]`, so `item` is a list, and take out what has `dateDeleted`.
Verdicts come from the database in batches, each after the place where the last one ended: however long the record, one
batch is in memory, and what is corrected meanwhile is neither missed nor told twice.
"""

import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from itertools import chain
from typing import Any

from django.conf import settings
from django.db.models import Exists, Max, OuterRef, Prefetch, Q
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.utils.crypto import salted_hmac
from django.views.decorators.http import condition, require_safe

from publishing.claimreview import render_claim_review
from publishing.jsonld import harmless
from publishing.models import CurrentVerdict, Markup, MarkupPage, Publication, PublicationKind
from publishing.reviewed import in_zulu

CONTENT_TYPE = "application/ld+json"
BATCH, LONGEST = 500, 40
TIMES = ("first_published_at", "published_at")
GONE = {PublicationKind.RETRACTION, PublicationKind.REOPENING}


def _etag(request: HttpRequest) -> str:
    """As long as nothing new is published, the same address gives the same bytes."""
    newest = Publication.objects.aggregate(Max("seq"))["seq__max"]
    changed = MarkupPage.objects.aggregate(Max("changed_at"))["changed_at__max"]
    known = [newest, changed, request.build_absolute_uri(), settings.ASSAY_LICENCE]
    return f'"{salted_hmac("publishing.datafeed", repr(known), algorithm="sha256").hexdigest()}"'


@require_safe
@condition(etag_func=_etag)
def claim_review_feed(request: HttpRequest) -> HttpResponseBase:
    try:
        since = read_since(request.GET.get("since", ""))
    except ValueError:
        words = "since: Give a date like 2026-03-01 or a time like 2026-03-01T12:00:00Z.\n"
        return HttpResponse(words, status=400, content_type="text/plain; charset=utf-8")
    if request.method == "HEAD":  # a server may write it all to throw it away
        return HttpResponse(content_type=CONTENT_TYPE)
    response = StreamingHttpResponse(write_feed(since), content_type=CONTENT_TYPE)
    response["Cache-Control"] = "public, max-age=60"
    response["Access-Control-Allow-Origin"] = "*"
    return response


def read_since(text: str) -> datetime | None:
    """A day or a moment, in UTC unless it says otherwise. Raises ValueError."""
    if not text:
        return None
    if len(text) == len("2026-03-01"):
        day = date.fromisoformat(text)
        return datetime(day.year, day.month, day.day, tzinfo=UTC)
    if len(text) > LONGEST:
        raise ValueError("Too long for a time.")
    moment = datetime.fromisoformat(text.replace(" ", "+"))  # in an address + is a space
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def write_feed(since: datetime | None) -> Iterator[str]:
    """The text of the feed, an element at a time."""
    head = {
        "@context": "https://schema.org",
        "@type": "DataFeed",
        "name": f"{settings.ASSAY_DESK_NAME}: fact checks",
        "dateModified": in_zulu(_last_change()),
    }
    if settings.ASSAY_LICENCE:
        head["license"] = settings.ASSAY_LICENCE
    yield harmless(json.dumps(head, ensure_ascii=False)[:-1]) + ',"dataFeedElement":['
    between = "\n"
    for element in chain(_verdicts(since), _markups(since)):
        text = json.dumps(element, ensure_ascii=False, separators=(",", ":"))
        yield between + harmless(text)
        between = ",\n"
    yield "\n]}\n"


def _last_change() -> datetime:
    newest = Publication.objects.order_by("-seq").values_list("published_at", flat=True).first()
    changed = MarkupPage.objects.aggregate(Max("changed_at"))["changed_at__max"]
    return max(filter(None, (newest, changed)), default=datetime.fromtimestamp(0, UTC))


def _verdicts(since: datetime | None) -> Iterator[dict[str, Any]]:
    for state, _, created, modified, text in _in_batches(since):
        document = json.loads(text)
        if state in GONE:
            yield _gone(document["url"], modified)
            continue
        review = render_claim_review(
            document, first_published_at=in_zulu(created), licence=settings.ASSAY_LICENCE
        )
        yield _element(review, created, modified)


def _in_batches(since: datetime | None) -> Iterator[tuple[Any, ...]]:
    rows = CurrentVerdict.objects.order_by("-first_published_at", "-claim_id")
    if since:
        rows = rows.filter(published_at__gte=since)
    ready = rows.values_list("state", "claim_id", *TIMES, "publication__document")
    batch = list(ready[:BATCH])
    while batch:
        yield from batch
        _, key, at, _, _ = batch[-1]
        beside = Q(first_published_at=at, claim_id__lt=key)
        after = ready.filter(Q(first_published_at__lt=at) | beside, first_published_at__lte=at)
        batch = list(after[:BATCH])


def _markups(since: datetime | None) -> Iterator[dict[str, Any]]:
    """The pages that clients keep, an element a markup. An address that has no page any more has one element."""
    again = MarkupPage.objects.standing().filter(url=OuterRef("url"))
    pages = MarkupPage.objects.filter(Q(removed_at=None) | ~Exists(again))
    pages = pages.order_by("-created_at", "-id").defer("markups")
    if since:
        pages = pages.filter(changed_at__gte=since)
    rows = Prefetch("rows", Markup.objects.defer("search_vector"))
    for page in pages.prefetch_related(rows).iterator(chunk_size=BATCH):
        if page.removed_at:
            yield _gone(page.url, page.removed_at)
        for row in page.rows.all():
            yield _element(_licensed(json.loads(row.content)), page.created_at, page.changed_at)


def _licensed(review: dict[str, Any]) -> dict[str, Any]:
    return review | ({"sdLicense": settings.ASSAY_LICENCE} if settings.ASSAY_LICENCE else {})


def _element(review: dict[str, Any], created: datetime, modified: datetime) -> dict[str, Any]:
    del review["@context"]  # the feed has it
    return {
        "@type": "DataFeedItem",
        "dateCreated": in_zulu(created),
        "dateModified": in_zulu(modified),
        "url": review["url"],
        "item": [review],
    }


def _gone(url: str, at: datetime) -> dict[str, Any]:
    return {"@type": "DataFeedItem", "url": url, "dateDeleted": in_zulu(at)}
