"""How every write on something that is here goes: held, compared with what the client knows, changed, told anew.

The row is locked before its ETag is looked at, in the transaction of the change. An `Idempotency-Key` goes around
all of it: what was done is not asked again whether it may be done.
"""

import hashlib
from collections.abc import Callable
from typing import Any, cast
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework.request import Request

from accounts.models import User
from api import preconditions
from api.idempotency import once
from api.v1 import reading
from api.v1.documents import Data
from api.v1.inputs import KnownFieldsInput, NothingInput
from api.v1.serializers import ClaimShape
from api.views import quote, to_json
from articles.models import Article
from claims.models import Claim

ONCE = OpenApiParameter(
    "Idempotency-Key",
    str,
    OpenApiParameter.HEADER,
    description="A value of your own: sent again with it, the same request is done once.",
)
IF_MATCH = OpenApiParameter(
    "If-Match",
    str,
    OpenApiParameter.HEADER,
    description="The ETag of what you change: 412 if it is no longer that.",
)
AS_IT_IS_NOW = "The claim as it is now, with its ETag."


def checked(shape: type[KnownFieldsInput], request: Request) -> dict[str, Any]:
    """What was sent, if it is right."""
    wanted = shape(data=request.data)
    wanted.is_valid(raise_exception=True)
    return dict(wanted.validated_data)


def actor_of(request: Request) -> User:
    return cast(User, request.user)


def desk_user(request: Request) -> User:
    if not reading.is_desk(request.user):
        raise PermissionDenied("This is for the desk alone.")
    return actor_of(request)


def find_claim(request: Request, pk: Any) -> Claim:
    return get_object_or_404(Claim.objects.visible_to(request.user), pk=pk)


def change_claim(
    request: Request,
    pk: UUID,
    change: Callable[[Claim], Any],
    *,
    status: int = 200,
    tell: Callable[[Any], Data] | None = None,
) -> HttpResponse:
    """Change a claim and answer with it, or with what `tell` says of what the change made."""

    def work() -> HttpResponse:
        with transaction.atomic():
            made = change(_hold_claim(request, pk))
        if tell:
            return answer(tell(made), status=status)
        return answer(reading.show_claim(pk, request.user), status=status, is_whole=True)

    return once(request, work)


def change_article(
    request: Request, pk: UUID, change: Callable[[Article], HttpResponse]
) -> HttpResponse:
    def work() -> HttpResponse:
        with transaction.atomic():
            return change(_hold_article(request, pk))

    return once(request, work)


def answer(
    content: Data, *, status: int = 200, location: str = "", is_whole: bool = False
) -> HttpResponse:
    """JSON. `is_whole` says that it is what a GET of the thing would give, so that its ETag holds."""
    body = to_json(content)
    response = HttpResponse(body, status=status, content_type="application/json")
    if is_whole:
        response["ETag"] = _etag(body)
    if location:
        response["Location"] = location
    return response


def described(
    operation_id: str,
    summary: str,
    *,
    sent: type[KnownFieldsInput] = NothingInput,
    gives: Any = ClaimShape,
    status: int = 200,
    says: str = AS_IT_IS_NOW,
    description: str = "",
    tag: str = "workflow",
) -> Callable[[Any], Any]:
    """A write for the OpenAPI document."""
    return extend_schema(
        operation_id=operation_id,
        summary=summary,
        description=description or None,
        parameters=[ONCE, IF_MATCH],
        request=None if sent is NothingInput else sent,
        responses={status: OpenApiResponse(gives, says)},
        tags=[tag],
    )


def _hold_claim(request: Request, pk: UUID) -> Claim:
    """The claim, locked, and still the one that the client knows if it says which."""
    claim = get_object_or_404(Claim.objects.visible_to(request.user).select_for_update(), pk=pk)
    preconditions.check(request, lambda: _etag(to_json(reading.show_claim(pk, request.user))))
    return claim


def _hold_article(request: Request, pk: UUID) -> Article:
    rows = Article.objects.visible_to(request.user).select_for_update()
    article = get_object_or_404(rows, pk=pk)
    preconditions.check(request, lambda: _etag(to_json(reading.show_article(pk, request.user))))
    return article


def _etag(body: str) -> str:
    return quote(hashlib.sha256(body.encode()).hexdigest())
