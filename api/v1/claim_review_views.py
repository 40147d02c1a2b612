"""The ClaimReview of a verdict, as its page has it."""

from typing import Any
from uuid import UUID

from django.http import Http404, HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request

from api.views import ApiView, send, to_json
from publishing.reviewed import find_review

JSON_LD = "application/ld+json"


def _thing(help_text: str, **known: Any) -> serializers.DictField:
    return serializers.DictField(help_text=help_text, **known)


#: Keys of JSON-LD that are no names in Python.
ClaimReviewShape = type(
    "ClaimReviewShape",
    (serializers.Serializer,),
    {
        "__doc__": "A ClaimReview of schema.org. What is not known is left out.",
        "@context": serializers.CharField(),
        "@type": serializers.CharField(),
        "url": serializers.URLField(help_text="The page of the claim."),
        "claimReviewed": serializers.CharField(help_text="Fewer than 75 characters."),
        "datePublished": serializers.CharField(),
        "dateModified": serializers.CharField(required=False),
        "inLanguage": serializers.CharField(required=False),
        "author": _thing("The desk."),
        "itemReviewed": _thing("The claim: who made it, when, and where it appeared."),
        "reviewRating": _thing("The verdict: in words, and as a number where it is one."),
        "reviewBody": serializers.CharField(required=False),
        "citation": serializers.ListField(child=serializers.DictField(), required=False),
        "correction": _thing("What was corrected, and when.", required=False),
        "sdLicense": serializers.URLField(required=False),
    },
)


class ClaimReview(ApiView):
    @extend_schema(
        operation_id="show_claim_review",
        summary="The verdict as ClaimReview",
        description="JSON-LD of schema.org, the same as on the claim's page. Of a verdict in force only.",
        responses={(200, JSON_LD): ClaimReviewShape},
        tags=["verdicts"],
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        found = find_review(pk)
        if found is None:
            raise Http404
        return send(request, to_json(found), is_public=True, content_type=JSON_LD)
