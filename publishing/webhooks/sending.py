"""Sends what is due to an endpoint, one message after the other, and writes down what became of each.

Nothing is marked before it is sent, so a worker that is killed leaves the message due: it is sent again, with the same
`webhook-id`, by which the receiver knows it. The database is not held while a foreign server takes its time.
"""

import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from articles.fetching import load_poster
from articles.ingest.fetch_errors import FetchError
from articles.ingest.post import Posted, Poster
from audit.services import record
from publishing.documents import public_url
from publishing.webhooks import outbox, schedule
from publishing.webhooks.messages import message_body, message_headers
from publishing.webhooks.models import Attempt, Delivery, DeliveryState, Endpoint, EndpointState
from publishing.webhooks.sealing import UnreadableSecret, unseal

logger = logging.getLogger(__name__)
Clock = Callable[[], datetime]
BROKEN = "Something went wrong on our side, and it was written to the log."
#: After so long a turn ends, and what is left gets another one behind those of others.
TURN_SECONDS = 10.0
#: Retries that come sooner than the next look at what is due get a job of their own.
SOON = timedelta(minutes=1)
#: An endpoint that answers after so long gets at once what waited for it.
LONG_OUTAGE = timedelta(minutes=10)
GONE = "The address answered 410 Gone: it wants nothing more."


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one attempt. `is_theirs`: it speaks of the endpoint, not of the message."""

    error: str = ""
    answer: Posted | None = None
    is_theirs: bool = False

    @property
    def status(self) -> int | None:
        return self.answer.status if self.answer else None


def take_turn(
    *, endpoint_id: str, poster: Poster | None = None, clock: Clock = timezone.now
) -> int:
    """Send what is due, in the order of the record, for a while. Returns how many were tried."""
    tried, ends_at = 0, time.monotonic() + TURN_SECONDS
    while delivery := _next_due(endpoint_id, clock()):
        if time.monotonic() >= ends_at:
            outbox.queue_turns([delivery.endpoint_id])
            break
        _try(delivery, poster or _poster_for(delivery.endpoint), clock)
        tried += 1
    return tried


def _poster_for(endpoint: Endpoint) -> Poster:
    """Answers are shown to the owner. What our own network answers is for those alone who look after all."""
    is_trusted = endpoint.owner.has_perm("publishing.manage_endpoints")
    return load_poster(settings.ASSAY_WEBHOOK_SECONDS, reaches_private=is_trusted)


def _next_due(endpoint_id: str, now: datetime) -> Delivery | None:
    """The earliest publication first, a test last; nothing while the endpoint is off or rests."""
    endpoint = Endpoint.objects.with_something_due(now).filter(pk=endpoint_id).first()
    if endpoint is None:
        return None
    rows = endpoint.deliveries.due(now).select_related("endpoint__owner", "publication")
    return rows.order_by("publication_id", "pk").first()


def _try(delivery: Delivery, poster: Poster, clock: Clock) -> None:
    at, began = clock(), time.monotonic()
    outcome = _send(delivery, poster, at)
    attempt = Attempt(
        delivery=delivery,
        at=at,
        status=outcome.status,
        error=outcome.error,
        milliseconds=round((time.monotonic() - began) * 1000),
        answer=_shown(outcome.answer),
    )
    _write_down(delivery, attempt, outcome)


def _send(delivery: Delivery, poster: Poster, at: datetime) -> Outcome:
    endpoint = delivery.endpoint
    try:
        keys = [str(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]
        secrets = [unseal(one.sealed, keys) for one in endpoint.secrets.valid(at)]
        body = body_of(delivery)
        headers = message_headers(delivery.message_id, at, body, secrets)
        return _judged(poster.post(endpoint.address, body.encode(), headers))
    except (FetchError, UnreadableSecret) as error:
        return Outcome(str(error), is_theirs=True)
    except Exception:
        logger.exception("delivery %s failed", delivery.pk)
        return Outcome(BROKEN)


def body_of(delivery: Delivery) -> str:
    """The message's body: the publication, or that this is a test."""
    entry = delivery.publication
    if entry is None:
        data = {"endpoint": str(delivery.endpoint_id), "message": "Webhooks arrive here."}
        return message_body(delivery.event, delivery.created_at, data)
    facts: dict[str, Any] = {
        "seq": entry.seq,
        "claim": str(entry.claim_id),
        "sha256": entry.sha256,
        "url": public_url("api:show-publication", entry.seq),
    }
    return message_body(delivery.event, entry.published_at, facts, entry.document)


def _judged(answer: Posted) -> Outcome:
    if 200 <= answer.status < 300:
        return Outcome(answer=answer)
    if 300 <= answer.status < 400:
        words = f"It answered {answer.status} and sends on. Give the address that it sends to."
        return Outcome(words, answer)
    is_theirs = answer.status in schedule.BUSY
    return Outcome(f"It answered {answer.status}.", answer, is_theirs)


@transaction.atomic
def _write_down(delivery: Delivery, attempt: Attempt, outcome: Outcome) -> None:
    """The attempt, what is left of the delivery, and how the endpoint stands: one transaction."""
    endpoint = Endpoint.objects.select_for_update(no_key=True).get(pk=delivery.endpoint_id)
    delivery = Delivery.objects.select_for_update().get(pk=delivery.pk)
    attempt.save()
    if delivery.is_waiting:
        delivery.tries += 1
        _settle(delivery, endpoint, attempt, outcome)
    if not outcome.error:
        _note_success(endpoint, attempt.at)
    elif endpoint.is_active:
        _note_failure(endpoint, attempt.at, outcome)
    if delivery.is_waiting and endpoint.is_active:
        _wake_soon(delivery, endpoint, attempt.at)


def _settle(delivery: Delivery, endpoint: Endpoint, attempt: Attempt, outcome: Outcome) -> None:
    wait = schedule.next_wait(delivery.tries, random.random())  # noqa: S311 (jitter, no secret)
    if not outcome.error:
        delivery.state, delivery.next_attempt_at = DeliveryState.DELIVERED, None
    elif wait is None:
        delivery.state, delivery.next_attempt_at = DeliveryState.FAILED, None
    else:
        delivery.next_attempt_at = attempt.at + wait
    if not delivery.is_waiting:
        delivery.ended_at = attempt.at
    delivery.save(update_fields=["tries", "state", "next_attempt_at", "ended_at"])


def _note_success(endpoint: Endpoint, at: datetime) -> None:
    """It is back: what waited for it goes out now, not when the schedule would come round."""
    if endpoint.failing_since is None:
        return
    if endpoint.failing_since <= at - LONG_OUTAGE:
        waiting = endpoint.deliveries.filter(state=DeliveryState.WAITING)
        waiting.filter(next_attempt_at__gt=at).update(next_attempt_at=at)
    endpoint.failures, endpoint.failing_since, endpoint.rests_until = 0, None, None
    endpoint.save(update_fields=["failures", "failing_since", "rests_until"])


def _note_failure(endpoint: Endpoint, at: datetime, outcome: Outcome) -> None:
    endpoint.failures += 1
    endpoint.failing_since = endpoint.failing_since or at
    if outcome.is_theirs:
        asked = outcome.answer and schedule.asked_wait(
            outcome.answer.status, outcome.answer.headers, at
        )
        endpoint.rests_until = at + (asked or schedule.rest(endpoint.failures))
    endpoint.save(update_fields=["failures", "failing_since", "rests_until"])
    patience = timedelta(days=settings.ASSAY_WEBHOOK_DAYS)
    if outcome.status == 410:
        switch_off(endpoint, at, GONE)
    elif at - endpoint.failing_since >= patience:
        words = f"Nothing arrived since {endpoint.failing_since:%-d %B %Y, %H:%M} UTC."
        switch_off(endpoint, at, f"{words} The last attempt: {outcome.error}")


def switch_off(endpoint: Endpoint, at: datetime, reason: str) -> None:
    """By the desk itself. What waits keeps waiting, for when somebody switches it on again."""
    endpoint.state, endpoint.reason, endpoint.off_since = EndpointState.DISABLED, reason, at
    endpoint.changed_at = at
    endpoint.save(update_fields=["state", "reason", "off_since", "changed_at"])
    record("endpoint.disabled", endpoint, actor=None, reason=reason)


def _wake_soon(delivery: Delivery, endpoint: Endpoint, at: datetime) -> None:
    assert delivery.next_attempt_at is not None  # noqa: S101 - one that waits has it
    wait = max(delivery.next_attempt_at, endpoint.rests_until or at) - at
    if wait < SOON:
        outbox.queue_turn_soon(endpoint.pk, wait)


def _shown(answer: Posted | None) -> str:
    return answer.beginning.decode("utf-8", "replace").replace("\x00", "�") if answer else ""
