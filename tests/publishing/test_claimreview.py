"""ClaimReview: whole dicts, from documents written out here."""

import pytest

from publishing.claimreview import render_claim_review, shorten
from publishing.jsonld import embed

SITE = "https://desk.example"


def make_document(**changes):
    document = {
        "format": 1,
        "kind": "publication",
        "id": "019f0000-0000-7000-8000-000000000001",
        "url": f"{SITE}/claims/019f0000-0000-7000-8000-000000000001/",
        "published_at": "2025-10-20T09:00:00Z",
        "note": "",
        "publisher": {"name": "The Desk", "url": SITE},
        "claim": {
            "statement": "The harbour cost 40 million crowns.",
            "claimed_on": "2025-10-14",
            "claimant": {
                "name": "Ida Quell",
                "role": "Harbour master",
                "same_as": "https://people.example/ida-quell",
            },
        },
        "article": {
            "title": "Harbour opens",
            "address": "https://news.example/harbour",
            "publisher": "News Example",
            "published_at": "2025-10-14T08:00:00Z",
        },
        "verdict": {
            "label": "Mostly true",
            "value": 4,
            "worst": 1,
            "best": 5,
            "summary": "It cost 39.6 million.",
            "justification": "The audit gives the sum.",
        },
        "evidence": [
            {
                "source": {
                    "title": "Audit",
                    "address": "https://audit.example/harbour",
                    "publisher": "Audit Office",
                    "published_on": "2025-09-01",
                }
            }
        ],
    }
    return document | changes


DESK = {
    "@type": "NewsMediaOrganization",
    "name": "The Desk",
    "url": SITE,
    "correctionsPolicy": f"{SITE}/corrections/",
    "verificationFactCheckingPolicy": f"{SITE}/methodology/",
}


def test_a_publication_is_a_whole_claim_review():
    assert render_claim_review(make_document()) == {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": f"{SITE}/claims/019f0000-0000-7000-8000-000000000001/",
        "claimReviewed": "The harbour cost 40 million crowns.",
        "datePublished": "2025-10-20T09:00:00Z",
        "author": DESK,
        "itemReviewed": {
            "@type": "Claim",
            "author": {
                "name": "Ida Quell",
                "jobTitle": "Harbour master",
                "sameAs": "https://people.example/ida-quell",
            },
            "datePublished": "2025-10-14",
            "appearance": {
                "@type": "CreativeWork",
                "url": "https://news.example/harbour",
                "headline": "Harbour opens",
                "datePublished": "2025-10-14T08:00:00Z",
                "publisher": {"@type": "Organization", "name": "News Example"},
            },
        },
        "reviewRating": {
            "@type": "Rating",
            "alternateName": "Mostly true",
            "ratingExplanation": "It cost 39.6 million.",
            "ratingValue": 4,
            "worstRating": 1,
            "bestRating": 5,
        },
        "reviewBody": "The audit gives the sum.",
        "citation": [
            {
                "@type": "CreativeWork",
                "name": "Audit",
                "url": "https://audit.example/harbour",
                "datePublished": "2025-09-01",
                "publisher": {"@type": "Organization", "name": "Audit Office"},
            }
        ],
    }


def test_what_is_unknown_is_left_out_and_not_empty():
    document = make_document(
        claim={"statement": "It rained.", "claimed_on": None, "claimant": None},
        article={"title": "Rain", "address": "", "publisher": "", "published_at": None},
        verdict={
            "label": "Unproven",
            "value": None,
            "worst": None,
            "best": None,
            "summary": "",
            "justification": "",
        },
        evidence=[],
    )
    assert render_claim_review(document) == {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": document["url"],
        "claimReviewed": "It rained.",
        "datePublished": "2025-10-20T09:00:00Z",
        "author": DESK,
        "itemReviewed": {
            "@type": "Claim",
            "appearance": {"@type": "CreativeWork", "headline": "Rain"},
        },
        "reviewRating": {"@type": "Rating", "alternateName": "Unproven"},
    }


def test_a_correction_says_what_changed_and_when():
    document = make_document(kind="correction", note="The year was wrong.")
    review = render_claim_review(document, first_published_at="2025-10-18T07:00:00Z")
    assert {name: review[name] for name in ("datePublished", "dateModified", "correction")} == {
        "datePublished": "2025-10-18T07:00:00Z",
        "dateModified": "2025-10-20T09:00:00Z",
        "correction": {
            "@type": "CorrectionComment",
            "text": "The year was wrong.",
            "datePublished": "2025-10-20T09:00:00Z",
        },
    }


def test_a_correction_alone_does_not_know_when_it_was_first_published():
    review = render_claim_review(make_document(kind="correction", note="Wrong year."))
    assert "datePublished" not in review


@pytest.mark.parametrize(
    ("value", "worst", "best", "numbers"),
    [
        (1, 1, 5, {"ratingValue": 1, "worstRating": 1, "bestRating": 5}),
        (0, 0, 4, {"ratingValue": 1, "worstRating": 1, "bestRating": 5}),
        (-2, -2, 2, {"ratingValue": 1, "worstRating": 1, "bestRating": 5}),
        (3, 3, 3, {}),
        (None, None, None, {}),
    ],
)
def test_numbers_start_at_one_and_need_a_scale(value, worst, best, numbers):
    verdict = make_document()["verdict"] | {"value": value, "worst": worst, "best": best}
    rating = render_claim_review(make_document(verdict=verdict))["reviewRating"]
    assert {
        name: rating[name] for name in rating if name.endswith("Value") or "stRating" in name
    } == numbers


@pytest.mark.parametrize(
    ("kind", "expected"),
    [("person", "Person"), ("organisation", "Organization"), ("anonymous", None), (None, None)],
)
def test_a_claimant_has_a_type_only_if_the_document_tells(kind, expected):
    claim = {
        "statement": "It rained.",
        "claimed_on": None,
        "claimant": {"name": "Ida", "role": "", "same_as": ""} | ({"kind": kind} if kind else {}),
    }
    author = render_claim_review(make_document(claim=claim))["itemReviewed"]["author"]
    assert author == ({"@type": expected} if expected else {}) | {"name": "Ida"}


@pytest.mark.parametrize(("language", "told"), [("en", "en"), ("und", None), ("", None)])
def test_it_tells_the_language_if_that_is_known(language, told):
    claim = make_document()["claim"] | {"language": language}
    assert render_claim_review(make_document(claim=claim)).get("inLanguage") == told


def test_it_names_the_licence_of_the_desk():
    licence = "https://creativecommons.org/licenses/by/4.0/"
    assert render_claim_review(make_document(), licence=licence)["sdLicense"] == licence


def test_it_says_when_the_article_has_changed_since():
    review = render_claim_review(make_document(), has_moved_on=True)
    assert "an earlier version" in review["itemReviewed"]["appearance"]["creativeWorkStatus"]


def test_a_withheld_source_is_not_cited_and_others_are_cited_once():
    source = make_document()["evidence"][0]["source"]
    withheld = {"kind": "withheld", "title": "Withheld source", "reason": "It would harm them."}
    document = make_document(
        evidence=[{"source": source}, {"source": withheld}, {"source": source}]
    )
    assert [work["name"] for work in render_claim_review(document)["citation"]] == ["Audit"]


@pytest.mark.parametrize(
    ("statement", "short"),
    [
        ("Short.", "Short."),
        ("x" * 74, "x" * 74),
        ("x" * 75, "x" * 73 + "…"),
        ("word " * 20, "word " * 13 + "word…"),
        (
            "The harbour of Brinmouth handled one thousand two hundred ships, or more, last year",
            "The harbour of Brinmouth handled one thousand two hundred ships, or more…",
        ),
        ("word, " * 20, "word, " * 11 + "word…"),
    ],
)
def test_a_claim_is_cut_after_a_word_to_less_than_75_characters(statement, short):
    cut = shorten(statement)
    assert (cut, len(cut) < 75) == (short, True)


def test_json_ld_cannot_be_ended_from_inside():
    script = embed({"claimReviewed": "</script><script>alert(1)</script> & <!-- \u2028"})
    body = script.removeprefix('<script type="application/ld+json">').removesuffix("</script>")
    assert not set("<>&\u2028") & set(body)


def test_a_source_that_says_nothing_of_itself_is_not_cited():
    document = make_document()
    empty = {"title": "", "address": "", "publisher": "", "published_on": None}
    document["evidence"].append({"source": empty})
    assert {} not in render_claim_review(document)["citation"]
