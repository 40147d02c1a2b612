"""Rows of claims with the verdict they have now, in one query."""

from django.db.models import OuterRef, QuerySet, Subquery

from claims.models import Claim
from reviews.models import Verdict


def with_verdict(claims: QuerySet[Claim]) -> QuerySet[Claim]:
    """Adds `verdict_label` and `verdict_normalised`: None until the desk has decided."""
    latest = Verdict.objects.filter(claim=OuterRef("pk")).order_by("-revision")
    return claims.annotate(
        verdict_label=Subquery(latest.values("rating__label")[:1]),
        verdict_normalised=Subquery(latest.values("rating__normalised")[:1]),
    )
