"""An article's frozen versions in the admin: to read. The article's own page is with its claims, in `claims`."""

from typing import Any

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from accounts.admin import KeptTable, ReadOnlyAdmin
from articles.models import Import, Version

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
    """Addresses that were given, and what became of them. The desk's own page tries again."""

    list_display = ("address", "state", "error", "article", "requested_by", "created_at")
    list_filter = ("state",)
    list_select_related = ("article", "requested_by")
    date_hierarchy = "created_at"
    search_fields = ("address", "article__title")
    autocomplete_fields = ("article",)
    fields = ("address", "state", "error", "article", "requested_by", "created_at", "finished_at")
