"""The log of an endpoint: what was sent and what became of it, a test, and sending again."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from publishing.webhooks import listing, replaying
from publishing.webhooks.forms import ReplayForm
from publishing.webhooks.models import Delivery
from publishing.webhooks.sending import body_of
from publishing.webhooks.views import find_endpoint
from reviews.views.access import DeskRequest, desk_view

#: Characters of a message that its page shows.
SHOWN = 20_000
MOST_ATTEMPTS = 100


@require_safe
@desk_view("publishing.view_endpoint")
def show_endpoint(request: DeskRequest, pk: object) -> HttpResponse:
    context = listing.log_page(request, find_endpoint(request, pk))
    return render(request, "publishing/webhooks/endpoint.html", context)


@require_POST
@desk_view("publishing.change_endpoint")
def test_endpoint(request: DeskRequest, pk: object) -> HttpResponse:
    endpoint = find_endpoint(request, pk)

    def test() -> str:
        replaying.test_endpoint(actor=request.user, endpoint=endpoint)
        return "A test is on its way. Reload this page to see what became of it."

    _said(request, test)
    return redirect(endpoint)


@require_POST
@desk_view("publishing.change_endpoint")
def replay_endpoint(request: DeskRequest, pk: object) -> HttpResponse:
    endpoint, form = find_endpoint(request, pk), ReplayForm(request.POST)

    def replay() -> str:
        if not form.is_valid():
            raise ValidationError(form.errors["since"].as_data())
        since = form.cleaned_data["since"]
        count = replaying.replay_undelivered(actor=request.user, endpoint=endpoint, since=since)
        return f"{count:,} on their way again." if count else "There was nothing to send again."

    _said(request, replay)
    return redirect(endpoint)


@require_safe
@desk_view("publishing.view_endpoint")
def show_delivery(request: DeskRequest, pk: object) -> HttpResponse:
    delivery = _find_delivery(request, pk)
    body = body_of(delivery)
    context = {
        "delivery": delivery,
        "endpoint": delivery.endpoint,
        "attempts": delivery.attempts.all()[:MOST_ATTEMPTS],
        "body": body[:SHOWN],
        "is_cut": len(body) > SHOWN,
    }
    return render(request, "publishing/webhooks/delivery.html", context)


@require_POST
@desk_view("publishing.change_endpoint")
def replay_delivery(request: DeskRequest, pk: object) -> HttpResponse:
    delivery = _find_delivery(request, pk)

    def replay() -> str:
        replaying.replay_delivery(actor=request.user, delivery=delivery)
        return "It is on its way again. Reload this page to see what became of it."

    _said(request, replay)
    return redirect(delivery)


def _said(request: DeskRequest, change: Callable[[], str]) -> None:
    """Do it, and say what came of it on the next page."""
    try:
        messages.success(request, change())
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))


def _find_delivery(request: DeskRequest, pk: object) -> Delivery:
    rows = Delivery.objects.visible_to(request.user)
    rows = rows.select_related("endpoint__owner", "publication__claim")
    return get_object_or_404(rows.defer("publication__claim__search_vector"), pk=pk)
