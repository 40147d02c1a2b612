"""The rules of search engines: what breaks each one, and that nothing of ours does."""

import copy
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.claimreview import render_claim_review
from publishing.claimreview_rules import find_problems, is_address, is_date, is_of_host
from tests.publishing.test_claimreview import make_document

HOST = "desk.example"
VALID = render_claim_review(make_document(), licence="https://creativecommons.org/licenses/by/4.0/")


def changed(path, value):
    """The valid one with this value at this place; Ellipsis takes the place out."""
    review = copy.deepcopy(VALID)
    *way, last = path.split(".")
    place = review
    for name in way:
        place = place[name]
    if value is ...:
        del place[last]
    else:
        place[last] = value
    return review


def paths(review, host=HOST):
    return [problem.path for problem in find_problems(review, host=host)]


def test_a_whole_claim_review_has_no_problems():
    assert paths(VALID) == []


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("@type", "Review"),
        ("claimReviewed", ...),
        ("claimReviewed", "x" * 75),
        ("claimReviewed", 5),
        ("url", ...),
        ("url", "https://elsewhere.example/1"),
        ("url", "https://notdesk.example/1"),
        ("reviewRating", ...),
        ("reviewRating", "True"),
        ("reviewRating.alternateName", ...),
        ("reviewRating.worstRating", 0),
        ("reviewRating.bestRating", 1),
        ("reviewRating.ratingValue", 6),
        ("reviewRating.ratingValue", "4"),
        ("reviewRating.ratingValue", True),
        ("author", {"@type": "Organization"}),
        ("itemReviewed", {"@type": "Thing"}),
        ("itemReviewed.author.name", ...),
        ("itemReviewed.appearance", "somewhere"),
        ("itemReviewed.appearance.url", "javascript:alert(1)"),
        ("itemReviewed.datePublished", "14 October 2025"),
        ("datePublished", "yesterday"),
        ("reviewBody", " "),
        ("inLanguage", None),
        ("citation", []),
        ("sdLicense", "CC BY"),
    ],
)
def test_what_breaks_a_rule_is_found_where_it_is(path, value):
    assert path in paths(changed(path, value))


def test_a_scale_is_given_whole_or_not_at_all():
    assert paths(changed("reviewRating.bestRating", ...)) == ["reviewRating"]


def test_several_claimants_each_need_a_name():
    review = changed("itemReviewed.author", [{"name": "Ida Quell"}, {"jobTitle": "Mayor"}])
    assert paths(review) == ["itemReviewed.author.name"]


def test_each_problem_says_where_and_what_to_do():
    [problem] = find_problems(changed("reviewRating.worstRating", 0), host=HOST)
    assert str(problem) == "reviewRating.worstRating: It must be at least 1."


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("https://desk.example/1", True),
        ("https://www.desk.example/1", True),
        ("https://checks.desk.example/1", True),
        ("https://desk.example:8443/1", True),
        ("https://otherdesk.example/1", False),
        ("https://desk.example.evil/1", False),
        ("https://[broken", False),
    ],
)
def test_a_host_holds_what_is_below_it(address, expected):
    assert is_of_host(address, "www.desk.example") is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://a.example/b?c#d", True),
        ("http://127.0.0.1:8000/x", True),
        ("//a.example/b", False),
        ("ftp://a.example", False),
        ("https://", False),
        ("https://a.example/b c", False),
        ("http://[::1", False),
    ],
)
def test_an_address_is_absolute_and_only_opened(text, expected):
    assert is_address(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-01", True),
        ("2026-03-01T12:00:00Z", True),
        ("2026-02-30", False),
        ("20260301", False),
        ("", False),
    ],
)
def test_a_date_is_one_of_the_calendar(text, expected):
    assert is_date(text) is expected


TEXT = st.text(max_size=200)
WORDS = TEXT.filter(lambda text: text.strip())
ADDRESS = st.one_of(
    TEXT, st.sampled_from(["", "http://", "https://[x", "javascript:x", "https://a.example/ b"])
)
DAY = st.none() | st.dates(min_value=date(1900, 1, 1)).map(date.isoformat)


@st.composite
def documents(draw):
    values = draw(st.lists(st.integers(-10, 10), min_size=1))
    is_ordinal = draw(st.booleans())
    source = st.fixed_dictionaries(
        {"title": TEXT, "address": ADDRESS, "publisher": TEXT, "published_on": DAY}
    )
    claimant = st.none() | st.fixed_dictionaries(
        {"name": TEXT, "role": TEXT, "same_as": ADDRESS, "kind": st.sampled_from(["person", ""])}
    )
    return make_document(
        kind=draw(st.sampled_from(["publication", "correction"])),
        note=draw(WORDS),
        claim={
            "statement": draw(WORDS),
            "claimed_on": draw(DAY),
            "claimant": draw(claimant),
            "language": draw(st.sampled_from(["en", "und", ""])),
        },
        article={
            "title": draw(TEXT),
            "address": draw(ADDRESS),
            "publisher": draw(TEXT),
            "published_at": draw(DAY),
        },
        verdict={
            "label": draw(WORDS),
            "value": draw(st.sampled_from(values)) if is_ordinal else None,
            "worst": min(values) if is_ordinal else None,
            "best": max(values) if is_ordinal else None,
            "summary": draw(TEXT),
            "justification": draw(TEXT),
        },
        evidence=[{"source": one} for one in draw(st.lists(source, max_size=3))],
    )


@given(documents())
def test_whatever_a_document_says_its_claim_review_is_valid(document):
    assert find_problems(render_claim_review(document), host=HOST) == []
