"""A client's annotation, read as a suggestion: these words of this version are a claim.

Whatever it is, it is checked by hand: JSON-LD allows one thing or several nearly everywhere. Words are looked for in
the frozen text, never taken from the annotation, and where they stand more than once the client says which are meant.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ValidationError
from django.urls import Resolver404, resolve

from accounts.models import User
from articles.addresses import BadAddress, normalise
from articles.models import Article, Version
from claims.detection.base import Place

MOTIVATIONS = ("identifying", "highlighting", "questioning")
PURPOSES = (None, *MOTIVATIONS, "describing")
TARGETS, LONGEST, CONTEXT = 20, 5_000, 300


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Several places make one claim: its words do not stand together."""

    version: Version
    places: tuple[Place, ...]
    statement: str


def read_suggestion(data: Any, user: User) -> Suggestion:
    """Raises ValidationError that says what an annotation here needs."""
    if not isinstance(data, dict) or "Annotation" not in _several(data.get("type")):
        raise ValidationError({"type": "Send one annotation: a JSON object of type “Annotation”."})
    motivations = _several(data.get("motivation")) or ["identifying"]
    if len(motivations) != 1 or motivations[0] not in MOTIVATIONS:
        words = f"Give one of {', '.join(MOTIVATIONS)}: what is sent here suggests a claim."
        raise ValidationError({"motivation": words})
    targets = _several(data.get("target"))
    if not 0 < len(targets) <= TARGETS:
        raise ValidationError({"target": f"Give 1 to {TARGETS} runs of words of one article."})
    found = [_find(target, user) for target in targets]
    version = found[0][0]
    if any(other.pk != version.pk for other, _ in found):
        raise ValidationError({"target": "All words of a claim are of one version of an article."})
    places = tuple(sorted({place for _, place in found}, key=lambda place: place.start))
    if any(one.end > other.start for one, other in pairwise(places)):
        raise ValidationError({"target": "These runs of words overlap. Send them apart."})
    return Suggestion(version, places, _statement(data) or _quoted(version, places))


def _find(target: Any, user: User) -> tuple[Version, Place]:
    if not isinstance(target, dict):
        raise ValidationError({"target": "Say which words: an object with source and selector."})
    source = target.get("source")
    address = source.get("id") if isinstance(source, dict) else source
    version = _version(_words(address, "target.source"), user)
    return version, _place(version.text, _several(target.get("selector")))


def _version(address: str, user: User) -> Version:
    """By the address of a version, of the article's page here, or of the article where it was published."""
    asked = _ours(address) or _theirs(address)
    articles = Article.objects.visible_to(user).filter(**asked["article"])
    versions = Version.objects.light().select_related("article").filter(article__in=articles)
    version = versions.filter(**asked["version"]).order_by("-number").first()
    if version is None:
        words = "There is no such article here. Bring it in first, or give the version's address."
        raise ValidationError({"target.source": words})
    return version


def _ours(address: str) -> dict[str, Any] | None:
    base = settings.ASSAY_BASE_URL
    if not address.startswith(f"{base}/"):
        return None
    try:
        found = resolve(urlsplit(address.removeprefix(base)).path)
    except (Resolver404, ValueError):
        return None
    if found.view_name not in {
        "api:show-version",
        "publishing:show-article",
        "reviews:show-article",
    }:
        return None
    number = found.kwargs.get("number")
    version = {"number": number} if number else {"current_of__isnull": False}
    pk: UUID = found.kwargs["pk"]
    return {"article": {"pk": pk}, "version": version}


def _theirs(address: str) -> dict[str, Any]:
    try:
        url = normalise(address)
    except BadAddress as error:
        raise ValidationError({"target.source": str(error)}) from error
    return {"article": {"url": url}, "version": {"current_of__isnull": False}}


def _place(text: str, selectors: list[Any]) -> Place:
    given = (one for one in selectors if isinstance(one, dict))
    known = {str(name): one for one in given for name in _several(one.get("type"))}
    quote, position = known.get("TextQuoteSelector"), known.get("TextPositionSelector")
    at = _position(position, text) if position else None
    if quote:
        return _quote(text, quote, at)
    if at is None:
        words = "Give a TextQuoteSelector, a TextPositionSelector, or better both."
        raise ValidationError({"target.selector": words})
    return at


def _position(selector: dict[str, Any], text: str) -> Place:
    start, end = selector.get("start"), selector.get("end")
    if type(start) is not int or type(end) is not int or not 0 <= start < end <= len(text):
        words = f"start and end are code points of the text, which has {len(text)}; end excluded."
        raise ValidationError({"target.selector": words})
    return Place(start, end)


def _quote(text: str, selector: dict[str, Any], at: Place | None) -> Place:
    exact = _words(selector.get("exact"), "target.selector.exact").split()
    if not exact:
        raise ValidationError({"target.selector.exact": "Give the words."})
    pattern = re.compile(r"\s+".join(map(re.escape, exact)))
    found = [Place(*match.span()) for match in pattern.finditer(text)]
    if at in found:
        return found[found.index(at)]
    fitting = [place for place in found if _fits(text, place, selector)]
    if len(fitting) == 1:
        return fitting[0]
    words = (
        "These words stand there more than once: say which by prefix and suffix, or by position."
        if fitting
        else "These words are not in that version of the article."
    )
    raise ValidationError({"target.selector.exact": words})


def _fits(text: str, place: Place, selector: dict[str, Any]) -> bool:
    before, after = (
        " ".join(_words(selector.get(name, ""), f"target.selector.{name}").split())
        for name in ("prefix", "suffix")
    )
    left = " ".join(text[max(place.start - 2 * CONTEXT, 0) : place.start].split())
    right = " ".join(text[place.end : place.end + 2 * CONTEXT].split())
    return left.endswith(before[-CONTEXT:]) and right.startswith(after[:CONTEXT])


def _statement(data: dict[str, Any]) -> str:
    """The first text that says what is claimed."""
    if (value := data.get("bodyValue")) is not None:
        return _words(value, "bodyValue").strip()
    return next(_texts(data), "")


def _texts(data: dict[str, Any]) -> Iterator[str]:
    bodies = (body for body in _several(data.get("body")) if isinstance(body, dict))
    telling = (body for body in bodies if "value" in body and body.get("purpose") in PURPOSES)
    yield from filter(None, (_words(body["value"], "body.value").strip() for body in telling))


def _quoted(version: Version, places: tuple[Place, ...]) -> str:
    return " … ".join(version.text[place.start : place.end] for place in places)[:LONGEST]


def _several(value: Any) -> list[Any]:
    """JSON-LD's one thing, several, or none."""
    return value if isinstance(value, list) else [] if value is None else [value]


def _words(value: Any, name: str) -> str:
    """Text that the database can hold. Half a character is none."""
    if not isinstance(value, str) or len(value) > LONGEST:
        raise ValidationError({name: f"Give text of at most {LONGEST:,} characters."})
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise ValidationError({name: "This holds half a character."}) from error
    return value.replace("\x00", "")
