"""Scales and their ratings in the admin."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from accounts.admin import KeptStack, ModelForm
from accounts.models import User
from accounts.row_actions import RowAction
from audit.admin import PlainRecordAdmin
from reviews.models import Rating, Scale
from reviews.scales import choose_house_scale, is_used, save_rating


class RatingInline(KeptStack):
    """The steps of a scale. Once somebody has rated with it, a change of meaning is a new version."""

    model = Rating
    fields = ("slug", "label", "definition", "value", "normalised", "colour", "position")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("reviews.add_rating") and not (obj and is_used(obj))

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("reviews.change_rating") and not (obj and is_used(obj))

    def add_row(self, actor: User, parent: Scale, form: ModelForm) -> Rating:
        form.instance.scale = parent
        return self.change_row(actor, form)

    def change_row(self, actor: User, form: ModelForm) -> Rating:
        return save_rating(actor=actor, rating=form.instance, fields=self.fields)


@admin.register(Scale)
class ScaleAdmin(PlainRecordAdmin):
    """Scales and their ratings."""

    fields = ("name", "slug", "version")
    list_display = ("name", "slug", "version", "is_house")
    list_filter = ("is_house",)
    search_fields = ("name", "slug")
    inlines = (RatingInline,)
    row_actions = (
        RowAction(
            "choose_house_scale",
            "Use for new reviews",
            "reviews.change_scale",
            choose_house_scale,
            "scale",
            "in use for new reviews",
        ),
    )

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return ("slug", "version") if obj and is_used(obj) else ()
