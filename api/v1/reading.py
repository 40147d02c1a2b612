"""What each audience may read, fetched in a fixed number of queries however long the list is."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson
from django.db.models import Exists, F, OuterRef, Prefetch, Subquery
from django.http import Http404

from accounts.models import User
from api.v1 import documents
from api.v1.claims_in_lists import claims_of
from api.v1.documents import Data
from articles.models import Article, ArticleQuerySet, Version
from claims.models import Claim, ClaimQuerySet, Span
from publishing import queries, record
from publishing.citations import cite_document, cite_evidence
from publishing.models import CurrentVerdict
from publishing.reading import Reading, read
from reviews.models import Verdict
from sources.models import Evidence

_PUBLIC = Exists(CurrentVerdict.objects.filter(article=OuterRef("pk")))


def is_desk(user: Any) -> bool:
    """Whether the desk's own view of things is theirs; everyone else reads the public record."""
    return bool(user.has_perm("claims.view_claim") and user.has_perm("articles.view_article"))


def articles(user: Any, *, updated_since: datetime | None = None) -> ArticleQuerySet:
    """Those of this audience; or those that changed for it since, with the time of it as `newest`."""
    rows = Article.objects.visible_to(user) if is_desk(user) else Article.objects.filter(_PUBLIC)
    rows = rows.annotate(is_public=_PUBLIC)
    if updated_since is None:
        return rows
    if is_desk(user):
        return rows.filter(changed_at__gte=updated_since).annotate(newest=F("changed_at"))
    entries = CurrentVerdict.objects.filter(article=OuterRef("pk"))
    newest = entries.order_by("-published_at").values("published_at")[:1]
    since = Exists(entries.filter(published_at__gte=updated_since))
    return rows.filter(since).annotate(newest=Subquery(newest))


def list_articles(
    rows: list[Article], user: Any, *, with_claims: bool = False, is_whole: bool = True
) -> list[Data]:
    """With claims, and of whole articles, those of the desk stay the JSON that they are."""
    found = _outlines_at_desk(rows) if is_desk(user) else _outlines_of_record(rows)
    if not with_claims:
        return found
    claims = _claims_at_desk(rows, is_whole=is_whole) if is_desk(user) else _claims_of_record(rows)
    return [{**one, "claims": claims.get(one["id"], [])} for one in found]


def _outlines_at_desk(rows: list[Article]) -> list[Data]:
    return [_article_outline(article) for article in rows]


def _claims_at_desk(rows: list[Article], *, is_whole: bool) -> Mapping[str, Any]:
    keep = orjson.Fragment if is_whole else orjson.loads
    written = claims_of([article.pk for article in rows])
    return {str(article): keep(text) for article, text in written.items()}


def _claims_of_record(rows: list[Article]) -> Mapping[str, Any]:
    """By article, in the order of their newest entries."""
    found: dict[str, list[Data]] = defaultdict(list)
    newest = queries.verdicts().filter(article__in=rows).order_by("seq")
    readings = [read(row.publication.document) for row in newest]
    checked = _checked(readings)
    for one in readings:
        outline = documents.claim_outline_of_record(one.document, checked[one.id])
        found[one.article["id"]].append(outline)
    return found


def with_history(found: list[Data]) -> list[Data]:
    """These claims, each with its entries in the public record, the oldest first."""
    histories = record.histories([one["id"] for one in found])
    return [{**one, "history": histories[one["id"]]} for one in found]


def _outlines_of_record(rows: list[Article]) -> list[Data]:
    newest = (
        CurrentVerdict.objects.filter(article__in=rows)
        .order_by("article_id", "-seq")
        .distinct("article_id")
        .values_list("article_id", "publication__document")
    )
    found = {pk: read(text).document for pk, text in newest}
    return [documents.article_of_record(found[row.pk]) for row in rows]


def show_article(pk: Any, user: Any) -> Data:
    return _article_at_desk(pk, user) if is_desk(user) else _article_of_record(pk)


def desk_claims(user: User) -> ClaimQuerySet:
    """Claims with all that `claim_at_desk` reads. Texts of versions and copies stay where they are."""
    evidence = Evidence.objects.standing().select_related("source", "snapshot")
    related = ("article", "claimant", "attribution", "current_verdict__publication__verdict")
    return (
        _outlines(user)
        .select_related(*related)
        .prefetch_related(Prefetch("evidence", evidence.defer("snapshot__text")))
    )


def show_claim(pk: Any, user: Any) -> Data:
    if is_desk(user):
        found = claims_at_desk(list(desk_claims(user).filter(pk=pk)), user)
    else:
        found = claims_of_record(list(queries.verdicts().filter(pk=pk)))
    if not found:
        raise Http404
    return found[0]


def show_new_claim(claim: Claim, spans: list[Span], user: User) -> Data:
    """A claim that was just made, with its spans: nothing else can be there yet, so nothing is asked for."""
    in_hand = {"spans": spans, "verdicts": [], "evidence": []}
    claim._prefetched_objects_cache = in_hand  # type: ignore[attr-defined]  # as a prefetch leaves them
    claim._state.fields_cache["current_verdict"] = None
    claim.article = spans[0].version.article
    return documents.claim_at_desk(claim, user, None)


def claims_at_desk(claims: list[Claim], user: User) -> list[Data]:
    checked = _checked_at_desk(claims)
    return [documents.claim_at_desk(claim, user, checked.get(str(claim.pk))) for claim in claims]


def claims_of_record(rows: list[CurrentVerdict]) -> list[Data]:
    readings = [read(row.publication.document) for row in rows]
    checked = _checked(readings)
    return [documents.claim_of_record(one.document, checked[one.id]) for one in readings]


def citations(pk: Any, user: Any) -> list[Data] | None:
    """The sources of a claim, or None where this reader may not know of it."""
    if is_desk(user):
        if not Claim.objects.visible_to(user).filter(pk=pk).exists():
            return None
        evidence = Evidence.objects.standing().filter(claim=pk).select_related("source", "snapshot")
        return cite_evidence(pk, evidence.defer("snapshot__text", "snapshot__headers"))
    row = queries.verdicts().filter(pk=pk).first()
    return cite_document(read(row.publication.document).document) if row else None


def _checked_at_desk(claims: list[Claim]) -> dict[str, Data]:
    """Of those that were ever published."""
    if not any(hasattr(claim, "current_verdict") for claim in claims):
        return {}
    rows = queries.verdicts().filter(claim__in=claims)
    return _checked([read(row.publication.document) for row in rows])


def _checked(readings: list[Reading]) -> dict[str, Data]:
    """The version that a verdict is about, and whether the article as it stands still has its words."""
    gone = queries.no_longer_there(readings)
    return {one.id: {"version": one.version, "still_there": one.id not in gone} for one in readings}


def _outlines(user: User) -> ClaimQuerySet:
    spans = Span.objects.select_related("version").only(
        *("claim", "start", "end", "quote", "prefix", "suffix", "resolution"),
        *("version__number", "version__article"),
    )
    verdicts = Verdict.objects.select_related("rating").order_by("claim", "-revision")
    related = ("claimant", "attribution", "current_verdict__publication__verdict")
    return (
        Claim.objects.visible_to(user)
        .select_related(*related)
        .defer("search_vector", "current_verdict__publication__document")
        .prefetch_related(Prefetch("spans", spans), Prefetch("verdicts", verdicts))
    )


def _article_outline(article: Any) -> Data:
    outline = documents.article_at_desk(article, is_public=article.is_public)
    return {**outline, "desk": documents.article_facts(article)}


def _article_at_desk(pk: Any, user: User) -> Data:
    rows = articles(user).select_related("current").defer("current__original")
    article = rows.filter(pk=pk).first()
    if article is None or article.current is None:
        raise Http404
    outline, claims = _article_outline(article), _outlines(user).filter(article=article)
    found = list(claims.order_by("pk"))
    checked = _checked_at_desk(found)
    runs = [documents.run_facts(run) for run in article.current.detection_runs.all()]
    return {
        **outline,
        **documents.version_in_full(article.current),
        "claims": [documents.claim_outline_at_desk(c, checked.get(str(c.pk))) for c in found],
        "desk": {**outline["desk"], "detection": runs},
    }


def _article_of_record(pk: Any) -> Data:
    """The version that was checked, not a later one that nobody has published a word about."""
    rows = queries.verdicts().filter(article_id=pk).order_by("seq")
    readings: list[Reading] = [read(row.publication.document) for row in rows]
    version: Version | None = queries.checked_version(pk, readings)
    if version is None:
        raise Http404
    checked = _checked(readings)
    return {
        **documents.article_of_record(readings[-1].document),
        **documents.version_in_full(version),
        "claims": [
            documents.claim_outline_of_record(one.document, checked[one.id]) for one in readings
        ],
    }
