"""Sends again what did not arrive, or did, and tests whether anything does."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import User
from audit.services import record
from publishing.webhooks import outbox
from publishing.webhooks.models import Delivery, DeliveryState, Endpoint, EventType
from publishing.webhooks.services import lock_endpoint

#: Tests that may wait at an endpoint.
MOST_TESTS = 5


@transaction.atomic
def test_endpoint(*, actor: User, endpoint: Endpoint) -> Delivery:
    """Put a message in line that says nothing but that messages arrive."""
    endpoint, now = _active(lock_endpoint(actor, endpoint)), timezone.now()
    waiting = endpoint.deliveries.filter(state=DeliveryState.WAITING, event=EventType.TEST)
    if waiting.count() >= MOST_TESTS:
        raise ValidationError("Tests are waiting already. See first what becomes of them.")
    delivery = Delivery.objects.create(endpoint=endpoint, event=EventType.TEST, next_attempt_at=now)
    record("endpoint.tested", endpoint, actor=actor)
    outbox.queue_turns([endpoint.pk])
    return delivery


@transaction.atomic
def replay_delivery(*, actor: User, delivery: Delivery) -> Delivery:
    """Send it again now, whatever became of it, under the same `webhook-id`."""
    endpoint = _active(lock_endpoint(actor, delivery.endpoint))
    _put_in_line(endpoint, endpoint.deliveries.filter(pk=delivery.pk))
    record("endpoint.replayed", endpoint, actor=actor, after={"delivery": delivery.message_id})
    return Delivery.objects.select_related("endpoint").get(pk=delivery.pk)


@transaction.atomic
def replay_undelivered(*, actor: User, endpoint: Endpoint, since: datetime) -> int:
    """Send now all that did not arrive since then: what was given up, and what waits for its time."""
    endpoint = _active(lock_endpoint(actor, endpoint))
    rows = endpoint.deliveries.undelivered().filter(created_at__gte=since)
    count = _put_in_line(endpoint, rows)
    record("endpoint.replayed", endpoint, actor=actor, after={"since": since, "count": count})
    return count


def _put_in_line(endpoint: Endpoint, rows: QuerySet[Delivery]) -> int:
    now = timezone.now()
    count = rows.update(state=DeliveryState.WAITING, tries=0, next_attempt_at=now, ended_at=None)
    Endpoint.objects.filter(pk=endpoint.pk).update(rests_until=None)
    outbox.queue_turn_once(endpoint.pk)
    return count


def _active(endpoint: Endpoint) -> Endpoint:
    if not endpoint.is_active:
        raise ValidationError("This webhook is disabled. Enable it first.")
    return endpoint
