"""Markup pages at the desk: what clients keep here in its name, and a way for editors to take one out."""

from contextlib import suppress

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from publishing.markup_pages import StalePage, remove_page
from publishing.models import MarkupPage
from reviews.forms import ReasonForm
from reviews.paging import newest_first
from reviews.views.access import DeskRequest, desk_view


@require_safe
@desk_view("publishing.view_markuppage")
def list_pages(request: DeskRequest) -> HttpResponse:
    context = {"page": newest_first(_standing(), request.GET)}
    return render(request, "publishing/desk/markup_pages.html", context)


@require_POST
@desk_view("publishing.remove_markuppage")
def remove(request: DeskRequest, pk: object) -> HttpResponse:
    page = get_object_or_404(_standing(), pk=pk)
    form = ReasonForm(request.POST)
    if not form.is_valid():
        messages.error(request, "Not removed: say why, in at most 2,000 characters.")
        return redirect("release:list-pages")
    with suppress(StalePage):  # somebody else was quicker
        remove_page(actor=request.user, page=page, reason=form.cleaned_data["reason"])
    messages.success(request, "Removed. Its history keeps what it was.")
    return redirect("release:list-pages")


def _standing() -> QuerySet[MarkupPage]:
    return MarkupPage.objects.standing().select_related("changed_by")
