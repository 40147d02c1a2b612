"""What a container holds: the annotations of the desk's published claims, or of one article's, page by page.

The problem: a page's address must mean the same while verdicts are published, corrected and retracted, and no page may
cost more for being deep. The idea: claims stand in the order in which they were first published, which never changes.
The desk's pages are cut by the record's own numbers, that have no gap: page 3 is the claims first published as entries
151 to 200, so first, last, next and any page are known without counting. (Entries that correct something open no
claim, so pages differ in length, and one may be empty.) An article has few claims: its pages are cut by counting.

`total` and `startIndex` have to be counted, so they are there as long as there are at most `COUNTED` claims.
"""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db.models import F, IntegerField, QuerySet
from django.db.models.expressions import Func
from django.http import Http404

from api.v1.documents import moment
from articles.models import Article, Version
from publishing.documents import public_url
from publishing.models import CurrentVerdict, Publication, PublicationKind
from publishing.webannotation import render_annotations

SIZE = 50
COUNTED = 5_000
CURRENT = "claim__current_verdict__publication__document"
Data = dict[str, Any]


class EvidenceCount(Func):
    """How many pieces of evidence a document has."""

    template = "json_array_length((%(expressions)s)::json -> 'evidence')"
    output_field = IntegerField()


@dataclass(frozen=True, slots=True)
class Collection:
    """A container as it stands. `head` is the newest entry that can have changed it."""

    address: str
    label: str
    article: UUID | None
    head: int
    modified: str | None
    sha256: str

    @property
    def last_page(self) -> int:
        count = self.head if self.article is None else self._claims().count()
        return max(count - 1, 0) // SIZE

    def items(self, page: int) -> list[Data]:
        """The annotations on a page. Raises Http404 beyond the last."""
        if page > self.last_page:
            raise Http404
        rows = self._on_page(page).values_list(CURRENT, "published_at")
        found = [(json.loads(text), moment(at) or "") for text, at in rows]
        times = read_times(document["article"]["id"] for document, _ in found)
        return [
            annotation
            for document, first in found
            for annotation in render_annotations(
                document, read_at=times[document["article"]["id"]], first_published_at=first
            )
        ]

    def counts(self, page: int | None) -> tuple[int | None, int | None]:
        """Of the whole collection, and of what comes before this page: None where there is too much to count."""
        counted = _counted(self.article, self.sha256)
        if counted is None:
            return None, None
        limit = (page or 0) * SIZE
        before = (
            [n for seq, n in counted if seq <= limit]
            if self.article is None
            else [n for _, n in counted[:limit]]
        )
        return sum(n for _, n in counted), sum(before)

    def _claims(self) -> QuerySet[Publication]:
        return _first_entries(self.article)

    def _on_page(self, page: int) -> QuerySet[Publication]:
        start = page * SIZE
        if self.article is None:
            return self._claims().filter(seq__gt=start, seq__lte=start + SIZE)
        return self._claims()[start : start + SIZE]


def desk_collection() -> Collection:
    newest = _newest(Publication.objects.all())
    address = public_url("annotations:list-annotations")
    return Collection(address, f"{settings.ASSAY_DESK_NAME}: published verdicts", None, *newest)


def article_collection(pk: UUID, *, for_desk: Any) -> Collection:
    """Raises Http404 for an article without a published verdict, but to the desk, which may add to it."""
    newest = _newest(Publication.objects.filter(claim__current_verdict__article=pk))
    if not newest[0] and not (for_desk and Article.objects.visible_to(for_desk).filter(pk=pk)):
        raise Http404
    address = public_url("annotations:list-article-annotations", pk)
    return Collection(address, f"{settings.ASSAY_DESK_NAME}: verdicts on one article", pk, *newest)


def read_times(articles: Iterable[str]) -> dict[str, dict[int, str]]:
    """By article and number: when each version was read."""
    found: dict[str, dict[int, str]] = {pk: {} for pk in articles}
    rows = Version.objects.filter(article__in=list(found))
    for pk, number, at in rows.values_list("article_id", "number", "fetched_at"):
        found[str(pk)][number] = moment(at) or ""
    return found


def _first_entries(article: UUID | None) -> QuerySet[Publication]:
    """The first entry of each claim: what comes after it is a correction, retraction or reopening."""
    rows = Publication.objects.filter(kind=PublicationKind.PUBLICATION).order_by("seq")
    return rows if article is None else rows.filter(claim__current_verdict__article=article)


def _newest(rows: QuerySet[Publication]) -> tuple[int, str | None, str]:
    found = rows.order_by("-seq").values_list("seq", "published_at", "sha256").first()
    return (found[0], moment(found[1]), found[2]) if found else (0, None, "")


@lru_cache(maxsize=32)
def _counted(article: UUID | None, sha256: str) -> tuple[tuple[int, int], ...] | None:
    """First entry and number of annotations, claim by claim. The same while `sha256` is the newest entry's."""
    claims = (
        CurrentVerdict.objects.all()
        if article is None
        else CurrentVerdict.objects.filter(article=article)
    )
    if claims[: COUNTED + 1].count() > COUNTED:
        return None
    rows = _first_entries(article).annotate(n=EvidenceCount(F(CURRENT)))
    in_force = (PublicationKind.PUBLICATION, PublicationKind.CORRECTION)
    found = rows.values_list("seq", "n", "claim__current_verdict__state")
    return tuple((seq, 2 + n if state in in_force else 1) for seq, n, state in found)
