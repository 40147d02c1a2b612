"""Verdicts and markups in the shapes of Google's Fact Check Tools: a `Claim` and a `ClaimReviewMarkupPage`.

Pure. Both are read from what is finished already, the document of a verdict or the ClaimReview of a markup, so this
face says nothing that the public record does not. What is not known is left out.
"""

from typing import Any

from publishing.claimreview import UNKNOWN_LANGUAGE
from publishing.claimreview_rules import site_of

NUMBERS = ("ratingValue", "bestRating", "worstRating")


def claim_of_document(document: dict[str, Any]) -> dict[str, Any]:
    """A verdict that is in force."""
    claim, verdict = document["claim"], document["verdict"]
    claimant, language = claim["claimant"] or {}, claim["language"]
    return _known(
        text=claim["statement"],
        claimant=claimant.get("name"),
        claimDate=_zulu(claim["claimed_on"]),
        claimReview=[
            _known(
                publisher=_known(name=document["publisher"]["name"], site=site_of(document["url"])),
                url=document["url"],
                title=f"{verdict['label']}: {claim['statement']}",
                reviewDate=document["published_at"],
                textualRating=verdict["label"],
                languageCode=language if language != UNKNOWN_LANGUAGE else "",
            )
        ],
    )


def claim_of_markup(review: dict[str, Any], *, statement: str, language: str) -> dict[str, Any]:
    """The ClaimReview of a markup, with the claim in full."""
    item = review.get("itemReviewed", {})
    return _known(
        text=statement,
        claimant=item.get("author", {}).get("name"),
        claimDate=_zulu(item.get("datePublished")),
        claimReview=[
            _known(
                publisher=_known(name=review["author"]["name"], site=site_of(review["url"])),
                url=review["url"],
                reviewDate=_zulu(review.get("datePublished")),
                textualRating=review["reviewRating"]["alternateName"],
                languageCode=language if language != UNKNOWN_LANGUAGE else "",
            )
        ],
    )


def page_of_review(review: dict[str, Any], *, name: str, version: str) -> dict[str, Any]:
    """The page of a verdict, from its ClaimReview: one markup, and nothing that a client could change."""
    item, rating = review["itemReviewed"], review["reviewRating"]
    author = item.get("author", {})
    markup = _known(
        url=review["url"],
        claimReviewed=review["claimReviewed"],
        claimDate=item.get("datePublished"),
        claimAppearances=[url for url in [item.get("appearance", {}).get("url")] if url],
        claimAuthor=_known(
            name=author.get("name"), jobTitle=author.get("jobTitle"), sameAs=author.get("sameAs")
        ),
        rating=_known(
            textualRating=rating["alternateName"],
            ratingExplanation=rating.get("ratingExplanation"),
            **{number: rating.get(number) for number in NUMBERS},
        ),
    )
    return _known(
        name=name,
        pageUrl=review["url"],
        publishDate=review["datePublished"][:10],
        claimReviewAuthor=_known(name=review["author"].get("name")),
        claimReviewMarkups=[markup],
        versionId=version,
    )


def _zulu(text: str | None) -> str:
    """A date as google-datetime has it: midnight in UTC, unless it has a time."""
    if not text:
        return ""
    return f"{text}T00:00:00Z" if len(text) == len("2026-03-01") else text


def _known(**values: Any) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value not in (None, "", [], {})}
