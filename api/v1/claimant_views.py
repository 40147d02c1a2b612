"""Claimants: who said what is checked, with how it came out."""

from uuid import UUID

from django import forms
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from api.schema import parameters
from api.v1 import claimant_reading, reading
from api.v1.claim_filters import ShapedForm
from api.v1.filters import PagedForm, read_query
from api.v1.serializers import ClaimantShape, Shape, page_of
from api.views import ApiView, list_body, send, to_json
from claims.models import ClaimantKind
from reviews.models import Normalised


def tally_shape() -> type[Shape]:
    counts = {value: serializers.IntegerField() for value in Normalised.values}
    words = "Verdicts in force, by what they come down to."
    return type("TallyShape", (serializers.Serializer,), {**counts, "__doc__": words})


class ClaimantDeskShape(Shape):
    """Only for the desk."""

    claims = serializers.IntegerField(help_text="Theirs, published or not.")


class ClaimantInFullShape(ClaimantShape):
    """Who it is, and what became of their claims."""

    id = serializers.UUIDField()
    page = serializers.URLField(allow_null=True, help_text="For readers, once published.")
    published_claims = serializers.IntegerField(
        help_text="On the public record, retracted or not; counted to 1,000."
    )
    tally = tally_shape()()
    last_published_at = serializers.DateTimeField(allow_null=True)
    desk = ClaimantDeskShape(required=False)


class OneClaimantForm(ShapedForm):
    """One claimant."""

    shape = ClaimantInFullShape


class ClaimantForm(OneClaimantForm, PagedForm):
    """Claimants."""

    q = forms.CharField(required=False, max_length=300, help_text="A part of the name.")
    name = forms.CharField(required=False, max_length=300, help_text="The whole name.")
    kind = forms.ChoiceField(
        required=False, choices=ClaimantKind.choices, help_text="What they are."
    )
    lookups = {"kind": "kind"}


class Claimants(ApiView):
    @extend_schema(
        operation_id="list_claimants",
        summary="Who makes claims",
        description=(
            "For everyone those with a claim on the public record, as it names them; for the desk all. "
            "The last to come in first."
        ),
        parameters=parameters(ClaimantForm),
        responses=page_of(ClaimantInFullShape, "claimants"),
        tags=["claimants"],
    )
    def get(self, request: Request) -> HttpResponse:
        query, user = read_query(ClaimantForm, request), request.user
        asked = {name: query.cleaned_data[name] for name in ("q", "name")}
        rows = query.narrow(claimant_reading.claimants(user, **asked))
        page = query.place(request).cut(rows, key="pk")
        found = claimant_reading.list_claimants(page.rows, user)
        body = list_body([to_json(query.selection.prune(one)) for one in found], page.next_url)
        return send(request, body, is_public=not reading.is_desk(user))


class OneClaimant(ApiView):
    @extend_schema(
        operation_id="show_claimant",
        summary="A claimant",
        description="Their claims: `claims/?claimant=` with the name.",
        parameters=parameters(OneClaimantForm),
        responses=ClaimantInFullShape,
        tags=["claimants"],
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        query = read_query(OneClaimantForm, request)
        found = query.selection.prune(claimant_reading.show_claimant(pk, request.user))
        return send(request, to_json(found), is_public=not reading.is_desk(request.user))
