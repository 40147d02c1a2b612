"""Fact-checks by others: to read, and to bring in from a page, a feed or markup. For the desk."""

import json
from typing import Any, cast
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from accounts.models import User
from api.idempotency import once
from api.schema import NamedChoice, parameters
from api.v1.documents import Data, moment
from api.v1.filters import AddressField, PagedForm, read_query
from api.v1.import_views import accepted
from api.v1.inputs import KnownFieldsInput
from api.v1.reading import is_desk
from api.v1.serializers import Shape, page_of
from api.views import ApiView, list_body, send, to_json
from articles.models import ImportState
from claims.checks.report import Outcome
from claims.kinds import Normalised
from claims.models import CheckImport, ExternalCheck
from claims.services.check_imports import PASTED, start_check_import


class CheckForm(PagedForm):
    """Checks by others."""

    q = forms.CharField(required=False, max_length=500, help_text="Words of the claim.")
    url = AddressField(required=False, max_length=1000, help_text="Of the check.")
    site = forms.CharField(required=False, max_length=253, help_text="Its host, without `www.`.")
    normalised = forms.ChoiceField(
        required=False, choices=Normalised.choices, help_text="What their rating comes down to."
    )
    claim = forms.UUIDField(required=False, help_text="Those of this claim of the desk.")
    lookups = {"url": "url", "site": "site", "normalised": "normalised", "claim": "claim"}


class ExternalCheckShape(Shape):
    """A fact-check by others. `normalised` is empty where their rating cannot be told; texts are never markup."""

    id = serializers.UUIDField()
    url = serializers.CharField()
    site = serializers.CharField()
    publisher = serializers.CharField()
    title = serializers.CharField()
    claim_reviewed = serializers.CharField()
    claimant = serializers.CharField()
    claim_url = serializers.CharField(help_text="Where the claim was made.")
    rating = serializers.CharField(help_text="In their words.")
    normalised = serializers.ChoiceField(choices=["", *Normalised.values])
    justification = serializers.CharField()
    reviewed_on = serializers.DateField(allow_null=True)
    claim = serializers.UUIDField(allow_null=True)
    details = serializers.DictField(help_text="What else their record says.")
    is_taken_back = serializers.BooleanField(help_text="Its publisher's feed says that it is gone.")
    earlier = serializers.IntegerField(help_text="How often its publisher changed it.")
    changed_at = serializers.DateTimeField()


class CheckImportInput(KnownFieldsInput):
    """An address to be fetched, or ClaimReview markup of any shape: one of the two."""

    url = serializers.CharField(required=False, max_length=2000)
    markup = serializers.JSONField(
        required=False, help_text="JSON-LD as it is, or a text that holds a page or JSON."
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs) != 1:
            raise serializers.ValidationError({"url": ["Send a url or markup: one of the two."]})
        return attrs

    @property
    def given(self) -> dict[str, Any]:
        if "url" in self.validated_data:
            return {"address": self.validated_data["url"]}
        markup = self.validated_data["markup"]
        text = markup if isinstance(markup, str) else json.dumps(markup)
        return {"content": text.encode("utf-8", "replace"), "file_name": PASTED}


class ImportedItemShape(Shape):
    """What became of one ClaimReview, by its place in the document."""

    number = serializers.IntegerField()
    outcome = NamedChoice("CheckOutcome", [(one.value, one.value) for one in Outcome])
    claim = serializers.CharField()
    url = serializers.CharField()
    check = serializers.CharField(help_text="Its id at the desk, if it is here.")
    refusal = serializers.CharField()
    odd = serializers.ListField(child=serializers.CharField())


class OddShape(Shape):
    what = serializers.CharField()
    count = serializers.IntegerField()


class CheckReportShape(Shape):
    """`counts` are of all; `left_off` are counted and not among `items`."""

    found = serializers.IntegerField()
    counts = serializers.DictField(child=serializers.IntegerField())
    odd = OddShape(many=True)
    items = ImportedItemShape(many=True)
    left_off = serializers.IntegerField()


class CheckImportShape(Shape):
    """`report` is there when it is done; `error` says why it failed."""

    id = serializers.UUIDField()
    state = NamedChoice("ImportState", ImportState.choices)
    address = serializers.CharField()
    file_name = serializers.CharField()
    error = serializers.CharField()
    report = CheckReportShape(allow_null=True)
    requested_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


class ExternalChecks(ApiView):
    refuses_readers = True

    @extend_schema(
        operation_id="list_external_checks",
        summary="Fact-checks by others",
        description="For the desk; the last that came in first.",
        parameters=parameters(CheckForm),
        responses=page_of(ExternalCheckShape, "checks"),
        tags=["external checks"],
    )
    def get(self, request: Request) -> HttpResponse:
        _refuse_readers(request)
        query = read_query(CheckForm, request)
        rows = ExternalCheck.objects.visible_to(request.user).search(query.cleaned_data["q"])
        page = query.place(request).cut(query.narrow(rows.defer("search_vector")), key="pk")
        found = [to_json(check_of(check)) for check in page.rows]
        return send(request, list_body(found, page.next_url), is_public=False)


class CheckImports(ApiView):
    writes = "claims.add_externalcheck"

    @extend_schema(
        operation_id="add_check_import",
        summary="Bring fact-checks by others in",
        description="From publishers that the desk trusts. It is read by the worker; the report is at `Location`.",
        request=CheckImportInput,
        responses={202: OpenApiResponse(CheckImportShape, "It is queued.")},
        tags=["external checks"],
    )
    def post(self, request: Request) -> HttpResponse:
        wanted = CheckImportInput(data=request.data)
        wanted.is_valid(raise_exception=True)

        def work() -> HttpResponse:
            item = start_check_import(actor=cast(User, request.user), **wanted.given)
            return accepted(request, check_import_of(item), "show-check-import", item.pk)

        return once(request, work)


class OneCheckImport(ApiView):
    refuses_readers = True

    @extend_schema(
        operation_id="show_check_import",
        summary="What became of an import of checks, with its report",
        responses=CheckImportShape,
        tags=["external checks"],
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        _refuse_readers(request)
        item = get_object_or_404(CheckImport.objects.visible_to(request.user).light(), pk=pk)
        return send(request, to_json(check_import_of(item)), is_public=False)


def check_of(check: ExternalCheck) -> Data:
    names = ("site", "publisher", "title", "claim_reviewed", "claimant", "rating", "normalised")
    details = {name: value for name, value in check.details.items() if name != "is_taken_back"}
    return {
        "id": str(check.pk),
        "url": check.link,
        **{name: getattr(check, name) for name in names},
        "claim_url": check.claim_link,
        "justification": check.justification,
        "reviewed_on": check.reviewed_at.isoformat() if check.reviewed_at else None,
        "claim": str(check.claim_id) if check.claim_id else None,
        "details": details,
        "is_taken_back": bool(check.details.get("is_taken_back")),
        "earlier": len(check.history),
        "changed_at": moment(check.changed_at),
    }


def check_import_of(item: CheckImport) -> Data:
    return {
        "id": str(item.pk),
        "state": item.state,
        "address": item.address,
        "file_name": item.file_name,
        "error": item.error,
        "report": item.report or None,
        "requested_at": moment(item.created_at),
        "finished_at": moment(item.finished_at),
    }


def _refuse_readers(request: Request) -> None:
    if not is_desk(request.user):
        raise PermissionDenied("Checks by others are for the desk alone.")
