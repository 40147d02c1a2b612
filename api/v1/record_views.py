"""Verdicts and publications: the record's finished bytes, for everyone."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.crypto import salted_hmac
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from api.schema import parameters
from api.v1 import reading, serializers
from api.v1.filters import FeedForm, VerdictForm, read_query
from api.views import ApiView, is_known, list_body, not_modified, quote, send
from publishing.models import CurrentVerdict, Publication

page_of = serializers.page_of


class Verdicts(ApiView):
    @extend_schema(
        operation_id="list_verdicts",
        summary="What the desk concludes, claim by claim",
        description="The newest published document of each claim, newest first.",
        parameters=parameters(VerdictForm),
        responses=page_of(serializers.DocumentShape, "verdicts"),
        tags=["verdicts"],
    )
    def get(self, request: Request) -> HttpResponse:
        query = read_query(VerdictForm, request)
        etag = _etag_of_record(request)
        if is_known(request, etag):
            return not_modified(etag, is_public=True)
        rows = query.narrow(CurrentVerdict.objects.search(query.cleaned_data["q"]))
        ready = rows.values_list("seq", "publication__document", named=True)
        page = query.place(request).cut(ready, key="seq")
        found = [row.publication__document for row in page.rows]
        return send(request, list_body(found, page.next_url), etag=etag, is_public=True)


class Verdict(ApiView):
    @extend_schema(
        operation_id="show_verdict",
        summary="The verdict on a claim",
        description="The bytes as they were published. The ETag is their SHA-256.",
        responses=serializers.DocumentShape,
        tags=["verdicts"],
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        return _send_document(request, Publication.objects.filter(current_for__claim=pk))


class Publications(ApiView):
    @extend_schema(
        operation_id="list_publications",
        summary="Everything that was ever published, in order",
        description="Append-only, oldest first, without gaps: go on with `since` the last `seq` you have.",
        parameters=parameters(FeedForm),
        responses=page_of(serializers.FeedEntryShape, "publications"),
        tags=["publications"],
    )
    def get(self, request: Request) -> HttpResponse:
        query, etag = read_query(FeedForm, request), _etag_of_record(request)
        if is_known(request, etag):
            return not_modified(etag, is_public=True)
        rows = query.narrow(Publication.objects.order_by("seq"))
        found = list(rows.values_list("seq", "sha256", "document")[: query.limit_given + 1])
        shown = found[: query.limit_given]
        entries = [f'{{"sha256":"{sha256}","document":{text}}}' for _, sha256, text in shown]
        more = len(found) > len(shown)
        next_url = _following(request, since=shown[-1][0]) if more else None
        return send(request, list_body(entries, next_url), etag=etag, is_public=True)


class PublicationEntry(ApiView):
    @extend_schema(
        operation_id="show_publication",
        summary="One entry of the public record",
        description="The bytes as they were published. The ETag is their SHA-256.",
        responses=serializers.DocumentShape,
        tags=["publications"],
    )
    def get(self, request: Request, seq: int) -> HttpResponse:
        return _send_document(request, Publication.objects.filter(pk=seq))


def _etag_of_record(request: Request) -> str:
    """While nothing new is published, the same address gives the same bytes: one look at the log's end.

    The server's secret is in it, for it is also in the cursors.
    """
    asked = f"{reading.head()} {request.build_absolute_uri()}"
    return quote(salted_hmac("api.record", asked, algorithm="sha256").hexdigest())


def _send_document(request: Request, rows: Any) -> HttpResponse:
    found = rows.values_list("sha256", "document").first()
    if found is None:
        raise Http404
    sha256, document = found
    return send(request, document, etag=quote(sha256), is_public=True)


def _following(request: Request, *, since: int) -> str:
    query = request.GET.copy()
    query["since"] = str(since)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
