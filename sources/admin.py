"""Sources, looks at them, their copies and evidence in the admin.

What a withheld source is stays with those who may see it: lists show it by its placeholder, and neither
search, filters, order nor history tell more.
"""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from accounts.admin import KeptTable, ReadOnlyAdmin, ServedForm
from accounts.models import User
from accounts.row_actions import RowAction
from audit.admin import RecordedAdmin
from audit.models import Event
from sources.captures import request_capture
from sources.evidence_admin import EvidenceAdmin, EvidenceInline
from sources.models import Capture, OpenQuestion, Snapshot, Source, SourceKind
from sources.services import SourceDraft, add_source, correct_source

__all__ = [
    "CaptureAdmin",
    "EvidenceAdmin",
    "EvidenceInline",
    "OpenQuestionAdmin",
    "SnapshotAdmin",
    "SourceAdmin",
]

KNOWN = (
    "url",
    "title",
    "publisher",
    "author",
    "published_at",
    "kind",
    "language",
    "doi",
    "isbn",
    "reference",
    "withheld_reason",
)
#: What looks at it found.
STANDING = ("state", "checked_at", "check_due_at", "moved_to", "misses")


class SourceForm(ServedForm):
    said_by_service = ("url", "doi", "isbn", "withheld_reason")

    class Meta:
        model = Source
        fields = KNOWN


class SnapshotInline(KeptTable):
    """When copies were taken and how they came, without their text."""

    model = Snapshot
    fields = ("fetched_at", "origin", "status", "media_type", "size", "sha256", "added_by")
    readonly_fields = fields
    show_change_link = True

    def rows_for(self, request: HttpRequest, parent: Model | None) -> QuerySet[Any]:
        return self.get_queryset(request).select_related("added_by").defer("text", "headers")


class CaptureInline(KeptTable):
    """The looks at it."""

    model = Capture
    fields = ("created_at", "state", "is_recheck", "status", "error", "is_new", "requested_by")
    readonly_fields = fields
    show_change_link = True

    def rows_for(self, request: HttpRequest, parent: Model | None) -> QuerySet[Any]:
        return self.get_queryset(request).select_related("requested_by")


def look_now(*, actor: User, source: Source) -> Capture:
    """Only somebody who may see what a source is has it looked at."""
    if not source.is_shown_to(actor):
        raise PermissionDenied("This source is withheld: an editor looks after it.")
    return request_capture(actor=actor, source=source)


@admin.register(Source)
class SourceAdmin(RecordedAdmin):
    """Where evidence comes from."""

    form = SourceForm
    list_display = (
        "public_title",
        "shown_publisher",
        "kind",
        "language",
        "state",
        "checked_at",
        "created_at",
    )
    list_filter = ("kind", "state", "language")
    date_hierarchy = "created_at"
    search_fields = ("title", "publisher", "url", "doi", "isbn")
    search_help_text = (
        "A title, publisher, address, DOI or ISBN. Withheld sources are not found by these."
    )
    inlines = (SnapshotInline, CaptureInline)
    fields = KNOWN
    readonly_fields = STANDING
    row_actions = (
        RowAction(
            "look_now", "Look now", "sources.change_source", look_now, "source", "to be looked at"
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return Source.objects.visible_to(request.user)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return queryset.search(search_term), False  # type: ignore[attr-defined]

    @admin.display(description="publisher")
    def shown_publisher(self, source: Source) -> str:
        return "" if source.is_withheld else source.publisher

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        if obj is not None and not _is_shown(request, obj):
            return False
        return super().has_change_permission(request, obj)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        if not _is_shown(request, obj):
            return ("kind", "withheld_reason")
        return (*KNOWN, *STANDING) if obj else KNOWN

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return self.inlines if obj and _is_shown(request, obj) else ()

    def history_of(self, request: HttpRequest, obj: Any) -> QuerySet[Event]:
        events = super().history_of(request, obj)
        return events if _is_shown(request, obj) else events.none()

    def add_row(self, actor: User, form: Any) -> Source:
        return add_source(actor=actor, draft=SourceDraft(**form.cleaned_data))

    def change_row(self, actor: User, row: Source, form: Any) -> Source:
        return correct_source(actor=actor, source=row, **form.cleaned_data)


@admin.register(Snapshot)
class SnapshotAdmin(ReadOnlyAdmin):
    """What sources said when they were looked at. Frozen."""

    list_display = ("source", "fetched_at", "origin", "media_type", "size", "sha256")
    list_filter = ("origin", "media_type", ("trouble", admin.EmptyFieldListFilter))
    list_select_related = ("source",)
    date_hierarchy = "fetched_at"
    search_fields = ("source__title", "source__url", "=sha256")
    fields = ("source", *SnapshotInline.fields, "address", "file_name", "trouble", "text")
    heavy = ("text", "headers")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return _of_shown_sources(request, super().get_queryset(request))


@admin.register(Capture)
class CaptureAdmin(ReadOnlyAdmin):
    """Looks at sources, and what became of each."""

    list_display = (
        "source",
        "created_at",
        "state",
        "is_recheck",
        "status",
        "is_new",
        "finished_at",
    )
    list_filter = ("state", "is_recheck", "is_new")
    list_select_related = ("source",)
    more_lookups = ("source",)
    date_hierarchy = "created_at"
    search_fields = ("source__title", "source__url", "error")
    fields = ("source", *CaptureInline.fields, "finished_at", "snapshot")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return _of_shown_sources(request, super().get_queryset(request))


def _of_shown_sources(request: HttpRequest, rows: QuerySet[Any]) -> QuerySet[Any]:
    """What tells of a withheld source is for those who may see the source."""
    if request.user.has_perm("sources.view_withheld"):
        return rows
    return rows.exclude(source__kind=SourceKind.WITHHELD)


@admin.register(OpenQuestion)
class OpenQuestionAdmin(ReadOnlyAdmin):
    """Questions about claims that no source answers."""

    list_display = ("text", "claim", "is_unanswerable", "asked_by", "closed_at")
    list_filter = ("is_unanswerable", ("closed_at", admin.EmptyFieldListFilter))
    list_select_related = ("claim", "asked_by")
    more_lookups = ("claim",)
    heavy = ("claim__search_vector",)
    date_hierarchy = "created_at"
    search_fields = ("text", "remark", "claim__statement")
    fields = ("claim", "text", "remark", "is_unanswerable", "asked_by", "created_at", "closed_at")


def _is_shown(request: HttpRequest, source: Source | None) -> bool:
    return source is None or source.is_shown_to(request.user)
