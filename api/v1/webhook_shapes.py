"""Webhooks as they come in, are described and are told."""

from typing import Any

from rest_framework import serializers

from api.schema import NamedChoice
from api.v1.documents import Data, moment
from api.v1.inputs import KnownFieldsInput
from api.v1.serializers import Shape
from publishing.webhooks.models import (
    CHOSEN,
    LONGEST_ADDRESS,
    Attempt,
    Delivery,
    DeliveryState,
    Endpoint,
    EndpointState,
    EventType,
)
from publishing.webhooks.services import EndpointDraft


class WebhookInput(KnownFieldsInput):
    """Where to send, and what. Without `events` it is everything."""

    url = serializers.CharField(max_length=LONGEST_ADDRESS)
    description = serializers.CharField(required=False, max_length=200, allow_blank=True)
    events = serializers.ListField(
        child=serializers.ChoiceField(CHOSEN), required=False, min_length=1, max_length=len(CHOSEN)
    )

    @property
    def draft(self) -> EndpointDraft:
        given = self.validated_data
        events = given.get("events", [event for event, _ in CHOSEN])
        return EndpointDraft(given["url"], events, given.get("description", ""))


class WebhookChange(KnownFieldsInput):
    """What shall be different. What is left out stays as it is."""

    url = serializers.CharField(required=False, max_length=LONGEST_ADDRESS)
    description = serializers.CharField(required=False, max_length=200, allow_blank=True)
    events = serializers.ListField(
        child=serializers.ChoiceField(CHOSEN), required=False, min_length=1, max_length=len(CHOSEN)
    )
    state = serializers.ChoiceField(
        [EndpointState.ACTIVE, EndpointState.DISABLED],
        required=False,
        help_text="`active` sends again, with what was published meanwhile; `disabled` sends nothing.",
    )

    def draft_of(self, endpoint: Endpoint) -> EndpointDraft:
        given = self.validated_data
        return EndpointDraft(
            address=given.get("url", endpoint.address),
            events=given.get("events", endpoint.events),
            description=given.get("description", endpoint.description),
        )


class WebhookShape(Shape):
    """`reason` says why it is disabled; `failing_since` when the first of the failures in a row was."""

    id = serializers.UUIDField()
    url = serializers.CharField()
    description = serializers.CharField()
    events = serializers.ListField(child=NamedChoice("EventType", EventType.choices))
    state = NamedChoice("WebhookState", EndpointState.choices)
    reason = serializers.CharField()
    failing_since = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()


class WebhookWithSecretShape(WebhookShape):
    """`secret` is told this once; null where the same request is answered again."""

    secret = serializers.CharField(allow_null=True)


class DeliveryShape(Shape):
    """What became of one message."""

    id = serializers.UUIDField()
    webhook_id = serializers.CharField(help_text="As it is in the header `webhook-id`.")
    type = NamedChoice("EventType", EventType.choices)
    seq = serializers.IntegerField(allow_null=True, help_text="The publication; null for a test.")
    state = NamedChoice("DeliveryState", DeliveryState.choices)
    tries = serializers.IntegerField()
    next_attempt_at = serializers.DateTimeField(allow_null=True)
    created_at = serializers.DateTimeField()
    ended_at = serializers.DateTimeField(allow_null=True)


class AttemptShape(Shape):
    """`answer` is the beginning of what came back, `error` why it does not count."""

    at = serializers.DateTimeField()
    status = serializers.IntegerField(allow_null=True)
    error = serializers.CharField()
    milliseconds = serializers.IntegerField()
    answer = serializers.CharField()


class DeliveryInFullShape(DeliveryShape):
    """A delivery with its newest attempts, the last one first."""

    attempts = AttemptShape(many=True)


class ReplayInput(KnownFieldsInput):
    """Since when."""

    since = serializers.DateTimeField(help_text="All that was put in line since then.")


class ReplayShape(Shape):
    """How many are on their way again."""

    replayed = serializers.IntegerField()


MOST_ATTEMPTS = 50


def webhook_of(endpoint: Endpoint) -> Data:
    return {
        "id": str(endpoint.pk),
        "url": endpoint.address,
        "description": endpoint.description,
        "events": list(endpoint.events),
        "state": endpoint.state,
        "reason": endpoint.reason,
        "failing_since": moment(endpoint.failing_since),
        "created_at": moment(endpoint.created_at),
        "changed_at": moment(endpoint.changed_at),
    }


def delivery_of(delivery: Delivery) -> Data:
    return {
        "id": str(delivery.pk),
        "webhook_id": delivery.message_id,
        "type": delivery.event,
        "seq": delivery.publication_id,
        "state": delivery.state,
        "tries": delivery.tries,
        "next_attempt_at": moment(delivery.next_attempt_at),
        "created_at": moment(delivery.created_at),
        "ended_at": moment(delivery.ended_at),
    }


def delivery_in_full(delivery: Delivery) -> Data:
    attempts: list[Any] = [_attempt(one) for one in delivery.attempts.all()[:MOST_ATTEMPTS]]
    return {**delivery_of(delivery), "attempts": attempts}


def _attempt(attempt: Attempt) -> Data:
    return {
        "at": moment(attempt.at),
        "status": attempt.status,
        "error": attempt.error,
        "milliseconds": attempt.milliseconds,
        "answer": attempt.answer,
    }
