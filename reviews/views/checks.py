"""Fact-checks by others: found by their words, brought in with a report, and whose are taken."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from audit.models import Event
from claims.checks.report import Outcome
from claims.kinds import Normalised
from claims.models import CheckImport, ExternalCheck, TrustedPublisher
from claims.services import ties
from claims.services.check_imports import retry_check_import, start_check_import
from claims.services.trust import change_trust, trust_publisher
from reviews.check_forms import CheckImportForm, TrustForm
from reviews.paging import newest_first, read_key
from reviews.views.access import (
    DeskRequest,
    attempt,
    desk_view,
    find_claim,
    form_status,
    posted,
    posted_files,
)

ROWS = 100
UNKNOWN = "unknown"


@require_safe
@desk_view("claims.view_externalcheck")
def list_checks(request: DeskRequest) -> HttpResponse:
    text, site, meaning = (request.GET.get(name, "") for name in ("q", "site", "normalised"))
    rows = ExternalCheck.objects.visible_to(request.user).search(text).defer("search_vector")
    if site:
        rows = rows.filter(site=site.replace("\x00", ""))
    if meaning in (*Normalised.values, UNKNOWN):
        rows = rows.filter(normalised="" if meaning == UNKNOWN else meaning)
    context = {
        "page": newest_first(rows, request.GET),
        "q": text,
        "filters": request.GET,
        "publishers": TrustedPublisher.objects.visible_to(request.user),
        "meanings": [*Normalised.choices, (UNKNOWN, "Cannot be told")],
    }
    return render(request, "reviews/check_list.html", context)


@require_safe
@desk_view("claims.view_externalcheck")
def show_check(request: DeskRequest, pk: object) -> HttpResponse:
    rows = ExternalCheck.objects.visible_to(request.user).select_related("claim")
    check = get_object_or_404(rows.defer("search_vector", "claim__search_vector"), pk=pk)
    context = {
        "check": check,
        "earlier": list(reversed(check.history)),
        "history": Event.objects.about(check),
    }
    return render(request, "reviews/check.html", context)


@require_POST
@desk_view("claims.change_externalcheck")
def tie_check(request: DeskRequest, pk: object) -> HttpResponse:
    """Tie a check to the claim that the form names, or untie it where it names none."""
    check = get_object_or_404(ExternalCheck.objects.visible_to(request.user), pk=pk)
    claim = request.POST.get("claim", "")
    if not claim:
        before = check.claim
        ties.untie_check(actor=request.user, check=check)
        return redirect(before or check)
    if not (key := read_key(claim)):
        raise Http404("There is no such claim.")
    target = find_claim(request, key)
    try:
        ties.tie_check(actor=request.user, check=check, claim=target)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    return redirect(target)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view("claims.add_externalcheck")
def add_check_import(request: DeskRequest) -> HttpResponse:
    form = CheckImportForm(posted(request), posted_files(request))
    added: list[CheckImport] = []

    def bring_in() -> None:
        added.append(start_check_import(actor=request.user, **form.read()))

    if request.method == "POST" and attempt(form, bring_in):
        return redirect(added[0])
    imports = CheckImport.objects.visible_to(request.user).light()[:10]
    context = {"form": form, "imports": imports}
    return render(request, "reviews/check_import_form.html", context, status=form_status(form))


@require_safe
@desk_view("claims.view_checkimport")
def show_check_import(request: DeskRequest, pk: object) -> HttpResponse:
    item, outcome = _find_import(request, pk), request.GET.get("outcome", "")
    items = item.report.get("items", [])
    if outcome in list(Outcome):
        items = [one for one in items if one["outcome"] == outcome]
    counts = item.report.get("counts", {})
    context: dict[str, Any] = {
        "item": item,
        "outcome": outcome,
        "counts": [(one.value, one.value.capitalize(), counts.get(one, 0)) for one in Outcome],
        "page": Paginator(items, ROWS).get_page(request.GET.get("page")),
    }
    return render(request, "reviews/check_import.html", context)


@require_POST
@desk_view("claims.add_externalcheck")
def retry_import(request: DeskRequest, pk: object) -> HttpResponse:
    return redirect(retry_check_import(actor=request.user, item=_find_import(request, pk)))


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view("claims.view_trustedpublisher")
def list_publishers(request: DeskRequest) -> HttpResponseBase:
    """The list, with the form that adds to it for those who may."""
    return _trust(request) if request.method == "POST" else _list(request, TrustForm())


@desk_view("claims.add_trustedpublisher")
def _trust(request: DeskRequest) -> HttpResponse:
    form = TrustForm(posted(request))
    if attempt(form, lambda: trust_publisher(actor=request.user, **form.cleaned_data)):
        messages.success(request, "Their checks are taken from now on.")
        return redirect("reviews:list-publishers")
    return _list(request, form)


def _list(request: DeskRequest, form: TrustForm) -> HttpResponse:
    publishers = TrustedPublisher.objects.visible_to(request.user).select_related("added_by")
    context = {"publishers": publishers, "form": form}
    return render(request, "reviews/publisher_list.html", context, status=form_status(form))


@require_POST
@desk_view("claims.change_trustedpublisher")
def change_publisher(request: DeskRequest, pk: object) -> HttpResponse:
    """One button each: no longer, and again."""
    rows = TrustedPublisher.objects.visible_to(request.user)
    is_active = request.POST.get("action") != "stop"
    publisher = get_object_or_404(rows, pk=pk)
    change_trust(actor=request.user, publisher=publisher, is_active=is_active)
    words = "taken from now on" if is_active else "no longer taken. What came in stays"
    messages.info(request, f"Their checks are {words}.")
    return redirect("reviews:list-publishers")


def _find_import(request: DeskRequest, pk: object) -> CheckImport:
    return get_object_or_404(CheckImport.objects.visible_to(request.user).light(), pk=pk)
