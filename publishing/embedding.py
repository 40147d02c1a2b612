"""What other sites frame: a claim's verdict, the claims of an article, and the script that puts them there.

These pages alone may be framed by anyone. So they read no cookie, set none, change nothing and hold only what is
published; their links open elsewhere. What is not there is a small page as well: a frame must not show our whole site.
"""

from collections.abc import Callable
from functools import wraps
from operator import attrgetter
from pathlib import Path
from typing import Any
from uuid import UUID

from csp.decorators import csp_replace
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import conditional_page, require_safe

from articles.addresses import BadAddress, normalise
from publishing import queries
from publishing.models import CurrentVerdict
from publishing.reading import Reading, read

View = Callable[..., HttpResponse]
THEMES = ("light", "dark")
#: So that a frame stays small; the rest is a link away.
SHOWN = 30
SCRIPT = Path(settings.BASE_DIR) / "static" / "js" / "embed.js"


def for_other_sites(view: View) -> View:
    """Kept by caches for a minute, the same for everyone, whatever cookies come along."""

    @wraps(view)
    def served(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except Http404:
            response = _page(request, "nothing", status=404)
        response["Cache-Control"] = "public, max-age=60"
        response["Access-Control-Allow-Origin"] = "*"
        response["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    framed: Any = csp_replace({"frame-ancestors": ["*"]})(served)
    conditional: View = require_safe(conditional_page(xframe_options_exempt(framed)))
    return conditional


@for_other_sites
def embed_claim(request: HttpRequest, pk: UUID) -> HttpResponse:
    row = queries.verdicts().filter(pk=pk).first()
    if row is None:
        raise Http404
    return _page(request, "claim", reading=read(row.publication.document))


@for_other_sites
def embed_article(request: HttpRequest, pk: UUID) -> HttpResponse:
    readings = _of_article(pk)
    shown = readings[:SHOWN]
    more = len(readings) - len(shown)
    return _page(request, "article", reading=readings[0], readings=shown, more=more)


@for_other_sites
def find_article(request: HttpRequest) -> HttpResponse:
    """The frame of the article that was published at `?url=`."""
    address = reverse("publishing:embed-article", args=[_article_at(request)])
    theme = _theme(request)
    return redirect(address + (f"?theme={theme}" if theme else ""))


@for_other_sites
def list_marks(request: HttpRequest) -> HttpResponse:
    """The words of an article's verdicts in force, for the script to find on the publisher's page."""
    readings = _of_article(_article_at(request))
    in_force = [reading for reading in readings if reading.is_in_force]
    return JsonResponse({"marks": [_mark(reading) for reading in in_force]})


@for_other_sites
def embed_script(request: HttpRequest) -> HttpResponse:
    return HttpResponse(SCRIPT.read_bytes(), content_type="text/javascript; charset=utf-8")


def _mark(reading: Reading) -> dict[str, Any]:
    words = [
        {"exact": span["quote"], "prefix": span["prefix"], "suffix": span["suffix"]}
        for span in reading.spans
    ]
    return {"claim": reading.id, "normalised": reading.verdict["normalised"], "words": words}


def _article_at(request: HttpRequest) -> UUID:
    """The article that the query names, by its id or by where it was published."""
    given = request.GET.get("article", "")
    try:
        if given:
            return UUID(given)
        url = normalise(request.GET.get("url", ""))
    except (ValueError, BadAddress) as error:
        raise Http404 from error
    found = CurrentVerdict.objects.filter(article_url=url).order_by("-seq")
    pk: UUID | None = found.values_list("article_id", flat=True).first()
    if pk is None:
        raise Http404
    return pk


def _of_article(pk: UUID) -> list[Reading]:
    """In reading order. Raises Http404 if there are none."""
    rows = queries.verdicts().filter(article_id=pk).order_by("seq")
    readings = [read(row.publication.document) for row in rows]
    if not readings:
        raise Http404
    return sorted(readings, key=attrgetter("place"))


def _theme(request: HttpRequest) -> str:
    theme = request.GET.get("theme", "")
    return theme if theme in THEMES else ""


def _page(request: HttpRequest, name: str, *, status: int = 200, **context: Any) -> HttpResponse:
    """Without context processors, which look at who is asking."""
    context |= {"desk_name": settings.ASSAY_DESK_NAME, "theme": _theme(request)}
    return HttpResponse(render_to_string(f"publishing/embed/{name}.html", context), status=status)
