"""The markup of a page as Google's Fact Check Tools write it, read and turned into ClaimReview.

Pure. What comes in is a `ClaimReviewMarkupPage`: one page, its author, and a list of markups. It is read strictly, so
that a name that is misspelt is told and not lost, and every markup is then held to the same rules as the desk's
own verdicts.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from publishing.claimreview import shorten
from publishing.claimreview_rules import find_problems, is_address, is_date, site_of

MOST_MARKUPS, MOST_APPEARANCES = 100, 50
LONGEST = {"address": 2000, "name": 300, "words": 5000, "date": 40}
LARGEST = 2**31 - 1

#: What each part may hold, and how it is read.
AUTHOR = {"name": "name", "imageUrl": "address"}
CLAIMANT = {"name": "name", "jobTitle": "name", "imageUrl": "address", "sameAs": "address"}
RATING = {
    "textualRating": "name",
    "ratingValue": "number",
    "bestRating": "number",
    "worstRating": "number",
    "ratingExplanation": "words",
    "imageUrl": "address",
}
MARKUP: dict[str, Any] = {
    "url": "address",
    "claimReviewed": "words",
    "claimDate": "date",
    "claimLocation": "name",
    "claimFirstAppearance": "address",
    "claimAppearances": ["address", MOST_APPEARANCES],
    "claimAuthor": CLAIMANT,
    "rating": RATING,
}
PAGE: dict[str, Any] = {
    "name": "name",
    "pageUrl": "address",
    "publishDate": "date",
    "claimReviewAuthor": AUTHOR,
    "claimReviewMarkups": [MARKUP, MOST_MARKUPS],
    "versionId": "name",
}


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with what was sent, and in which field."""

    field: str
    words: str


class BadMarkup(ValueError):
    """What was sent is not markup that can be kept."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__(" ".join(f"{fault.field}: {fault.words}" for fault in faults))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class PageDraft:
    """A page as it was sent, without what is empty."""

    url: str
    published_on: date | None = None
    author: str = ""
    author_image: str = ""
    markups: list[dict[str, Any]] = field(default_factory=list)
    name: str = ""
    version: str = ""


def read_page(sent: Any) -> PageDraft:
    """The page, if all of it can be kept. Raises BadMarkup with everything that is wrong."""
    faults: list[Fault] = []
    page = _read(sent, PAGE, "", faults)
    if faults:
        raise BadMarkup(faults)
    author, published = page.get("claimReviewAuthor", {}), page.get("publishDate")
    draft = PageDraft(
        url=page.get("pageUrl", ""),
        published_on=date.fromisoformat(published[:10]) if published else None,
        author=author.get("name", ""),
        author_image=author.get("imageUrl", ""),
        markups=page.get("claimReviewMarkups", []),
        name=page.get("name", ""),
        version=page.get("versionId", ""),
    )
    if faults := list(_check(draft)):
        raise BadMarkup(faults)
    return draft


def stored_page(stored: dict[str, Any]) -> PageDraft:
    """A page that is kept, from JSON."""
    published, version = stored.pop("published_on"), str(stored.pop("version"))
    published_on = date.fromisoformat(published) if published else None
    return PageDraft(**stored, published_on=published_on, version=version)


def render_page(draft: PageDraft, *, name: str) -> dict[str, Any]:
    """As it was sent, with its name and version."""
    published = draft.published_on.isoformat() if draft.published_on else None
    return _thing(
        "",
        name=name,
        pageUrl=draft.url,
        publishDate=published,
        claimReviewAuthor=_thing("", name=draft.author, imageUrl=draft.author_image),
        claimReviewMarkups=draft.markups,
        versionId=draft.version,
    )


def render_review(draft: PageDraft, markup: dict[str, Any], *, desk: str) -> dict[str, Any]:
    """The ClaimReview of one markup. `desk` is the name of whoever checked, if the page names nobody."""
    rating, claimant = markup.get("rating", {}), markup.get("claimAuthor", {})
    appearances = markup.get("claimAppearances", [])
    first = markup.get("claimFirstAppearance")
    claim = _thing(
        "Claim",
        name=markup.get("claimLocation"),
        datePublished=markup.get("claimDate"),
        author=_thing(
            "",
            name=claimant.get("name"),
            jobTitle=claimant.get("jobTitle"),
            image=claimant.get("imageUrl"),
            sameAs=claimant.get("sameAs"),
        ),
        firstAppearance=_thing("CreativeWork", url=first),
        appearance=[_thing("CreativeWork", url=address) for address in appearances],
    )
    numbers = {name: rating.get(name) for name in ("ratingValue", "bestRating", "worstRating")}
    return {
        "@context": "https://schema.org",
        **_thing(
            "ClaimReview",
            url=markup.get("url") or draft.url,
            claimReviewed=shorten(markup.get("claimReviewed", "")),
            datePublished=draft.published_on.isoformat() if draft.published_on else None,
            author=_thing(
                "Organization",
                name=draft.author or desk,
                image=draft.author_image,
            ),
            itemReviewed=claim,
            reviewRating=_thing(
                "Rating",
                alternateName=rating.get("textualRating"),
                ratingExplanation=rating.get("ratingExplanation"),
                image=rating.get("imageUrl"),
                **numbers,
            ),
        ),
    }


def addresses_in(markup: dict[str, Any]) -> list[str]:
    """The addresses of works and images that the markup names."""
    claimant, rating = markup.get("claimAuthor", {}), markup.get("rating", {})
    named = [
        markup.get("claimFirstAppearance"),
        *markup.get("claimAppearances", []),
        claimant.get("imageUrl"),
        rating.get("imageUrl"),
    ]
    return sorted({address for address in named if address})


def _check(draft: PageDraft) -> Iterator[Fault]:
    if not draft.url:
        yield Fault("pageUrl", "The address of the page is required.")
        return
    if not draft.markups:
        yield Fault("claimReviewMarkups", "Send at least one. To take the page out, delete it.")
    host = site_of(draft.url)
    for number, markup in enumerate(draft.markups):
        where = f"claimReviewMarkups[{number}]"
        own = markup.get("url", draft.url)
        if own.partition("#")[0] != draft.url.partition("#")[0]:
            yield Fault(f"{where}.url", "It must be the page's own address, with an anchor or not.")
        for problem in find_problems(render_review(draft, markup, desk="-"), host=host):
            yield Fault(f"{where} as ClaimReview.{problem.path}", problem.words)


def _read(value: Any, shape: Any, path: str, faults: list[Fault]) -> Any:
    """The value in this shape, without what is empty; what does not fit becomes a fault."""
    match shape:
        case dict():
            return _read_object(value, shape, path, faults)
        case [inner, most]:
            return _read_list(value, inner, most, path, faults)
        case "number":
            return _read_number(value, path, faults)
    return _read_text(value, shape, path, faults)


def _read_object(value: Any, shape: Any, path: str, faults: list[Fault]) -> dict[str, Any]:
    if not isinstance(value, dict):
        faults.append(Fault(path or "body", "Send a JSON object."))
        return {}
    read = {}
    for name, inner in value.items():
        where = f"{path}.{name}".lstrip(".")
        if name not in shape:
            faults.append(Fault(where[:200], "There is no such field."))
        elif inner is not None:
            read[name] = _read(inner, shape[name], where, faults)
    return {name: inner for name, inner in read.items() if inner not in ("", None, [], {})}


def _read_list(value: Any, shape: Any, most: int, path: str, faults: list[Fault]) -> list[Any]:
    if not isinstance(value, list):
        faults.append(Fault(path, "Send a list."))
        return []
    if len(value) > most:
        faults.append(Fault(path, f"Send at most {most}."))
        return []
    read = [_read(inner, shape, f"{path}[{number}]", faults) for number, inner in enumerate(value)]
    return [inner for inner in read if inner != ""] if isinstance(shape, str) else read


def _read_number(value: Any, path: str, faults: list[Fault]) -> int | None:
    """A whole number, also as text, as the JSON of protocol buffers allows. 0 is not set."""
    text = str(value).removesuffix(".0")
    if isinstance(value, bool) or not text.lstrip("-").isdecimal() or len(text) > 11:
        faults.append(Fault(path, "Send a whole number."))
        return None
    if abs(int(text)) > LARGEST:
        faults.append(Fault(path, f"Send a number of at most {LARGEST}."))
    return int(text) or None


def _read_text(value: Any, kind: str, path: str, faults: list[Fault]) -> str:
    if not isinstance(value, str):
        faults.append(Fault(path, "Send a string."))
        return ""
    text = value.strip()
    if len(text) > LONGEST[kind]:
        faults.append(Fault(path, f"It is too long: at most {LONGEST[kind]} characters."))
    elif "\x00" in text or any("\ud800" <= character <= "\udfff" for character in text):
        faults.append(Fault(path, "It holds characters that are none."))
    elif text and kind == "address" and not is_address(text):
        faults.append(Fault(path, "Send an address that starts with https:// or http://."))
    elif text and kind == "date" and not is_date(text):
        faults.append(Fault(path, "Send a date such as 2026-03-01."))
    return text


def _thing(kind: str, **values: Any) -> dict[str, Any]:
    """A thing of schema.org, or nothing if nothing is known of it."""
    known = {name: value for name, value in values.items() if value not in (None, "", [], {})}
    return ({"@type": kind} if kind else {}) | known if known else {}
