"""What was sent to a webhook: read the log, send again, test."""

from typing import cast
from uuid import UUID

from django import forms
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request

from accounts.models import User
from api.idempotency import once
from api.schema import parameters
from api.v1 import webhook_shapes as shapes
from api.v1.changes import ONCE, checked
from api.v1.filters import MomentField, PagedForm, read_query
from api.v1.inputs import NothingInput
from api.v1.serializers import page_of
from api.v1.webhook_views import find, made
from api.views import ApiView, list_body, send, to_json
from publishing.webhooks import replaying
from publishing.webhooks.models import Delivery, DeliveryState


class DeliveryForm(PagedForm):
    """Deliveries."""

    state = forms.ChoiceField(
        required=False, choices=DeliveryState.choices, help_text="What became of them."
    )
    created_after = MomentField(required=False, help_text="Put in line at or after this.")
    lookups = {"state": "state", "created_after": "created_at__gte"}


class Deliveries(ApiView):
    refuses_readers = True

    @extend_schema(
        operation_id="list_deliveries",
        summary="What was sent to a webhook, and what waits",
        description="The last put in line first.",
        parameters=parameters(DeliveryForm),
        responses=page_of(shapes.DeliveryShape, "deliveries"),
        tags=["webhooks"],
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        rows, query = find(request, pk).deliveries.all(), read_query(DeliveryForm, request)
        page = query.place(request).cut(query.narrow(rows), key="pk")
        body = list_body([to_json(shapes.delivery_of(one)) for one in page.rows], page.next_url)
        return send(request, body, is_public=False)


class OneDelivery(ApiView):
    refuses_readers = True

    @extend_schema(
        operation_id="show_delivery",
        summary="A delivery with its attempts",
        responses=shapes.DeliveryInFullShape,
        tags=["webhooks"],
    )
    def get(self, request: Request, pk: UUID, delivery: UUID) -> HttpResponse:
        found = to_json(shapes.delivery_in_full(_find(request, pk, delivery)))
        return send(request, found, is_public=False)


class ReplayDelivery(ApiView):
    writes = "publishing.change_endpoint"

    @extend_schema(
        operation_id="replay_delivery",
        summary="Send a delivery again",
        parameters=[ONCE],
        description="Under the same `webhook-id`, whatever became of it.",
        request=None,
        responses={202: OpenApiResponse(shapes.DeliveryShape, "It is in line.")},
        tags=["webhooks"],
    )
    def post(self, request: Request, pk: UUID, delivery: UUID) -> HttpResponse:
        actor, found = cast(User, request.user), _find(request, pk, delivery)
        checked(NothingInput, request)

        def work() -> HttpResponse:
            again = replaying.replay_delivery(actor=actor, delivery=found)
            return made(shapes.delivery_of(again), 202)

        return once(request, work)


class ReplayDeliveries(ApiView):
    writes = "publishing.change_endpoint"

    @extend_schema(
        operation_id="replay_deliveries",
        summary="Send again what did not arrive",
        parameters=[ONCE],
        description="What was given up, and what waits for its next attempt.",
        request=shapes.ReplayInput,
        responses={202: OpenApiResponse(shapes.ReplayShape, "They are in line.")},
        tags=["webhooks"],
    )
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        actor, endpoint = cast(User, request.user), find(request, pk)
        since = checked(shapes.ReplayInput, request)["since"]

        def work() -> HttpResponse:
            count = replaying.replay_undelivered(actor=actor, endpoint=endpoint, since=since)
            return made({"replayed": count}, 202)

        return once(request, work)


class TestWebhook(ApiView):
    writes = "publishing.change_endpoint"

    @extend_schema(
        operation_id="send_webhook_test",
        summary="Send a test to a webhook",
        parameters=[ONCE],
        description="Of the type `webhook.test`, signed like all others.",
        request=None,
        responses={202: OpenApiResponse(shapes.DeliveryShape, "It is in line.")},
        tags=["webhooks"],
    )
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        actor, endpoint = cast(User, request.user), find(request, pk)
        checked(NothingInput, request)

        def work() -> HttpResponse:
            delivery = replaying.test_endpoint(actor=actor, endpoint=endpoint)
            return made(shapes.delivery_of(delivery), 202)

        return once(request, work)


def _find(request: Request, pk: UUID, delivery: UUID) -> Delivery:
    rows = find(request, pk).deliveries.select_related("endpoint")
    return get_object_or_404(rows, pk=delivery)
