"""An address, a DOI, an ISBN: whatever was pasted, told apart."""

import pytest

from articles.addresses import BadAddress
from sources.identify import identify


@pytest.mark.parametrize(
    "text",
    [
        "10.1000/XYZ.123",
        "doi:10.1000/xyz.123",
        "DOI: 10.1000/xyz.123.",
        "https://doi.org/10.1000/xyz.123",
        "http://dx.doi.org/10.1000/xyz.123",
    ],
)
def test_a_doi_is_one_source_however_it_is_written(text):
    found = identify(text)
    assert (found.doi, found.url) == ("10.1000/xyz.123", "https://doi.org/10.1000/xyz.123")
    assert found.kind == "study"


@pytest.mark.parametrize("text", ["978-0-306-40615-7", "ISBN 0-306-40615-2", "isbn: 9780306406157"])
def test_an_isbn_is_kept_with_thirteen_digits(text):
    assert identify(text).isbn == "9780306406157"


@pytest.mark.parametrize(
    ("text", "url", "kind"),
    [
        ("https://example.org/a?utm_source=x", "https://example.org/a", "news_report"),
        ("www.example.org/a", "https://www.example.org/a", "news_report"),
        ("https://www.bls.gov/cpi/", "https://www.bls.gov/cpi/", "official_record"),
        ("https://www.ons.gov.uk/x", "https://www.ons.gov.uk/x", "official_record"),
        ("https://mobile.twitter.com/x/1", "https://mobile.twitter.com/x/1", "social_post"),
        ("https://youtu.be/x", "https://youtu.be/x", "media"),
    ],
)
def test_an_address_comes_with_a_first_guess_at_what_it_is(text, url, kind):
    assert (identify(text).url, identify(text).kind) == (url, kind)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "Paste"),
        ("978-0-306-40615-8", "last digit"),
        ("the minister told me", "not an address"),
        ("javascript:alert(1)", "not an address"),
        ("https://me:secret@example.org", "password"),
    ],
)
def test_what_names_nothing_is_refused_in_words(text, says):
    with pytest.raises(BadAddress, match=says):
        identify(text)
