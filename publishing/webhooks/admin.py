"""Webhooks in the admin, to read. They are made and changed at the desk and through the API."""

from django.contrib import admin

from accounts.admin import ReadOnlyAdmin
from publishing.webhooks.models import Attempt, Delivery, Endpoint


@admin.register(Endpoint)
class EndpointAdmin(ReadOnlyAdmin):
    """Secrets are not shown: they cannot be, but to whoever makes one."""

    list_display = ("__str__", "address", "owner", "state", "failures", "created_at")
    list_filter = ("state",)
    list_select_related = ("owner",)
    search_fields = ("address", "description", "owner__email")
    fields = (
        "address", "description", "events", "owner", "state", "reason", "off_since", "failures",
        "failing_since", "rests_until", "created_at", "changed_at",
    )  # fmt: skip


@admin.register(Delivery)
class DeliveryAdmin(ReadOnlyAdmin):
    """What was, is or will be sent to whom."""

    list_display = ("message_id", "endpoint", "event", "publication", "state", "created_at")
    list_filter = ("state", "event")
    list_select_related = ("endpoint", "publication")
    more_lookups = ("endpoint", "publication")
    search_fields = ("endpoint__address", "endpoint__description")
    fields = (*list_display, "tries", "next_attempt_at", "ended_at")
    heavy = ("publication__document", "publication__gate")


@admin.register(Attempt)
class AttemptAdmin(ReadOnlyAdmin):
    """Each sending, with what was answered."""

    list_display = ("at", "delivery", "status", "error", "milliseconds")
    list_filter = ("status",)
    list_select_related = ("delivery",)
    more_lookups = ("delivery",)
    search_fields = ("error",)
    fields = (*list_display, "answer")
