"""Addresses on their way in: what became of each, and another try."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from articles.models import Import
from claims import services
from reviews.paging import newest_first
from reviews.views.access import DeskRequest, desk_view


@require_safe
@desk_view("articles.view_import")
def list_imports(request: DeskRequest) -> HttpResponse:
    rows = Import.objects.visible_to(request.user).select_related("article", "requested_by")
    page = newest_first(rows, request.GET)
    is_working = any(item.is_waiting for item in page.items)
    return render(request, "reviews/import_list.html", {"page": page, "is_working": is_working})


@require_POST
@desk_view("articles.add_article")
def retry_import(request: DeskRequest, pk: object) -> HttpResponse:
    item = get_object_or_404(Import.objects.visible_to(request.user), pk=pk)
    services.retry_import(actor=request.user, item=item)
    messages.info(request, "It is tried again.")
    return redirect("reviews:list-imports")
