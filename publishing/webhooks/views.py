"""The pages of endpoints: make one, change it, give it another secret, switch it off and on, retire it."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from publishing.webhooks import listing, services
from publishing.webhooks.forms import DisableForm, EnableForm, EndpointForm
from publishing.webhooks.models import Endpoint
from reviews.views.access import DeskRequest, attempt, desk_view, form_status, posted


@require_safe
@desk_view("publishing.view_endpoint")
def list_endpoints(request: DeskRequest) -> HttpResponse:
    return render(request, "publishing/webhooks/list.html", listing.endpoints_page(request))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@desk_view("publishing.add_endpoint")
def make_endpoint(request: DeskRequest) -> HttpResponse:
    """The secret is on the page that answers, and nowhere else: not in the session, not in the address."""
    form = EndpointForm(posted(request))
    made: list[tuple[Endpoint, str]] = []

    def make() -> None:
        made.append(services.make_endpoint(actor=request.user, draft=form.draft()))

    if request.method == "POST" and attempt(form, make):
        endpoint, secret = made[0]
        return _show_secret(request, endpoint, secret, is_new=True)
    return render(
        request, "publishing/webhooks/make.html", {"form": form}, status=form_status(form)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view("publishing.change_endpoint")
def change_endpoint(request: DeskRequest, pk: object) -> HttpResponse:
    endpoint = find_endpoint(request, pk)
    form = EndpointForm(posted(request), initial=EndpointForm.of(endpoint))

    def change() -> None:
        services.change_endpoint(actor=request.user, endpoint=endpoint, draft=form.draft())

    if request.method == "POST" and attempt(form, change):
        messages.success(request, "Changed.")
        return redirect(endpoint)
    context = {"form": form, "endpoint": endpoint}
    return render(request, "publishing/webhooks/change.html", context, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@desk_view("publishing.change_endpoint")
def rotate_secret(request: DeskRequest, pk: object) -> HttpResponse:
    endpoint = find_endpoint(request, pk)
    context: dict[str, Any] = {
        "endpoint": endpoint,
        "hours": services.OVERLAP.total_seconds() // 3600,
    }
    if request.method == "POST":
        try:
            _, secret, until = services.rotate_secret(actor=request.user, endpoint=endpoint)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(endpoint)
        return _show_secret(request, endpoint, secret, until=until)
    return render(request, "publishing/webhooks/rotate.html", context)


def _show_secret(
    request: DeskRequest, endpoint: Endpoint, secret: str, **context: Any
) -> HttpResponse:
    context |= {"endpoint": endpoint, "secret": secret}
    return render(request, "publishing/webhooks/secret.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view("publishing.change_endpoint")
def disable_endpoint(request: DeskRequest, pk: object) -> HttpResponse:
    endpoint, form = find_endpoint(request, pk), DisableForm(posted(request))

    def disable() -> None:
        services.disable_endpoint(actor=request.user, endpoint=endpoint, **form.cleaned_data)

    if request.method == "POST" and attempt(form, disable):
        messages.success(request, "Disabled. Nothing is sent until it is enabled again.")
        return redirect(endpoint)
    return _ask(request, "disable", endpoint, form)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view("publishing.change_endpoint")
def enable_endpoint(request: DeskRequest, pk: object) -> HttpResponse:
    endpoint, form = find_endpoint(request, pk), EnableForm(posted(request))

    def enable() -> None:
        services.enable_endpoint(actor=request.user, endpoint=endpoint, **form.cleaned_data)

    if request.method == "POST" and attempt(form, enable):
        messages.success(request, "Enabled. What waited is on its way.")
        return redirect(endpoint)
    return _ask(request, "enable", endpoint, form)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view("publishing.change_endpoint")
def retire_endpoint(request: DeskRequest, pk: object) -> HttpResponse:
    endpoint, form = find_endpoint(request, pk), DisableForm(posted(request))

    def retire() -> None:
        services.retire_endpoint(actor=request.user, endpoint=endpoint)

    if request.method == "POST" and attempt(form, retire):
        messages.success(request, "Retired. Its history stays.")
        return redirect("webhooks:list-endpoints")
    return _ask(request, "retire", endpoint, form)


def _ask(request: DeskRequest, what: str, endpoint: Endpoint, form: Any) -> HttpResponse:
    """A small page before the change: what it does."""
    context = {"endpoint": endpoint, "form": form}
    template = f"publishing/webhooks/{what}.html"
    return render(request, template, context, status=form_status(form))


def find_endpoint(request: DeskRequest, pk: object) -> Endpoint:
    rows = Endpoint.objects.visible_to(request.user).select_related("owner")
    return get_object_or_404(rows, pk=pk)
