"""A claim's sources for reference managers."""

from uuid import UUID

from django.http import Http404, HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from api.v1 import reading
from api.v1.serializers import Shape
from api.views import ApiView, send, to_json
from publishing.citations import CSL_JSON

OPTIONAL = ("container-title", "publisher", "language", "DOI", "ISBN", "URL", "archive")


def _text(help_text: str = "") -> serializers.CharField:
    return serializers.CharField(required=False, help_text=help_text)


class NameShape(Shape):
    """A name in one piece."""

    literal = serializers.CharField()


#: Keys of CSL-JSON that are no names in Python.
DateShape = type(
    "CitedDateShape",
    (serializers.Serializer,),
    {
        "__doc__": "Year, month, day.",
        "date-parts": serializers.ListField(
            child=serializers.ListField(child=serializers.IntegerField())
        ),
    },
)
CitationShape = type(
    "CitationShape",
    (serializers.Serializer,),
    {
        "__doc__": "An item of CSL-JSON. What is not known is left out.",
        "id": serializers.CharField(),
        "type": serializers.CharField(),
        "title": serializers.CharField(),
        "author": NameShape(many=True, required=False),
        "issued": DateShape(required=False),
        "accessed": DateShape(required=False, help_text="When the copy was taken."),
        "archive_location": _text("The address of a copy that others keep."),
        "number": _text(),
        "note": _text("Why it is withheld, or where in the source."),
        "custom": serializers.DictField(
            required=False, help_text="`copy_sha256`, of the copy that the desk keeps."
        ),
        **{name: _text() for name in OPTIONAL},
    },
)


class Citations(ApiView):
    @extend_schema(
        operation_id="list_citations",
        summary="The sources of a claim as CSL-JSON",
        description=(
            "Each source once. For everyone as published, for the desk as they stand. "
            "Withheld sources are placeholders."
        ),
        responses={(200, CSL_JSON): CitationShape(many=True)},
        tags=["claims"],
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        found = reading.citations(pk, request.user)
        if found is None:
            raise Http404
        is_public = not reading.is_desk(request.user)
        return send(request, to_json(found), is_public=is_public, content_type=CSL_JSON)
