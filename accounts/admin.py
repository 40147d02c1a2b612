"""The house rules of the admin, which every page of it follows, and its page of API keys.

Nothing is deleted, nothing is written but by a service, and what a service refuses is said in the form where
it was tried, with nothing of it saved and nothing of what was typed lost.
"""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, cast

from allauth.account.decorators import secure_admin_login
from django import forms
from django.contrib import admin
from django.contrib.admin.options import IS_POPUP_VAR, InlineModelAdmin
from django.core.exceptions import NON_FIELD_ERRORS, PermissionDenied, ValidationError
from django.db.models import Model, QuerySet, URLField
from django.http import HttpRequest, HttpResponse

from accounts.models import ApiKey, User
from accounts.row_actions import RowAction, in_words
from accounts.services import revoke_key

if TYPE_CHECKING:
    ModelAdmin = admin.ModelAdmin[Any]
    Inline = InlineModelAdmin[Any, Any]
    TabularInline = admin.TabularInline[Any, Any]
    StackedInline = admin.StackedInline[Any, Any]
    ModelForm = forms.ModelForm[Any]
else:
    ModelAdmin, Inline, ModelForm = admin.ModelAdmin, InlineModelAdmin, forms.ModelForm
    TabularInline, StackedInline = admin.TabularInline, admin.StackedInline

admin.site.site_header = admin.site.site_title = "Assay"
admin.site.index_title = "The desk's records"
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]

#: Digits of a number in an address. More name no row and no year.
LONGEST_NUMBER = 18


def actor_of(request: HttpRequest) -> User:
    """Who acts. The admin lets nobody in without signing in."""
    return cast(User, request.user)


class ServedForm(ModelForm):
    """A form that leaves what concerns these fields to the service, which says it better than a constraint."""

    said_by_service: tuple[str, ...] = ()

    def _get_validation_exclusions(self) -> set[str]:
        known: set[str] = super()._get_validation_exclusions()  # type: ignore[misc]  # not in the stubs
        return known | set(self.said_by_service)


class KeptInline(Inline):
    """Rows below a record. They are read unless a page says which service adds or changes one."""

    extra = 1
    can_delete = False
    show_change_link = False

    def rows_for(self, request: HttpRequest, parent: Model | None) -> QuerySet[Any]:
        """The rows this person may see below this record."""
        return self.get_queryset(request)

    def add_row(self, actor: User, parent: Any, form: ModelForm) -> object:
        raise NotImplementedError(f"No service adds a {self.opts.verbose_name} here.")

    def change_row(self, actor: User, form: ModelForm) -> object:
        raise NotImplementedError(f"No service changes a {self.opts.verbose_name} here.")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def get_formset(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:
        """The formset knows its page, which knows the services."""
        formset = super().get_formset(request, obj, **kwargs)
        return type(formset.__name__, (formset,), {"page": self})


class KeptTable(KeptInline, TabularInline):
    """Rows as a table."""


class KeptStack(KeptInline, StackedInline):
    """Rows one below the other."""


class KeptAdmin(ModelAdmin):
    """A page whose changes go through services: `add_row` and `change_row` name them."""

    row_actions: tuple[RowAction, ...] = ()
    #: What services raise to refuse, and the status of the answer.
    refusals: Mapping[type[Exception], int] = {ValidationError: 400, PermissionDenied: 403}
    #: Fields that addresses may filter by besides those of `list_filter`.
    more_lookups: tuple[str, ...] = ()
    formfield_overrides = {URLField: {"assume_scheme": "https"}}
    #: What lists leave in the database; the page of one record fetches it by itself.
    heavy: tuple[str, ...] = ()
    list_per_page = 50
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_queryset(request).defer(*self.heavy)

    def add_row(self, actor: User, form: ModelForm) -> Model:
        raise NotImplementedError(f"No service adds a {self.opts.verbose_name} here.")

    def change_row(self, actor: User, row: Any, form: ModelForm) -> Model:
        raise NotImplementedError(f"No service changes a {self.opts.verbose_name} here.")

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def lookup_allowed(self, lookup: str, value: Any, request: Any = None) -> bool:
        """Only what the page filters by: guessing at hidden fields by address is not possible."""
        if "\x00" in value or (value.isdecimal() and len(value) > LONGEST_NUMBER):
            return False  # PostgreSQL or Python would break on it
        filters = self.get_list_filter(request) if request else self.list_filter
        named: set[Any] = {item[0] if isinstance(item, tuple) else item for item in filters}
        named |= {self.date_hierarchy or "", *self.more_lookups}
        known = any(lookup == name or lookup.startswith(f"{name}__") for name in named if name)
        return known and super().lookup_allowed(lookup, value, request)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        if IS_POPUP_VAR in request.GET:
            return {}
        return {
            action.name: (action, action.name, action.label)
            for action in self.row_actions
            if request.user.has_perm(action.permission)
        }

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> Any:
        """A refusal rolls everything back and shows the same form again, with the reason."""
        show = super().changeform_view
        try:
            return show(request, object_id, form_url, extra_context)
        except tuple(self.refusals) as refusal:
            request.refusal = refusal  # type: ignore[attr-defined]
        response = show(request, object_id, form_url, extra_context)
        if isinstance(response, HttpResponse):
            response.status_code = self.status_of(request.refusal)  # type: ignore[attr-defined]
        return response

    def status_of(self, refusal: Exception) -> int:
        return next(code for kind, code in self.refusals.items() if isinstance(refusal, kind))

    def get_form(
        self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any
    ) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        refusal = getattr(request, "refusal", None)
        return _refused(form, refusal) if refusal else form

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        actor = actor_of(request)
        saved = self.change_row(actor, obj, form) if change else self.add_row(actor, form)
        obj.pk = saved.pk
        obj._state.adding = False
        obj.refresh_from_db()

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        for row in formset.extra_forms:
            if row.has_changed():
                formset.page.add_row(actor_of(request), form.instance, row)
        for row in formset.initial_forms:
            if row.has_changed():
                formset.page.change_row(actor_of(request), row)

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Any, inline: Any, prefix: str
    ) -> dict[str, Any]:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if isinstance(inline, KeptInline):
            kwargs["queryset"] = inline.rows_for(request, obj)
        return kwargs

    def construct_change_message(
        self,
        request: HttpRequest,
        form: Any,
        formsets: Iterable[Any],
        add: bool = False,
    ) -> Any:
        """Nothing: services write the history themselves."""
        return []


class ReadOnlyAdmin(KeptAdmin):
    """A page of records that no one adds or changes in the admin."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


def _refused(form: type[Any], refusal: Exception) -> type[Any]:
    """This form, holding what a service said to what it sent."""

    def full_clean(self: Any) -> None:
        form.full_clean(self)
        if not self.is_bound:
            return
        fields = getattr(refusal, "error_dict", None) or {NON_FIELD_ERRORS: [in_words(refusal)]}
        for name, errors in fields.items():
            self.add_error(name if name in self.fields else None, errors)

    return type(form.__name__, (form,), {"full_clean": full_clean})


@admin.register(ApiKey)
class ApiKeyAdmin(ReadOnlyAdmin):
    """Your own keys. They are made at the desk, where the key is shown once; its hash is shown nowhere."""

    list_display = ("name", "prefix", "scope", "state", "created_at", "expires_at", "last_used_at")
    list_filter = ("scope",)
    search_fields = ("name", "prefix")
    fields = (*list_display, "revoked_at")
    row_actions = (
        RowAction("revoke", "Revoke", "accounts.revoke_apikey", revoke_key, "key", "revoked"),
    )

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return ApiKey.objects.visible_to(request.user)

    def log_change(self, request: HttpRequest, obj: Any, message: Any) -> Any:
        """Nothing is changed here."""
