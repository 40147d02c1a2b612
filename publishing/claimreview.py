"""A published document as schema.org ClaimReview, the way search engines read it.

Pure: document in, dict out. Two rules shape it. A rating that is not a degree of truth ("Unproven",
"Missing context") gives its words only, because a number would place it on a scale where it has no place.
And what is not known is left out: consumers take an empty string for an answer. Addresses are those
that a browser only opens, because consumers have printed what they were fed.
"""

from functools import cache
from typing import Any

from django.urls import reverse

from publishing.claimreview_rules import CLAIM_LENGTH, LOWEST, is_address

#: BCP 47: undetermined.
UNKNOWN_LANGUAGE = "und"
#: What the article is to a verdict whose words it no longer has.
MOVED_ON = "Changed since: the claim was checked against an earlier version"
CLAIMANT_TYPES = {"person": "Person", "organisation": "Organization"}


def render_claim_review(
    document: dict[str, Any],
    *,
    first_published_at: str = "",
    has_moved_on: bool = False,
    licence: str = "",
) -> dict[str, Any]:
    """The ClaimReview of a verdict that is in force. `first_published_at` is known beside a correction.

    `has_moved_on` says that the article no longer has the claim's words as they were. `licence` is the address
    of the terms under which the markup may be used.
    """
    verdict, language = document["verdict"], document["claim"].get("language", "")
    published_at = document["published_at"]
    is_correction = document["kind"] == "correction"
    return _known(
        {
            "@context": "https://schema.org",
            "@type": "ClaimReview",
            "url": document["url"],
            "claimReviewed": shorten(document["claim"]["statement"]),
            "datePublished": first_published_at or ("" if is_correction else published_at),
            "dateModified": published_at if is_correction else "",
            "inLanguage": "" if language == UNKNOWN_LANGUAGE else language,
            "author": _desk(document["publisher"]),
            "itemReviewed": _claim(document, MOVED_ON if has_moved_on else ""),
            "reviewRating": _rating(verdict),
            "reviewBody": verdict["justification"],
            "citation": _citations(document["evidence"]),
            "correction": _correction(document) if is_correction else {},
            "sdLicense": licence,
        }
    )


def shorten(statement: str, length: int = CLAIM_LENGTH) -> str:
    """The statement, cut after a word if it is too long."""
    if len(statement) <= length:
        return statement
    cut = statement[:length]
    head, space, _ = cut.rpartition(" ")
    return (head if space and len(head) > length // 2 else cut[:-1]).rstrip(" ,;:–—-") + "…"


def _desk(publisher: dict[str, Any]) -> dict[str, Any]:
    site = publisher["url"]
    return {
        "@type": "NewsMediaOrganization",
        "name": publisher["name"],
        "url": site,
        "correctionsPolicy": site + _path("publishing:list-corrections"),
        "verificationFactCheckingPolicy": site + _path("publishing:methodology"),
    }


@cache
def _path(name: str) -> str:
    """Looked up once: in a feed of everything this would be most of the work."""
    return reverse(name)


def _claim(document: dict[str, Any], status: str) -> dict[str, Any]:
    claim, article = document["claim"], document["article"]
    return _known(
        {
            "@type": "Claim",
            "author": _claimant(claim["claimant"]),
            "datePublished": claim["claimed_on"],
            "appearance": _known(
                {
                    "@type": "CreativeWork",
                    "url": _address(article["address"]),
                    "headline": article["title"],
                    "datePublished": article["published_at"],
                    "creativeWorkStatus": status,
                    "publisher": _known({"@type": "Organization", "name": article["publisher"]}),
                }
            ),
        }
    )


def _claimant(claimant: dict[str, Any] | None) -> dict[str, Any]:
    """Who said it. Without a kind in the document there is no type: an office is not a person."""
    if claimant is None or not claimant["name"].strip():
        return {}
    return _known(
        {
            "@type": CLAIMANT_TYPES.get(claimant.get("kind", ""), ""),
            "name": claimant["name"],
            "jobTitle": claimant["role"],
            "sameAs": _address(claimant["same_as"]),
        }
    )


def _rating(verdict: dict[str, Any]) -> dict[str, Any]:
    rating = {
        "@type": "Rating",
        "alternateName": verdict["label"],
        "ratingExplanation": verdict["summary"],
    }
    value, worst, best = verdict["value"], verdict["worst"], verdict["best"]
    if value is not None and worst < best:
        shift = max(LOWEST - worst, 0)
        rating |= {
            "ratingValue": value + shift,
            "worstRating": worst + shift,
            "bestRating": best + shift,
        }
    return _known(rating)


def _citations(evidence: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Each source once. A withheld one has nothing to cite."""
    sources = [item["source"] for item in evidence if "reason" not in item["source"]]
    cited = {
        (source["address"], source["title"]): _known(
            {
                "@type": "CreativeWork",
                "name": source["title"],
                "url": _address(source["address"]),
                "datePublished": source["published_on"],
                "publisher": _known({"@type": "Organization", "name": source["publisher"]}),
            }
        )
        for source in sources
    }
    return [one for one in cited.values() if one]  # a source may say nothing of itself


def _correction(document: dict[str, Any]) -> dict[str, Any]:
    return {
        "@type": "CorrectionComment",
        "text": document["note"],
        "datePublished": document["published_at"],
    }


def _address(text: str) -> str:
    return text if is_address(text) else ""


def _known(thing: dict[str, Any]) -> dict[str, Any]:
    """Without what is empty, and nothing at all if only the type is left."""
    known = {name: value for name, value in thing.items() if not _is_empty(value)}
    return {} if known.keys() <= {"@type"} else known


def _is_empty(value: Any) -> bool:
    return value in (None, [], {}) or (isinstance(value, str) and not value.strip())
