"""What the pages of webhooks show: endpoints with how they do, and their log."""

from typing import Any

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery
from django.http import HttpRequest

from accounts.models import User
from publishing.webhooks.models import Attempt, Delivery, DeliveryState, Endpoint, EndpointState
from reviews.paging import newest_first


def endpoints_page(request: HttpRequest) -> dict[str, Any]:
    """The list: those in use, or all with ?state=retired among them."""
    rows = Endpoint.objects.visible_to(request.user)
    counts = {**dict.fromkeys(EndpointState.values, 0), **_counts(rows)}
    state = request.GET.get("state", "")
    state = state if state in EndpointState.values else ""
    chosen = rows.filter(state=state) if state else rows.standing()
    page = newest_first(chosen.select_related("owner"), request.GET)
    _add_numbers(page.items)
    return {
        "page": page,
        "state": state,
        "counts": [(value, label, counts[value]) for value, label in EndpointState.choices],
        "standing": counts[EndpointState.ACTIVE] + counts[EndpointState.DISABLED],
    }


def _counts(rows: QuerySet[Endpoint]) -> dict[str, int]:
    return dict(rows.order_by().values_list("state").annotate(Count("pk")))


def _add_numbers(endpoints: list[Endpoint]) -> None:
    """How many wait and were given up, of this page's endpoints, in one question."""
    kept = Delivery.objects.undelivered().filter(endpoint__in=endpoints).order_by()
    waiting = Count("pk", filter=Q(state=DeliveryState.WAITING))
    failed = Count("pk", filter=Q(state=DeliveryState.FAILED))
    rows = kept.values_list("endpoint").annotate(waiting=waiting, failed=failed)
    found = {pk: numbers for pk, *numbers in rows}
    for endpoint in endpoints:
        endpoint.waiting, endpoint.given_up = found.get(endpoint.pk, (0, 0))  # type: ignore[attr-defined]


def log_page(request: HttpRequest, endpoint: Endpoint) -> dict[str, Any]:
    """The endpoint's deliveries, the newest first, by ?state=; each with its last attempt."""
    rows = endpoint.deliveries.all()
    counts = rows.by_state()
    state = request.GET.get("state", "")
    state = state if state in DeliveryState.values else ""
    last = Attempt.objects.filter(delivery=OuterRef("pk")).order_by("-pk")
    shown = rows.filter(state=state) if state else rows
    shown = shown.annotate(
        last_at=Subquery(last.values("at")[:1]),
        last_status=Subquery(last.values("status")[:1]),
        last_error=Subquery(last.values("error")[:1]),
    )
    shown = shown.select_related("publication__claim").defer(
        "publication__document", "publication__gate", "publication__claim__search_vector"
    )
    return {
        "endpoint": endpoint,
        "page": newest_first(shown, request.GET),
        "state": state,
        "total": sum(counts.values()),
        "undelivered": counts[DeliveryState.WAITING] + counts[DeliveryState.FAILED],
        "counts": [(value, label, counts[value]) for value, label in DeliveryState.choices],
    }


def disabled_of(user: User) -> list[Endpoint]:
    """The person's own endpoints that the desk switched off and nobody has looked after since."""
    rows = Endpoint.objects.filter(owner=user, state=EndpointState.DISABLED)
    return list(rows.order_by("-off_since")[:5])
