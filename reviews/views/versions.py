"""Versions of an article at the desk: a new one, what changed, and what becomes of words that are not the same."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.models import Article, Version
from claims import services
from claims.models import SpanFate
from reviews.forms import VersionForm
from reviews.version_forms import MoveForm
from reviews.versions_page import difference_context
from reviews.views.access import DeskRequest, attempt, desk_view, form_status
from reviews.views.articles import find_article


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view("articles.add_article")
def add_version(request: DeskRequest, pk: object) -> HttpResponse:
    article = find_article(request, pk)
    is_sent = request.method == "POST"
    form = VersionForm(request.POST if is_sent else None, request.FILES or None)
    added: list[Version] = []

    def revise() -> None:
        arrival = form.arrival()
        added.append(services.revise_article(actor=request.user, article=article, arrival=arrival))

    if is_sent and attempt(form, revise):
        return _show(request, article, added[0])
    context = {"form": form, "article": article}
    return render(request, "reviews/versions_new.html", context, status=form_status(form))


def _show(request: DeskRequest, article: Article, version: Version) -> HttpResponse:
    if version.pk == article.current_id:
        messages.info(request, "These are the same bytes as the current version: nothing changed.")
        return redirect(article)
    messages.success(request, f"Version {version.number} is frozen.")
    return redirect("reviews:compare-versions", article.pk, version.number - 1, version.number)


@require_safe
@desk_view("articles.view_version")
def compare_versions(request: DeskRequest, pk: object, old: int, new: int) -> HttpResponse:
    context = difference_context(request.user, find_article(request, pk), old, new)
    return render(request, "reviews/versions.html", context)


@require_POST
@desk_view("claims.change_claim")
def confirm_span(request: DeskRequest, pk: object) -> HttpResponse:
    fate = services.confirm_span(actor=request.user, fate=_find(request, pk))
    messages.success(request, "Confirmed: the claim stays on these words.")
    return _back(fate)


@require_POST
@desk_view("claims.change_claim")
def move_span(request: DeskRequest, pk: object) -> HttpResponse:
    """What is refused comes back with the page, so that typed words are not lost."""
    fate = _find(request, pk)
    form = MoveForm(request.POST)

    def move() -> None:
        services.move_span(actor=request.user, fate=fate, place=form.place(fate.version))

    if attempt(form, move):
        messages.success(request, "Moved: the claim is on the words you chose.")
        return _back(fate)
    old, new = fate.span.version.number, fate.version.number
    context = difference_context(request.user, fate.version.article, old, new)
    refused = {"refused": form, "refused_fate": fate.pk}
    return render(request, "reviews/versions.html", {**context, **refused}, status=400)


@require_POST
@desk_view("claims.change_claim")
def let_go_span(request: DeskRequest, pk: object) -> HttpResponse:
    fate = services.let_go_span(actor=request.user, fate=_find(request, pk))
    messages.success(request, "Let go: the claim keeps its words in the older version.")
    return _back(fate)


def _find(request: DeskRequest, pk: object) -> SpanFate:
    fates = SpanFate.objects.select_related("span__claim", "span__version", "version__article")
    return get_object_or_404(fates, pk=pk)


def _back(fate: SpanFate) -> HttpResponse:
    """To the difference, where the next one waits: the keyboard goes on from there."""
    numbers = (fate.span.version.number, fate.version.number)
    page = reverse("reviews:compare-versions", args=[fate.version.article_id, *numbers])
    return redirect(f"{page}#waiting")
