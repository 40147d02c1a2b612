"""Puts publications in line for their endpoints, in the transaction that publishes them.

The rows and the job are committed with the publication or not at all, so nothing is sent that was not published, and
nothing that was published is forgotten. What a job does not do (its worker was killed, its time has not come) is taken
up by `queue_due`, which looks at the rows alone.
"""

from collections.abc import Iterable
from contextlib import suppress
from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from publishing.models import Publication, PublicationKind
from publishing.webhooks.models import Delivery, Endpoint, EventType

EVENTS: dict[str, EventType] = {
    PublicationKind.PUBLICATION: EventType.PUBLISHED,
    PublicationKind.CORRECTION: EventType.CORRECTED,
    PublicationKind.RETRACTION: EventType.RETRACTED,
    PublicationKind.REOPENING: EventType.REOPENED,
}
KINDS = {event: kind for kind, event in EVENTS.items()}
MOST_AT_ONCE = 1000
#: A publication has its time before its turn on the record comes: it may have met an endpoint switched off since.
LONGEST_PUBLISHING = timedelta(minutes=10)
#: Endpoints that one look puts in line.
MOST_ENDPOINTS = 500


def queue_publication(publication: Publication) -> None:
    """A delivery for each endpoint that is told of this kind. Call it in the transaction that publishes."""
    event = EVENTS[publication.kind]
    endpoints = list(Endpoint.objects.told_of(event).values_list("pk", flat=True))
    if not endpoints:
        return
    Delivery.objects.bulk_create(
        [
            Delivery(
                endpoint_id=pk,
                publication=publication,
                event=event,
                next_attempt_at=publication.published_at,
            )
            for pk in endpoints
        ],
        batch_size=MOST_AT_ONCE,
    )
    queue_turns(endpoints)


def queue_turns(endpoints: Iterable[UUID]) -> None:
    """A turn for each endpoint. One follows the other: the lock is the endpoint's own."""
    from publishing.tasks import send_webhooks

    for pk in endpoints:
        send_webhooks.configure(lock=_lock(pk)).defer(endpoint_id=str(pk))


def queue_turn_once(endpoint_id: UUID | str) -> None:
    """A turn, unless one that was asked for in this way waits already."""
    from procrastinate.exceptions import AlreadyEnqueued

    from publishing.tasks import send_webhooks

    lock = _lock(endpoint_id)
    with suppress(AlreadyEnqueued), transaction.atomic():
        send_webhooks.configure(lock=lock, queueing_lock=lock).defer(endpoint_id=str(endpoint_id))


def queue_turn_soon(endpoint_id: UUID | str, wait: timedelta) -> None:
    """Ask for a turn in a few seconds. Without the lock: a job that waits for its time would hold up the others."""
    from publishing.tasks import wake_endpoint

    seconds = max(1, round(wait.total_seconds()))
    wake_endpoint.configure(schedule_in={"seconds": seconds}).defer(endpoint_id=str(endpoint_id))


def queue_due(now: datetime) -> int:
    """A turn for each endpoint with something due, whatever became of the job that should have sent it."""
    due = Endpoint.objects.with_something_due(now).order_by("pk").values_list("pk", flat=True)
    endpoints = list(due[:MOST_ENDPOINTS])
    for pk in endpoints:
        queue_turn_once(pk)
    return len(endpoints)


def queue_missed(endpoint: Endpoint, since: datetime, now: datetime) -> int:
    """What was published while the endpoint was off. The caller holds the lock of the record's writers."""
    kinds = [KINDS[EventType(event)] for event in endpoint.events]
    begin = max(since - LONGEST_PUBLISHING, endpoint.created_at)
    missed = Publication.objects.filter(published_at__gte=begin, kind__in=kinds)
    missed = missed.exclude(deliveries__endpoint=endpoint)
    rows = [
        Delivery(endpoint=endpoint, publication_id=seq, event=EVENTS[kind], next_attempt_at=now)
        for seq, kind in missed.order_by("seq").values_list("seq", "kind")
    ]
    Delivery.objects.bulk_create(rows, batch_size=MOST_AT_ONCE)
    return len(rows)


def _lock(endpoint_id: UUID | str) -> str:
    return f"webhook {endpoint_id}"
