"""Articles at the desk: the list, a new one, the workbench."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from accounts.models import User
from articles.models import Article, Import
from articles.services import correct_article as correct
from claims import services
from claims.kinds import Kind, Status
from reviews import article_page
from reviews.claim_queue import WORTHS
from reviews.forms import ArticleForm, CorrectArticleForm, EngineForm
from reviews.paging import newest_first
from reviews.runs_page import latest_run
from reviews.views.access import DeskRequest, attempt, desk_view, form_status, posted


@require_safe
@desk_view("articles.view_article")
def list_articles(request: DeskRequest) -> HttpResponse:
    text = request.GET.get("q", "")
    rows = article_page.counted(Article.objects.visible_to(request.user).search(text))
    context = {"page": newest_first(rows, request.GET), "q": text}
    return render(request, "reviews/article_list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view("articles.add_article")
def add_article(request: DeskRequest) -> HttpResponse:
    form = ArticleForm(posted(request), request.FILES or None)
    added: list[Article | Import] = []

    def bring_in() -> None:
        added.append(_come_in(request.user, form))

    if request.method == "POST" and attempt(form, bring_in):
        return redirect(added[0])
    return render(request, "reviews/article_form.html", {"form": form}, status=form_status(form))


def _come_in(actor: User, form: ArticleForm) -> Article | Import:
    """An address alone is queued to be fetched; a text or a file is here at once."""
    if form.is_address_alone:
        return services.start_import(actor=actor, address=form.cleaned_data["url"])
    return services.bring_in_article(actor=actor, arrival=form.arrival())


@require_safe
@desk_view("articles.view_article")
def show_article(request: DeskRequest, pk: object) -> HttpResponse:
    article = find_article(request, pk)
    context = article_page.workbench_context(request.user, article, request.GET)
    return render(request, "reviews/workbench.html", {**context, **CHOICES})


@require_safe
@desk_view("articles.view_article")
def show_progress(request: DeskRequest, pk: object) -> HttpResponse:
    """What the workbench asks while the engine reads: the same notice, or word that claims are there."""
    article = find_article(request, pk)
    run = latest_run(article.current)
    return render(
        request, "reviews/_working.html", {"article": article, "run": run, "is_just_done": True}
    )


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view("articles.change_article")
def correct_article(request: DeskRequest, pk: object) -> HttpResponse:
    article = find_article(request, pk)
    form = CorrectArticleForm(posted(request), instance=article)
    if request.method == "POST" and attempt(
        form, lambda: correct(actor=request.user, article=article, **form.cleaned_data)
    ):
        messages.success(request, "Corrected.")
        return redirect(article)
    context = {"form": form, "article": article}
    return render(request, "reviews/article_correct.html", context, status=form_status(form))


@require_POST
@desk_view("claims.run_detection")
def detect_again(request: DeskRequest, pk: object) -> HttpResponse:
    article = find_article(request, pk)
    assert article.current is not None  # noqa: S101 - an article has a version
    form = EngineForm(services.engines_for(article.language), request.POST)
    if not form.is_valid():
        messages.error(request, " ".join(map(str, form.errors["engine"])))
        return redirect(article)
    name = form.cleaned_data["engine"]
    run = services.start_detection(actor=request.user, version=article.current, engine_name=name)
    note = "is reading the article" if run.is_working else "has read this version already"
    messages.info(request, format_html("The engine {} {}.", run.engine, note))
    return redirect(article)


def find_article(request: DeskRequest, pk: object) -> Article:
    return get_object_or_404(
        Article.objects.visible_to(request.user)
        .select_related("current")
        .defer("current__original"),
        pk=pk,
    )


CHOICES: dict[str, Any] = {"statuses": Status.choices, "kinds": Kind.choices, "worths": WORTHS}
