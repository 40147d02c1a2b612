"""Markup as Google's tools write it: what is kept of it, what is refused, and the ClaimReview it makes."""

import copy
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.claimreview_rules import find_problems
from publishing.markup import BadMarkup, read_page, render_page, render_review

SENT = {
    "pageUrl": "https://checks.example.org/mill",
    "publishDate": "2026-03-01",
    "claimReviewAuthor": {"name": "The Desk", "imageUrl": "https://checks.example.org/logo.png"},
    "claimReviewMarkups": [
        {
            "url": "https://checks.example.org/mill#flour",
            "claimReviewed": "The mill made 40 tons of flour.",
            "claimDate": "2026-02-20",
            "claimLocation": "A council meeting",
            "claimFirstAppearance": "https://news.example/mill",
            "claimAppearances": ["https://news.example/a", "https://news.example/b"],
            "claimAuthor": {
                "name": "Ida Quell",
                "jobTitle": "Mayor",
                "imageUrl": "https://people.example/quell.jpg",
                "sameAs": "https://people.example/quell",
            },
            "rating": {
                "textualRating": "Mostly false",
                "ratingValue": 2,
                "worstRating": 1,
                "bestRating": 5,
                "ratingExplanation": "It made 12.",
                "imageUrl": "https://checks.example.org/false.png",
            },
        }
    ],
}
WORK = "CreativeWork"


def changed(path, value):
    sent = copy.deepcopy(SENT)
    *way, last = path.split(".")
    place = sent
    for name in way:
        place = place[int(name) if name.isdigit() else name]
    place[last] = value
    return sent


def faults(sent):
    with pytest.raises(BadMarkup) as refusal:
        read_page(sent)
    return [fault.field for fault in refusal.value.faults]


def test_a_page_goes_out_as_it_came():
    assert render_page(read_page(SENT), name="") == SENT


def test_what_is_empty_is_not_kept():
    sent = changed("claimReviewMarkups.0.claimLocation", "")
    assert "claimLocation" not in read_page(sent).markups[0]


def test_a_markup_is_a_whole_claim_review():
    draft = read_page(SENT)
    assert render_review(draft, draft.markups[0], desk="Another") == {
        "@context": "https://schema.org",
        "@type": "ClaimReview",
        "url": "https://checks.example.org/mill#flour",
        "claimReviewed": "The mill made 40 tons of flour.",
        "datePublished": "2026-03-01",
        "author": {
            "@type": "Organization",
            "name": "The Desk",
            "image": "https://checks.example.org/logo.png",
        },
        "itemReviewed": {
            "@type": "Claim",
            "name": "A council meeting",
            "datePublished": "2026-02-20",
            "author": {
                "name": "Ida Quell",
                "jobTitle": "Mayor",
                "image": "https://people.example/quell.jpg",
                "sameAs": "https://people.example/quell",
            },
            "firstAppearance": {"@type": WORK, "url": "https://news.example/mill"},
            "appearance": [
                {"@type": WORK, "url": "https://news.example/a"},
                {"@type": WORK, "url": "https://news.example/b"},
            ],
        },
        "reviewRating": {
            "@type": "Rating",
            "alternateName": "Mostly false",
            "ratingExplanation": "It made 12.",
            "image": "https://checks.example.org/false.png",
            "ratingValue": 2,
            "bestRating": 5,
            "worstRating": 1,
        },
    }


def test_a_long_claim_is_kept_whole_and_cut_in_the_claim_review():
    draft = read_page(changed("claimReviewMarkups.0.claimReviewed", "word " * 30))
    review = render_review(draft, draft.markups[0], desk="")
    assert (len(draft.markups[0]["claimReviewed"]), len(review["claimReviewed"]) < 75) == (
        149,
        True,
    )


def test_a_page_that_names_nobody_is_of_the_desk():
    draft = read_page(changed("claimReviewAuthor", None))
    assert render_review(draft, draft.markups[0], desk="The Desk")["author"]["name"] == "The Desk"


@pytest.mark.parametrize("number", ["2", 2.0, 2])
def test_a_number_may_come_as_text(number):
    draft = read_page(changed("claimReviewMarkups.0.rating.ratingValue", number))
    assert draft.markups[0]["rating"]["ratingValue"] == 2


M = "claimReviewMarkups.0"
AT = "claimReviewMarkups[0]"
AS = f"{AT} as ClaimReview"


@pytest.mark.parametrize(
    ("path", "value", "field"),
    [
        ("pageUrl", "", "pageUrl"),
        ("pageUrl", "checks.example.org/mill", "pageUrl"),
        ("pageUrl", 5, "pageUrl"),
        ("pageurl", "x", "pageurl"),
        ("publishDate", "1 March 2026", "publishDate"),
        ("claimReviewAuthor", "The Desk", "claimReviewAuthor"),
        ("claimReviewMarkups", [], "claimReviewMarkups"),
        ("claimReviewMarkups", {}, "claimReviewMarkups"),
        ("claimReviewMarkups", [{}] * 101, "claimReviewMarkups"),
        ("claimReviewMarkups", ["x"], AT),
        (f"{M}.url", "https://checks.example.org/other", f"{AT}.url"),
        (f"{M}.claimReviewed", "", f"{AS}.claimReviewed"),
        (f"{M}.claimReviewed", "a\x00b", f"{AT}.claimReviewed"),
        (f"{M}.claimReviewed", "a\ud800b", f"{AT}.claimReviewed"),
        (f"{M}.claimReviewed", "a" * 5001, f"{AT}.claimReviewed"),
        (f"{M}.claimDate", "soon", f"{AT}.claimDate"),
        (f"{M}.claimAppearances", ["javascript:alert(1)"], f"{AT}.claimAppearances[0]"),
        (f"{M}.claimAuthor", {"jobTitle": "Mayor"}, f"{AS}.itemReviewed.author.name"),
        (f"{M}.rating", None, f"{AS}.reviewRating"),
        (f"{M}.rating.textualRating", "", f"{AS}.reviewRating.alternateName"),
        (f"{M}.rating.ratingValue", 9, f"{AS}.reviewRating.ratingValue"),
        (f"{M}.rating.ratingValue", 1.5, f"{AT}.rating.ratingValue"),
        (f"{M}.rating.ratingValue", 10**30, f"{AT}.rating.ratingValue"),
        (f"{M}.rating.worstRating", -1, f"{AS}.reviewRating.worstRating"),
        (f"{M}.rating.bestRating", 0, f"{AS}.reviewRating"),
    ],
)
def test_what_cannot_be_kept_is_told_by_field(path, value, field):
    assert field in faults(changed(path, value))


@pytest.mark.parametrize("sent", [None, [], "x", 5])
def test_a_page_is_an_object(sent):
    assert faults(sent) == ["body"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(st.sampled_from([*SENT, "rating", "claimReviewed", "url"]), inner)
    ),
    max_leaves=8,
)


@given(JSON, st.sampled_from([*SENT, "claimReviewMarkups.0.rating", "claimReviewMarkups.0.url"]))
def test_whatever_is_sent_is_kept_and_valid_or_refused_in_words(value, path):
    with suppress(BadMarkup):
        draft = read_page(changed(path, value))
        reviews = [render_review(draft, markup, desk="The Desk") for markup in draft.markups]
        assert [find_problems(review) for review in reviews if find_problems(review)] == []
