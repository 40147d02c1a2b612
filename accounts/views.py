"""The pages of a person's own API keys."""

from typing import cast
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from accounts import services
from accounts.forms import KeyForm
from accounts.models import ApiKey, User


@require_safe
@login_required
def list_keys(request: HttpRequest) -> HttpResponse:
    keys = ApiKey.objects.visible_to(request.user)
    return render(request, "accounts/list_keys.html", {"keys": keys})


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@login_required
def make_key(request: HttpRequest) -> HttpResponse:
    """The secret is on the page that answers, and nowhere else: not in the session, not in the address."""
    form = KeyForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            key, secret = services.make_key(actor=cast(User, request.user), **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            return render(request, "accounts/key_made.html", {"key": key, "secret": secret})
    return render(request, "accounts/make_key.html", {"form": form}, status=_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
def revoke_key(request: HttpRequest, pk: UUID) -> HttpResponse:
    key = get_object_or_404(ApiKey.objects.visible_to(request.user), pk=pk)
    if request.method == "POST":
        services.revoke_key(actor=cast(User, request.user), key=key)
        messages.success(request, f"“{key.name}” is revoked. Programs that use it get no answer.")
        return redirect("accounts:list-keys")
    return render(request, "accounts/revoke_key.html", {"key": key})


def _status(form: KeyForm) -> int:
    return 400 if form.errors else 200
