"""Copies of sources: their text, what changed, and the kept files, which nobody's browser may run."""

import logging

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils.safestring import mark_safe
from django.views.decorators.http import require_safe

from reviews.copy_answers import charset_in, download, file_name, shown
from reviews.source_page import CopyView, copy_context, copy_views
from reviews.versions_page import count_changes
from reviews.views.access import DeskRequest, desk_view
from sources.archive import files
from sources.archive.changes import what_changed
from sources.archive.rendering import inert_copy
from sources.archive.warc import ENDING
from sources.models import Snapshot

logger = logging.getLogger(__name__)


@require_safe
@desk_view("sources.view_snapshot")
def show_copy(request: DeskRequest, pk: object) -> HttpResponse:
    return render(request, "reviews/copy.html", copy_context(_find(request, pk)))


@require_safe
@desk_view("sources.view_snapshot")
def compare_copies(request: DeskRequest, pk: object) -> HttpResponse:
    """What is different in this copy from the one before it."""
    copy = _find(request, pk)
    view = next(view for view in copy_views(copy.source) if view.copy.pk == copy.pk)
    if view.before is None or not view.can_be_compared:
        raise Http404("There is no copy before this one that could be compared.")
    stretches = what_changed(view.before.main_text, copy.main_text)
    context = {"source": copy.source, "copy": copy, "view": view, "stretches": stretches}
    context["changes"] = count_changes(stretches or [])
    return render(request, "reviews/copy_changes.html", context)


@require_safe
@desk_view("sources.view_snapshot")
def view_copy(request: DeskRequest, pk: object) -> HttpResponse:
    copy = _find(request, pk)
    if not CopyView(copy).is_page:
        raise Http404("Only web pages have a view.")
    try:
        content = files.read_whole(str(copy.content.name), copy.sha256)
    except files.FileLost as lost:
        return _tell_lost(request, copy, lost)
    page = inert_copy(content, charset_in(copy.headers))
    # nh3 has taken out whatever acts, and the answer forbids the rest
    context = {"copy": copy, "page": mark_safe(page)}  # noqa: S308
    return shown(render_to_string("reviews/copy_view.html", context))


@require_safe
@desk_view("sources.view_snapshot")
def download_copy(request: DeskRequest, pk: object) -> HttpResponse:
    copy = _find(request, pk)
    name = file_name(copy.sha256, copy.media_type)
    return _send(request, copy, str(copy.content.name), copy.sha256, name)


@require_safe
@desk_view("sources.view_snapshot")
def download_warc(request: DeskRequest, pk: object) -> HttpResponse:
    copy = _find(request, pk)
    if not copy.warc:
        raise Http404("A copy that was added by hand has no WARC file.")
    sha256 = files.hash_in(str(copy.warc.name))
    return _send(request, copy, str(copy.warc.name), sha256, f"{sha256}{ENDING}")


def _send(request: DeskRequest, copy: Snapshot, place: str, sha256: str, name: str) -> HttpResponse:
    try:
        return download(files.read_whole(place, sha256), name)
    except files.FileLost as lost:
        return _tell_lost(request, copy, lost)


def _tell_lost(request: DeskRequest, copy: Snapshot, lost: files.FileLost) -> HttpResponse:
    logger.error("%s (copy %s)", lost, copy.pk)
    return render(request, "reviews/copy_lost.html", {"copy": copy, "lost": lost}, status=410)


def _find(request: DeskRequest, pk: object) -> Snapshot:
    """A copy of a source whose details this person may see."""
    copy = get_object_or_404(Snapshot.objects.select_related("source", "added_by"), pk=pk)
    if not copy.source.is_shown_to(request.user):
        raise Http404("This source is withheld.")
    return copy
