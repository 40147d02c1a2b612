"""Articles on their way in: ask for many, see what became of each, call off, try again. For the desk."""

from typing import Any, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.reverse import reverse

from accounts.models import User
from api.idempotency import once
from api.schema import NamedChoice, parameters
from api.v1 import reading
from api.v1.documents import Data, moment
from api.v1.filters import ImportForm, read_query
from api.v1.serializers import Shape, page_of
from api.views import ApiView, list_body, send, to_json
from articles.models import Batch, Import, ImportState
from claims import services


class AddressesInput(Shape):
    """Addresses to be fetched, at most 50,000."""

    addresses = serializers.ListField(
        child=serializers.CharField(max_length=2000), min_length=1, max_length=50_000
    )


class ImportShape(Shape):
    """An address or a file on its way in. `error` says why it failed; `article` is there when it is done."""

    id = serializers.UUIDField()
    state = NamedChoice("ImportState", ImportState.choices)
    address = serializers.CharField()
    file_name = serializers.CharField()
    error = serializers.CharField()
    article = serializers.UUIDField(allow_null=True)
    batch = serializers.UUIDField(allow_null=True)
    feed = serializers.UUIDField(allow_null=True)
    requested_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


class BatchShape(Shape):
    """`counts` says how many of its imports are in each state; none waits when it has ended."""

    id = serializers.UUIDField()
    title = serializers.CharField()
    repeated = serializers.IntegerField(help_text="Addresses that were named once more.")
    counts = serializers.DictField(child=serializers.IntegerField())
    imports = serializers.URLField(help_text="Where each of them is.")
    requested_at = serializers.DateTimeField()


class Imports(ApiView):
    refuses_readers = True
    writes = "articles.add_article"

    @extend_schema(
        operation_id="list_imports",
        summary="Addresses and files on their way in",
        description="For the desk; the last asked for first.",
        parameters=parameters(ImportForm),
        responses=page_of(ImportShape, "imports"),
        tags=["imports"],
    )
    def get(self, request: Request) -> HttpResponse:
        _refuse_readers(request)
        query = read_query(ImportForm, request)
        page = query.place(request).cut(query.narrow(_visible(request)), key="pk")
        body = list_body([to_json(import_of(item)) for item in page.rows], page.next_url)
        return send(request, body, is_public=False)

    @extend_schema(
        operation_id="add_imports",
        summary="Bring many addresses in",
        description="They become a batch. One that is no address fails, and stops none of the others.",
        request=AddressesInput,
        responses={202: OpenApiResponse(BatchShape, "They are queued.")},
        tags=["imports"],
    )
    def post(self, request: Request) -> HttpResponse:
        wanted = AddressesInput(data=request.data)
        wanted.is_valid(raise_exception=True)
        lines = "\n".join(" ".join(line.split()) for line in wanted.validated_data["addresses"])

        def work() -> HttpResponse:
            batch = services.start_batch(actor=cast(User, request.user), addresses=lines)
            return accepted(request, _batch_of(request, batch), "show-batch", batch.pk)

        return once(request, work)


class OneImport(ApiView):
    refuses_readers = True

    @extend_schema(
        operation_id="show_import",
        summary="What became of one address or file",
        responses=ImportShape,
        tags=["imports"],
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        _refuse_readers(request)
        item = get_object_or_404(_visible(request), pk=pk)
        return send(request, to_json(import_of(item)), is_public=False)


class OneBatch(ApiView):
    refuses_readers = True

    @extend_schema(
        operation_id="show_batch",
        summary="How far a batch is",
        responses=BatchShape,
        tags=["imports"],
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        _refuse_readers(request)
        batch = _find_batch(request, pk)
        return send(request, to_json(_batch_of(request, batch)), is_public=False)


class CancelBatch(ApiView):
    writes = "articles.add_article"

    @extend_schema(
        operation_id="cancel_batch",
        summary="Call off what waits",
        description="What is in stays in. `retry` with the state `cancelled` goes on with it.",
        request=None,
        responses={202: OpenApiResponse(BatchShape, "It is called off.")},
        tags=["imports"],
    )
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        batch = _find_batch(request, pk)
        services.cancel_batch(actor=cast(User, request.user), batch=batch)
        return accepted(request, _batch_of(request, batch), "show-batch", batch.pk)


class RetryInput(Shape):
    """Which of them."""

    state = serializers.ChoiceField(["failed", "cancelled"], default="failed")


class RetryBatch(ApiView):
    writes = "articles.add_article"

    @extend_schema(
        operation_id="retry_batch",
        summary="Try again what failed or was called off",
        request=RetryInput,
        responses={202: OpenApiResponse(BatchShape, "They are queued again.")},
        tags=["imports"],
    )
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        wanted = RetryInput(data=request.data)
        wanted.is_valid(raise_exception=True)
        batch, state = _find_batch(request, pk), wanted.validated_data["state"]
        services.retry_batch(actor=cast(User, request.user), batch=batch, state=state)
        return accepted(request, _batch_of(request, batch), "show-batch", batch.pk)


def import_of(item: Import) -> Data:
    return {
        "id": str(item.pk),
        "state": item.state,
        "address": item.address,
        "file_name": item.file_name,
        "error": item.error,
        "article": str(item.article_id) if item.article_id else None,
        "batch": str(item.batch_id) if item.batch_id else None,
        "feed": str(item.feed_id) if item.feed_id else None,
        "requested_at": moment(item.created_at),
        "finished_at": moment(item.finished_at),
    }


def accepted(request: Request, found: Data, name: str, pk: Any) -> HttpResponse:
    """It is asked for, and done later: where to look."""
    where = reverse(f"api:{name}", args=[pk], request=request)
    response = HttpResponse(to_json(found), status=202, content_type="application/json")
    response["Location"] = where
    return response


def _batch_of(request: Request, batch: Batch) -> Data:
    imports = reverse("api:list-imports", request=request)
    return {
        "id": str(batch.pk),
        "title": batch.title,
        "repeated": batch.repeated,
        "counts": dict(Import.objects.filter(batch=batch).by_state()),
        "imports": f"{imports}?batch={batch.pk}",
        "requested_at": moment(batch.created_at),
    }


def _refuse_readers(request: Request) -> None:
    if not reading.is_desk(request.user):
        raise PermissionDenied("What is on its way in is for the desk alone.")


def _visible(request: Request) -> Any:
    return Import.objects.visible_to(request.user).light()


def _find_batch(request: Request, pk: UUID) -> Batch:
    return get_object_or_404(Batch.objects.visible_to(request.user), pk=pk)
