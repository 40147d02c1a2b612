"""Sources and the evidence of claims: for everyone as published, for the desk as they stand and to add to."""

from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.reverse import reverse

from accounts.models import User
from api.idempotency import once
from api.schema import parameters
from api.v1 import source_reading
from api.v1 import source_shapes as shapes
from api.v1.claim_filters import ShapedForm
from api.v1.documents import Data, evidence_of_record
from api.v1.filters import AddressField, M, PagedForm, read_query
from api.v1.reading import is_desk
from api.v1.serializers import page_of
from api.views import ApiView, list_body, send, to_json
from claims.models import Claim
from publishing import queries
from publishing.reading import read
from sources import services
from sources.models import QuoteCheck, Source, SourceKind, SourceState, Stance
from sources.naming import add_source_named

OVERRIDDEN = "overridden"
QUOTE_CHECKS = [*QuoteCheck.choices, (OVERRIDDEN, "An editor vouches for it")]


class EvidenceOfClaimForm(ShapedForm, PagedForm):
    """Evidence of one claim."""

    shape = shapes.EvidenceInListShape


class EvidenceForm(ShapedForm, PagedForm):
    """Evidence of any claim. `quote_check` is what it says of the quote, overridden or not."""

    shape = shapes.EvidenceOfAnyShape
    claim = forms.UUIDField(required=False, help_text="Only that of this claim.")
    source = forms.UUIDField(required=False, help_text="Only from this source.")
    stance = forms.ChoiceField(required=False, choices=Stance.choices, help_text="Which way.")
    quote_check = forms.ChoiceField(
        required=False,
        choices=QUOTE_CHECKS,
        help_text="Whether the words were found in the copy.",
    )
    lookups = {"claim": "claim", "source": "source", "stance": "stance"}

    def narrow(self, rows: QuerySet[M]) -> QuerySet[M]:
        rows, wanted = super().narrow(rows), self.cleaned_data["quote_check"]
        if not wanted:
            return rows
        if wanted == OVERRIDDEN:
            return rows.filter(overridden_by__isnull=False)
        return rows.filter(overridden_by=None, quote_check=wanted)


class OneSourceForm(ShapedForm):
    """One source."""

    shape = shapes.SourceInFullShape


class PublicSourceForm(ShapedForm, PagedForm):
    """Sources that the public record cites."""

    shape = shapes.SourceOutlineShape
    q = forms.CharField(
        required=False, max_length=500, help_text="Words of title, publisher, url; a DOI, an ISBN."
    )
    url = AddressField(required=False, max_length=2000, help_text="Its address.")
    kind = forms.ChoiceField(required=False, choices=SourceKind.choices, help_text="What it is.")
    lookups = {"url": "url", "kind": "kind"}


class SourceForm(PublicSourceForm):
    """Sources. What narrows a list by details of a source leaves the withheld ones out."""

    state = forms.ChoiceField(
        required=False,
        choices=SourceState.choices,
        help_text="How it stood when looked at; for the desk.",
    )
    lookups = {**PublicSourceForm.lookups, "state": "state"}
    details = ("url", "state")


class Sources(ApiView):
    writes = "sources.add_source"

    @extend_schema(
        operation_id="list_sources",
        summary="Sources",
        description=(
            "For everyone those that the public record cites, as it has them; for the desk all, a withheld one's "
            "details for editors. The last added first."
        ),
        parameters=parameters(SourceForm),
        responses=page_of(shapes.SourceOutlineShape, "sources"),
        tags=["sources"],
    )
    def get(self, request: Request) -> HttpResponse:
        if is_desk(request.user):
            return self._for_desk(request, cast(User, request.user))
        query = read_query(PublicSourceForm, request)
        rows = query.narrow(source_reading.cited_sources().search(query.cleaned_data["q"]))
        page = query.place(request).cut(rows, key="pk")
        return _send_list(request, query, source_reading.list_cited(page.rows), page.next_url)

    def _for_desk(self, request: Request, user: User) -> HttpResponse:
        query = read_query(SourceForm, request)
        rows = query.narrow(Source.objects.visible_to(user).search(query.cleaned_data["q"]))
        if any(query.cleaned_data[name] for name in query.details):
            rows = rows.exclude(kind=SourceKind.WITHHELD)
        page = query.place(request).cut(rows, key="pk")
        found = [shapes.source_outline(source, user) for source in page.rows]
        return _send_list(request, query, found, page.next_url)

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
        summary="A source; for the desk with its copies and the looks at it",
        description="For everyone as the public record cites it; a withheld one's details are for editors.",
        parameters=parameters(OneSourceForm),
        responses=shapes.SourceInFullShape,
        tags=["sources"],
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        query = read_query(OneSourceForm, request)
        found = self._found(pk, request.user)
        body = to_json(query.selection.prune(found))
        return send(request, body, is_public=not is_desk(request.user))

    def _found(self, pk: UUID, user: Any) -> Data:
        if not is_desk(user):
            return source_reading.show_cited(pk)
        source = get_object_or_404(Source.objects.visible_to(user), pk=pk)
        return shapes.source_in_full(source, user)


class ClaimEvidence(ApiView):
    @extend_schema(
        operation_id="list_claim_evidence",
        summary="The evidence of a claim",
        description="For everyone as published; for the desk as it stands. In the order in which it was added.",
        parameters=parameters(EvidenceOfClaimForm),
        responses=page_of(shapes.EvidenceInListShape, "evidence"),
        tags=["claims"],
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        query = read_query(EvidenceOfClaimForm, request)
        if not is_desk(request.user):
            return self._of_record(request, query, pk)
        user = cast(User, request.user)
        claim = get_object_or_404(Claim.objects.visible_to(user), pk=pk)
        rows = shapes.evidence_rows().filter(claim=claim)
        page = query.place(request).cut_upwards(rows, "pk")
        found = [shapes.evidence_in_full(item, user) for item in page.rows]
        return _send_list(request, query, found, page.next_url)

    def _of_record(self, request: Request, query: EvidenceOfClaimForm, pk: UUID) -> HttpResponse:
        row = get_object_or_404(queries.verdicts(), pk=pk)
        document = read(row.publication.document).document
        page = query.place(request).cut_list(document["evidence"], edition=str(row.seq))
        found = [evidence_of_record(item) for item in page.rows]
        return _send_list(request, query, found, page.next_url)


class AllEvidence(ApiView):
    refuses_readers = True

    @extend_schema(
        operation_id="list_evidence",
        summary="Evidence, whatever claim it is about",
        description="For the desk; the last added first. What was withdrawn is not here.",
        parameters=parameters(EvidenceForm),
        responses=page_of(shapes.EvidenceOfAnyShape, "all evidence"),
        tags=["sources"],
    )
    def get(self, request: Request) -> HttpResponse:
        user, query = desk_user(request), read_query(EvidenceForm, request)
        visible = Claim.objects.visible_to(user)
        rows = query.narrow(shapes.evidence_rows().filter(claim__in=visible))
        page = query.place(request).cut(rows, key="pk")
        found = [
            {**shapes.evidence_in_full(item, user), "claim": str(item.claim_id)}
            for item in page.rows
        ]
        return _send_list(request, query, found, page.next_url)


def _send_list(
    request: Request, query: ShapedForm, found: list[Data], next_url: str | None
) -> HttpResponse:
    body = list_body([to_json(query.selection.prune(item)) for item in found], next_url)
    return send(request, body, is_public=not is_desk(request.user))


def desk_user(request: Request) -> User:
    if not is_desk(request.user):
        raise PermissionDenied("Sources are for the desk alone.")
    return cast(User, request.user)
