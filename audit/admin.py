"""The history in the admin: on each record's page, behind its History button, and as a list; and people.

People are here and not in `accounts` because a change of somebody's role or access belongs in the history.
"""

from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.auth import admin as auth_admin
from django.contrib.auth import forms as auth_forms
from django.contrib.auth.models import Group
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db import transaction
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse

from accounts.admin import KeptAdmin, ModelForm, ReadOnlyAdmin, actor_of
from accounts.models import User
from audit.models import Event
from audit.records import save_person, save_record
from audit.services import record

admin.site.unregister(Group)  # roles are on one page of code, accounts/roles.py


class RecordedAdmin(KeptAdmin):
    """A page that shows its record's history. The admin's own log stays empty: services write this one."""

    change_form_template = "admin/recorded_change_form.html"
    object_history_template = "admin/recorded_history.html"
    recent = 20

    def history_of(self, request: HttpRequest, obj: Model) -> QuerySet[Event]:
        """What happened to it, newest first, as far as this person may know."""
        return Event.objects.about(obj).reverse()

    def actions_for(self, request: HttpRequest, obj: Any) -> dict[str, Any]:
        """The list's actions that make sense for this record, offered on its page."""
        return self.get_actions(request)

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        obj = kwargs.get("obj")
        if obj is not None and obj.pk:
            context["events"] = self.history_of(request, obj)[: self.recent]
            context["page_actions"] = self.actions_for(request, obj)
        return super().render_change_form(request, context, *args, **kwargs)

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        obj = self.get_object(request, unquote(object_id))
        if not self.has_view_or_change_permission(request, obj):
            raise PermissionDenied
        if obj is None:
            raise Http404
        context = {
            **self.admin_site.each_context(request),
            "title": f"History: {obj}",
            "object": obj,
            "opts": self.opts,
            "events": Paginator(self.history_of(request, obj), 100).get_page(request.GET.get("p")),
            **(extra_context or {}),
        }
        return TemplateResponse(request, self.object_history_template, context)

    def log_addition(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Nothing: the service recorded it."""

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Nothing: the service recorded it."""


class RecordedReadOnlyAdmin(ReadOnlyAdmin, RecordedAdmin):
    """To read, with its history."""


class PlainRecordAdmin(RecordedAdmin):
    """A page of plain records: what the form holds is written and recorded."""

    def add_row(self, actor: User, form: ModelForm) -> Model:
        return save_record(actor=actor, row=form.instance, fields=list(form.cleaned_data))

    def change_row(self, actor: User, row: Any, form: ModelForm) -> Model:
        return save_record(actor=actor, row=row, fields=list(form.cleaned_data))


@admin.register(Event)
class EventAdmin(ReadOnlyAdmin):
    """Everything that was done at the desk."""

    list_display = ("at", "verb", "actor", "subject_type", "subject_id", "reason")
    list_filter = ("verb", "subject_type")
    list_select_related = ("actor",)
    date_hierarchy = "at"
    more_lookups = ("subject_id", "actor")
    search_fields = ("verb", "reason", "actor__name")
    search_help_text = "A verb, words of a reason, or somebody's name."
    fields = ("at", "actor", "verb", "subject_type", "subject_id", "before", "after", "reason")


class PersonAddForm(auth_forms.AdminUserCreationForm):  # type: ignore[type-arg]  # generic in the stubs only
    class Meta:
        model = User
        fields = ("email", "name", "role")


class PersonForm(auth_forms.UserChangeForm):  # type: ignore[type-arg]  # generic in the stubs only
    class Meta:
        model = User
        fields = ("email", "name", "role", "is_active")


@admin.register(User)
class UserAdmin(RecordedAdmin, auth_admin.UserAdmin):  # type: ignore[type-arg]  # generic in the stubs only
    """People. Administrators add them, give them a role, and deactivate them instead of deleting."""

    form = PersonForm
    add_form = PersonAddForm
    list_display = ("name", "email", "role", "is_active", "joined_at", "last_login")
    list_filter = ("role", "is_active")
    search_fields = ("name", "email")
    ordering = ("name",)
    filter_horizontal = ()
    readonly_fields = ("joined_at", "last_login")
    fieldsets = (
        (None, {"fields": ("email", "name", "role", "is_active", "password")}),
        ("Times", {"fields": ("joined_at", "last_login")}),
    )
    add_fieldsets = (
        (
            None,
            {"fields": ("email", "name", "role", "usable_password", "password1", "password2")},
        ),
    )
    kept = ("email", "name", "role", "is_active")

    def add_row(self, actor: User, form: Any) -> User:
        return save_person(actor=actor, person=form.instance, fields=self.kept)

    def change_row(self, actor: User, row: User, form: Any) -> User:
        return save_person(actor=actor, person=row, fields=self.kept)

    @transaction.atomic
    def user_change_password(
        self, request: HttpRequest, id: str, form_url: str = ""
    ) -> HttpResponse:
        """Set somebody's password, which is recorded; the password of course is not."""
        before = User.objects.filter(pk=unquote(id)).first()
        response = super().user_change_password(request, id, form_url)
        if before and not User.objects.filter(pk=before.pk, password=before.password).exists():
            record("user.password_set", before, actor=actor_of(request))
        return response
