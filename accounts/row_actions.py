"""Actions on the rows that somebody ticks in a list of the admin: one call of a service for each row.

A service that refuses one row does not stop the others: each refusal is said, and what was done stays done.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from django import forms
from django.contrib import messages
from django.contrib.admin.helpers import ACTION_CHECKBOX_NAME
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.template.response import TemplateResponse

#: Each row is its own transaction and may leave its own message, so a page of them is a sensible most.
MOST_ROWS = 200


class ReasonForm(forms.Form):
    """What many actions ask."""

    reason = forms.CharField(
        widget=forms.Textarea(attrs={"rows": 3, "class": "vLargeTextField"}),
        max_length=2000,
        help_text="It stays in the history.",
    )


def in_words(refusal: Exception) -> str:
    """What a service said when it refused."""
    if isinstance(refusal, ValidationError):
        return " ".join(refusal.messages)
    return str(refusal) or "You may not do this."


@dataclass(frozen=True, slots=True)
class RowAction:
    """One line of a list's menu. It calls `act(actor=…, <takes>=row, **what the form asked)`."""

    name: str
    label: str
    permission: str
    act: Callable[..., object]
    takes: str
    done: str
    form: type[forms.Form] | None = None
    #: Templates read it; the admin calls it.
    do_not_call_in_templates: ClassVar[bool] = True

    def __call__(
        self, page: Any, request: HttpRequest, rows: QuerySet[Any]
    ) -> TemplateResponse | None:
        """What the admin calls with the ticked rows. None leads back to the list."""
        chosen = list(rows[: MOST_ROWS + 1])
        if len(chosen) > MOST_ROWS:
            messages.error(request, f"Choose at most {MOST_ROWS} at a time. Nothing was done.")
            return None
        asked: dict[str, Any] = {}
        if self.form:
            form = self.form(request.POST if "apply" in request.POST else None)
            if not form.is_valid():
                return self._ask(page, request, chosen, form)
            asked = form.cleaned_data
        self._do(page, request, chosen, asked)
        return None

    def _do(self, page: Any, request: HttpRequest, rows: list[Any], asked: dict[str, Any]) -> None:
        done = 0
        for row in rows:
            try:
                self.act(actor=request.user, **{self.takes: row}, **asked)
            except tuple(page.refusals) as refusal:
                messages.error(request, f"“{row}”: {in_words(refusal)}")
            else:
                done += 1
        if done:
            messages.success(request, f"{done} {self.done}.")

    def _ask(
        self, page: Any, request: HttpRequest, rows: list[Any], form: forms.Form
    ) -> TemplateResponse:
        context = {
            **page.admin_site.each_context(request),
            "title": self.label,
            "opts": page.opts,
            "action": self,
            "rows": rows,
            "form": form,
            "action_checkbox_name": ACTION_CHECKBOX_NAME,
        }
        return TemplateResponse(request, "admin/row_action.html", context)
