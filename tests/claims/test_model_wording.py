"""A model's quote is found where it stands, or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.detection.base import Place
from claims.detection.model.wording import NORMAL, find_quote

SIGNS = "ab é’'“\"”–-\u00a0\u200b\t\n.,1😀港"


def whole(text):
    return Place(0, len(text))


def plain(text):
    """As a reader sees it."""
    seen = "".join(sign for sign in text if sign not in "\u00ad\u200b\u200c\u200d\u2060\ufeff")
    return " ".join(seen.translate(NORMAL).split())


@given(st.text(st.sampled_from(SIGNS), max_size=30), st.text(st.sampled_from(SIGNS), max_size=6))
def test_what_is_found_reads_as_the_quote_does(text, quote):
    place = find_quote(text, quote, whole(text))
    if place is not None:
        assert plain(text[place.start : place.end]) == plain(quote)


@given(st.text(st.sampled_from(SIGNS), max_size=30), st.data())
def test_a_quote_with_other_typography_is_found_or_is_not_alone(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    quote = text[start:end].translate(NORMAL)
    place = find_quote(text, quote, whole(text))
    if place is not None:
        assert plain(text[place.start : place.end]) == plain(quote)


@pytest.mark.parametrize(
    ("text", "quote", "found"),
    [
        ("The pier’s end", "pier's end", "pier’s end"),
        ("a “b” c", '"b"', "“b”"),
        ("1 – 2", "1 - 2", "1 – 2"),
        ("so\u00adme\u200bthing new", "something new", "so\u00adme\u200bthing new"),
        ("two\u00a0 \tblanks", "two blanks", "two\u00a0 \tblanks"),
        ("港口已关闭。", "已关闭", "已关闭"),
        ("e\u0301te\u0301", "e\u0301te\u0301", "e\u0301te\u0301"),
    ],
)
def test_a_quote_is_found(text, quote, found):
    place = find_quote(text, quote, whole(text))
    assert text[place.start : place.end] == found


@pytest.mark.parametrize(
    ("text", "quote"),
    [
        ("the the", "the"),
        ("other", "the"),
        ("the pier", "The pier"),
        ("the old pier", "the pier"),
        ("the pier", "…"),
        ("the pier", " "),
        ("cafe\u0301s", "cafe"),
        ("„b“ and “b”", '"b"'),
    ],
)  # fmt: skip
def test_a_quote_is_not_found(text, quote):
    assert find_quote(text, quote, whole(text)) is None
