"""What an engine finds in a tidied text is found again in the text as it was given."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.ingest import UnreadableText
from articles.ingest.decode import tidy
from articles.ingest.given_text import read_given

ODD = st.text(st.sampled_from("ab \t\r\n\x00\ufeff\u00a0\u200b\u0301é😀\ud800.“"), max_size=40)


@given(ODD)
def test_the_text_is_tidied_as_on_arrival(text):
    try:
        expected = tidy(text)
    except UnreadableText:
        return
    assert read_given(text).tidied == expected


@given(ODD, st.data())
def test_a_run_of_the_tidied_text_is_found_again(text, data):
    found = read_given(text)
    if not found.tidied:
        return
    start = data.draw(st.integers(0, len(found.tidied) - 1))
    end = data.draw(st.integers(start + 1, len(found.tidied)))
    first, last = found.place(start, end)
    run = "\n" + text[first:last]  # so that a mark at its beginning is inside
    assert read_given(run).tidied[1:] == found.tidied[start:end]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("\ufeffBrinmouth", "Brinmouth"),
        ("One.\r\n\r\nTwo.", "Two."),
        ("a\r\nb\rc\nd", "d"),
        ("\x00\x00No\x00.", "No\x00."),
        ("\r\n\ud800 x", "\ud800 x"),
    ],
)
def test_the_place_is_that_of_the_words(text, words):
    found = read_given(text)
    plain = read_given(words).tidied
    start = found.tidied.index(plain)
    assert text[slice(*found.place(start, start + len(plain)))] == words
