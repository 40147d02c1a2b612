"""An article's frozen versions in the admin: to read. The article's own page is with its claims, in `claims`."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from accounts.admin import KeptTable, ReadOnlyAdmin
from articles.models import Batch, Feed, Import, Version

#: Neither the bytes nor the whole text are needed where versions are listed.
HEAVY = ("original", "text", "blocks")


class VersionInline(KeptTable):
    """The versions of an article, without their text."""

    model = Version
    fields = ("number", "origin", "media_type", "sha256", "fetched_at", "added_by")
    readonly_fields = fields
    show_change_link = True

    def rows_for(self, request: HttpRequest, parent: Model | None) -> QuerySet[Any]:
        return self.get_queryset(request).defer(*HEAVY).select_related("added_by")


@admin.register(Version)
class VersionAdmin(ReadOnlyAdmin):
    """The text as it stood. It is frozen: a change is a new version."""

    list_display = ("article", "number", "origin", "media_type", "fetched_at", "added_by")
    list_filter = ("origin", "media_type")
    list_select_related = ("article", "added_by")
    date_hierarchy = "fetched_at"
    search_fields = ("article__title", "article__url", "=sha256")
    autocomplete_fields = ("article",)
    more_lookups = ("article",)
    fields = ("article", *VersionInline.fields, "text")
    heavy = HEAVY


@admin.register(Import)
class ImportAdmin(ReadOnlyAdmin):
    """What is on its way in, and what became of it. The desk's own pages try again and call off."""

    list_display = (
        "__str__",
        "state",
        "error",
        "article",
        "batch",
        "feed",
        "requested_by",
        "created_at",
    )
    list_filter = ("state",)
    list_select_related = ("article", "batch", "feed", "requested_by")
    date_hierarchy = "created_at"
    search_fields = ("address", "file_name", "article__title")
    autocomplete_fields = ("article",)
    fields = (
        "address", "file_name", "state", "error", "article", "batch", "feed", "requested_by", "created_at",
        "finished_at",
    )  # fmt: skip
    heavy = ("content",)


@admin.register(Batch)
class BatchAdmin(ReadOnlyAdmin):
    """Lists of addresses and files that came together."""

    list_display = ("title", "repeated", "requested_by", "created_at")
    list_filter = ("created_at",)
    list_select_related = ("requested_by",)
    date_hierarchy = "created_at"
    search_fields = ("title",)
    fields = ("title", "repeated", "requested_by", "created_at")


@admin.register(Feed)
class FeedAdmin(ReadOnlyAdmin):
    """Feeds and sitemaps that are followed. The desk's own page changes how."""

    list_display = ("__str__", "kind", "is_active", "checked_at", "due_at", "failures", "error")
    list_filter = ("is_active", "kind")
    search_fields = ("title", "address")
    fields = (
        "address", "kind", "title", "every_minutes", "takes_all", "is_active", "checked_at", "due_at", "failures",
        "error", "added_by", "created_at",
    )  # fmt: skip
