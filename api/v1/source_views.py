"""Sources with how they stand, and the evidence of a claim: to read and to add. For the desk."""

from typing import cast
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.reverse import reverse

from accounts.models import User
from api.idempotency import once
from api.schema import parameters
from api.v1 import source_shapes as shapes
from api.v1.filters import AddressField, PagedForm, QueryForm, read_query
from api.v1.reading import is_desk
from api.v1.serializers import page_of
from api.views import ApiView, list_body, send, to_json
from claims.models import Claim
from sources import services
from sources.models import Source, SourceKind, SourceState
from sources.naming import add_source_named


class SourceForm(PagedForm):
    """Sources. What narrows a list by details of a source leaves the withheld ones out."""

    q = forms.CharField(
        required=False, max_length=500, help_text="Words of title, publisher, url; a DOI, an ISBN."
    )
    url = AddressField(required=False, max_length=2000, help_text="Its address.")
    kind = forms.ChoiceField(required=False, choices=SourceKind.choices, help_text="What it is.")
    state = forms.ChoiceField(
        required=False, choices=SourceState.choices, help_text="How it stood when looked at."
    )
    lookups = {"url": "url", "kind": "kind", "state": "state"}
    details = ("url", "state")


class Sources(ApiView):
    writes = "sources.add_source"

    @extend_schema(
        operation_id="list_sources",
        summary="Sources",
        description="For the desk; the last added first. A withheld source's details are for editors.",
        parameters=parameters(SourceForm),
        responses=page_of(shapes.SourceOutlineShape, "sources"),
        tags=["sources"],
    )
    def get(self, request: Request) -> HttpResponse:
        user, query = desk_user(request), read_query(SourceForm, request)
        rows = query.narrow(Source.objects.visible_to(user).search(query.cleaned_data["q"]))
        if any(query.cleaned_data[name] for name in query.details):
            rows = rows.exclude(kind=SourceKind.WITHHELD)
        page = query.place(request).cut(rows, key="pk")
        found = [to_json(shapes.source_outline(source, user)) for source in page.rows]
        return send(request, list_body(found, page.next_url), is_public=False)

    @extend_schema(
        operation_id="add_source",
        summary="Add a source, or find it",
        description=(
            "By an address, a DOI or an ISBN: the page is then fetched, and fills in the record. Or described. "
            "The same source is one record."
        ),
        request=shapes.SourceInput,
        responses={
            201: OpenApiResponse(shapes.SourceInFullShape, "It is here."),
            202: OpenApiResponse(shapes.SourceInFullShape, "It is here, and its page is fetched."),
        },
        tags=["sources"],
    )
    def post(self, request: Request) -> HttpResponse:
        wanted = shapes.SourceInput(data=request.data)
        wanted.is_valid(raise_exception=True)
        return once(request, lambda: self._add(request, wanted))

    def _add(self, request: Request, wanted: shapes.SourceInput) -> HttpResponse:
        actor = cast(User, request.user)
        if name := wanted.validated_data.get("name"):
            source = add_source_named(actor=actor, name=name)
        else:
            source = services.add_source(actor=actor, draft=wanted.draft)
        status = 202 if source.captures.waiting().exists() else 201
        made = to_json(shapes.source_in_full(source, actor))
        response = HttpResponse(made, status=status, content_type="application/json")
        response["Location"] = reverse("api:show-source", args=[source.pk], request=request)
        return response


class OneSource(ApiView):
    @extend_schema(
        operation_id="show_source",
        summary="A source with its copies and the looks at it",
        description="For the desk; a withheld source's details are for editors.",
        responses=shapes.SourceInFullShape,
        tags=["sources"],
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        user = desk_user(request)
        source = get_object_or_404(Source.objects.visible_to(user), pk=pk)
        return send(request, to_json(shapes.source_in_full(source, user)), is_public=False)


class ClaimEvidence(ApiView):
    @extend_schema(
        operation_id="list_evidence",
        summary="The evidence of a claim",
        description="For the desk; in the order in which it was added.",
        parameters=parameters(QueryForm),
        responses=page_of(shapes.DeskEvidenceShape, "evidence"),
        tags=["claims"],
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        user, query = desk_user(request), read_query(QueryForm, request)
        claim = get_object_or_404(Claim.objects.visible_to(user), pk=pk)
        rows = claim.evidence.standing().select_related("source", "snapshot")
        found = rows.defer("snapshot__text")[: query.limit_given]
        body = list_body([to_json(shapes.evidence_in_full(item, user)) for item in found], None)
        return send(request, body, is_public=False)


def desk_user(request: Request) -> User:
    if not is_desk(request.user):
        raise PermissionDenied("Sources are for the desk alone.")
    return cast(User, request.user)
