"""The versions of an article, one of them in full, and what changed between two."""

from uuid import UUID

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from api.schema import parameters
from api.v1 import version_reading as reading
from api.v1.filters import QueryForm, read_query
from api.v1.reading import is_desk
from api.v1.serializers import page_of
from api.v1.version_shapes import DifferenceShape, VersionOutlineShape, VersionShape
from api.views import ApiView, list_body, send, to_json

LARGEST = 2**31 - 1


class DifferenceForm(QueryForm):
    """With which earlier version a version is compared."""

    limit = None  # type: ignore[assignment]  # how Django drops a field: this is no list
    since = forms.IntegerField(
        required=False,
        min_value=1,
        max_value=LARGEST,
        help_text="An earlier version; else the one before.",
    )


class Versions(ApiView):
    @extend_schema(
        operation_id="list_versions",
        summary="The versions of an article",
        description="For everyone those that a published verdict was checked against, for the desk all; oldest first.",
        responses=page_of(VersionOutlineShape, "versions"),
        tags=["articles"],
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        found = reading.list_versions(pk, request.user)
        body = list_body([to_json(version) for version in found], None)
        return send(request, body, is_public=not is_desk(request.user))


class Version(ApiView):
    @extend_schema(
        operation_id="show_version",
        summary="A version with its text and blocks",
        description="Frozen: it never changes.",
        responses=VersionShape,
        tags=["articles"],
    )
    def get(self, request: Request, pk: UUID, number: int) -> HttpResponse:
        found = reading.show_version(pk, number, request.user)
        return send(request, to_json(found), is_public=not is_desk(request.user))


class Difference(ApiView):
    @extend_schema(
        operation_id="show_difference",
        summary="What changed in a version",
        description="Paragraph by paragraph, in the new order, with what is gone where it stood.",
        parameters=parameters(DifferenceForm),
        responses=DifferenceShape,
        tags=["articles"],
    )
    def get(self, request: Request, pk: UUID, number: int) -> HttpResponse:
        since = read_query(DifferenceForm, request).cleaned_data["since"]
        if since is not None and since >= number:
            raise ValidationError({"since": f"Give a number below {number}."})
        found = reading.show_difference(pk, number, since, request.user)
        return send(request, to_json(found), is_public=not is_desk(request.user))
