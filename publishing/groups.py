"""Verdicts by article and by claimant, a page at a time, however long the record is.

Grouping the whole record for twenty lines costs seconds when it is long. So a page is found by walking an index:
articles by their newest verdict, claimants by name; and only what stands on the page is counted, up to a limit.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.http import QueryDict

from claims.models import Claimant
from publishing.keyset import PAGE_SIZE, Page
from publishing.models import CurrentVerdict, Publication, PublicationKind
from publishing.reading import Reading, read
from reviews.models import Normalised

#: Beyond this a count says "more than": nobody needs the number, and it costs a look at every row.
MOST = 1000


@dataclass(frozen=True, slots=True)
class Count:
    """How many, as far as it was counted."""

    number: int
    is_more: bool = False

    def __str__(self) -> str:
        return f"more than {self.number:,}" if self.is_more else f"{self.number:,}"

    def __int__(self) -> int:
        return self.number

    @classmethod
    def capped(cls, number: int) -> "Count":
        return cls(min(number, MOST), number > MOST)


def count(rows: QuerySet[Any, Any]) -> Count:
    """The length of a list, if it is one that can be read."""
    return Count.capped(rows.order_by()[: MOST + 1].count())


@dataclass(frozen=True, slots=True)
class Group:
    """An article or a claimant with what is published of it. `findings` counts verdicts in force."""

    pk: UUID
    count: Count
    findings: dict[str, int]
    reading: Reading


def newest_of_articles() -> QuerySet[CurrentVerdict]:
    """One verdict an article: its newest."""
    newer = CurrentVerdict.objects.filter(article=OuterRef("article"), seq__gt=OuterRef("seq"))
    return CurrentVerdict.objects.filter(~Exists(newer.order_by()))


def published_claimants() -> QuerySet[Claimant]:
    """By name. While a claim is re-reviewed its claimant may be changed, so it does not count."""
    told = CurrentVerdict.objects.exclude(state=PublicationKind.REOPENING)
    newest = told.filter(claimant_key=OuterRef("pk")).order_by("-seq").values("seq")[:1]
    return Claimant.objects.alias(told=Subquery(newest)).filter(told__isnull=False)


def by_article(articles: Sequence[UUID]) -> list[Group]:
    return _groups("article_id = g.pk", articles)


def by_claimant(claimants: Sequence[UUID]) -> list[Group]:
    return _groups("claimant_key = g.pk AND state <> 'reopening'", claimants)


def cut_claimants(query: QueryDict) -> Page[Claimant]:
    """The page of claimants after or before the one that the query names, by name; else the first."""
    after, before = _claimant(query.get("after")), _claimant(query.get("before"))
    rows = published_claimants()
    if before is not None:
        behind = Q(name__lte=before.name) & (Q(name__lt=before.name) | Q(role__lt=before.role))
        found = list(rows.filter(behind).order_by("-name", "-role")[: PAGE_SIZE + 1])
        has_previous, found = len(found) > PAGE_SIZE, found[PAGE_SIZE - 1 :: -1]
        has_next = True
    else:
        if after is not None:
            rows = rows.filter(
                Q(name__gte=after.name) & (Q(name__gt=after.name) | Q(role__gt=after.role))
            )
        found = list(rows.order_by("name", "role")[: PAGE_SIZE + 1])
        has_previous, has_next = after is not None, len(found) > PAGE_SIZE
        found = found[:PAGE_SIZE]
    return Page(
        found,
        f"?before={found[0].pk}" if found and has_previous else "",
        f"?after={found[-1].pk}" if found and has_next else "",
    )


def _claimant(text: str | None) -> Claimant | None:
    try:
        return Claimant.objects.filter(pk=UUID(text or "")).first()
    except ValueError:
        return None


def _groups(condition: str, keys: Sequence[UUID]) -> list[Group]:
    """In the order of `keys`. Of a group longer than is counted, its newest verdicts."""
    findings = ", ".join(
        f"count(*) FILTER (WHERE state IN ('publication', 'correction') AND normalised = '{value}')"
        for value in Normalised.values
    )
    sql = f"""
        SELECT g.pk, t.* FROM unnest(%s::uuid[]) AS g (pk), LATERAL (
            SELECT max(seq), count(*), {findings} FROM (
                SELECT seq, state, normalised FROM publishing_currentverdict
                WHERE {condition} ORDER BY seq DESC LIMIT {MOST + 1}
            ) AS told
        ) AS t"""  # noqa: S608 (our own words)
    with connection.cursor() as cursor:
        cursor.execute(sql, [list(keys)])
        rows = {row[0]: row[1:] for row in cursor.fetchall() if row[1]}
    newest = Publication.objects.filter(seq__in=[row[0] for row in rows.values()])
    readings = {seq: read(text) for seq, text in newest.values_list("seq", "document")}
    return [
        Group(
            key,
            Count.capped(rows[key][1]),
            dict(zip(Normalised.values, rows[key][2:], strict=True)),
            readings[rows[key][0]],
        )
        for key in keys
        if key in rows
    ]
