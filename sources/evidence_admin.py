"""Evidence in the admin: below its claim, and as a list."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from accounts.admin import KeptStack, ModelForm, ReadOnlyAdmin
from accounts.models import User
from accounts.row_actions import ReasonForm, RowAction
from claims.models import Claim
from sources.models import Evidence
from sources.services import EvidenceDraft, add_evidence, override_quote, withdraw_evidence


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
