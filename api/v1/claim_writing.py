"""Claims are made of words of an article, get further words, and are worded anew."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.reverse import reverse

from accounts.models import User
from api.idempotency import once
from api.v1 import reading, views
from api.v1.changes import ONCE, actor_of, answer, change_claim, checked, described
from api.v1.claim_inputs import (
    ClaimChangesInput,
    ClaimInput,
    FurtherSpanInput,
    draft_of,
    find_version,
    place_in,
    wording,
)
from api.v1.serializers import ClaimShape
from api.views import ApiView
from claims import services
from claims.kinds import Status
from claims.models import Claim
from reviews.services import accept_claim


class Claims(views.Claims):
    writes = "claims.add_claim"

    @extend_schema(
        operation_id="add_claim",
        summary="Make or suggest a claim",
        description=(
            "Its words are named by place, by quote or by both in a version of the article. A claim is open at once; "
            "with the status `suggested` somebody at the desk decides first."
        ),
        parameters=[ONCE],
        request=ClaimInput,
        responses={201: OpenApiResponse(ClaimShape, "It is made.")},
        tags=["claims"],
    )
    def post(self, request: Request) -> HttpResponse:
        given = checked(ClaimInput, request)
        return once(request, lambda: self._make(request, given))

    def _make(self, request: Request, given: dict[str, Any]) -> HttpResponse:
        actor = actor_of(request)
        version = find_version(actor, given["article"], given.get("version"))
        spans = enumerate(given["spans"])
        places = [place_in(version, span, f"spans.{at}.") for at, span in spans]
        claim, made = services.make_claim(
            actor=actor, version=version, places=places, draft=draft_of(actor, given)
        )
        where = reverse("api:show-claim", args=[claim.pk], request=request)
        told = reading.show_new_claim(claim, made, actor)
        return answer(told, status=201, location=where, is_whole=True)


class OneClaim(views.Claim):
    writes = "claims.change_claim"

    @described(
        "change_claim",
        "Word a claim anew",
        sent=ClaimChangesInput,
        description="Only what is sent changes. A suggestion is taken on by it. What is public is corrected instead.",
        tag="claims",
    )
    def patch(self, request: Request, pk: UUID) -> HttpResponse:
        given = checked(ClaimChangesInput, request)
        return change_claim(request, pk, lambda claim: _reword(actor_of(request), claim, given))


def _reword(actor: User, claim: Claim, given: dict[str, Any]) -> None:
    fields = wording(actor, given)
    if not fields:
        return
    if claim.status == Status.SUGGESTED:
        accept_claim(actor=actor, claim=claim, **fields)
    else:
        services.correct_claim(actor=actor, claim=claim, expected=None, **fields)


class ClaimSpans(ApiView):
    writes = "claims.change_claim"

    @described(
        "add_span",
        "Add a further run of words",
        sent=FurtherSpanInput,
        status=201,
        description="In the same article: a claim may be said in several places.",
        tag="claims",
    )
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        given = checked(FurtherSpanInput, request)

        def add(claim: Claim) -> None:
            actor, number = actor_of(request), given.pop("version", None)
            version = find_version(actor, claim.article_id, number)
            place = place_in(version, given)
            services.add_span(actor=actor, claim=claim, version=version, place=place)

        return change_claim(request, pk, add, status=201)
