"""Markup pages: those that the record makes, to read, and those that a client looks after."""

import json
from contextlib import suppress
from datetime import datetime
from typing import Any, cast
from uuid import UUID

from django.conf import settings
from django.http import Http404, HttpResponse
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from accounts.models import User
from api.google import shapes
from api.google.keys import BearerKey
from api.google.params import read_params, wrong
from api.google.tokens import page_size, page_start, token_after
from api.google.views import PAGING, GoogleView, answer
from api.idempotency import once
from api.permissions import AssayPermission
from publishing.checked import Checked, Wanted, bare_site, list_pages
from publishing.claimreview import render_claim_review
from publishing.factcheck import page_of_review
from publishing.markup import read_page, render_page, stored_page
from publishing.markup_pages import (
    PageOfTheRecord,
    add_page,
    change_page,
    draft_of,
    remove_page,
)
from publishing.models import CurrentVerdict, MarkupPage
from publishing.reviewed import in_zulu

LIST = ("url", "organization", *PAGING)


class MayKeepPages(AssayPermission):
    """With a key of one's own, as Google has it, also to read."""

    def has_permission(self, request: Request, view: Any) -> bool:
        if not hasattr(view, str(request.method).lower()):
            return True  # so that it is answered as a method that the address does not take
        if not request.user.is_authenticated:
            return False
        return request.method in SAFE_METHODS or super().has_permission(request, view)


class PageView(GoogleView):
    authentication_classes = [BearerKey]
    permission_classes = [MayKeepPages]


class Pages(PageView):
    writes = "publishing.add_markuppage"

    def get(self, request: Request) -> HttpResponse:
        params = read_params(request, LIST, shape=shapes.PAGES)
        url, organisation = params.text("url"), params.text("organization")
        if url and organisation:
            raise wrong("url", "Send a url or an organization, not both.")
        if url:
            found = _page_at(url)
            return answer(request, _listed([found] if found else []), params, is_public=False)
        site = bare_site(organisation)
        if organisation and not site:
            raise wrong("organization", "Send a site, such as desk.example.org.")
        size, (after, offset) = page_size(params), page_start(params, LIST)
        lines = list_pages(Wanted(site=site), after=after, offset=offset, limit=size + 1)
        listed = _listed([_of_line(line) for line in lines[:size]])
        if len(lines) > size:
            listed["nextPageToken"] = token_after(lines[size - 1].place, params, LIST)
        return answer(request, listed, params, is_public=False)

    def post(self, request: Request) -> HttpResponse:
        params = read_params(request, shape=shapes.PAGE)
        draft = read_page(request.data)

        def add() -> HttpResponse:
            page = add_page(actor=cast(User, request.user), draft=draft)
            return answer(request, _managed(page), params, is_public=False)

        return once(request, add)


class Page(PageView):
    writes = "publishing.change_markuppage"

    def get(self, request: Request, page_id: str) -> HttpResponse:
        params = read_params(request, shape=shapes.PAGE)
        pk = _id(page_id)
        page = MarkupPage.objects.standing().filter(pk=pk).first()
        found = _managed(page) if page else _generated(pk)
        if found is None:
            raise Http404
        return answer(request, found, params, is_public=False)

    def put(self, request: Request, page_id: str) -> HttpResponse:
        params = read_params(request, shape=shapes.PAGE)
        page, draft = _find(page_id), read_page(request.data)
        if draft.name and draft.name != f"pages/{page.pk}":
            raise wrong("name", "It is not the name of this address.")
        page = change_page(actor=cast(User, request.user), page=page, draft=draft)
        return answer(request, _managed(page), params, is_public=False)

    def delete(self, request: Request, page_id: str) -> HttpResponse:
        params = read_params(request, shape=shapes.NOTHING)
        remove_page(actor=cast(User, request.user), page=_find(page_id))
        return answer(request, {}, params, is_public=False)


def _find(page_id: str) -> MarkupPage:
    """A page that can be changed."""
    pk = _id(page_id)
    page = MarkupPage.objects.standing().filter(pk=pk).first()
    if page is None and CurrentVerdict.objects.in_force().filter(pk=pk).exists():
        raise PageOfTheRecord
    if page is None:
        raise Http404
    return page


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404 from error


def _listed(pages: list[dict[str, Any]]) -> dict[str, Any]:
    return {"claimReviewMarkupPages": pages} if pages else {}


def _page_at(url: str) -> dict[str, Any] | None:
    """The one page of this address, whichever kind it is."""
    page = MarkupPage.objects.standing().filter(url=url).first()
    if page:
        return _managed(page)
    start, _, last = url.rstrip("/").rpartition("/")
    with suppress(Http404):
        return _generated(_id(last)) if start == f"{settings.ASSAY_BASE_URL}/claims" else None
    return None


def _managed(page: MarkupPage) -> dict[str, Any]:
    return render_page(draft_of(page), name=f"pages/{page.pk}")


def _generated(pk: UUID) -> dict[str, Any] | None:
    """The page of a verdict that is in force."""
    rows = CurrentVerdict.objects.in_force().filter(pk=pk)
    found = rows.values_list("first_published_at", "publication__document").first()
    return _of_verdict(found[0], json.loads(found[1])) if found else None


def _of_verdict(first_published_at: datetime, document: dict[str, Any]) -> dict[str, Any]:
    review = render_claim_review(document, first_published_at=in_zulu(first_published_at))
    return page_of_review(review, name=f"pages/{document['id']}", version=str(document["seq"]))


def _of_line(line: Checked) -> dict[str, Any]:
    content = json.loads(line.content)
    if line.is_markup:
        return render_page(stored_page(content), name=f"pages/{line.place.key}")
    return _of_verdict(line.place.at, content)
