"""The ClaimReview of a verdict in force, the same on its page, in the API and in the data feed."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.conf import settings

from publishing import queries
from publishing.claimreview import render_claim_review
from publishing.models import CurrentVerdict
from publishing.reading import Reading, read


def review_of(
    reading: Reading, *, first_published_at: datetime, has_moved_on: bool
) -> dict[str, Any]:
    return render_claim_review(
        reading.document,
        first_published_at=in_zulu(first_published_at),
        has_moved_on=has_moved_on,
        licence=settings.ASSAY_LICENCE,
    )


def find_review(pk: UUID) -> dict[str, Any] | None:
    """That of this claim, or None where no verdict on it is in force."""
    rows = CurrentVerdict.objects.in_force().select_related("publication")
    row = rows.filter(pk=pk).first()
    if row is None:
        return None
    reading = read(row.publication.document)
    has_moved_on = bool(queries.no_longer_there([reading]))
    return review_of(reading, first_published_at=row.first_published_at, has_moved_on=has_moved_on)


def in_zulu(at: datetime) -> str:
    """RFC 3339 in UTC, to the second."""
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
