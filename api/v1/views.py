"""Articles and claims, for each as they may see them."""

from typing import cast
from uuid import UUID

import orjson
from django.http import HttpResponse
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.reverse import reverse

from accounts.models import User
from api.idempotency import once
from api.parsers import BoundedMultiPartParser
from api.schema import parameters
from api.v1 import reading, serializers
from api.v1.claim_filters import (
    ArticleForm,
    DeskClaimForm,
    OneArticleForm,
    OneClaimForm,
    PublicClaimForm,
    ShapedForm,
)
from api.v1.documents import Data
from api.v1.filters import read_query
from api.v1.import_views import ImportShape, accepted, import_of
from api.views import ApiView, list_bytes, send, to_json
from claims.services import bring_in_article, start_import
from publishing.models import CurrentVerdict

page_of = serializers.page_of


class Articles(ApiView):
    writes = "articles.add_article"
    parser_classes = [*ApiView.parser_classes, BoundedMultiPartParser]

    @extend_schema(
        operation_id="list_articles",
        summary="Articles",
        description="For everyone those with a published verdict, for the desk all; the last to come in first.",
        parameters=parameters(ArticleForm),
        responses=page_of(serializers.ArticleInListShape, "articles"),
        tags=["articles"],
    )
    def get(self, request: Request) -> HttpResponse:
        query = read_query(ArticleForm, request)
        since = query.cleaned_data["updated_since"]
        rows = reading.articles(request.user, updated_since=since).search(query.cleaned_data["q"])
        page = query.cut(request, query.narrow(rows), key="pk", changed="newest")
        wanted = query.selection
        found = reading.list_articles(
            page.rows,
            request.user,
            with_claims="claims" in wanted.included,
            is_whole=not wanted.tree,
        )
        return _send_list(request, query, found, page.next_url)

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
        parameters=parameters(OneArticleForm),
        responses=serializers.ArticleShape,
        tags=["articles"],
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        query = read_query(OneArticleForm, request)
        return _send_one(request, query, reading.show_article(pk, request.user))


class Claims(ApiView):
    @extend_schema(
        operation_id="list_claims",
        summary="Claims with their words, evidence and verdict",
        description="For everyone those on the public record, as published; for the desk all.",
        parameters=parameters(PublicClaimForm, DeskClaimForm),
        responses=page_of(serializers.ClaimShape, "claims"),
        tags=["claims"],
    )
    def get(self, request: Request) -> HttpResponse:
        if reading.is_desk(request.user):
            return self._for_desk(request, cast(User, request.user))
        query = read_query(PublicClaimForm, request)
        rows = query.narrow(CurrentVerdict.objects.search(query.cleaned_data["q"]))
        rows = rows.select_related("publication")
        page = query.cut(request, rows, key="seq", changed="published_at")
        return self._send(request, query, reading.claims_of_record(page.rows), page.next_url)

    def _for_desk(self, request: Request, reader: User) -> HttpResponse:
        query = read_query(DeskClaimForm, request)
        rows = query.narrow(reading.desk_claims(reader).search(query.cleaned_data["q"]))
        page = query.cut(request, rows, key="pk", changed="changed_at")
        found = reading.claims_at_desk(page.rows, reader)
        return self._send(request, query, found, page.next_url)

    def _send(
        self, request: Request, query: ShapedForm, found: list[Data], next_url: str | None
    ) -> HttpResponse:
        if "history" in query.selection.included:
            found = reading.with_history(found)
        return _send_list(request, query, found, next_url)


class Claim(ApiView):
    @extend_schema(
        operation_id="show_claim",
        summary="A claim with its words, evidence and verdict",
        parameters=parameters(OneClaimForm),
        responses=serializers.ClaimShape,
        tags=["claims"],
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        query = read_query(OneClaimForm, request)
        found = reading.show_claim(pk, request.user)
        if "history" in query.selection.included:
            [found] = reading.with_history([found])
        return _send_one(request, query, found)


def _send_one(request: Request, query: ShapedForm, found: Data) -> HttpResponse:
    is_public = not reading.is_desk(request.user)
    return send(request, to_json(query.selection.prune(found)), is_public=is_public)


def _send_list(
    request: Request, query: ShapedForm, found: list[Data], next_url: str | None
) -> HttpResponse:
    results = [orjson.dumps(query.selection.prune(item)) for item in found]
    body = list_bytes(results, next_url)
    return send(request, body, is_public=not reading.is_desk(request.user))
