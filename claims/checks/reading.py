"""One ClaimReview read into our words.

Only what can be no check is refused: one without a claim, a rating or an address that says whose it is. Whatever else
is missing or strange is left out or mended, and noted.
"""

import hashlib
import re
from collections.abc import Mapping
from typing import Any

from claims.checks.addresses import host_of, page_of, read_address
from claims.checks.dates import read_day
from claims.checks.ratings import Rated, numbers_as_kept, read_rating
from claims.checks.shape import BadCheck, Check, Notes
from claims.checks.texts import at_most, plain
from claims.checks.things import Thing

TITLE, PUBLISHER, NAME, CLAIM, JUSTIFICATION = 500, 200, 300, 2000, 10_000
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
MOST_APPEARANCES = 20
AFTER_RATING = r"\s*(?:[:–—|]|\s-\s|-\s)\s*"


def read_review(
    given: dict[str, Any], named: Mapping[str, dict[str, Any]], page: str, notes: Notes
) -> Check:
    """The check of this ClaimReview. `page` is where it was found, empty for a file. Raises BadCheck."""
    review = Thing(given, named, notes)
    url = _url(review, page, notes)
    items = review.things("itemReviewed")
    rated = read_rating(review, notes)
    if not rated.label:
        raise BadCheck("It gives no rating.")
    claim, as_given = _claim(review, items, rated.label, notes)
    appearances = _appearances(items, page, notes)
    details = _details(review, items, rated, appearances, notes)
    if as_given != claim:
        details["claim_as_given"] = as_given
    reviewed_at, given_day = _day(review, ("datePublished", "dateCreated", "dateModified"), notes)
    if given_day:
        details["reviewed_as_given"] = given_day
    return Check(
        identity=identity_of(url, claim),
        url=url,
        site=host_of(url),
        title=at_most(review.own("headline", "name"), TITLE, "headline", notes),
        publisher=_publisher(review, notes),
        claim_reviewed=claim,
        claimant=_claimant(items, notes),
        rating=rated.label,
        normalised=rated.normalised,
        justification=_justification(review, rated, notes),
        reviewed_at=reviewed_at,
        claim_url=next(iter(appearances), ""),
        details=details,
    )


def identity_of(url: str, claim: str) -> str:
    """One page, one claim, however both are spelt."""
    words = " ".join(re.findall(r"\w+", claim.casefold())) or claim
    return hashlib.sha256(f"{page_of(url)}\n{words}".encode()).hexdigest()


def url_of(given: Any, page: str = "") -> str:
    """The address of something that is only named."""
    text = given if isinstance(given, str) else ""
    return read_address(text.strip(), page)


def _url(review: Thing, page: str, notes: Notes) -> str:
    names = ("url", "mainEntityOfPage", "@id")
    texts = [(name, text) for name in names for text in review.texts(name.strip("@"), "id", "url")]
    for name, text in texts:
        if name == "@id" and not text.lower().startswith("http"):
            continue
        if url := read_address(text, page):
            if name != "url":
                notes.note("url", "missing, another address taken")
            elif "//" not in text:
                notes.note("url", "an address without its beginning")
            return url
    if texts and texts[0][0] == "url":
        raise BadCheck("Its address does not begin with https:// or http://, or is too long.")
    if not page:
        raise BadCheck("It has no address, so nobody can tell whose it is.")
    notes.note("url", "missing, the page's address taken")
    return read_address(page)


def _claim(review: Thing, items: list[Thing], label: str, notes: Notes) -> tuple[str, str]:
    """The claim, and as it was given."""
    texts = review.texts("claimReviewed", "name", "text")
    if len(set(texts)) > 1:
        notes.note("claimReviewed", "several claims, the first taken")
    given = next(iter(texts), "")
    if not given:
        given = next((text for one in items if (text := one.own("text", "name", "headline"))), "")
        if not given:
            raise BadCheck("It does not say which claim it reviews.")
        notes.note("claimReviewed", "missing, the name of what was reviewed taken")
    claim = re.sub(rf"^{re.escape(label)}{AFTER_RATING}", "", given, flags=re.I) or given
    if claim != given:
        notes.note("claimReviewed", "the rating within the claim, taken out")
    return at_most(claim, CLAIM, "claimReviewed", notes), at_most(
        given, CLAIM, "claimReviewed", notes
    )


def _publisher(review: Thing, notes: Notes) -> str:
    """Who checked. Empty where the markup does not say: the site's name stands in for it."""
    texts = [*review.texts("author", "name"), *review.texts("publisher", "name")]
    names = [text for text in texts if not text.lower().startswith(("http://", "https://"))]
    if not names:
        notes.note("author", "missing, the name of the site taken")
    return at_most(next(iter(names), ""), PUBLISHER, "author", notes)


def _claimant(items: list[Thing], notes: Notes) -> str:
    texts = [text for one in items for text in one.texts("author", "name")]
    names = [text for text in texts if not text.lower().startswith(("http://", "https://"))]
    return at_most(", ".join(dict.fromkeys(names)), NAME, "itemReviewed.author", notes)


def _appearances(items: list[Thing], page: str, notes: Notes) -> list[str]:
    """Where the claim was made, the first place first."""
    names = ("firstAppearance", "appearance", "url", "sameAs")
    texts = [text for one in items for name in names for text in one.texts(name, "url", "id")]
    found = [read_address(text, page) for text in dict.fromkeys(texts)]
    if not all(found):
        notes.note("itemReviewed", "no address where the claim was made, left out")
    return list(dict.fromkeys(filter(None, found)))[:MOST_APPEARANCES]


def _justification(review: Thing, rated: Rated, notes: Notes) -> str:
    text = rated.explanation or review.own("reviewBody", "description", "text")
    return at_most(text, JUSTIFICATION, "reviewBody", notes)


def _details(
    review: Thing, items: list[Thing], rated: Rated, appearances: list[str], notes: Notes
) -> dict[str, Any]:
    """What no column is for."""
    language = review.text("inLanguage", "alternateName", "name").replace("_", "-")
    made, given_day = next(
        (
            found
            for one in items
            if (found := _day(one, ("datePublished", "dateCreated"), notes))[0]
        ),
        (None, ""),
    )
    details = {
        "language": language if LANGUAGE.fullmatch(language) and len(language) <= 12 else "",
        "claimed_on": made.isoformat() if made else "",
        "claimed_as_given": given_day,
        "appearances": appearances[1:],
        **numbers_as_kept(rated.numbers),
    }
    return {name: value for name, value in details.items() if value not in ("", [])}


def _day(given: Thing, names: tuple[str, ...], notes: Notes) -> tuple[Any, str]:
    """The first of these dates that is one, and how it was written where that was odd."""
    for name in names:
        for value in given.values(name):
            day, odd = read_day(value.get("@value") if isinstance(value, dict) else value)
            if odd:
                notes.note(name, odd)
            if day:
                is_odd = odd and isinstance(value, str | int | float)
                return day, plain(str(value)[:60], name, notes) if is_odd else ""
    return None, ""
