"""One page has one spelling of its address."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.addresses import BadAddress, normalise


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("", ""),
        ("  ", ""),
        (" https://example.org/a ", "https://example.org/a"),
        ("HTTPS://Example.ORG", "https://example.org/"),
        ("https://example.org:443/a", "https://example.org/a"),
        ("http://example.org:80/a", "http://example.org/a"),
        ("http://example.org:443/a", "http://example.org:443/a"),
        ("https://example.org:8443/a", "https://example.org:8443/a"),
        ("https://example.org./a", "https://example.org/a"),
        ("https://example.org/a#part", "https://example.org/a"),
        ("https://example.org/a?", "https://example.org/a"),
        ("https://example.org/A/b/", "https://example.org/A/b/"),
        ("https://example.org/a?b=2&a=1", "https://example.org/a?b=2&a=1"),
        ("https://example.org/a?utm_source=x&id=7&fbclid=y", "https://example.org/a?id=7"),
        ("https://example.org/a?utm_source=x", "https://example.org/a"),
        ("https://example.org/a?q=", "https://example.org/a?q="),
        ("https://example.org/caf%C3%A9", "https://example.org/caf%C3%A9"),
        ("https://[2001:DB8::1]:8443/", "https://[2001:db8::1]:8443/"),
    ],
)
def test_spellings_that_servers_treat_alike_become_one(written, kept):
    assert normalise(written) == kept


@pytest.mark.parametrize(
    ("written", "word"),
    [
        ("example.org", "starts with https"),
        ("ftp://example.org/a", "starts with https"),
        ("javascript:alert(1)", "starts with https"),
        ("https://", "starts with https"),
        ("https:///path", "starts with https"),
        ("https://example.org:port/", "not an address"),
        ("https://example.org:99999/", "not an address"),
        ("https://[::1/", "not an address"),
        ("https://user:secret@example.org/", "user name or password"),
        ("https://example.org/a b", "spaces"),
        ("https://example.org/\x00", "spaces"),
        ("https://example.org/a\nb", "spaces"),
    ],
)
def test_what_no_reader_could_open_is_refused_in_words(written, word):
    with pytest.raises(BadAddress, match=word):
        normalise(written)


@given(st.text(max_size=80) | st.from_regex(r"https?://[a-zA-Z.:0-9-]{1,20}/?[ -~]{0,40}"))
def test_normalising_twice_changes_nothing_more(written):
    try:
        once = normalise(written)
    except BadAddress:
        return
    assert normalise(once) == once
