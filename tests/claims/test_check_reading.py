"""A ClaimReview is read as far as it can be, whatever state it is in, and what was odd is said."""

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.checks.addresses import is_one_domain, is_registry, read_address
from claims.checks.dates import read_day
from claims.checks.ratings import meaning_of
from claims.checks.reading import identity_of, read_review
from claims.checks.shape import BadCheck, Check, Notes
from claims.checks.things import find_reviews

URL = "https://mill-facts.example/checks/flour"
WHOLE = {
    "@context": "https://schema.org",
    "@type": "ClaimReview",
    "url": URL,
    "claimReviewed": "The mill at Brinmouth ground 40 tons of flour in a day.",
    "datePublished": "2026-03-01",
    "author": {"@type": "Organization", "name": "Mill Facts", "url": "https://mill-facts.example/"},
    "reviewRating": {
        "@type": "Rating",
        "ratingValue": 1,
        "bestRating": 5,
        "worstRating": 1,
        "alternateName": "False",
        "ratingExplanation": "Its books say four.",
    },
    "itemReviewed": {
        "@type": "Claim",
        "author": {"@type": "Person", "name": "Ida Quell"},
        "datePublished": "2026-02-20",
        "firstAppearance": {"@type": "CreativeWork", "url": "https://speech.example/1"},
        "appearance": [{"url": "https://paper.example/2"}, "https://paper.example/3"],
    },
}


def read(page="", named=None, **changed):
    """The check of a ClaimReview with these things changed, and what was odd."""
    notes = Notes()
    review = {name: value for name, value in {**WHOLE, **changed}.items() if value is not None}
    check = read_review(review, named or {}, page, notes)
    return check, {f"{one.where}: {one.kind}" for one in notes.odd}


def rated(**rating):
    return read(reviewRating={"@type": "Rating", **rating})


def test_a_whole_review_is_read_and_nothing_of_it_is_odd():
    check, odd = read()
    assert odd == set()
    assert check == Check(
        identity=identity_of(URL, WHOLE["claimReviewed"]),
        url=URL,
        site="mill-facts.example",
        title="",
        publisher="Mill Facts",
        claim_reviewed=WHOLE["claimReviewed"],
        claimant="Ida Quell",
        rating="False",
        normalised="refuted",
        justification="Its books say four.",
        reviewed_at=date(2026, 3, 1),
        claim_url="https://speech.example/1",
        details={
            "claimed_on": "2026-02-20",
            "appearances": ["https://paper.example/2", "https://paper.example/3"],
            "value": 1.0,
            "best": 5.0,
            "worst": 1.0,
        },
    )


@pytest.mark.parametrize(
    ("author", "publisher"),
    [
        ("Mill Facts", "Mill Facts"),
        ({"name": "Mill Facts"}, "Mill Facts"),
        (["", {"@type": "Person", "name": "Ann Lo"}, "Mill Facts"], "Ann Lo"),
        ([["Mill Facts"]], "Mill Facts"),
        ({"@id": "#us"}, "Named Elsewhere"),
        ({"@value": "Mill Facts"}, "Mill Facts"),
        ({"name": ["Mill Facts", "Facts of the Mill"]}, "Mill Facts"),
        ("https://mill-facts.example/", ""),
        ({}, ""),
        (None, ""),
        (True, "True"),
    ],
)
def test_the_publisher_is_read_from_any_shape_of_author(author, publisher):
    named = {"#us": {"@id": "#us", "@type": "Organization", "name": "Named Elsewhere"}}
    assert read(author=author, named=named)[0].publisher == publisher


@pytest.mark.parametrize(
    ("item", "claimant", "address"),
    [
        ({"@type": "CreativeWork", "author": "Ida Quell"}, "Ida Quell", ""),
        ([{"author": {"name": "Ida Quell"}}, {"author": {"name": "Al"}}], "Ida Quell, Al", ""),
        ({"author": [{"name": "A"}, {"name": "B"}, {"name": "A"}]}, "A, B", ""),
        ({"appearance": "paper.example/2"}, "", ""),
        ({"appearance": {"@id": "https://paper.example/2"}}, "", "https://paper.example/2"),
        ({"url": "https://paper.example/2?utm_source=x"}, "", "https://paper.example/2"),
        ({"sameAs": "javascript:alert(1)"}, "", ""),
        ("a mere text", "", ""),
        (None, "", ""),
    ],
)
def test_who_said_it_and_where_is_read_from_any_shape_of_item(item, claimant, address):
    check, _ = read(itemReviewed=item)
    assert (check.claimant, check.claim_url) == (claimant, address)


@pytest.mark.parametrize(
    ("rating", "label", "normalised"),
    [
        ({"alternateName": "Mostly True"}, "Mostly True", "supported"),
        ({"alternateName": "FALSE."}, "FALSE.", "refuted"),
        ({"alternateName": "False: the books say four"}, "False: the books say four", "refuted"),
        ({"alternateName": "This claim is false"}, "This claim is false", "refuted"),
        ({"alternateName": "Half-true"}, "Half-true", "conflicting"),
        ({"alternateName": "Unproven"}, "Unproven", "not_enough_evidence"),
        ({"alternateName": "Satire"}, "Satire", ""),
        ({"alternateName": "Bulo", "ratingValue": 1, "bestRating": 5, "worstRating": 1}, "Bulo", "refuted"),
        ({"alternateName": "Bulo", "ratingValue": "5", "bestRating": "5", "worstRating": "1"}, "Bulo", "supported"),
        ({"alternateName": "Bulo", "ratingValue": 3, "bestRating": 5, "worstRating": 1}, "Bulo", ""),
        ({"alternateName": "Bulo", "ratingValue": 0.9, "bestRating": 1, "worstRating": 0}, "Bulo", "supported"),
        ({"alternateName": "Bulo", "ratingValue": "0,1", "bestRating": "1,0", "worstRating": 0}, "Bulo", "refuted"),
        ({"alternateName": "Bulo", "ratingValue": -1, "bestRating": 5, "worstRating": 1}, "Bulo", ""),
        ({"alternateName": "Bulo", "ratingValue": 0, "bestRating": 5, "worstRating": 1}, "Bulo", ""),
        ({"alternateName": "Bulo", "ratingValue": 1, "bestRating": 1, "worstRating": 5}, "Bulo", ""),
        ({"alternateName": "Bulo", "ratingValue": 1, "bestRating": 1, "worstRating": 1}, "Bulo", ""),
        ({"alternateName": "Bulo", "ratingValue": 1}, "Bulo", ""),
        ({"alternateName": "Bulo", "ratingValue": "NaN", "bestRating": "9" * 400}, "Bulo", ""),
        ({"alternateName": "", "name": "False"}, "False", "refuted"),
        ({"ratingValue": "Fake"}, "Fake", "refuted"),
        ({"ratingValue": 1, "bestRating": 5, "worstRating": 1}, "1/5", "refuted"),
        ({"ratingValue": "3/5"}, "3/5", ""),
        ({"ratingValue": "5 out of 5", "worstRating": 1}, "5 out of 5", "supported"),
        ({"alternateName": ["False", "Falso"]}, "False", "refuted"),
        ({"alternateName": {"@value": "False", "@language": "en"}}, "False", "refuted"),
    ],
)  # fmt: skip
def test_a_rating_keeps_its_label_and_is_mapped_where_it_can_be(rating, label, normalised):
    check, _ = rated(**rating)
    assert (check.rating, check.normalised) == (label, normalised)


@pytest.mark.parametrize(
    ("rating", "oddity"),
    [
        ({"alternateName": "True", "ratingValue": 1, "bestRating": 5, "worstRating": 1},
         "reviewRating: the label and the number say different things, the label taken"),
        ({"alternateName": "True", "ratingValue": 1, "bestRating": 1, "worstRating": 5},
         "reviewRating: a scale whose best is not above its worst"),
        ({"alternateName": "True", "ratingValue": -1, "bestRating": 5, "worstRating": 1},
         "reviewRating: a number off its own scale"),
        ({"alternateName": "True", "ratingValue": "3,5"}, "ratingValue: a comma in a number"),
        ({"alternateName": "True", "ratingValue": "3/5"}, "ratingValue: a number with its scale"),
        ({"alternateName": "True", "bestRating": "five"}, "bestRating: no number, left out"),
        ({"name": "True"}, "alternateName: missing, another label taken"),
        ({"alternateName": "Bulo"}, "alternateName: a label that we cannot map"),
        ({"alternateName": "x" * 300}, "alternateName: longer than 200 characters, cut"),
        ({"alternateName": True}, "alternateName: yes or no instead of a text"),
    ],
)  # fmt: skip
def test_what_is_odd_about_a_rating_is_said(rating, oddity):
    assert oddity in rated(**rating)[1]


@pytest.mark.parametrize("rating", ["False", ["False"], [{"ratingValue": ""}, {"name": "False"}]])
def test_a_rating_is_found_in_any_shape(rating):
    assert read(reviewRating=rating)[0].rating == "False"


@pytest.mark.parametrize(
    ("given", "day", "odd"),
    [
        ("2020-08-25", date(2020, 8, 25), ""),
        ("2020-08-25T23:30:00-05:00", date(2020, 8, 25), ""),
        ("2020-8-5", date(2020, 8, 5), ""),
        ("20200825", date(2020, 8, 25), "a date in another form"),
        ("25 August 2020", date(2020, 8, 25), "a date in another form"),
        ("Tuesday, 25th of August, 2020", date(2020, 8, 25), "a date in another form"),
        ("August 25, 2020 10:00 am", date(2020, 8, 25), "a date in another form"),
        ("25-Aug-2020", date(2020, 8, 25), "a date in another form"),
        ("25/08/2020", date(2020, 8, 25), "a date in another form"),
        ("08/25/2020", date(2020, 8, 25), "a date in another form"),
        ("03.04.2020", date(2020, 4, 3), "a date that may be two days, read day first"),
        ("2020/08/25", date(2020, 8, 25), "a date in another form"),
        ("Tue, 25 Aug 2020 10:00:00 +0000", date(2020, 8, 25), "a date in another form"),
        (1598313600, date(2020, 8, 25), "a date as a number"),
        ("1598313600000", date(2020, 8, 25), "a date as a number"),
        (1598313600.5, date(2020, 8, 25), "a date as a number"),
        ("31 February 2020", None, "no date, left out"),
        ("0001-01-01", None, "a date out of time, left out"),
        ("last week", None, "no date, left out"),
        (0, None, "no date, left out"),
        (10**400, None, "no date, left out"),
        (float("inf"), None, "no date, left out"),
        (True, None, "no date, left out"),
        ({}, None, "no date, left out"),
        ("", None, ""),
        (None, None, ""),
    ],
)
def test_a_day_is_read_as_it_is_written(given, day, odd):
    assert read_day(given) == (day, odd)


def test_a_date_in_an_odd_form_is_kept_as_it_was_given():
    check, _ = read(datePublished="25 August 2020")
    assert check.details["reviewed_as_given"] == "25 August 2020"


@pytest.mark.parametrize(
    ("changed", "refusal"),
    [
        ({"url": None}, "no address"),
        ({"url": "javascript:alert(1)"}, "does not begin with https"),
        ({"url": "data:text/html,x"}, "does not begin with https"),
        ({"url": "/checks/1"}, "does not begin with https"),
        ({"url": f"https://x.example/{'x' * 1000}"}, "too long"),
        ({"reviewRating": None}, "no rating"),
        ({"reviewRating": {}}, "no rating"),
        ({"reviewRating": {"alternateName": "\x00 "}}, "no rating"),
        ({"claimReviewed": "", "itemReviewed": None}, "which claim"),
        ({"claimReviewed": [], "itemReviewed": "text"}, "which claim"),
    ],
)
def test_what_can_be_no_check_is_refused_in_words(changed, refusal):
    with pytest.raises(BadCheck, match=refusal):
        read(**changed)


@pytest.mark.parametrize(
    ("given", "page", "url"),
    [
        ("/checks/1", "https://mill-facts.example/all", "https://mill-facts.example/checks/1"),
        ("2#here", "https://mill-facts.example/checks/1", "https://mill-facts.example/checks/2#here"),
        ("//mill-facts.example/1", "https://mill-facts.example/", "https://mill-facts.example/1"),
        ("www.mill-facts.example/1", "", "https://www.mill-facts.example/1"),
        ({"@id": "https://mill-facts.example/1"}, "", "https://mill-facts.example/1"),
        (["", "https://mill-facts.example/1"], "", "https://mill-facts.example/1"),
        (" https://MILL-facts.example:443/1?utm_source=x ", "", "https://mill-facts.example/1"),
        (None, "https://mill-facts.example/1", "https://mill-facts.example/1"),
    ],
)  # fmt: skip
def test_the_address_of_a_check_is_made_whole(given, page, url):
    assert read(url=given, page=page)[0].url == url


def test_the_rating_is_taken_out_of_the_claim_and_the_claim_kept_as_given():
    check, odd = read(claimReviewed="FALSE: The mill ground 40 tons.")
    assert check.claim_reviewed == "The mill ground 40 tons."
    assert check.details["claim_as_given"] == "FALSE: The mill ground 40 tons."
    assert odd == {"claimReviewed: the rating within the claim, taken out"}


def test_a_claim_that_is_missing_is_the_name_of_what_was_reviewed():
    check, odd = read(claimReviewed="", itemReviewed={"name": "The mill ground 40 tons."})
    assert check.claim_reviewed == "The mill ground 40 tons."
    assert odd == {"claimReviewed: missing, the name of what was reviewed taken"}


def test_a_text_that_is_too_long_is_cut_and_that_is_said():
    check, odd = read(claimReviewed="word " * 1000)
    assert len(check.claim_reviewed) <= 2000
    assert "claimReviewed: longer than 2,000 characters, cut" in odd


@pytest.mark.parametrize("character", ["\x00", "\x1b", "\x85", "\u202e", "\ud800"])
def test_characters_that_nobody_sees_are_taken_out_and_that_is_said(character):
    check, odd = read(claimReviewed=f"The {character}mill burnt down.")
    assert check.claim_reviewed == "The mill burnt down."
    assert odd == {"claimReviewed: control characters, taken out"}


def test_markup_in_a_text_stays_text_and_that_is_said():
    check, odd = read(author="<script>alert(1)</script>")
    assert check.publisher == "<script>alert(1)</script>"
    assert odd == {"author: markup in a text, kept as text"}


def test_escaped_characters_are_read():
    assert (
        read(author="Mill &amp; Facts &#8211; Brinmouth")[0].publisher == "Mill & Facts – Brinmouth"
    )


@pytest.mark.parametrize(
    "other",
    [
        ("http://www.mill-facts.example/checks/flour/", WHOLE["claimReviewed"]),
        (f"{URL}#claim-2", WHOLE["claimReviewed"].upper()),
        (URL, WHOLE["claimReviewed"].replace(" ", "  ").rstrip(".")),
    ],
)
def test_one_page_and_one_claim_are_known_however_they_are_spelt(other):
    assert identity_of(*other) == identity_of(URL, WHOLE["claimReviewed"])


@pytest.mark.parametrize(
    "other",
    [
        (f"{URL}?id=2", WHOLE["claimReviewed"]),
        (URL, "The mill burnt down."),
        (URL, "«»"),
    ],
)
def test_another_page_or_claim_is_another_check(other):
    assert identity_of(*other) != identity_of(URL, WHOLE["claimReviewed"])


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("https://facts.example/1", "https://www.facts.example/", True),
        ("https://news.facts.example/1", "https://facts.example/", True),
        ("https://a.facts.com/1", "https://b.facts.com/", True),
        ("https://facts.co.uk/1", "https://other.co.uk/", False),
        ("https://notfacts.example/1", "https://facts.example/", False),
        ("https://facts.example.evil.example/", "https://facts.example/", False),
        ("not an address", "https://facts.example/", False),
    ],
)
def test_one_domain_is_one_name_or_one_below_the_other(one, other, is_one):
    assert is_one_domain(one, other) is is_one


@pytest.mark.parametrize(
    ("host", "is_one"), [("co.uk", True), ("github.io", True), ("facts.co.uk", False), ("facts.example", False)]
)  # fmt: skip
def test_a_name_under_which_others_keep_their_sites_is_told(host, is_one):
    assert is_registry(host) is is_one


def test_every_label_of_a_known_meaning_is_known_in_capitals():
    assert {meaning_of(word.upper()) for word in ("pants on fire", "fake", "pants on fire!")} == {
        "refuted"
    }


@pytest.mark.parametrize(
    "wrap",
    [
        lambda review: [review],
        lambda review: [{"@graph": [{"@type": "WebPage"}, review]}],
        lambda review: [[[review]]],
        lambda review: [{"@type": "NewsArticle", "review": {"hasPart": [review]}}],
        lambda review: [{"@type": "DataFeed", "dataFeedElement": [{"item": [review]}]}],
        lambda review: [{"@type": "DataFeed", "dataFeedElement": {"item": review}}],
        lambda review: [{**review, "@type": ["Review", "claimreview"]}],
        lambda review: [{**review, "@type": "http://schema.org/ClaimReview"}],
        lambda review: [{**review, "@type": "schema:ClaimReview"}],
    ],
)
def test_a_review_is_found_wherever_it_is(wrap):
    assert len(find_reviews(wrap(dict(WHOLE))).reviews) == 1


def test_names_are_read_in_any_case_and_prefix():
    notes, given = Notes(), {**WHOLE}
    given["schema:claimreviewed"] = given.pop("claimReviewed")
    given["https://schema.org/reviewRating"] = {
        "alternatename": given.pop("reviewRating")["alternateName"]
    }
    assert read_review(given, {}, "", notes).rating == "False"


def test_a_reference_alone_is_no_review():
    assert find_reviews([{"@type": "ClaimReview", "@id": "#1"}]).reviews == []


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["False", URL]),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(st.sampled_from([*WHOLE, *WHOLE["reviewRating"], "name", "@id"]) | st.text(), inner, max_size=5),
    max_leaves=20,
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(list(WHOLE)), values), st.sampled_from(["", URL]))
def test_no_json_makes_the_reader_fail(changed, page):
    review = {**WHOLE, **changed}
    found = find_reviews([review, changed])
    for one in found.reviews:
        try:
            check = read_review(one, found.named, page, Notes())
        except BadCheck:
            continue
        kept = json.dumps(check.details, allow_nan=False)
        assert "\\u0000" not in kept
        assert check.url.startswith(("http://", "https://"))
        assert check.rating
        assert check.claim_reviewed


@given(st.text(max_size=60))
def test_no_text_makes_an_address_that_a_browser_would_run(text):
    for page in ("", URL):
        assert read_address(text, page)[:4] in ("", "http")
