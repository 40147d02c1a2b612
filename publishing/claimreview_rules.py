"""What search engines ask of a ClaimReview, and what is wrong with one.

Those who read the markup drop what breaks a rule and say nothing, so a desk would not know that it is not found.
The rules are those that Google documents for fact checks, and the house's own two: an address is absolute, and what
is not known is left out, because an empty string is taken for an answer. Pure: the markup in, problems out. Whether
a claim concerns a political entity, and whether the words fit the page, is for people to judge.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from urllib.parse import urlsplit

#: Search engines refuse a claim of 75 characters or more.
CLAIM_LENGTH = 74
#: They also refuse a scale that starts below one.
LOWEST = 1
ADDRESSES = frozenset(
    {"url", "sameAs", "sdLicense", "correctionsPolicy", "verificationFactCheckingPolicy"}
)
DATES = frozenset({"datePublished", "dateModified"})
CLAIM_TYPES = ("Claim", "CreativeWork")
NUMBERS = ("ratingValue", "worstRating", "bestRating")


@dataclass(frozen=True, slots=True)
class Problem:
    """`path` is where in the markup, `words` what is wrong there and what to do."""

    path: str
    words: str

    def __str__(self) -> str:
        return f"{self.path}: {self.words}"


def find_problems(review: dict[str, Any], *, host: str = "") -> list[Problem]:
    """All that is wrong with it. `host` is that of the page it stands on, if that is known."""
    return [
        *_top(review, host),
        *_rating(review.get("reviewRating")),
        *_author(review.get("author")),
        *_claim(review.get("itemReviewed")),
        *_everywhere(review, ""),
    ]


def _top(review: dict[str, Any], host: str) -> Iterator[Problem]:
    if review.get("@type") != "ClaimReview":
        yield Problem("@type", "It must be ClaimReview.")
    claimed = review.get("claimReviewed")
    if not isinstance(claimed, str) or not claimed.strip():
        yield Problem("claimReviewed", "The claim in a few words is required.")
    elif len(claimed) > CLAIM_LENGTH:
        yield Problem("claimReviewed", f"It must have fewer than {CLAIM_LENGTH + 1} characters.")
    address = review.get("url")
    if not address:
        yield Problem("url", "The address of the page is required.")
    elif host and not is_of_host(str(address), host):
        yield Problem("url", f"It must be an address of {host}, where the page is.")


def _rating(rating: Any) -> Iterator[Problem]:
    if not isinstance(rating, dict) or rating.get("@type") != "Rating":
        yield Problem("reviewRating", "A Rating is required.")
        return
    if not (_is_text(rating.get("alternateName")) or _is_text(rating.get("name"))):
        yield Problem("reviewRating.alternateName", "The verdict in words is required.")
    given = [name for name in NUMBERS if name in rating]
    for name in given:
        if isinstance(rating[name], bool) or not isinstance(rating[name], int | float):
            yield Problem(f"reviewRating.{name}", "It must be a number.")
            return
    if given and len(given) < len(NUMBERS):
        yield Problem(
            "reviewRating", "Give the value, the worst and the best of the scale, or none."
        )
    elif given:
        yield from _scale(*(rating[name] for name in NUMBERS))


def _scale(value: float, worst: float, best: float) -> Iterator[Problem]:
    if worst < LOWEST:
        yield Problem("reviewRating.worstRating", f"It must be at least {LOWEST}.")
    if best <= worst:
        yield Problem("reviewRating.bestRating", "It must be greater than the worst.")
    elif not worst <= value <= best:
        yield Problem("reviewRating.ratingValue", "It must be between the worst and the best.")


def _author(author: Any) -> Iterator[Problem]:
    if author is not None and not any(
        _is_text(one.get("name")) or _is_text(one.get("url")) for one in _things(author)
    ):
        yield Problem("author", "Who checked the claim needs a name or an address.")


def _claim(item: Any) -> Iterator[Problem]:
    if item is None:
        return
    if not isinstance(item, dict) or item.get("@type") not in CLAIM_TYPES:
        yield Problem("itemReviewed", "It must be a Claim.")
        return
    for author in _things(item.get("author") or []):
        if not _is_text(author.get("name")):
            yield Problem("itemReviewed.author.name", "A claimant without a name is left out.")
    for name in ("appearance", "firstAppearance"):
        for work in _listed(item.get(name)):
            if isinstance(work, str) and not is_address(work):
                yield Problem(f"itemReviewed.{name}", "It must be an address or a CreativeWork.")


def _everywhere(thing: Any, path: str) -> Iterator[Problem]:
    """What holds of each value, wherever it stands."""
    if isinstance(thing, dict):
        for name, value in thing.items():
            yield from _everywhere(value, f"{path}.{name}".lstrip("."))
    elif isinstance(thing, list):
        for value in thing:
            yield from _everywhere(value, path)
    if thing is None or thing in ([], {}) or (isinstance(thing, str) and not thing.strip()):
        yield Problem(path, "It is empty. Leave it out if it is not known.")
        return
    name = path.rpartition(".")[2]
    if isinstance(thing, str) and name in ADDRESSES and not is_address(thing):
        yield Problem(path, "It must be an address that starts with https:// or http://.")
    if isinstance(thing, str) and name in DATES and not is_date(thing):
        yield Problem(path, "It must be a date such as 2026-03-01, with or without the time.")


def is_address(text: str) -> bool:
    """Whether it is an absolute address that a browser only opens."""
    try:
        parts = urlsplit(text)
        is_whole = parts.scheme in {"http", "https"} and bool(parts.hostname)
    except ValueError:
        return False
    return is_whole and not re.search(r"[\s\x00-\x1f\x7f]", text)


def is_of_host(address: str, host: str) -> bool:
    """Whether the address is of this host or one below it. `www.` makes no difference."""
    site = site_of(address)
    host = host.lower().removeprefix("www.")
    return bool(site) and (site == host or site.endswith(f".{host}"))


def site_of(address: str) -> str:
    """The host without `www.` and port, or nothing."""
    try:
        return (urlsplit(address).hostname or "").rstrip(".").removeprefix("www.")
    except ValueError:
        return ""


def is_date(text: str) -> bool:
    for read in (date.fromisoformat, datetime.fromisoformat):
        try:
            read(text)
        except ValueError:
            continue
        return bool(re.match(r"\d{4}-\d\d-\d\d", text))
    return False


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value.strip())


def _listed(value: Any) -> list[Any]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _things(value: Any) -> list[dict[str, Any]]:
    return [one if isinstance(one, dict) else {} for one in _listed(value)]
