"""Claims, and who makes them, in the admin. The page of a claim grows with the apps above.

`ClaimAdmin` here holds what a claim is; `reviews` adds how it is judged and `publishing` what went out, and
registers the whole.
"""

from collections import Counter
from itertools import chain
from typing import Any, ClassVar

from django import forms
from django.contrib import admin
from django.db.models import Count, Model, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html

from accounts.admin import KeptTable, ModelForm
from accounts.models import User
from accounts.row_actions import RowAction
from articles.admin import HEAVY
from audit.admin import PlainRecordAdmin, RecordedAdmin, RecordedReadOnlyAdmin
from claims.article_admin import ArticleAdmin
from claims.models import (
    CheckImport,
    Claim,
    Claimant,
    DetectionRun,
    ExternalCheck,
    Span,
    TrustedPublisher,
    WorthModel,
)
from claims.services import StaleClaim, clean_tags, correct_claim
from claims.services.editing import EDITABLE
from claims.services.trust import save_publisher
from claims.services.worth import use_worth
from claims.tag_field import TagsField

__all__ = [
    "ArticleAdmin",
    "CheckImportAdmin",
    "ClaimAdmin",
    "ClaimantAdmin",
    "DetectionRunAdmin",
    "ExternalCheckAdmin",
    "TrustedPublisherAdmin",
    "WorthModelAdmin",
]


#: How many tags the list of claims offers, and of how many of the newest claims.
CHOICES, WINDOW = 50, 1000


class SpanInline(KeptTable):
    """The words of the article that carry the claim."""

    model = Span
    fields = ("version", "start", "end", "quote", "resolution", "score")
    readonly_fields = fields

    def rows_for(self, request: HttpRequest, parent: Model | None) -> QuerySet[Any]:
        rows = self.get_queryset(request).select_related("version")
        return rows.defer(*(f"version__{name}" for name in HEAVY))


class ClaimForm(ModelForm):
    """The wording, with the count of changes that tells a stale form from a fresh one."""

    tags = TagsField()

    class Meta:
        model = Claim
        fields = (*EDITABLE, "lock_version")
        widgets = {"lock_version": forms.HiddenInput, "statement": forms.Textarea({"rows": 3})}


class TagFilter(admin.SimpleListFilter):
    """By one of the tags that the newest claims have most: those of all claims would cost a look at each."""

    title = "tag"
    parameter_name = "tag"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        seen = model_admin.get_queryset(request)
        newest = seen.order_by("-pk").values_list("tags", flat=True)[:WINDOW]
        counts = Counter(chain.from_iterable(newest))
        chosen = clean_tags([request.GET.get(self.parameter_name, "")])
        names = {name for name, _ in counts.most_common(CHOICES)} | {*chosen}
        return [(name, name) for name in sorted(names)]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        tags = clean_tags([self.value() or ""])
        return queryset.filter(tags__contains=tags) if tags else queryset


class ClaimAdmin(RecordedAdmin):
    """What a claim says. Where it stands changes by the actions only."""

    form = ClaimForm
    inlines: ClassVar[tuple[Any, ...]] = (SpanInline,)
    refusals = {**RecordedAdmin.refusals, StaleClaim: 409}
    list_display = ("statement", "status", "kind", "claimant", "article", "tags", "worth", "flag")
    list_filter = (
        "status",
        "kind",
        "mode",
        "engine",
        "language",
        TagFilter,
        ("flag", admin.EmptyFieldListFilter),
    )
    list_select_related = ("article", "claimant")
    more_lookups = ("article", "claimant", "attribution", TagFilter.parameter_name)
    heavy = ("search_vector",)
    date_hierarchy = "created_at"
    search_fields = ("statement",)
    search_help_text = "Words of the statement, as you would type them into a search engine."
    autocomplete_fields = ("claimant",)
    stands = ("status", "review_round", "flag", "worth", "reasons", "article", "attribution")
    origin = ("engine", "engine_version", "added_by", "created_at", "changed_at", "at_the_desk")
    readonly_fields = (*stands, *origin)
    fieldsets = (
        (None, {"fields": (*EDITABLE, "lock_version")}),
        ("Where it stands", {"fields": stands}),
        ("Where it comes from", {"fields": origin, "classes": ("collapse",)}),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows: QuerySet[Any] = Claim.objects.visible_to(request.user)
        return rows.defer(*self.heavy)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return queryset.search(search_term), False  # type: ignore[attr-defined]

    def has_add_permission(self, request: HttpRequest) -> bool:
        """A claim is made from words selected in its article, at the desk."""
        return False

    @admin.display(description="at the desk")
    def at_the_desk(self, claim: Claim) -> str:
        return format_html('<a href="{}">Open this claim at the desk</a>', claim.get_absolute_url())

    def change_row(self, actor: User, row: Claim, form: Any) -> Claim:
        changes = dict(form.cleaned_data)
        expected = changes.pop("lock_version")
        return correct_claim(actor=actor, claim=row, expected=expected, **changes)


@admin.register(Claimant)
class ClaimantAdmin(PlainRecordAdmin):
    """Who makes claims."""

    list_display = ("name", "role", "kind", "claim_count")
    list_filter = ("kind",)
    ordering = ("name",)
    search_fields = ("name", "role")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return Claimant.objects.annotate(claim_count=Count("claims")).order_by("name")

    @admin.display(description="claims", ordering="claim_count")
    def claim_count(self, claimant: Any) -> int:
        return int(claimant.claim_count)


@admin.register(ExternalCheck)
class ExternalCheckAdmin(PlainRecordAdmin):
    """Fact-checks by others."""

    list_display = ("publisher", "rating", "normalised", "claim_reviewed", "reviewed_at", "claim")
    list_filter = ("normalised", "publisher")
    list_select_related = ("claim",)
    heavy = ("search_vector", "claim__search_vector")
    date_hierarchy = "reviewed_at"
    search_fields = ("publisher", "title", "claim_reviewed", "url")
    autocomplete_fields = ("claim",)


@admin.register(TrustedPublisher)
class TrustedPublisherAdmin(PlainRecordAdmin):
    """Sites whose fact-checks come in."""

    list_display = ("host", "name", "is_active", "added_by", "created_at")
    list_filter = ("is_active",)
    list_select_related = ("added_by",)
    ordering = ("host",)
    search_fields = ("host", "name")

    def add_row(self, actor: User, form: ModelForm) -> Model:
        form.instance.added_by = actor
        fields = tuple(form.cleaned_data)
        return save_publisher(actor=actor, row=form.instance, fields=fields)

    def change_row(self, actor: User, row: TrustedPublisher, form: ModelForm) -> Model:
        return save_publisher(actor=actor, row=row, fields=tuple(form.cleaned_data))


@admin.register(CheckImport)
class CheckImportAdmin(RecordedReadOnlyAdmin):
    """What came in of the checks of others, with the report."""

    list_display = ("__str__", "state", "requested_by", "created_at", "finished_at")
    list_filter = ("state",)
    list_select_related = ("requested_by",)
    date_hierarchy = "created_at"
    search_fields = ("address", "file_name")
    fields = (
        "address",
        "file_name",
        "state",
        "error",
        "report",
        "requested_by",
        "created_at",
        "finished_at",
    )
    heavy = ("content", "report")


@admin.register(DetectionRun)
class DetectionRunAdmin(RecordedReadOnlyAdmin):
    """What an engine read, found and left out."""

    list_display = ("version", "engine", "engine_version", "state", "found", "created_at")
    list_filter = ("state", "engine")
    list_select_related = ("version",)
    date_hierarchy = "created_at"
    search_fields = ("version__article__title",)
    heavy = tuple(f"version__{name}" for name in HEAVY)


def use_weights(*, actor: User, row: WorthModel) -> None:
    """Put these weights in use, in place of those that are."""
    use_worth(actor=actor, name=row.name)


@admin.register(WorthModel)
class WorthModelAdmin(RecordedReadOnlyAdmin):
    """Weights that the desk's decisions taught. A person puts them in use; `manage.py train_worth` makes them."""

    list_display = ("name", "is_in_use", "before", "after", "created_at")
    list_filter = ("is_in_use",)
    heavy = ("document",)
    ordering = ("-id",)
    search_fields = ("name",)
    fields = ("name", "is_in_use", "before", "after", "created_by", "created_at")
    readonly_fields = fields
    row_actions = (
        RowAction(
            "use_weights",
            "Use these weights from now on",
            "claims.use_worthmodel",
            use_weights,
            "row",
            "in use",
        ),
    )
