"""Folded text is the text in plain typography, and every character of it knows where it stood."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.folding import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("“It’s” «so» „now‟ ``then''", "'It's' 'so' 'now' 'then'"),
        ("« mot » et «\u00a0mot\u00a0»", "'mot' et 'mot'"),
        ("sagt »mot« und", "sagt 'mot' und"),
        ("sagt »[mot]« und", "sagt '[mot]' und"),
        ("5' 10\"", "5' 10\""),
        ("word—word – word -- word", "word-word-word-word"),
        ("10–15, fell to −5", "10-15, fell to -5"),
        ("two- and three-year", "two- and three-year"),
        ("a … b ... c . . . d", "a...b...c...d"),
        ("soft\u00adly\u200b now\ufeff", "softly now"),
        ("a \t\r\n\u00a0\u2009b", "a b"),
        ("ﬁne oﬃce", "fine office"),
        ("Ａｂ１２", "Ab12"),
        ("cafe\u0301 5\u212b", "café 5Å"),
        ("10² ½", "10² ½"),
    ],
)
def test_typography_is_evened_out(text, folded):
    assert fold(text).text == folded


TEXTS = st.text(
    alphabet=st.one_of(st.sampled_from("ab 1-—…“'\u00ad\u200b\u0301\n.ﬁ«»é"), st.characters()),
    max_size=80,
)


@given(TEXTS, st.data())
def test_every_slice_has_its_place_in_the_text(text, data):
    folded = fold(text)
    if not folded.text:
        return
    start = data.draw(st.integers(0, len(folded.text) - 1))
    end = data.draw(st.integers(start + 1, len(folded.text)))
    first, last = folded.place(start, end)
    assert 0 <= first < last <= len(text)


@given(TEXTS)
def test_characters_keep_their_order(text):
    folded = fold(text)
    places = [folded.place(at, at + 1) for at in range(len(folded.text))]
    assert places == sorted(places)


@given(st.text(alphabet="abc def,;:123", max_size=80))
def test_plain_text_stays_as_it_is_but_for_runs_of_space(text):
    assert fold(text).text.split() == text.split()
