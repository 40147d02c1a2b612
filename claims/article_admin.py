"""Articles in the admin: they come in here, are described better, and show their claims.

The page is with the claims and not in `articles`, because it shows them and asks for their detection.
"""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Count, Model, QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from accounts.admin import KeptTable, ServedForm
from accounts.models import User
from accounts.row_actions import RowAction
from articles.admin import VersionInline
from articles.models import Article, Origin, Version
from articles.services import CORRECTABLE, Arrival, correct_article
from audit.admin import RecordedAdmin
from claims.models import Claim, DetectionRun
from claims.services import bring_in_article, start_detection


class ArticleForm(ServedForm):
    """What is known of an article."""

    said_by_service = ("url",)

    class Meta:
        model = Article
        fields = CORRECTABLE


class ArticleAddForm(ArticleForm):
    """Where the text comes from, and what the text does not say itself."""

    text = forms.CharField(
        required=False, strip=False, widget=forms.Textarea(attrs={"rows": 20, "cols": 90})
    )
    file = forms.FileField(required=False, help_text="A .txt file, instead of pasted text.")
    title = forms.CharField(
        required=False, max_length=500, help_text="Left empty, it is the text's headline."
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if bool((data.get("text") or "").strip()) == bool(data.get("file")):
            raise forms.ValidationError("Paste the text or choose a file: one of them.")
        return data

    @property
    def arrival(self) -> Arrival:
        data = dict(self.cleaned_data)
        text, file = data.pop("text"), data.pop("file")
        known = {name: value for name, value in data.items() if value}
        if not file:
            return Arrival(content=text.encode(), origin=Origin.PASTE, **known)
        file.seek(0)
        return Arrival(content=file.read(), origin=Origin.FILE, **known)


class ComparedVersionInline(VersionInline):
    """The versions, each with the desk's page of what changed in it and what became of the claims."""

    fields = (*VersionInline.fields, "what_changed")  # type: ignore[assignment]  # one more
    readonly_fields = fields  # type: ignore[assignment]

    @admin.display(description="what changed")
    def what_changed(self, version: Version) -> str:
        if not version.previous:
            return "-"
        numbers = (version.previous, version.number)
        page = reverse("reviews:compare-versions", args=[version.article_id, *numbers])
        return format_html('<a href="{}">Since version {}</a>', page, version.previous)


class ClaimInline(KeptTable):
    """An article's claims, each with a link to its page."""

    model = Claim
    fields = ("statement", "kind", "claimant", "status", "worth", "flag")
    readonly_fields = fields
    show_change_link = True

    def rows_for(self, request: HttpRequest, parent: Model | None) -> QuerySet[Any]:
        rows = Claim.objects.visible_to(request.user).select_related("claimant")
        return rows.defer("search_vector").order_by("id")


def detect_again(*, actor: User, article: Article) -> DetectionRun:
    """Queue the engine for the current version, if it has not read it or failed to."""
    if article.current is None:
        raise forms.ValidationError("This article has no text yet.")
    return start_detection(actor=actor, version=article.current)


@admin.register(Article)
class ArticleAdmin(RecordedAdmin):
    """Articles come in here, are described better, and show their claims. Their text is frozen."""

    form = ArticleForm
    fields = CORRECTABLE
    readonly_fields = ("detection",)
    inlines = (ComparedVersionInline, ClaimInline)
    list_display = ("title", "publisher", "published_at", "language", "claim_count", "created_at")
    list_filter = ("publisher", "language")
    date_hierarchy = "created_at"
    ordering = ("-id",)
    search_fields = ("title", "publisher", "url")
    row_actions = (
        RowAction(
            "detect_again",
            "Look for claims again",
            "claims.run_detection",
            detect_again,
            "article",
            "read or waiting to be read",
        ),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        rows = Article.objects.visible_to(request.user)
        return rows.annotate(claim_count=Count("claims"))

    @admin.display(description="claims", ordering="claim_count")
    def claim_count(self, article: Any) -> int:
        return int(article.claim_count)

    @admin.display(description="detection")
    def detection(self, article: Article) -> str:
        runs = article.current.detection_runs.all() if article.current else ()
        return format_html_join(
            " ", "{} ({} found) {}", ((run, run.found, run.error) for run in runs)
        ) or SafeString("-")

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        if obj is None:
            kwargs["form"] = ArticleAddForm
        return super().get_form(request, obj, change=change, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return (*self.fields, "detection") if obj else ("text", "file", *self.fields)

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        return self.inlines if obj else ()

    def add_row(self, actor: User, form: Any) -> Article:
        return bring_in_article(actor=actor, arrival=form.arrival)

    def change_row(self, actor: User, row: Article, form: Any) -> Article:
        return correct_article(actor=actor, article=row, **form.cleaned_data)
