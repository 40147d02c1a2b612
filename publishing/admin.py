"""The public record in the admin, to read; and the whole page of a claim, with what the record says of it."""

from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from accounts.admin import KeptTable, ReadOnlyAdmin
from accounts.row_actions import ReasonForm, RowAction
from claims.models import Claim
from publishing import services
from publishing.models import MarkupPage, Publication, SignedHead, SigningKey
from publishing.webhooks import admin as webhooks_admin  # noqa: F401 - registers its pages
from reviews import admin as reviews_admin
from reviews.admin import workflow_action
from reviews.workflow import Action


class PublicationInline(KeptTable):
    """What the public was told about the claim, newest first."""

    model = Publication
    fields = ("seq", "kind", "note", "published_by", "published_at")
    readonly_fields = fields
    show_change_link = True

    def rows_for(self, request: HttpRequest, parent: Model | None) -> QuerySet[Any]:
        rows = self.get_queryset(request).select_related("published_by")
        return rows.defer("document", "gate")


@admin.register(Claim)
class ClaimAdmin(reviews_admin.ClaimAdmin):
    """The whole page of a claim. Publishing asks too much for an action: it is done at the desk."""

    inlines: ClassVar[tuple[Any, ...]] = (*reviews_admin.ClaimAdmin.inlines, PublicationInline)
    row_actions: tuple[RowAction, ...] = (
        *reviews_admin.ClaimAdmin.row_actions,
        workflow_action(
            Action.RETRACT,
            "Retract with a public reason",
            services.retract_verdict,
            "retracted",
            ReasonForm,
        ),
        workflow_action(
            Action.REOPEN, "Reopen with a reason", services.reopen_claim, "reopened", ReasonForm
        ),
    )


@admin.register(Publication)
class PublicationAdmin(ReadOnlyAdmin):
    """Every entry of the public record. `manage.py verify_publications` proves that it is whole."""

    list_display = ("seq", "kind", "claim", "note", "published_by", "published_at")
    list_filter = ("kind",)
    list_select_related = ("claim", "published_by")
    more_lookups = ("claim",)
    date_hierarchy = "published_at"
    search_fields = ("claim__statement", "note", "=sha256")
    fields = (*list_display, "gate", "sha256", "previous_sha256", "document")
    heavy = ("document", "gate", "claim__search_vector")


@admin.register(MarkupPage)
class MarkupPageAdmin(ReadOnlyAdmin):
    """Markup of checks published elsewhere. Clients look after it through the API; its history is kept."""

    list_display = ("url", "site", "published_on", "version", "changed_by", "changed_at", "is_here")
    list_filter = ("site",)
    list_select_related = ("changed_by",)
    date_hierarchy = "changed_at"
    search_fields = ("url", "author")
    fields = (*list_display, "author", "author_image", "markups", "created_by", "created_at")
    heavy = ("markups",)

    @admin.display(boolean=True, description="here")
    def is_here(self, page: MarkupPage) -> bool:
        return page.removed_at is None


@admin.register(SigningKey)
class SigningKeyAdmin(ReadOnlyAdmin):
    """The keys that sign heads, their public halves. `manage.py rotate_signing_key` makes a new one."""

    list_display = ("fingerprint", "created_at", "predecessor")
    list_filter = ("created_at",)
    list_select_related = ("predecessor",)
    search_fields = ("=fingerprint",)
    fields = (*list_display, "public_key", "statement", "signature", "predecessor_signature")


@admin.register(SignedHead)
class SignedHeadAdmin(ReadOnlyAdmin):
    """What the desk has signed: how far the record goes, entry by entry."""

    list_display = ("number", "publication", "key", "signed_at")
    list_filter = ("key",)
    list_select_related = ("publication", "key")
    date_hierarchy = "signed_at"
    search_fields = ("=key__fingerprint",)
    fields = (*list_display, "document", "signature")
    heavy = ("document", "publication__document", "publication__gate", "key__statement")
