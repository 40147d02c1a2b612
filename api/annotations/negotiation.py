"""What an annotation client asks for: a media type, whole annotations or their addresses, which page.

Pure, but for the request it reads. Of what is asked in the address and in `Prefer`, the address wins: it is what pages
link to. Preferences that contradict each other, or that nobody defined, are passed over, as RFC 7240 says.
"""

import re
from dataclasses import dataclass

from django import forms
from rest_framework.exceptions import NotAcceptable
from rest_framework.request import Request

from api.v1.filters import QueryForm, read_query

PROFILE = "http://www.w3.org/ns/anno.jsonld"
MEDIA_TYPE = f'application/ld+json; profile="{PROFILE}"'
PLAIN = "application/json"
MINIMAL = "http://www.w3.org/ns/ldp#PreferMinimalContainer"
IRIS = "http://www.w3.org/ns/oa#PreferContainedIRIs"
DESCRIPTIONS = "http://www.w3.org/ns/oa#PreferContainedDescriptions"
INCLUDE = re.compile(
    r'\breturn=representation\b[^,]*?;\s*include=(?:"([^"]*)"|([^\s",;]+))', re.IGNORECASE
)
LARGEST = 2**31 - 1


class PageForm(QueryForm):
    """Which form and page of a container."""

    limit = None  # type: ignore[assignment]  # how Django drops a field: pages are of one size
    iris = forms.TypedChoiceField(
        required=False,
        choices=[("0", "0"), ("1", "1")],
        coerce=int,
        empty_value=None,
        help_text="1 for the addresses of annotations, 0 for the annotations.",
    )
    page = forms.IntegerField(
        required=False, min_value=0, max_value=LARGEST, help_text="From `first`, `next` or `last`."
    )


@dataclass(frozen=True, slots=True)
class Asked:
    """`page` is None for the container itself."""

    iris: int
    page: int | None
    is_minimal: bool = False
    is_applied: bool = False

    @property
    def query(self) -> str:
        return f"?iris={self.iris}" + ("" if self.page is None else f"&page={self.page}")


def read_asked(request: Request) -> Asked:
    """Raises ValidationError for a parameter that is none."""
    given = read_query(PageForm, request).cleaned_data
    if given["page"] is not None:
        return Asked(given["iris"] or 0, given["page"])
    wanted = _included(request.headers.get("Prefer", ""))
    preferred = int(IRIS in wanted and DESCRIPTIONS not in wanted)
    iris = preferred if given["iris"] is None else given["iris"]
    is_applied = bool(wanted & {MINIMAL, IRIS, DESCRIPTIONS})
    return Asked(iris, None, is_minimal=MINIMAL in wanted, is_applied=is_applied)


def _included(header: str) -> set[str]:
    found = INCLUDE.findall(header[:2000])
    return {iri for quoted, bare in found for iri in (quoted or bare).split()}


def content_type_for(accept: str) -> str:
    """Raises NotAcceptable where neither of our two types will do."""
    offers = [_offer(part) for part in accept.split(",") if part.strip()]
    best = {name: _quality(name, offers) for name in ("application/ld+json", PLAIN)}
    if not offers or best["application/ld+json"] >= max(best[PLAIN], 0.001):
        return MEDIA_TYPE
    if best[PLAIN] > 0:
        return PLAIN
    raise NotAcceptable(f"Ask for {MEDIA_TYPE}, or for {PLAIN}: there is nothing else here.")


def _offer(part: str) -> tuple[str, float]:
    name, *parameters = (piece.strip().lower() for piece in part.split(";"))
    quality = next((p.partition("=")[2] for p in parameters if p.startswith("q=")), "1")
    try:
        return name, float(quality)
    except ValueError:
        return name, 0.0


def _quality(name: str, offers: list[tuple[str, float]]) -> float:
    """That of the range that says most about it."""
    for wanted in (name, "application/*", "*/*"):
        if found := [quality for range_, quality in offers if range_ == wanted]:
            return max(found)
    return 0.0
