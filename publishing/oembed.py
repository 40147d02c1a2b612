"""oEmbed 1.0: a page's address in, a frame for it out, so that editors paste a link and get the verdict.

Known are the pages of claims and of articles, and their frames. Of whatever else is asked for, nothing is here (404);
a form that is neither JSON nor XML is not implemented (501). Sizes are what the consumer can give, if that is less
than we want.
"""

import xml.etree.ElementTree as ET
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode, urlsplit

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import Resolver404, resolve
from django.utils.html import format_html
from django.views.decorators.http import conditional_page, require_safe

from publishing import queries
from publishing.documents import public_url
from publishing.feeds import printable
from publishing.reading import Reading, read

#: Pages that there is a frame for: which one, and how wide and high it wants to be.
FRAMES = {
    "publishing:show-claim": ("publishing:embed-claim", 600, 320),
    "publishing:embed-claim": ("publishing:embed-claim", 600, 320),
    "publishing:show-article": ("publishing:embed-article", 600, 480),
    "publishing:embed-article": ("publishing:embed-article", 600, 480),
}
SANDBOX = "allow-scripts allow-popups allow-popups-to-escape-sandbox"
CACHE_SECONDS = 3600
SMALLEST = 1


@dataclass(frozen=True, slots=True)
class Frame:
    address: str
    title: str
    width: int
    height: int

    @property
    def html(self) -> str:
        return format_html(
            '<iframe src="{}" title="{}" width="{}" height="{}" sandbox="{}" loading="lazy" '
            'style="border:0;max-width:100%"></iframe>',
            *(self.address, self.title, self.width, self.height, SANDBOX),
        )


@require_safe
@conditional_page
def oembed(request: HttpRequest) -> HttpResponse:
    answers = {"json": _as_json, "xml": _as_xml}
    answer = answers.get(request.GET.get("format", "json").lower())
    if answer is None:
        return _told(501, "There is JSON and XML: format=json or format=xml.")
    try:
        frame = _find(request)
    except Http404:
        return _told(404, "url= is not the address of a claim or article published here.")
    response = answer(_describe(frame))
    response["Cache-Control"] = f"public, max-age={CACHE_SECONDS}"
    response["Access-Control-Allow-Origin"] = "*"
    return response


def discovery_address(page: str) -> str:
    """Where consumers learn how to embed this page."""
    return f"{public_url('publishing:oembed')}?{urlencode({'url': page})}"


def _find(request: HttpRequest) -> Frame:
    address = request.GET.get("url", "")
    base = settings.ASSAY_BASE_URL
    if not address.startswith(f"{base}/"):
        raise Http404
    try:
        found = resolve(urlsplit(address.removeprefix(base)).path)
    except (Resolver404, ValueError) as error:
        raise Http404 from error
    if found.view_name not in FRAMES:
        raise Http404
    name, width, height = FRAMES[found.view_name]
    pk = found.kwargs["pk"]
    column = "pk" if name == "publishing:embed-claim" else "article_id"
    row = queries.verdicts().filter(**{column: pk}).order_by("-seq").first()
    if row is None:
        raise Http404
    title = _title(read(row.publication.document), is_claim=column == "pk")
    sizes = (_at_most(width, request, "maxwidth"), _at_most(height, request, "maxheight"))
    return Frame(public_url(name, pk), title, *sizes)


def _title(reading: Reading, *, is_claim: bool) -> str:
    """A verdict that is not in force is not told."""
    if not is_claim:
        return f"What {settings.ASSAY_DESK_NAME} checked in “{reading.article['title']}”"
    lead = reading.verdict["label"] if reading.is_in_force else "Not in force"
    return f"{lead}: {reading.statement}"


def _at_most(wanted: int, request: HttpRequest, name: str) -> int:
    given = request.GET.get(name, "")
    is_number = given.isascii() and given.isdecimal() and len(given) < 9
    return min(wanted, max(int(given), SMALLEST)) if is_number else wanted


def _describe(frame: Frame) -> dict[str, Any]:
    return {
        "type": "rich",
        "version": "1.0",
        "title": frame.title,
        "provider_name": settings.ASSAY_DESK_NAME,
        "provider_url": settings.ASSAY_BASE_URL,
        "cache_age": CACHE_SECONDS,
        "html": frame.html,
        "width": frame.width,
        "height": frame.height,
    }


def _as_json(content: dict[str, Any]) -> HttpResponse:
    return JsonResponse(content)


def _as_xml(content: dict[str, Any]) -> HttpResponse:
    root = ET.Element("oembed")
    for name, value in content.items():
        ET.SubElement(root, name).text = printable(str(value))
    text = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return HttpResponse(text, content_type="text/xml; charset=utf-8")


def _told(status: int, words: str) -> HttpResponse:
    return HttpResponse(f"{words}\n", status=status, content_type="text/plain; charset=utf-8")
