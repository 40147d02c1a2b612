"""What comes in, checked; and what goes out, described for the OpenAPI document.

Answers are not made by these serializers but by `documents`, and verdicts are finished bytes. The tests hold
every kind of answer against the description.
"""

from datetime import UTC
from typing import Any

from django.conf import settings
from rest_framework import serializers

from api.schema import NamedChoice
from articles.document import BlockKind
from articles.ingest import FILE_FACTOR
from articles.models import Origin
from articles.services import Arrival
from claims.kinds import Kind, Mode, Status
from claims.models import ClaimantKind, Resolution, RunState
from publishing.models import PublicationKind
from reviews.models import Normalised
from sources.models import AnswerType, SourceKind, Stance

Shape = serializers.Serializer[Any]
LANGUAGE = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"


class ArticleInput(Shape):
    """An article to bring in: its text or its file, or an address alone, to be fetched.

    What else is known of it is welcome with a text or a file, and is read from it where it can be.
    """

    text = serializers.CharField(required=False, trim_whitespace=False)
    file = serializers.FileField(
        required=False,
        help_text="In a form (multipart/form-data): a web page, Word, PDF, Markdown, plain text.",
    )
    url = serializers.CharField(
        required=False,
        max_length=2000,
        help_text="Where it was published; alone, it is fetched from there.",
    )
    title = serializers.CharField(required=False, max_length=500)
    publisher = serializers.CharField(required=False, max_length=200)
    byline = serializers.CharField(required=False, max_length=300)
    published_at = serializers.DateTimeField(
        required=False, default_timezone=UTC, help_text="RFC 3339; without a zone it is UTC."
    )
    language = serializers.RegexField(LANGUAGE, required=False, max_length=12)

    def to_internal_value(self, data: Any) -> Any:
        unknown = set(data) - set(self.fields) if isinstance(data, dict) else set()
        if unknown:
            known = ", ".join(self.fields)
            words = [f"There is no such field. Known: {known}."]
            raise serializers.ValidationError(dict.fromkeys(sorted(unknown), words))
        return super().to_internal_value(data)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        given = attrs.keys() & {"text", "file"}
        if len(given) == 2 or (not given and "url" not in attrs):
            words = "Send the text or a file of the article, or its url alone: one of the three."
            raise serializers.ValidationError({"text": [words]})
        if not given and (others := attrs.keys() - {"url"}):
            words = "A url alone is fetched, and says itself what is known of the article."
            raise serializers.ValidationError({name: [words] for name in sorted(others)})
        return attrs

    def validate_file(self, file: Any) -> Any:
        limit = settings.ASSAY_MAX_ARTICLE_BYTES * FILE_FACTOR
        if file.size > limit:
            raise serializers.ValidationError(f"The file is larger than {limit / 1_000_000:g} MB.")
        return file

    @property
    def address_alone(self) -> str:
        """The address to fetch, or nothing when the article itself was sent."""
        given = self.validated_data
        return "" if given.keys() & {"text", "file"} else str(given["url"])

    @property
    def arrival(self) -> Arrival:
        given = dict(self.validated_data)
        if (file := given.pop("file", None)) is None:
            return Arrival(content=given.pop("text").encode(), **given)
        given |= {"origin": Origin.FILE, "media_type": "", "file_name": file.name}
        return Arrival(content=file.read(), **given)


class ClaimantShape(Shape):
    id = serializers.UUIDField(required=False)
    name = serializers.CharField()
    role = serializers.CharField()
    kind = NamedChoice("ClaimantKind", ClaimantKind.choices)
    same_as = serializers.CharField(help_text="An address that says who this is, or empty.")


class AttributionShape(Shape):
    """The claim that it was said at all."""

    id = serializers.UUIDField()
    statement = serializers.CharField()


class SpanShape(Shape):
    """Code points of the text of that version of that article, end excluded."""

    article = serializers.UUIDField()
    version = serializers.IntegerField()
    start = serializers.IntegerField()
    end = serializers.IntegerField()
    quote = serializers.CharField()
    prefix = serializers.CharField()
    suffix = serializers.CharField()
    resolution = NamedChoice("Resolution", Resolution.choices)


class VerdictShape(Shape):
    revision = serializers.IntegerField()
    rating = serializers.CharField(help_text="The slug of the rating.")
    label = serializers.CharField()  # type: ignore[assignment]  # a field, not a field's label
    definition = serializers.CharField()
    normalised = NamedChoice("Normalised", Normalised.choices)
    colour = serializers.CharField()
    summary = serializers.CharField()
    justification = serializers.CharField()


class PublicationShape(Shape):
    """Where the claim's newest entry stands in the public record."""

    seq = serializers.IntegerField()
    kind = NamedChoice("PublicationKind", PublicationKind.choices)
    note = serializers.CharField(help_text="What changed and why, for readers.")
    published_at = serializers.DateTimeField()
    revision = serializers.IntegerField()


class CheckedShape(Shape):
    """What the newest entry of the record is about, and whether the article still has it."""

    version = serializers.IntegerField(allow_null=True, help_text="Of the article.")
    still_there = serializers.BooleanField(
        help_text="False when a newer version no longer has the claim's words as they were."
    )


class SourceShape(Shape):
    """A withheld source has `kind`, `title` and `reason`, and nothing that says who it is."""

    id = serializers.UUIDField(required=False, help_text="Not in what was published long ago.")
    kind = NamedChoice("SourceKind", SourceKind.choices)
    title = serializers.CharField()
    reason = serializers.CharField(required=False, help_text="Why it is withheld.")
    publisher = serializers.CharField(required=False)
    author = serializers.CharField(required=False)
    url = serializers.CharField(required=False)
    published_on = serializers.DateField(required=False, allow_null=True)
    copy_sha256 = serializers.CharField(required=False, allow_null=True)
    copied_at = serializers.DateTimeField(required=False, allow_null=True)


class AnswerShape(Shape):
    """What the source answers to the question."""

    text = serializers.CharField()
    type = NamedChoice("AnswerType", ["", *AnswerType.values])
    explanation = serializers.CharField(help_text="Why yes, or why no.")
    medium = serializers.CharField(help_text="What it was read from.")
    archived_url = serializers.CharField(help_text="The address of a copy that others keep.")


class EvidenceShape(Shape):
    question = serializers.CharField()
    stance = NamedChoice("Stance", Stance.choices)
    quote = serializers.CharField()
    quote_check = NamedChoice(
        "QuoteCheck", ["verified", "overridden", "approximate", "missing", "unchecked"]
    )
    note = serializers.CharField()
    answer = AnswerShape(allow_null=True)
    source = SourceShape()  # type: ignore[assignment]  # a field, not a field's source


class ClaimDeskShape(Shape):
    """Only for the desk."""

    worth = serializers.FloatField(allow_null=True)
    reasons = serializers.ListField(child=serializers.CharField())
    engine = serializers.CharField(help_text="Empty when a person found it.")
    engine_version = serializers.CharField()
    flag = serializers.CharField()
    review_round = serializers.IntegerField()
    created_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()


class ClaimOutlineShape(Shape):
    id = serializers.UUIDField()
    page = serializers.URLField(allow_null=True, help_text="For readers, once published.")
    status = serializers.CharField(
        help_text="published, retracted or reopened; for the desk one of "
        + ", ".join(Status.values)
        + "."
    )
    statement = serializers.CharField()
    kind = NamedChoice("ClaimKind", Kind.choices)
    mode = NamedChoice("ClaimMode", Mode.choices)
    language = serializers.CharField()
    tags = serializers.ListField(child=serializers.CharField(), help_text="The desk's own words.")
    claimed_on = serializers.DateField(allow_null=True)
    claimant = ClaimantShape(allow_null=True)
    attribution = AttributionShape(allow_null=True)
    spans = SpanShape(many=True)
    verdict = VerdictShape(allow_null=True)
    publication = PublicationShape(allow_null=True)
    checked = CheckedShape(allow_null=True)
    desk = ClaimDeskShape(required=False)


class ClaimInArticleShape(ClaimOutlineShape):
    """A claim in a list of articles: for the desk as it stands, for everyone as it was published."""

    page = serializers.URLField(required=False, allow_null=True)
    verdict = VerdictShape(required=False, allow_null=True)
    publication = PublicationShape(required=False, allow_null=True)
    checked = CheckedShape(required=False, allow_null=True)
    desk = None  # type: ignore[assignment]  # how REST framework drops a field
    article = serializers.UUIDField(required=False)
    worth = serializers.FloatField(required=False, allow_null=True, help_text="For the desk.")
    flag = serializers.CharField(required=False, help_text="For the desk.")


class ClaimArticleShape(Shape):
    id = serializers.UUIDField()
    title = serializers.CharField()
    url = serializers.CharField(help_text="Where it was published, or empty.")
    publisher = serializers.CharField()
    published_at = serializers.DateTimeField(allow_null=True)
    page = serializers.URLField(required=False, allow_null=True)


class HistoryEntryShape(Shape):
    """One entry about the claim in the public record."""

    seq = serializers.IntegerField()
    kind = NamedChoice("PublicationKind", PublicationKind.choices)
    published_at = serializers.DateTimeField()
    note = serializers.CharField()
    sha256 = serializers.CharField()


class ClaimShape(ClaimOutlineShape):
    article = ClaimArticleShape()
    evidence = EvidenceShape(many=True)
    history = HistoryEntryShape(
        many=True, required=False, help_text="With `include=history`: every entry, oldest first."
    )


class DetectionShape(Shape):
    engine = serializers.CharField()
    engine_version = serializers.CharField()
    state = NamedChoice("DetectionState", RunState.choices)
    found = serializers.IntegerField()


class ArticleDeskShape(Shape):
    """Only for the desk."""

    byline = serializers.CharField()
    language = serializers.CharField()
    created_at = serializers.DateTimeField()
    changed_at = serializers.DateTimeField()
    detection = DetectionShape(many=True, required=False, help_text="Only with the text.")


class ArticleOutlineShape(ClaimArticleShape):
    desk = ArticleDeskShape(required=False)


class ArticleInListShape(ArticleOutlineShape):
    claims = ClaimInArticleShape(
        many=True,
        required=False,
        help_text="With `include=claims`. The desk's verdicts and evidence are at the claims' own addresses.",
    )


class BlockShape(Shape):
    kind = NamedChoice("BlockKind", [kind.value for kind in BlockKind])
    start = serializers.IntegerField()
    end = serializers.IntegerField()


class ArticleShape(ArticleOutlineShape):
    version = serializers.IntegerField()
    text = serializers.CharField()
    blocks = BlockShape(many=True)
    claims = ClaimOutlineShape(many=True)


class DocumentSourceShape(SourceShape):
    """As a source of a claim, but its own address is called `address`."""

    url = None  # type: ignore[assignment]  # how REST framework drops a field
    address = serializers.CharField(required=False)


class DocumentEvidenceShape(EvidenceShape):
    answer = AnswerShape(allow_null=True, required=False)
    source = DocumentSourceShape()


class DocumentClaimShape(Shape):
    statement = serializers.CharField()
    kind = NamedChoice("ClaimKind", Kind.choices)
    mode = NamedChoice("ClaimMode", Mode.choices)
    language = serializers.CharField()
    tags = serializers.ListField(
        child=serializers.CharField(),
        required=False,
        help_text="The desk's own words; older documents have none.",
    )
    claimed_on = serializers.DateField(allow_null=True)
    claimant = ClaimantShape(allow_null=True)
    attribution = AttributionShape(allow_null=True)
    spans = SpanShape(many=True)


class DocumentArticleShape(Shape):
    id = serializers.UUIDField()
    title = serializers.CharField()
    address = serializers.CharField(help_text="Where it was published, or empty.")
    publisher = serializers.CharField()
    published_at = serializers.DateTimeField(allow_null=True)
    url = serializers.URLField(help_text="Its page for readers.")


class ScaleShape(Shape):
    name = serializers.CharField()
    version = serializers.IntegerField()


class DocumentVerdictShape(VerdictShape):
    scale = ScaleShape()
    value = serializers.IntegerField(allow_null=True)
    worst = serializers.IntegerField(allow_null=True)
    best = serializers.IntegerField(allow_null=True)


class PublisherShape(Shape):
    name = serializers.CharField()
    url = serializers.URLField()


class DocumentShape(Shape):
    """A published document: canonical JSON (RFC 8785), never changed once it is out."""

    format = serializers.IntegerField()
    seq = serializers.IntegerField()
    previous = serializers.CharField(help_text="SHA-256 of the entry before; empty in the first.")
    private_sha256 = serializers.CharField(
        required=False, help_text="Over what only the desk sees of the entry."
    )
    kind = NamedChoice("PublicationKind", PublicationKind.choices)
    id = serializers.UUIDField(help_text="Of the claim.")
    url = serializers.URLField(help_text="Its page for readers.")
    published_at = serializers.DateTimeField()
    note = serializers.CharField(help_text="What changed and why, for readers.")
    publisher = PublisherShape()
    claim = DocumentClaimShape()
    article = DocumentArticleShape()
    verdict = DocumentVerdictShape()
    evidence = DocumentEvidenceShape(many=True)


class ListedDocumentShape(DocumentShape):
    """A published document in a list."""

    history = HistoryEntryShape(
        many=True, required=False, help_text="With `include=history`: every entry, oldest first."
    )


class FeedEntryShape(Shape):
    sha256 = serializers.CharField(help_text="Of the canonical bytes of `document`.")
    document = DocumentShape()


def page_of(shape: type[Shape], name: str) -> type[Shape]:
    """A page of a list."""
    fields = {
        "results": shape(many=True),
        "next": serializers.URLField(allow_null=True, help_text="The next page, or null."),
        "__doc__": f"A page of {name}.",
    }
    return type(f"{name.title().replace(' ', '')}PageShape", (serializers.Serializer,), fields)
