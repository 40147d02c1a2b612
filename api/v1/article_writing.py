"""Articles that are here: their record corrected, a new version frozen, their claims looked for again."""

from typing import Any, cast
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.reverse import reverse

from api.parsers import BoundedMultiPartParser
from api.v1 import documents, reading, version_reading, version_views, views
from api.v1.article_inputs import ArticleChangesInput, DetectInput, VersionInput
from api.v1.changes import IF_MATCH, ONCE, actor_of, answer, change_article, checked, described
from api.v1.serializers import ArticleShape, DetectionShape
from api.v1.version_shapes import VersionShape
from api.views import ApiView
from articles.models import Article, Version
from articles.services import correct_article
from claims.services import engines_for, revise_article, start_detection


class OneArticle(views.Article):
    writes = "articles.change_article"

    @described(
        "correct_article",
        "Correct what is known of an article",
        sent=ArticleChangesInput,
        gives=ArticleShape,
        says="The article as it is now, with its ETag.",
        description="Only what is sent changes; never its text, which is frozen.",
        tag="articles",
    )
    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        given = checked(ArticleChangesInput, request)

        def correct(article: Article) -> HttpResponse:
            correct_article(actor=actor_of(request), article=article, **given)
            return answer(reading.show_article(pk, request.user), is_whole=True)

        return change_article(request, pk, correct)


class Versions(version_views.Versions):
    writes = "articles.add_article"
    parser_classes = [*ApiView.parser_classes, BoundedMultiPartParser]

    @extend_schema(
        operation_id="add_version",
        summary="Freeze a new version",
        description=(
            "The text as it stands now. The claims are found in it again, and more are looked for. "
            "The same bytes as the newest version make no new one."
        ),
        parameters=[ONCE, IF_MATCH],
        request={"application/json": VersionInput, "multipart/form-data": VersionInput},
        responses={
            201: OpenApiResponse(VersionShape, "It is frozen."),
            200: OpenApiResponse(VersionShape, "The newest version has these bytes already."),
        },
        tags=["articles"],
    )
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        wanted = VersionInput(data=request.data)
        wanted.is_valid(raise_exception=True)

        def revise(article: Article) -> HttpResponse:
            before = article.current_id
            version = revise_article(
                actor=actor_of(request), article=article, arrival=wanted.arrival
            )
            is_new = version.pk != before
            found = version_reading.show_version(pk, version.number, request.user)
            where = reverse("api:show-version", args=[pk, version.number], request=request)
            return answer(found, status=201 if is_new else 200, location=where)

        return change_article(request, pk, revise)


class Detect(ApiView):
    writes = "claims.run_detection"

    @described(
        "detect_claims",
        "Look for claims",
        sent=DetectInput,
        gives=DetectionShape,
        status=202,
        says="The engine is queued, or has read this version already.",
        description="In the newest version, by the desk's engine or the one that is named.",
        tag="articles",
    )
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        name = checked(DetectInput, request).get("engine", "")

        def detect(article: Article) -> HttpResponse:
            known = engines_for(article.language)
            if name and name not in known:
                raise ValidationError({"engine": f"This language is read by: {', '.join(known)}."})
            version = cast(Version, article.current)
            run = start_detection(actor=actor_of(request), version=version, engine_name=name)
            found: dict[str, Any] = documents.run_facts(run)
            return answer(found, status=202)

        return change_article(request, pk, detect)
