"""Feeds and sitemaps that the desk follows."""

from django.contrib import messages
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from articles.models import Feed, Import
from claims import services
from reviews.import_forms import FeedForm, FollowForm
from reviews.paging import newest_first
from reviews.views.access import DeskRequest, attempt, desk_view, form_status, posted
from reviews.views.imports import progress


@require_http_methods(["GET", "HEAD", "POST"])
@desk_view("articles.view_feed")
def list_feeds(request: DeskRequest) -> HttpResponseBase:
    """The list, with the form that adds to it for those who may."""
    return _follow(request) if request.method == "POST" else _list(request, FollowForm())


@desk_view("articles.add_feed")
def _follow(request: DeskRequest) -> HttpResponse:
    form = FollowForm(posted(request))
    added: list[Feed] = []

    def follow() -> None:
        given = dict(form.cleaned_data)
        address = given.pop("url")
        added.append(services.follow_feed(actor=request.user, address=address, **given))

    return redirect(added[0]) if attempt(form, follow) else _list(request, form)


def _list(request: DeskRequest, form: FollowForm) -> HttpResponse:
    page = newest_first(Feed.objects.visible_to(request.user), request.GET)
    context = {"page": page, "form": form}
    return render(request, "reviews/feed_list.html", context, status=form_status(form))


@require_safe
@desk_view("articles.view_feed")
def show_feed(request: DeskRequest, pk: object) -> HttpResponse:
    feed = _find(request, pk)
    context = {
        **progress(request, Import.objects.filter(feed=feed)),
        "feed": feed,
        "form": FeedForm(feed=feed),
    }
    return render(request, "reviews/feed.html", context)


@require_POST
@desk_view("articles.change_feed")
def change_feed(request: DeskRequest, pk: object) -> HttpResponse:
    """One button each: another pace, no longer, again, now."""
    feed, action = _find(request, pk), request.POST.get("action", "")
    form = FeedForm({"every_minutes": feed.every_minutes, **request.POST.dict()}, feed=feed)

    def change() -> None:
        if action == "look":
            services.look_now(actor=request.user, feed=feed)
            return
        is_active = {"stop": False, "follow": True}.get(action, feed.is_active)
        minutes = form.cleaned_data["every_minutes"]
        services.change_feed(
            actor=request.user, feed=feed, is_active=is_active, every_minutes=minutes
        )

    if attempt(form, change):
        messages.info(request, SAID.get(action, "Changed."))
    else:
        messages.error(request, " ".join(str(e) for errors in form.errors.values() for e in errors))
    return redirect(feed)


def _find(request: DeskRequest, pk: object) -> Feed:
    return get_object_or_404(Feed.objects.visible_to(request.user), pk=pk)


SAID = {
    "look": "It is looked at as soon as a worker is free.",
    "stop": "It is no longer followed. What came in stays.",
    "follow": "It is followed again.",
}
