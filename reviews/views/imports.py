"""Articles on their way in: what became of each, another try, and calling it off."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.models import Batch, Import, ImportQuerySet, ImportState
from claims import services
from reviews.import_forms import BatchForm
from reviews.paging import newest_first
from reviews.views.access import DeskRequest, attempt, desk_view, form_status, posted


@require_safe
@desk_view("articles.view_import")
def list_imports(request: DeskRequest) -> HttpResponse:
    rows = Import.objects.visible_to(request.user)
    batches = Batch.objects.visible_to(request.user).select_related("requested_by")[:5]
    context = {**progress(request, rows), "batches": batches}
    return render(request, "reviews/import_list.html", context)


@require_safe
@desk_view("articles.view_batch")
def show_batch(request: DeskRequest, pk: object) -> HttpResponse:
    batch = _find_batch(request, pk)
    context = {**progress(request, Import.objects.filter(batch=batch)), "batch": batch}
    return render(request, "reviews/batch.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view("articles.add_article")
def add_batch(request: DeskRequest) -> HttpResponse:
    form = BatchForm(posted(request), request.FILES or None)
    added: list[Batch] = []

    def bring_in() -> None:
        addresses, files = form.cleaned_data["addresses"], form.named_files
        added.append(services.start_batch(actor=request.user, addresses=addresses, files=files))

    if request.method == "POST" and attempt(form, bring_in):
        return redirect(added[0])
    return render(request, "reviews/batch_form.html", {"form": form}, status=form_status(form))


@require_POST
@desk_view("articles.add_article")
def cancel_batch(request: DeskRequest, pk: object) -> HttpResponse:
    batch = _find_batch(request, pk)
    count = services.cancel_batch(actor=request.user, batch=batch)
    messages.info(request, f"Called off: {count:,}. What is in already stays.")
    return redirect(batch)


@require_POST
@desk_view("articles.add_article")
def retry_batch(request: DeskRequest, pk: object) -> HttpResponse:
    batch, state = _find_batch(request, pk), request.POST.get("state", "")
    state = state if state in ImportState.values else ImportState.FAILED
    count = services.retry_batch(actor=request.user, batch=batch, state=state)
    messages.info(request, f"Tried again: {count:,}.")
    return redirect(batch)


@require_POST
@desk_view("articles.add_article")
def retry_import(request: DeskRequest, pk: object) -> HttpResponse:
    item = services.retry_import(actor=request.user, item=_find_import(request, pk))
    messages.info(request, "It is tried again.")
    return redirect(item)


@require_POST
@desk_view("articles.add_article")
def cancel_import(request: DeskRequest, pk: object) -> HttpResponse:
    item = services.cancel_import(actor=request.user, item=_find_import(request, pk))
    called_off = item.state == ImportState.CANCELLED
    messages.info(request, "It is called off." if called_off else "It had ended already.")
    return redirect(item)


def progress(request: DeskRequest, rows: ImportQuerySet) -> dict[str, Any]:
    """A page of imports, narrowed to a state if one is asked for, and how many there are in each."""
    counts = rows.by_state()
    state = request.GET.get("state", "")
    shown = rows.filter(state=state) if state in ImportState.values else rows
    total = sum(counts.values())
    return {
        "page": newest_first(shown.light(), request.GET),
        "state": state,
        "counts": [(value, label, counts[value]) for value, label in ImportState.choices],
        "by_state": counts,
        "total": total,
        "ended": total - counts[ImportState.QUEUED],
        "is_working": counts[ImportState.QUEUED] > 0,
        "address": f"{request.path}?{urlencode({'state': state} if state else {})}",
    }


def _find_batch(request: DeskRequest, pk: object) -> Batch:
    return get_object_or_404(Batch.objects.visible_to(request.user), pk=pk)


def _find_import(request: DeskRequest, pk: object) -> Import:
    return get_object_or_404(Import.objects.visible_to(request.user).light(), pk=pk)
