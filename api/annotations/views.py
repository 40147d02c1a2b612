"""Containers of annotations and annotations, by the W3C Web Annotation Protocol.

Reading is for everyone, as readers' pages are. A person at the desk may add an annotation on words of an article: that
is a claim, open for review. What is published is changed by correcting the claim, so there is no PUT and no DELETE.
"""

from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.crypto import salted_hmac
from rest_framework.request import Request

from accounts.models import User
from api.annotations import rendering
from api.annotations.collections import Collection, article_collection, desk_collection
from api.annotations.incoming import Suggestion, read_suggestion
from api.annotations.negotiation import MEDIA_TYPE, Asked, content_type_for, read_asked
from api.idempotency import once
from api.parsers import BoundedJSONParser
from api.v1 import reading
from api.views import ApiView, is_known, not_modified, quote, send, to_json
from claims.models import Claim
from claims.services import ClaimDraft, add_claim, add_span

LDP = "http://www.w3.org/ns/ldp#"
OF_CONTAINER = (
    f'<{LDP}BasicContainer>; rel="type", '
    f'<http://www.w3.org/TR/annotation-protocol/>; rel="{LDP}constrainedBy"'
)
OF_ANNOTATION = f'<{LDP}Resource>; rel="type"'


class JsonLdParser(BoundedJSONParser):
    media_type = "application/ld+json"


class AnnotationView(ApiView):
    """Speaks JSON-LD, and JSON to those who ask for it."""

    links = OF_ANNOTATION
    schema = None  # type: ignore[assignment]  # the protocol describes it, not our OpenAPI document
    parser_classes = [JsonLdParser, BoundedJSONParser]

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        if request.method != "OPTIONS":
            self.content_type = content_type_for(request.headers.get("Accept", ""))
        super().initial(request, *args, **kwargs)

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        return HttpResponse(status=200)

    def finalize_response(self, request: Request, response: Any, *args: Any, **kwargs: Any) -> Any:
        response = super().finalize_response(request, response, *args, **kwargs)
        patch_vary_headers(response, ["Accept", "Prefer"])
        response["Link"] = self.links
        if "POST" in response["Allow"]:
            response["Accept-Post"] = f"{MEDIA_TYPE}, application/json"
        if "Access-Control-Allow-Origin" in response:
            response["Access-Control-Allow-Headers"] = "Accept, If-None-Match, Prefer"
            response["Access-Control-Expose-Headers"] = (
                "ETag, Link, Allow, Accept-Post, Content-Location, Preference-Applied"
            )
        return response


class Container(AnnotationView):
    """All annotations, or those of one article."""

    writes = "claims.add_claim"
    links = OF_CONTAINER

    def get(self, request: Request, pk: UUID | None = None) -> HttpResponse:
        asked, collection = read_asked(request), _collection(pk, request.user)
        if asked.page is not None:
            self.links = OF_ANNOTATION
        etag = _etag(collection, asked, self.content_type)
        if is_known(request, etag):
            response = not_modified(etag, is_public=True)
        else:
            body = to_json(rendering.render(collection, asked))
            response = send(
                request, body, etag=etag, is_public=True, content_type=self.content_type
            )
        response["Content-Location"] = collection.address + asked.query
        if asked.is_applied:
            response["Preference-Applied"] = "return=representation"
        return response

    def post(self, request: Request, pk: UUID | None = None) -> HttpResponse:
        collection, user = _collection(pk, request.user), cast(User, request.user)
        wanted = read_suggestion(request.data, user)
        if collection.article not in {None, wanted.version.article_id}:
            raise ValidationError({"target.source": "This container is of another article."})
        return once(request, lambda: self._create(request, user, wanted))

    def _create(self, request: Request, user: User, wanted: Suggestion) -> HttpResponse:
        """The id that a client gave becomes `via`: ids here are ours."""
        claim = _suggest(user, wanted)
        made = rendering.of_claim(reading.show_claim(claim.pk, user))
        former = cast(dict[str, Any], request.data).get("id")
        via = {"via": former} if isinstance(former, str) else {}
        body = to_json({**made, **via})
        headers = {"Location": made["id"]}
        return HttpResponse(body, status=201, content_type=self.content_type, headers=headers)


class Annotation(AnnotationView):
    """One annotation. Of a claim that is not published, the desk sees that its words are identified."""

    def get(self, request: Request, pk: UUID, name: str) -> HttpResponse:
        found = rendering.find(pk, name)
        is_public = found is not None
        if found is None and name == "claim" and reading.is_desk(request.user):
            found = rendering.of_claim(reading.show_claim(pk, request.user))
        if found is None:
            raise Http404
        return send(request, to_json(found), is_public=is_public, content_type=self.content_type)


def _collection(pk: UUID | None, user: Any) -> Collection:
    if pk is None:
        return desk_collection()
    return article_collection(pk, for_desk=user if reading.is_desk(user) else None)


@transaction.atomic
def _suggest(user: User, wanted: Suggestion) -> Claim:
    draft = ClaimDraft(statement=wanted.statement)
    first, *others = wanted.places
    claim = add_claim(actor=user, version=wanted.version, place=first, draft=draft)
    for place in others:
        add_span(actor=user, claim=claim, version=wanted.version, place=place)
    return claim


def _etag(collection: Collection, asked: Asked, content_type: str) -> str:
    """Of what can change the answer, so that it is known without rendering it."""
    desk = (settings.ASSAY_DESK_NAME, settings.ASSAY_BASE_URL)
    what = f"{collection.address} {collection.sha256} {asked} {content_type} {desk}"
    return quote(salted_hmac("api.annotations", what, algorithm="sha256").hexdigest())
