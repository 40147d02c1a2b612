"""The passages of a source that bear on a claim. For the desk: readers have no copies of sources."""

from typing import cast
from uuid import UUID

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from accounts.models import User
from api.schema import parameters
from api.v1.documents import Data
from api.v1.filters import QueryForm, read_query
from api.v1.reading import is_desk
from api.v1.serializers import Shape
from api.v1.version_shapes import PlaceShape
from api.views import ApiView, send, to_json
from claims.models import Claim
from sources.models import Snapshot, Source
from sources.passages import Passage, find_passages


class PassageForm(QueryForm):
    """Which source, and how many of its passages."""

    source = forms.UUIDField(help_text="The source whose newest copy is read.")
    limit = forms.IntegerField(
        required=False, min_value=1, max_value=20, initial=5, help_text="Passages, 1 to 20."
    )


class PassageShape(Shape):
    """Exact words of the copy. `places` are the claim's words in it; scores compare within one answer."""

    start = serializers.IntegerField(help_text="Code points of the copy's text.")
    end = serializers.IntegerField(help_text="Excluded.")
    text = serializers.CharField()
    score = serializers.FloatField()
    places = PlaceShape(many=True)


class PassagesShape(Shape):
    """Best first. `snapshot` is null, and there are no passages, where no copy was kept."""

    source = serializers.UUIDField()  # type: ignore[assignment]  # DRF: a field of that name
    snapshot = serializers.UUIDField(allow_null=True)
    passages = PassageShape(many=True)


class Passages(ApiView):
    refuses_readers = True

    @extend_schema(
        operation_id="list_passages",
        summary="The passages of a source that may bear on a claim",
        description="For the desk; a withheld source's for editors. Best first, none where no telling word is shared.",
        parameters=parameters(PassageForm),
        responses=PassagesShape,
        tags=["claims"],
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        if not is_desk(request.user):
            raise PermissionDenied("Copies of sources are for the desk alone.")
        user, query = cast(User, request.user), read_query(PassageForm, request)
        claim = get_object_or_404(Claim.objects.visible_to(user), pk=pk)
        source = _find_source(user, query.cleaned_data["source"])
        snapshot = source.snapshots.first()
        found = _passages(claim, snapshot, source.language, query.limit_given) if snapshot else []
        body = {
            "source": str(source.pk),
            "snapshot": snapshot and str(snapshot.pk),
            "passages": found,
        }
        return send(request, to_json(body), is_public=False)


def _find_source(user: User, pk: UUID) -> Source:
    source = get_object_or_404(Source.objects.visible_to(user), pk=pk)
    if not source.is_shown_to(user):
        raise PermissionDenied("This source is withheld: only editors see its copies.")
    return source


def _passages(claim: Claim, snapshot: Snapshot, language: str, count: int) -> list[Data]:
    found = find_passages(claim.statement, snapshot.text, language=language, count=count)
    return [_passage(passage, snapshot.text) for passage in found]


def _passage(passage: Passage, text: str) -> Data:
    return {
        "start": passage.start,
        "end": passage.end,
        "text": text[passage.start : passage.end],
        "score": passage.score,
        "places": [{"start": start, "end": end} for start, end in passage.places],
    }
