"""Who makes claims, and what became of these: for everyone as published, for the desk as it knows them."""

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Exists, OuterRef, QuerySet
from django.http import Http404

from api.v1.documents import Data, moment
from api.v1.reading import is_desk
from claims.models import Claim, Claimant
from publishing import groups
from publishing.documents import public_url
from publishing.models import CurrentVerdict, PublicationKind
from reviews.models import Normalised

#: While a claim is re-reviewed its claimant may be changed, so it tells of nobody.
_TOLD = CurrentVerdict.objects.filter(claimant_key=OuterRef("pk")).exclude(
    state=PublicationKind.REOPENING
)
NAMES = ("name", "role", "kind", "same_as")


def claimants(user: Any, *, q: str = "", name: str = "") -> QuerySet[Claimant]:
    """Those of this audience, found by the name that it knows them by."""
    if is_desk(user):
        given = {"name__icontains": q, "name": name}
        return Claimant.objects.filter(**{key: value for key, value in given.items() if value})
    given = {"claimant__icontains": q, "claimant": name}
    told = _TOLD.filter(**{key: value for key, value in given.items() if value})
    return Claimant.objects.filter(Exists(told))


def show_claimant(pk: Any, user: Any) -> Data:
    found = list_claimants(list(claimants(user).filter(pk=pk)), user)
    if not found:
        raise Http404
    return found[0]


def list_claimants(rows: Sequence[Claimant], user: Any) -> list[Data]:
    told = {group.pk: group for group in groups.by_claimant([row.pk for row in rows])}
    if not is_desk(user):
        names = {pk: group.reading.claimant for pk, group in told.items()}
        there = [row for row in rows if row.pk in told]  # none reopened a moment ago
        return [{**_claimant(row, told[row.pk]), **names[row.pk]} for row in there]
    claims = Claim.objects.visible_to(user).filter(claimant__in=rows).order_by()
    counts = dict(claims.values_list("claimant").annotate(n=Count("pk")))
    return [
        {**_claimant(row, told.get(row.pk)), "desk": {"claims": counts.get(row.pk, 0)}}
        for row in rows
    ]


def _claimant(row: Claimant, told: groups.Group | None) -> Data:
    return {
        "id": str(row.pk),
        **{name: getattr(row, name) for name in NAMES},
        "page": public_url("publishing:show-claimant", row.pk) if told else None,
        "published_claims": int(told.count) if told else 0,
        "tally": told.findings if told else dict.fromkeys(Normalised.values, 0),
        "last_published_at": moment(told.reading.published_at) if told else None,
    }
