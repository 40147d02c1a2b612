"""Sources, their copies and evidence in the admin.

What a withheld source is stays with those who may see it: lists show it by its placeholder, and neither
search, filters, order nor history tell more.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from accounts.admin import KeptStack, KeptTable, ModelForm, ReadOnlyAdmin, ServedForm
from accounts.models import User
from accounts.row_actions import ReasonForm, RowAction
from audit.admin import RecordedAdmin
from audit.models import Event
from claims.models import Claim
from sources.models import Evidence, OpenQuestion, Snapshot, Source, SourceKind
from sources.services import (
    EvidenceDraft,
    SourceDraft,
    add_evidence,
    add_source,
    correct_source,
    override_quote,
    withdraw_evidence,
)

KNOWN = (
    "url",
    "title",
    "publisher",
    "author",
    "published_at",
    "kind",
    "language",
    "withheld_reason",
)


class SourceForm(ServedForm):
    said_by_service = ("url", "withheld_reason")

    class Meta:
        model = Source
        fields = KNOWN


class SnapshotInline(KeptTable):
    """When copies were taken, without their text."""

    model = Snapshot
    fields = ("fetched_at", "status", "media_type", "sha256", "added_by")
    readonly_fields = fields
    show_change_link = True

    def rows_for(self, request: HttpRequest, parent: Model | None) -> QuerySet[Any]:
        return self.get_queryset(request).select_related("added_by").defer("text")


@admin.register(Source)
class SourceAdmin(RecordedAdmin):
    """Where evidence comes from."""

    form = SourceForm
    list_display = ("public_title", "shown_publisher", "kind", "language", "created_at")
    list_filter = ("kind", "language")
    date_hierarchy = "created_at"
    search_fields = ("title", "publisher", "url")
    search_help_text = "A title, publisher or address. Withheld sources are not found by these."
    inlines = (SnapshotInline,)
    fields = KNOWN

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
        return KNOWN if _is_shown(request, obj) else ("kind", "withheld_reason")

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

    list_display = ("source", "fetched_at", "status", "media_type", "sha256")
    list_filter = ("media_type",)
    list_select_related = ("source",)
    date_hierarchy = "fetched_at"
    search_fields = ("source__title", "source__url", "=sha256")
    fields = ("source", *SnapshotInline.fields, "text")
    heavy = ("text",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = super().get_queryset(request)
        if request.user.has_perm("sources.view_withheld"):
            return rows
        return rows.exclude(source__kind=SourceKind.WITHHELD)


class EvidenceForm(ModelForm):
    """What is new about a source for this claim."""

    copy = forms.CharField(
        required=False,
        strip=False,
        widget=forms.Textarea({"rows": 3}),
        help_text="The source's text as you read it. The quote is looked for in it.",
    )

    class Meta:
        model = Evidence
        fields = ("source", "stance", "question", "quote", "note")
        widgets = {name: forms.Textarea({"rows": 2}) for name in ("quote", "note")}


class EvidenceInline(KeptStack):
    """A claim's evidence: to read, and to add."""

    model = Evidence
    form = EvidenceForm
    autocomplete_fields = ("source",)
    fields = ("source", "stance", "question", "quote", "note")
    found = ("quote_check", "overridden_by", "override_reason", "added_by", "withdrawn_at")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return obj is not None and request.user.has_perm("sources.add_evidence")

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*self.fields, "copy", *self.found) if obj else self.fields

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.found

    def rows_for(self, request: HttpRequest, parent: Model | None) -> QuerySet[Any]:
        rows = self.get_queryset(request)
        return rows.select_related("source", "added_by", "overridden_by")

    def add_row(self, actor: User, parent: Claim, form: ModelForm) -> Evidence:
        names = ("stance", "question", "quote", "note", "copy")
        draft = EvidenceDraft(**{name: form.cleaned_data[name] for name in names})
        source = form.cleaned_data["source"]
        return add_evidence(actor=actor, claim=parent, source=source, draft=draft)


@admin.register(Evidence)
class EvidenceAdmin(ReadOnlyAdmin):
    """All evidence. It is added on its claim's page, and withdrawn rather than deleted."""

    list_display = ("claim", "source", "stance", "quote_check", "added_by", "withdrawn_at")
    list_filter = (
        "stance",
        "quote_check",
        ("overridden_by", admin.EmptyFieldListFilter),
        ("withdrawn_at", admin.EmptyFieldListFilter),
    )
    list_select_related = ("claim", "source", "added_by")
    more_lookups = ("claim", "source")
    heavy = ("claim__search_vector",)
    date_hierarchy = "created_at"
    search_fields = ("quote", "note", "question", "claim__statement")
    fields = ("claim", *EvidenceInline.fields, *EvidenceInline.found, "created_at")
    row_actions = (
        RowAction(
            "withdraw",
            "Withdraw with a reason",
            "sources.change_evidence",
            withdraw_evidence,
            "evidence",
            "withdrawn",
            ReasonForm,
        ),
        RowAction(
            "override_quote",
            "Take the quote on by name",
            "sources.override_quote",
            override_quote,
            "evidence",
            "taken on",
            ReasonForm,
        ),
    )


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
