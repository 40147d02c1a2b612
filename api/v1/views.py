"""Version 1: the record's finished bytes for everyone, articles and claims for each as they may see them."""

from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpResponse
from django.utils.crypto import salted_hmac
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.reverse import reverse

from accounts.models import User
from api.idempotency import once
from api.parsers import BoundedMultiPartParser
from api.schema import parameters
from api.v1 import documents, reading, serializers
from api.v1.filters import (
    ArticleForm,
    DeskClaimForm,
    FeedForm,
    RecordForm,
    VerdictForm,
    read_query,
)
from api.v1.import_views import ImportShape, accepted, import_of
from api.views import ApiView, is_known, list_body, not_modified, quote, send, to_json
from claims.services import bring_in_article, start_import
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
        etag = _etag_of_record(request) if query.is_of_the_record else ""
        if etag and is_known(request, etag):
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


class Articles(ApiView):
    writes = "articles.add_article"
    parser_classes = [*ApiView.parser_classes, BoundedMultiPartParser]

    @extend_schema(
        operation_id="list_articles",
        summary="Articles",
        description="For everyone those with a published verdict, for the desk all; the last to come in first.",
        parameters=parameters(ArticleForm),
        responses=page_of(serializers.ArticleOutlineShape, "articles"),
        tags=["articles"],
    )
    def get(self, request: Request) -> HttpResponse:
        query = read_query(ArticleForm, request)
        rows = query.narrow(reading.articles(request.user).search(query.cleaned_data["q"]))
        page = query.place(request).cut(rows, key="pk")
        found = reading.list_articles(page.rows, request.user)
        return _send_list(request, found, page.next_url)

    @extend_schema(
        operation_id="add_article",
        summary="Bring an article in",
        description=(
            "Needs a key that may write and a role at the desk. Its claims are then looked for. "
            "An address alone is fetched in the background. With an `Idempotency-Key` it comes in once."
        ),
        request={
            "application/json": serializers.ArticleInput,
            "multipart/form-data": serializers.ArticleInput,
        },
        responses={
            201: OpenApiResponse(serializers.ArticleShape, "It is in."),
            202: OpenApiResponse(ImportShape, "Its address is queued to be fetched."),
        },
        tags=["articles"],
    )
    def post(self, request: Request) -> HttpResponse:
        wanted = serializers.ArticleInput(data=request.data)
        wanted.is_valid(raise_exception=True)
        return once(request, lambda: self._come_in(request, wanted))

    def _come_in(self, request: Request, wanted: serializers.ArticleInput) -> HttpResponse:
        actor = cast(User, request.user)
        if address := wanted.address_alone:
            item = start_import(actor=actor, address=address)
            return accepted(request, import_of(item), "show-import", item.pk)
        article = bring_in_article(actor=actor, arrival=wanted.arrival)
        made = to_json(reading.show_article(article.pk, request.user))
        where = reverse("api:show-article", args=[article.pk], request=request)
        headers = {"Location": where}
        return HttpResponse(made, status=201, content_type="application/json", headers=headers)


class Article(ApiView):
    @extend_schema(
        operation_id="show_article",
        summary="An article with its text, blocks and claims",
        description="For everyone the version that was checked, with its published claims.",
        responses=serializers.ArticleShape,
        tags=["articles"],
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        return _send_one(request, reading.show_article(pk, request.user))


class Claims(ApiView):
    @extend_schema(
        operation_id="list_claims",
        summary="Claims with their words, evidence and verdict",
        description="For everyone those on the public record, as published; for the desk all.",
        parameters=parameters(RecordForm, DeskClaimForm),
        responses=page_of(serializers.ClaimShape, "claims"),
        tags=["claims"],
    )
    def get(self, request: Request) -> HttpResponse:
        if reading.is_desk(request.user):
            return self._for_desk(request, cast(User, request.user))
        query = read_query(RecordForm, request)
        rows = query.narrow(CurrentVerdict.objects.search(query.cleaned_data["q"]))
        page = query.place(request).cut(rows.select_related("publication"), key="seq")
        return _send_list(request, reading.claims_of_record(page.rows), page.next_url)

    def _for_desk(self, request: Request, reader: User) -> HttpResponse:
        query = read_query(DeskClaimForm, request)
        rows = query.narrow(reading.desk_claims(reader).search(query.cleaned_data["q"]))
        page = query.place(request).cut(rows, key="pk")
        return _send_list(request, reading.claims_at_desk(page.rows, reader), page.next_url)


class Claim(ApiView):
    @extend_schema(
        operation_id="show_claim",
        summary="A claim with its words, evidence and verdict",
        responses=serializers.ClaimShape,
        tags=["claims"],
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        return _send_one(request, reading.show_claim(pk, request.user))


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


def _send_one(request: Request, found: documents.Data) -> HttpResponse:
    return send(request, to_json(found), is_public=not reading.is_desk(request.user))


def _send_list(request: Request, found: list[documents.Data], next_url: str | None) -> HttpResponse:
    body = list_body([to_json(item) for item in found], next_url)
    return send(request, body, is_public=not reading.is_desk(request.user))


def _following(request: Request, *, since: int) -> str:
    query = request.GET.copy()
    query["since"] = str(since)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
