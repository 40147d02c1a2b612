"""Sources: found as you type, each with how it stands, its copies and the claims that lean on it."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from reviews.copy_forms import PasteCopyForm, UploadCopyForm
from reviews.forms import SourceForm
from reviews.paging import newest_first
from reviews.source_page import latest_look, source_context
from reviews.views.access import DeskRequest, attempt, desk_view, form_status, posted
from sources.captures import request_capture
from sources.captures import upload_copy as upload
from sources.models import Snapshot, Source, SourceKind, SourceState
from sources.services import add_snapshot
from sources.services import correct_source as correct


@require_safe
@desk_view("sources.view_source")
def list_sources(request: DeskRequest) -> HttpResponse:
    text, kind, state = (request.GET.get(name, "") for name in ("q", "kind", "state"))
    rows = Source.objects.visible_to(request.user).search(text).counted()
    if kind in SourceKind.values:
        rows = rows.filter(kind=kind)
    if state in SourceState.values:
        rows = rows.standing(state, request.user)
    choices = {"kinds": SourceKind.choices, "states": SourceState.choices}
    context = {"page": newest_first(rows, request.GET), "q": text, "filters": request.GET}
    return render(request, "reviews/source_list.html", {**context, **choices})


@require_safe
@desk_view("sources.view_source")
def show_source(request: DeskRequest, pk: object) -> HttpResponse:
    return render(request, "reviews/source.html", source_context(request.user, _find(request, pk)))


@require_safe
@desk_view("sources.view_source")
def show_look(request: DeskRequest, pk: object) -> HttpResponse:
    """What the page asks while a look waits: the same notice, or word that it has ended."""
    source = _find_shown(request, pk)
    context = {"source": source, "look": latest_look(source), "is_just_done": True}
    return render(request, "reviews/_source_look.html", context)


@require_POST
@desk_view("sources.change_source")
def look_at_source(request: DeskRequest, pk: object) -> HttpResponse:
    source = _find_shown(request, pk)
    request_capture(actor=request.user, source=source)
    return redirect(source)


@require_POST
@desk_view("sources.change_source")
def upload_copy(request: DeskRequest, pk: object) -> HttpResponse:
    source, form = _find_shown(request, pk), UploadCopyForm(request.POST, request.FILES)

    def keep() -> Snapshot:
        content, name = form.read()
        return upload(actor=request.user, source=source, content=content, file_name=name)

    return _keep(request, source, form, keep)


@require_POST
@desk_view("sources.change_source")
def paste_copy(request: DeskRequest, pk: object) -> HttpResponse:
    source, form = _find_shown(request, pk), PasteCopyForm(request.POST)

    def keep() -> Snapshot:
        text = form.cleaned_data["copy"]
        return add_snapshot(actor=request.user, source=source, text=text)

    return _keep(request, source, form, keep)


def _keep(
    request: DeskRequest, source: Source, form: Form, keep: Callable[[], Snapshot]
) -> HttpResponse:
    """Keep a copy and say whether it is new, or show the page with what was refused."""
    before, kept = source.snapshots.count(), list[Snapshot]()
    if attempt(form, lambda: kept.append(keep())):
        is_new = source.snapshots.count() > before
        what = "The copy is kept." if is_new else "The newest copy says the same: it is enough."
        messages.success(request, what)
        return redirect(f"{source.get_absolute_url()}#copies")
    name = "upload_form" if isinstance(form, UploadCopyForm) else "paste_form"
    context: dict[str, Any] = {**source_context(request.user, source), name: form}
    return render(request, "reviews/source.html", context, status=form_status(form))


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view("sources.change_source")
def correct_source(request: DeskRequest, pk: object) -> HttpResponse:
    source = _find(request, pk)
    if not source.is_shown_to(request.user):
        raise PermissionDenied("This source is withheld: an editor looks after it.")
    form = SourceForm(posted(request), instance=source)
    if request.method == "POST" and attempt(
        form, lambda: correct(actor=request.user, source=source, **form.cleaned_data)
    ):
        messages.success(request, "Corrected.")
        return redirect(source)
    context = {"form": form, "source": source}
    return render(request, "reviews/source_form.html", context, status=form_status(form))


def _find(request: DeskRequest, pk: object) -> Source:
    return get_object_or_404(Source.objects.visible_to(request.user), pk=pk)


def _find_shown(request: DeskRequest, pk: object) -> Source:
    """A source whose details this person may see."""
    source = _find(request, pk)
    if not source.is_shown_to(request.user):
        raise Http404("This source is withheld.")
    return source
