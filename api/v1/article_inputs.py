"""What is sent about an article that is here."""

from datetime import UTC
from typing import Any

from rest_framework import serializers

from api.v1.inputs import KnownFieldsInput
from api.v1.serializers import LANGUAGE
from articles.models import Origin
from articles.services import Arrival


class ArticleChangesInput(KnownFieldsInput):
    """Only what is to change."""

    title = serializers.CharField(required=False, max_length=500)
    url = serializers.CharField(
        required=False, allow_blank=True, max_length=2000, help_text="Where it was published."
    )
    publisher = serializers.CharField(required=False, allow_blank=True, max_length=200)
    byline = serializers.CharField(required=False, allow_blank=True, max_length=300)
    published_at = serializers.DateTimeField(
        required=False,
        allow_null=True,
        default_timezone=UTC,
        help_text="RFC 3339; without a zone it is UTC.",
    )
    language = serializers.RegexField(LANGUAGE, required=False, max_length=12)


class VersionInput(KnownFieldsInput):
    """The article's text as it stands now: as text or as a file."""

    text = serializers.CharField(required=False, trim_whitespace=False)
    file = serializers.FileField(
        required=False,
        help_text="In a form (multipart/form-data): a web page, Word, PDF, Markdown, plain text.",
    )

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if len(attrs) != 1:
            words = "Send the text or a file of the article: one of the two."
            raise serializers.ValidationError({"text": [words]})
        return attrs

    @property
    def arrival(self) -> Arrival:
        given = self.validated_data
        if "text" in given:
            return Arrival(content=given["text"].encode())
        file = given["file"]
        return Arrival(file.read(), origin=Origin.FILE, media_type="", file_name=file.name)


class DetectInput(KnownFieldsInput):
    engine = serializers.CharField(
        required=False, max_length=50, help_text="One of the desk's; else its choice."
    )
