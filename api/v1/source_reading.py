"""Sources for everyone: those that the public record cites, with what its newest document says of each.

A document holds a source as it was known then. What the desk learnt since is not published, so nothing but
whether the source is withheld by now is taken from its row.
"""

from collections.abc import Sequence
from typing import Any

from django.db.models import Exists, OuterRef, Subquery
from django.http import Http404

from api.v1.documents import Data
from publishing.models import CurrentVerdict
from publishing.reading import read
from sources.models import Source, SourceKind
from sources.models.source import SourceQuerySet


def cited_sources() -> SourceQuerySet:
    """With `newest`, the number of the newest entry that cites each."""
    citing = CurrentVerdict.objects.filter(sources__contains=[OuterRef("pk")])
    return (
        Source.objects.exclude(kind=SourceKind.WITHHELD)
        .filter(Exists(citing))
        .annotate(newest=Subquery(citing.order_by("-seq").values("seq")[:1]))
    )


def show_cited(pk: Any) -> Data:
    found = list_cited(list(cited_sources().filter(pk=pk)))
    if not found:
        raise Http404
    return found[0]


def list_cited(rows: Sequence[Any]) -> list[Data]:
    entries = CurrentVerdict.objects.filter(seq__in={row.newest for row in rows})
    newest = {
        seq: (sources, document)
        for seq, sources, document in entries.values_list("seq", "sources", "publication__document")
    }
    return [_source(row, *newest[row.newest]) for row in rows]


def _source(row: Source, sources: list[Any], document: str) -> Data:
    known = read(document).document["evidence"][sources.index(row.pk)]["source"]
    return {
        "id": str(row.pk),
        "kind": known["kind"],
        "title": known["title"],
        "url": known["address"],
        "publisher": known["publisher"],
        "author": known["author"],
        "published_on": known["published_on"],
    }
