"""Webhooks: make, read, change, retire, give another secret. For their owners, and for editors."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import cast
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.reverse import reverse

from accounts.models import User
from api.idempotency import once
from api.schema import parameters
from api.v1 import webhook_shapes as shapes
from api.v1.changes import ONCE, checked
from api.v1.documents import Data
from api.v1.filters import PagedForm, read_query
from api.v1.inputs import NothingInput
from api.v1.serializers import page_of
from api.views import ApiView, list_body, send, to_json
from publishing.webhooks import services
from publishing.webhooks.models import Endpoint, EndpointQuerySet, EndpointState


class WebhookForm(PagedForm):
    """Webhooks."""

    state = forms.ChoiceField(
        required=False, choices=EndpointState.choices, help_text="Without it: those in use."
    )
    lookups = {"state": "state"}


class Webhooks(ApiView):
    refuses_readers = True
    writes = "publishing.add_endpoint"

    @extend_schema(
        operation_id="list_webhooks",
        summary="Webhooks",
        description="Your own; everybody's for editors. The last made first.",
        parameters=parameters(WebhookForm),
        responses=page_of(shapes.WebhookShape, "webhooks"),
        tags=["webhooks"],
    )
    def get(self, request: Request) -> HttpResponse:
        rows, query = visible(request), read_query(WebhookForm, request)
        chosen = query.narrow(rows) if query.cleaned_data["state"] else rows.standing()
        page = query.place(request).cut(chosen, key="pk")
        body = list_body([to_json(shapes.webhook_of(one)) for one in page.rows], page.next_url)
        return send(request, body, is_public=False)

    @extend_schema(
        operation_id="add_webhook",
        summary="Make a webhook",
        parameters=[ONCE],
        description=(
            "Needs a key that may write. The secret is told this once; with an `Idempotency-Key` "
            "the webhook is made once, and the secret is not told again."
        ),
        request=shapes.WebhookInput,
        responses={201: OpenApiResponse(shapes.WebhookWithSecretShape, "It is made.")},
        tags=["webhooks"],
    )
    def post(self, request: Request) -> HttpResponse:
        wanted = shapes.WebhookInput(data=request.data)
        wanted.is_valid(raise_exception=True)
        secrets: list[str] = []

        def work() -> HttpResponse:
            with in_words_of_the_api():
                endpoint, secret = services.make_endpoint(
                    actor=cast(User, request.user), draft=wanted.draft
                )
            secrets.append(secret)
            response = made({**shapes.webhook_of(endpoint), "secret": None}, 201)
            response["Location"] = reverse("api:show-webhook", args=[endpoint.pk], request=request)
            return response

        return with_secret(once(request, work), secrets)


class OneWebhook(ApiView):
    refuses_readers = True
    writes = "publishing.change_endpoint"

    @extend_schema(
        operation_id="show_webhook",
        summary="A webhook, and how it does",
        responses=shapes.WebhookShape,
        tags=["webhooks"],
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        found = to_json(shapes.webhook_of(find(request, pk)))
        return send(request, found, is_public=False)

    @extend_schema(
        operation_id="change_webhook",
        summary="Change a webhook, switch it off or on",
        description="What is left out stays. Switched on, it gets what was published meanwhile.",
        request=shapes.WebhookChange,
        responses={200: OpenApiResponse(shapes.WebhookShape, "It is as it says.")},
        tags=["webhooks"],
    )
    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        endpoint = find(request, pk)
        wanted = shapes.WebhookChange(data=request.data)
        wanted.is_valid(raise_exception=True)
        with in_words_of_the_api():
            changed = services.revise_endpoint(
                actor=cast(User, request.user),
                endpoint=endpoint,
                draft=wanted.draft_of(endpoint),
                state=wanted.validated_data.get("state", ""),
            )
        return made(shapes.webhook_of(changed), 200)

    @extend_schema(
        operation_id="retire_webhook",
        summary="Retire a webhook",
        description="For good. Nothing is sent any more; what was sent can still be looked up.",
        request=None,
        responses={204: OpenApiResponse(None, "It is retired.")},
        tags=["webhooks"],
    )
    def delete(self, request: Request, pk: UUID) -> HttpResponse:
        endpoint = find(request, pk)
        if not endpoint.is_retired:
            services.retire_endpoint(actor=cast(User, request.user), endpoint=endpoint)
        return HttpResponse(status=204)


class RotateSecret(ApiView):
    writes = "publishing.change_endpoint"

    @extend_schema(
        operation_id="rotate_webhook_secret",
        summary="Give a webhook another secret",
        parameters=[ONCE],
        description="For a day messages are signed with the one before as well.",
        request=None,
        responses={200: OpenApiResponse(shapes.WebhookWithSecretShape, "The new secret.")},
        tags=["webhooks"],
    )
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        endpoint, secrets = find(request, pk), list[str]()
        checked(NothingInput, request)

        def work() -> HttpResponse:
            changed, secret, _ = services.rotate_secret(
                actor=cast(User, request.user), endpoint=endpoint
            )
            secrets.append(secret)
            return made({**shapes.webhook_of(changed), "secret": None}, 200)

        return with_secret(once(request, work), secrets)


@contextmanager
def in_words_of_the_api() -> Iterator[None]:
    """What the desk calls an address is `url` here, as everywhere in the API."""
    try:
        yield
    except ValidationError as error:
        if not hasattr(error, "error_dict"):
            raise
        names = {"address": "url"}
        errors = error.message_dict.items()
        raise ValidationError({names.get(name, name): words for name, words in errors}) from error


def visible(request: Request) -> EndpointQuerySet:
    if not request.user.has_perm("publishing.view_endpoint"):
        raise PermissionDenied("Webhooks are for those who may make them.")
    return Endpoint.objects.visible_to(request.user)


def find(request: Request, pk: UUID) -> Endpoint:
    return get_object_or_404(visible(request), pk=pk)


def made(found: Data, status: int) -> HttpResponse:
    return HttpResponse(to_json(found), status=status, content_type="application/json")


def with_secret(response: HttpResponse, secrets: list[str]) -> HttpResponse:
    """Put in after the answer was kept for its Idempotency-Key, so that no secret is kept with it."""
    if secrets:
        kept = response.content.decode()
        response.content = kept.replace('"secret":null', f'"secret":{to_json(secrets[0])}').encode()
    return response
