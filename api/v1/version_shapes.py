"""Versions and their difference, described for the OpenAPI document."""

from rest_framework import serializers

from api.schema import NamedChoice
from api.v1.serializers import BlockShape, Shape
from articles.document import BlockKind
from articles.models import Origin


class VersionOutlineShape(Shape):
    version = serializers.IntegerField(help_text="Counted from 1 in each article.")
    sha256 = serializers.CharField(help_text="Of the bytes as they arrived.")
    origin = NamedChoice("Origin", Origin.choices)
    media_type = serializers.CharField()
    fetched_at = serializers.DateTimeField()


class VersionShape(VersionOutlineShape):
    text = serializers.CharField()
    blocks = BlockShape(many=True)


class PlaceShape(Shape):
    """Code points of the text of that version, end excluded."""

    start = serializers.IntegerField()
    end = serializers.IntegerField()


class WordsShape(Shape):
    change = NamedChoice("WordChange", ["kept", "added", "removed"])
    text = serializers.CharField()


class ParagraphShape(Shape):
    """`changed` may have moved too; `moved` has the same words elsewhere."""

    change = NamedChoice("ParagraphChange", ["kept", "changed", "moved", "added", "removed"])
    moved = serializers.ChoiceField(choices=["up", "down"], allow_null=True)
    kind = NamedChoice("BlockKind", [kind.value for kind in BlockKind])
    old = PlaceShape(allow_null=True)
    new = PlaceShape(allow_null=True)
    words = WordsShape(many=True)


class CountsShape(Shape):
    """How many paragraphs of each change."""

    kept = serializers.IntegerField()
    changed = serializers.IntegerField()
    moved = serializers.IntegerField()
    added = serializers.IntegerField()
    removed = serializers.IntegerField()


class DifferenceShape(Shape):
    old = VersionOutlineShape(allow_null=True, help_text="Null for the first: all is added.")
    new = VersionOutlineShape()
    counts = CountsShape()
    paragraphs = ParagraphShape(many=True)
