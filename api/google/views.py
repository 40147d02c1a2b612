"""Searching claims as Google's Fact Check Tools do: a client of theirs works by changing its base address."""

import json
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.utils import timezone
from rest_framework.exceptions import MethodNotAllowed
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from api.google import shapes
from api.google.answers import CONTENT_TYPE, write
from api.google.errors import google_response
from api.google.keys import HEADER, BearerKey, KeyInAddress
from api.google.masks import keep
from api.google.params import Params, read_params, sent_with, wrong
from api.google.tokens import page_size, page_start, token_after
from api.views import ApiView, send
from publishing.checked import Checked, Wanted, bare_site, list_checked
from publishing.factcheck import claim_of_document, claim_of_markup

PAGING = ("pageSize", "pageToken", "offset")
SEARCH = ("query", "languageCode", "reviewPublisherSiteFilter", "maxAgeDays", *PAGING)
IMAGES = ("imageUri", "languageCode", *PAGING)
#: A hundred years: more is no limit.
OLDEST = 36_525


class GoogleView(ApiView):
    """A view that answers, and refuses, as Google does. It is not of our OpenAPI document: Google describes it."""

    schema = None  # type: ignore[assignment]  # so REST framework leaves a view out

    def get_exception_handler(self) -> Any:
        return google_response


def answer(request: Request, content: Any, params: Params, *, is_public: bool) -> HttpResponse:
    body = write(keep(content, params.mask), is_pretty=params.is_pretty)
    return send(request, body, is_public=is_public, content_type=CONTENT_TYPE)


class MaySearch(BasePermission):
    """Everyone, unless the desk wants to know who reads."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return bool(settings.ASSAY_PUBLIC_API or request.user.is_authenticated)


class Search(GoogleView):
    """What searches have in common."""

    authentication_classes = [BearerKey, KeyInAddress]
    permission_classes = [MaySearch]

    def post(self, request: Request) -> HttpResponse:
        """A long address, sent as a form."""
        if sent_with(request) is request.GET:
            raise MethodNotAllowed("POST")
        return self.get(request)

    def get(self, request: Request) -> HttpResponse:
        raise NotImplementedError


class ClaimSearch(Search):
    def get(self, request: Request) -> HttpResponse:
        params = read_params(request, SEARCH, shape=shapes.SEARCH)
        lines, token = _page(params, _wanted(params), SEARCH)
        claims = {"claims": [_claim(line) for line in lines]} if lines else {}
        return answer(request, claims | token, params, is_public=_has_no_key(request))


class ImageSearch(Search):
    def get(self, request: Request) -> HttpResponse:
        params = read_params(request, IMAGES, shape=shapes.IMAGE_SEARCH)
        address = params.text("imageUri")
        if not address:
            raise wrong("imageUri", "Send the address of an image.")
        wanted = Wanted(address=address, language=params.language("languageCode"))
        lines, token = _page(params, wanted, IMAGES)
        found = {"results": [{"claim": _claim(line)} for line in lines]} if lines else {}
        return answer(request, found | token, params, is_public=_has_no_key(request))


def _page(
    params: Params, wanted: Wanted, names: tuple[str, ...]
) -> tuple[list[Checked], dict[str, str]]:
    """The lines of the page, and the token of the next if there is one."""
    size, (after, offset) = page_size(params), page_start(params, names)
    lines = list_checked(wanted, after=after, offset=offset, limit=size + 1)
    if len(lines) <= size:
        return lines, {}
    shown = lines[:size]
    return shown, {"nextPageToken": token_after(shown[-1].place, params, names)}


def _wanted(params: Params) -> Wanted:
    query, given = params.text("query"), params.text("reviewPublisherSiteFilter")
    if not query and not given:
        raise wrong("query", "Send a query, or a reviewPublisherSiteFilter.")
    site = bare_site(given)
    if given and not site:
        raise wrong("reviewPublisherSiteFilter", "Send a site, such as desk.example.org.")
    days = params.number("maxAgeDays")
    return Wanted(
        query=query,
        language=params.language("languageCode"),
        site=site,
        since=timezone.now() - timedelta(days=days) if 0 < days < OLDEST else None,
    )


def _claim(line: Checked) -> dict[str, Any]:
    content = json.loads(line.content)
    if line.is_markup:
        return claim_of_markup(content, statement=line.statement, language=line.language)
    return claim_of_document(content)


def _has_no_key(request: Request) -> bool:
    """A cache that others share must not keep an address with a key in it."""
    return "key" not in sent_with(request) and HEADER not in request.headers
