"""Sources, their copies, the looks at them, and evidence: as they come in, are described and are told."""

from typing import Any

from rest_framework import serializers

from accounts.models import User
from api.schema import NamedChoice
from api.v1.documents import Data, evidence_at_desk, moment
from api.v1.inputs import KnownFieldsInput
from api.v1.serializers import EvidenceShape, Shape
from api.v1.version_shapes import PlaceShape
from sources.models import (
    AnswerType,
    Capture,
    CaptureState,
    Evidence,
    QuoteCheck,
    Snapshot,
    SnapshotOrigin,
    Source,
    SourceKind,
    SourceState,
    Stance,
)
from sources.models.evidence import EvidenceQuerySet
from sources.services import EvidenceDraft, SourceDraft

#: Looks at a source that are told.
MOST_LOOKS = 20


class SourceInput(KnownFieldsInput):
    """A source by its `name` alone, or described: then `kind` and `title` are needed."""

    name = serializers.CharField(
        required=False, max_length=2000, help_text="An address, a DOI or an ISBN."
    )
    kind = NamedChoice("SourceKind", SourceKind.choices)
    title = serializers.CharField(required=False, max_length=500)
    url = serializers.CharField(required=False, max_length=2000)
    publisher = serializers.CharField(required=False, max_length=200)
    author = serializers.CharField(required=False, max_length=300)
    published_on = serializers.DateField(required=False)
    reference = serializers.CharField(required=False, max_length=300)
    withheld_reason = serializers.CharField(required=False, max_length=300)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        fields = super().get_fields()
        fields["kind"].required = False
        return fields

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if "name" in attrs and len(attrs) > 1:
            words = "A name alone says what the source is. Describe it without a name."
            raise serializers.ValidationError({"name": [words]})
        missing = {"kind", "title"} - attrs.keys() if "name" not in attrs else set()
        if missing:
            words = "Send a name alone, or kind and title."
            raise serializers.ValidationError({name: [words] for name in sorted(missing)})
        return attrs

    @property
    def draft(self) -> SourceDraft:
        given = dict(self.validated_data)
        return SourceDraft(published_at=given.pop("published_on", None), **given)


class EvidenceInput(KnownFieldsInput):
    """What a source says about the claim. The quote is looked for in the newest copy, or in the `copy` sent with it."""

    source = serializers.UUIDField()  # type: ignore[assignment]  # DRF: a field of that name
    stance = NamedChoice("Stance", Stance.choices)
    question = serializers.CharField(required=False, max_length=500)
    quote = serializers.CharField(required=False, max_length=10_000)
    note = serializers.CharField(required=False, max_length=10_000)
    copy = serializers.CharField(
        required=False,
        max_length=2_000_000,
        trim_whitespace=False,
        help_text="The text of the source, kept as a copy.",
    )
    answer = serializers.CharField(
        required=False, max_length=10_000, help_text="What the source answers to the question."
    )
    answer_type = NamedChoice("AnswerType", ["", *AnswerType.values], required=False)
    explanation = serializers.CharField(
        required=False, max_length=10_000, help_text="Why yes, or why no."
    )

    @property
    def draft(self) -> EvidenceDraft:
        given = dict(self.validated_data)
        given.pop("source")
        return EvidenceDraft(**given)


class SourceOutlineShape(Shape):
    """Of a withheld source others than editors get `id`, `kind`, `title` and `reason`."""

    id = serializers.UUIDField()
    kind = NamedChoice("SourceKind", SourceKind.choices)
    title = serializers.CharField()
    reason = serializers.CharField(required=False, help_text="Why it is withheld.")
    url = serializers.CharField(required=False)
    doi = serializers.CharField(required=False)
    isbn = serializers.CharField(required=False)
    reference = serializers.CharField(required=False)
    publisher = serializers.CharField(required=False)
    author = serializers.CharField(required=False)
    published_on = serializers.DateField(required=False, allow_null=True)
    language = serializers.CharField(required=False)
    state = NamedChoice("SourceState", SourceState.choices)
    moved_to = serializers.CharField(required=False)
    looked_at = serializers.DateTimeField(required=False, allow_null=True)

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        fields = super().get_fields()
        fields["state"].required = False
        return fields


class SnapshotShape(Shape):
    """A kept copy, without its bytes. `trouble` says why it has no text."""

    id = serializers.UUIDField()
    fetched_at = serializers.DateTimeField()
    origin = NamedChoice("SnapshotOrigin", SnapshotOrigin.choices)
    status = serializers.IntegerField(allow_null=True)
    address = serializers.CharField()
    media_type = serializers.CharField()
    size = serializers.IntegerField(help_text="Bytes.")
    sha256 = serializers.CharField()
    trouble = serializers.CharField()


class LookShape(Shape):
    """A look at the source by the worker. `error` says why it kept nothing."""

    id = serializers.UUIDField()
    state = NamedChoice("LookState", CaptureState.choices)
    is_recheck = serializers.BooleanField()
    status = serializers.IntegerField(allow_null=True)
    error = serializers.CharField()
    snapshot = serializers.UUIDField(allow_null=True)
    is_new = serializers.BooleanField()
    requested_at = serializers.DateTimeField()
    finished_at = serializers.DateTimeField(allow_null=True)


class SourceInFullShape(SourceOutlineShape):
    """With its copies and the last looks, newest first."""

    snapshots = SnapshotShape(many=True, required=False)
    looks = LookShape(many=True, required=False)


class DeskEvidenceShape(EvidenceShape):
    """As within a claim, and what it leans on. `newest_check` is empty while that copy is the newest."""

    id = serializers.UUIDField()
    source_id = serializers.UUIDField()
    snapshot = serializers.UUIDField(allow_null=True)
    place = PlaceShape(allow_null=True)
    newest_check = serializers.ChoiceField(choices=["", *QuoteCheck.values])
    added_at = serializers.DateTimeField()


class EvidenceInListShape(DeskEvidenceShape):
    """As within a claim; what only the desk knows of it is there for the desk alone."""

    def get_fields(self) -> dict[str, serializers.Field[Any, Any, Any, Any]]:
        fields = super().get_fields()
        for name in DeskEvidenceShape().fields.keys() - EvidenceShape().fields.keys():
            fields[name].required = False
        return fields


class EvidenceOfAnyShape(DeskEvidenceShape):
    """With the claim that it is about."""

    claim = serializers.UUIDField()


def evidence_rows() -> EvidenceQuerySet:
    """With what `evidence_in_full` reads. Texts of copies stay where they are."""
    rows = Evidence.objects.standing().select_related("source", "snapshot")
    return rows.defer("snapshot__text", "snapshot__headers")


def source_outline(source: Source, reader: User) -> Data:
    reason = {"reason": source.withheld_reason} if source.is_withheld else {}
    known = {"id": str(source.pk), "kind": source.kind, **reason}
    if not source.is_shown_to(reader):
        return {**known, "title": source.public_title}
    names = ("title", "url", "doi", "isbn", "reference", "publisher", "author", "language")
    return {
        **known,
        **{name: getattr(source, name) for name in names},
        "published_on": source.published_at.isoformat() if source.published_at else None,
        "state": source.state,
        "moved_to": source.moved_to,
        "looked_at": moment(source.checked_at),
    }


def source_in_full(source: Source, reader: User) -> Data:
    outline = source_outline(source, reader)
    if not source.is_shown_to(reader):
        return outline
    copies = source.snapshots.defer("text", "headers")
    return {
        **outline,
        "snapshots": [_snapshot(copy) for copy in copies],
        "looks": [_look(look) for look in source.captures.all()[:MOST_LOOKS]],
    }


def evidence_in_full(item: Evidence, reader: User) -> Data:
    start, end = item.quote_start, item.quote_end
    return {
        **evidence_at_desk(item, reader),
        "id": str(item.pk),
        "source_id": str(item.source_id),
        "snapshot": str(item.snapshot_id) if item.snapshot_id else None,
        "place": None if start is None else {"start": start, "end": end},
        "newest_check": item.newest_check,
        "added_at": moment(item.created_at),
    }


def _snapshot(copy: Snapshot) -> Data:
    names = ("origin", "status", "address", "media_type", "size", "sha256", "trouble")
    return {
        "id": str(copy.pk),
        "fetched_at": moment(copy.fetched_at),
        **{name: getattr(copy, name) for name in names},
    }


def _look(look: Capture) -> Data:
    return {
        "id": str(look.pk),
        "state": look.state,
        "is_recheck": look.is_recheck,
        "status": look.status,
        "error": look.error,
        "snapshot": str(look.snapshot_id) if look.snapshot_id else None,
        "is_new": look.is_new,
        "requested_at": moment(look.created_at),
        "finished_at": moment(look.finished_at),
    }
