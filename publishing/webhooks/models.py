"""The outbox: who is told of publications, what waits to be sent to them, and what became of each attempt."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from uuid_utils.compat import uuid7

LONGEST_ADDRESS = 2000


class EventType(models.TextChoices):
    """What a message tells. The first four are the kinds of publications."""

    PUBLISHED = "verdict.published", "Published"
    CORRECTED = "verdict.corrected", "Corrected"
    RETRACTED = "verdict.retracted", "Retracted"
    REOPENED = "verdict.reopened", "Under re-review"
    TEST = "webhook.test", "Test"


#: What an endpoint may choose: everything but tests, which it gets when somebody asks for one.
CHOSEN = [choice for choice in EventType.choices if choice[0] != EventType.TEST]


class EndpointState(models.TextChoices):
    ACTIVE = "active", "Active"
    DISABLED = "disabled", "Disabled"
    RETIRED = "retired", "Retired"


class EndpointQuerySet(models.QuerySet["Endpoint"]):
    def visible_to(self, user: Any) -> "EndpointQuerySet":
        """One's own; everybody's for those who look after them all."""
        if user.has_perm("publishing.manage_endpoints"):
            return self
        return self.filter(owner=user) if user.has_perm("publishing.view_endpoint") else self.none()

    def standing(self) -> "EndpointQuerySet":
        return self.exclude(state=EndpointState.RETIRED)

    def told_of(self, event: str) -> "EndpointQuerySet":
        """Those that a publication of this kind is sent to."""
        return self.filter(state=EndpointState.ACTIVE, events__contains=[event])

    def with_something_due(self, now: datetime) -> "EndpointQuerySet":
        rested = models.Q(rests_until=None) | models.Q(rests_until__lte=now)
        due = Delivery.objects.due(now).filter(endpoint=models.OuterRef("pk"))
        return self.filter(rested, models.Exists(due), state=EndpointState.ACTIVE)


class Endpoint(models.Model):
    """An address that publications are sent to. Never deleted: retired, so that its history stays."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    address = models.CharField(max_length=LONGEST_ADDRESS)
    description = models.CharField(max_length=200, blank=True, help_text="What it is, for people.")
    events = ArrayField(models.CharField(max_length=30, choices=CHOSEN))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="endpoints"
    )
    state = models.CharField(
        max_length=10, choices=EndpointState.choices, default=EndpointState.ACTIVE
    )
    reason = models.TextField(blank=True, help_text="Why it is disabled.")
    off_since = models.DateTimeField(null=True, help_text="Since when it is disabled or retired.")
    failures = models.PositiveIntegerField(default=0, help_text="One after the other, until now.")
    failing_since = models.DateTimeField(null=True, help_text="The first of them.")
    rests_until = models.DateTimeField(null=True, help_text="Nothing is sent before.")
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = EndpointQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=EndpointState.values), name="endpoint_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(events__len__gte=1), name="endpoint_is_told_something"
            ),
            models.CheckConstraint(
                condition=models.Q(state="active", off_since=None)
                | (~models.Q(state="active") & models.Q(off_since__isnull=False)),
                name="endpoint_off_since_then",
            ),
        ]

    def __str__(self) -> str:
        return self.description or self.address

    def get_absolute_url(self) -> str:
        return reverse("webhooks:show-endpoint", args=[self.pk])

    @property
    def is_active(self) -> bool:
        return self.state == EndpointState.ACTIVE

    @property
    def is_retired(self) -> bool:
        return self.state == EndpointState.RETIRED

    @property
    def event_labels(self) -> list[str]:
        return [EventType(event).label for event in self.events]


class SecretQuerySet(models.QuerySet["Secret"]):
    def valid(self, now: datetime) -> "SecretQuerySet":
        """Those that messages are signed with, the newest first."""
        return self.filter(models.Q(expires_at=None) | models.Q(expires_at__gt=now)).order_by("-id")


class Secret(models.Model):
    """What an endpoint's messages are signed with. Sealed: only the desk's own key opens it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    endpoint = models.ForeignKey(Endpoint, on_delete=models.PROTECT, related_name="secrets")
    sealed = models.TextField()
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    expires_at = models.DateTimeField(null=True, help_text="Set when another takes its place.")

    objects = SecretQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["endpoint"],
                condition=models.Q(expires_at=None),
                name="secret_one_newest_an_endpoint",
            )
        ]

    def __str__(self) -> str:
        return f"Secret of {self.created_at:%Y-%m-%d}"


class DeliveryState(models.TextChoices):
    WAITING = "waiting", "Waiting"
    DELIVERED = "delivered", "Delivered"
    FAILED = "failed", "Given up"


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    def visible_to(self, user: Any) -> "DeliveryQuerySet":
        return self.filter(endpoint__in=Endpoint.objects.visible_to(user))

    def due(self, now: datetime) -> "DeliveryQuerySet":
        return self.filter(state=DeliveryState.WAITING, next_attempt_at__lte=now)

    def undelivered(self) -> "DeliveryQuerySet":
        return self.filter(state__in=[DeliveryState.WAITING, DeliveryState.FAILED])

    def by_state(self) -> Mapping[str, int]:
        """How many there are in each state; states without any are 0."""
        rows = self.order_by().values_list("state").annotate(models.Count("pk"))
        return dict.fromkeys(DeliveryState.values, 0) | dict(rows)


class Delivery(models.Model):
    """One publication for one endpoint, or a test: written with the publication, sent by the worker."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    endpoint = models.ForeignKey(Endpoint, on_delete=models.PROTECT, related_name="deliveries")
    publication = models.ForeignKey(
        "publishing.Publication", on_delete=models.PROTECT, null=True, related_name="deliveries"
    )
    event = models.CharField(max_length=30, choices=EventType.choices)
    state = models.CharField(
        max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING
    )
    tries = models.PositiveIntegerField(
        default=0, help_text="Attempts since it was last put in line."
    )
    next_attempt_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    ended_at = models.DateTimeField(null=True, help_text="When it arrived or was given up.")

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "deliveries"
        constraints = [
            models.UniqueConstraint(
                fields=["endpoint", "publication"], name="delivery_once_an_endpoint"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=DeliveryState.values), name="delivery_state_known"
            ),
            models.CheckConstraint(
                condition=models.Q(state="waiting", next_attempt_at__isnull=False, ended_at=None)
                | (~models.Q(state="waiting") & models.Q(next_attempt_at=None)),
                name="delivery_waits_for_a_moment",
            ),
            models.CheckConstraint(
                condition=models.Q(publication__isnull=False) | models.Q(event="webhook.test"),
                name="delivery_of_a_publication",
            ),
        ]
        indexes = [
            models.Index(
                fields=["endpoint", "next_attempt_at"],
                name="delivery_due",
                condition=models.Q(state="waiting"),
            ),
            models.Index(fields=["endpoint", "state", "-id"], name="delivery_log"),
        ]

    def __str__(self) -> str:
        return self.message_id

    def get_absolute_url(self) -> str:
        return reverse("webhooks:show-delivery", args=[self.pk])

    @property
    def message_id(self) -> str:
        """The `webhook-id`: the same at each attempt, and in replays."""
        return f"msg_{self.pk.hex}"

    @property
    def is_waiting(self) -> bool:
        return self.state == DeliveryState.WAITING


class Attempt(models.Model):
    """One sending of a delivery, and what was answered. Never changed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    delivery = models.ForeignKey(Delivery, on_delete=models.PROTECT, related_name="attempts")
    at = models.DateTimeField()
    status = models.PositiveIntegerField(null=True, help_text="Of the answer, if there was one.")
    error = models.TextField(blank=True, help_text="Why it did not arrive, in words.")
    milliseconds = models.PositiveIntegerField()
    answer = models.TextField(blank=True, help_text="The beginning of what was answered.")

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["delivery", "-id"], name="attempt_of_delivery")]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S}: {self.status or self.error}"
