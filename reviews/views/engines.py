"""Engines at the desk: what each found in an article, and how people judge what they suggest."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from claims.services import engines_for
from reviews.article_page import version_of
from reviews.engines_page import engine_views
from reviews.runs_page import runs_context
from reviews.views.access import DeskRequest, desk_view
from reviews.views.articles import find_article


@require_safe
@desk_view("claims.view_detectionrun")
def show_runs(request: DeskRequest, pk: object) -> HttpResponse:
    article = find_article(request, pk)
    version = version_of(article, request.GET.get("version", ""))
    context = {
        "article": article,
        "engines": engines_for(article.language),
        "is_current": version.pk == article.current_id,
        **runs_context(version),
    }
    return render(request, "reviews/runs.html", context)


@require_safe
@desk_view("claims.view_detectionrun")
def show_engines(request: DeskRequest) -> HttpResponse:
    return render(request, "reviews/engines.html", {"engines": engine_views()})
