"""What the same data costs the conventional way: a DRF ModelSerializer a row, nested, with everything prefetched.

It says of each claim what a published document says: the claim with its claimant and spans, its article, its
verdict with the rating, and its evidence with the sources.
"""

from typing import Any

from rest_framework import serializers
from rest_framework.generics import ListAPIView
from rest_framework.pagination import CursorPagination

from articles.models import Article
from claims.models import Claim, Claimant, Span
from reviews.models import Rating, Scale, Verdict
from sources.models import Evidence, Source


class ScaleSerializer(serializers.ModelSerializer[Scale]):
    class Meta:
        model = Scale
        fields = ("name", "version")


class RatingSerializer(serializers.ModelSerializer[Rating]):
    scale = ScaleSerializer()

    class Meta:
        model = Rating
        fields = ("slug", "label", "definition", "normalised", "colour", "value", "scale")


class VerdictSerializer(serializers.ModelSerializer[Verdict]):
    rating = RatingSerializer()

    class Meta:
        model = Verdict
        fields = ("revision", "rating", "summary", "justification")


class SourceSerializer(serializers.ModelSerializer[Source]):
    class Meta:
        model = Source
        fields = ("kind", "title", "publisher", "author", "url", "published_at")


class EvidenceSerializer(serializers.ModelSerializer[Evidence]):
    source = SourceSerializer()
    copy_sha256 = serializers.CharField(source="snapshot.sha256", allow_null=True)
    copied_at = serializers.DateTimeField(source="snapshot.fetched_at", allow_null=True)

    class Meta:
        model = Evidence
        fields = (
            *("question", "stance", "quote", "quote_check", "note", "answer", "answer_type"),
            *("explanation", "source", "copy_sha256", "copied_at"),
        )


class ClaimantSerializer(serializers.ModelSerializer[Claimant]):
    class Meta:
        model = Claimant
        fields = ("name", "role", "kind", "same_as")


class ArticleSerializer(serializers.ModelSerializer[Article]):
    class Meta:
        model = Article
        fields = ("id", "title", "url", "publisher", "published_at")


class SpanSerializer(serializers.ModelSerializer[Span]):
    version = serializers.IntegerField(source="version.number")
    article = serializers.UUIDField(source="version.article_id")

    class Meta:
        model = Span
        fields = (
            *("article", "version", "start", "end", "quote", "prefix", "suffix", "resolution"),
        )


class ClaimSerializer(serializers.ModelSerializer[Claim]):
    article = ArticleSerializer()
    claimant = ClaimantSerializer()
    spans = SpanSerializer(many=True)
    evidence = EvidenceSerializer(many=True)
    verdicts = VerdictSerializer(many=True)

    class Meta:
        model = Claim
        fields = (
            *("id", "statement", "kind", "mode", "language", "tags", "claimed_at", "attribution"),
            *("article", "claimant", "spans", "evidence", "verdicts"),
        )


class NewestFirst(CursorPagination):
    page_size = 50
    ordering = "-id"


class Page(ListAPIView[Claim]):
    serializer_class = ClaimSerializer
    pagination_class = NewestFirst
    authentication_classes: list[Any] = []
    permission_classes: list[Any] = []
    queryset = (
        Claim.objects.filter(status="published")
        .defer("search_vector")
        .select_related("article", "claimant")
        .prefetch_related(
            "spans__version", "evidence__source", "evidence__snapshot", "verdicts__rating__scale"
        )
    )
