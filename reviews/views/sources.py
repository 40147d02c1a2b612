"""Sources: found as you type, each with its copies and the claims that lean on it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from reviews.forms import SourceForm
from reviews.paging import newest_first
from reviews.views.access import DeskRequest, attempt, desk_view, form_status, posted
from sources.models import Source, SourceKind
from sources.services import correct_source as correct


@require_safe
@desk_view("sources.view_source")
def list_sources(request: DeskRequest) -> HttpResponse:
    text, kind = request.GET.get("q", ""), request.GET.get("kind", "")
    rows = Source.objects.visible_to(request.user).search(text).counted()
    if kind in SourceKind.values:
        rows = rows.filter(kind=kind)
    context = {"page": newest_first(rows, request.GET), "q": text, "kinds": SourceKind.choices}
    return render(request, "reviews/source_list.html", {**context, "filters": request.GET})


@require_safe
@desk_view("sources.view_source")
def show_source(request: DeskRequest, pk: object) -> HttpResponse:
    source = _find(request, pk)
    evidence = source.evidence.standing().select_related("claim__article", "snapshot")
    context = {
        "source": source,
        "is_shown": source.is_shown_to(request.user),
        "snapshots": source.snapshots.select_related("added_by"),
        "evidence": evidence.with_passage(),
    }
    return render(request, "reviews/source.html", context)


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
