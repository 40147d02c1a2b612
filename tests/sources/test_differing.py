"""What a quote and the passage that it is nearly have each of their own, word by word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.differing import MOST_WORDS, Piece, compare_quote
from sources.folding import fold


def told(quote, passage):
    return [
        (piece.kind, piece.text.strip())
        for piece in compare_quote(quote, passage)
        if piece.kind != "same"
    ]


@pytest.mark.parametrize(
    ("quote", "passage", "expected"),
    [
        ("cost 41 million", "cost 40 million", [("quote", "41"), ("copy", "40")]),
        ("paid 1,300 crowns", "paid 1,200 crowns", [("quote", "1,300"), ("copy", "1,200")]),
        ("fell to 5 degrees", "fell to -5 degrees", [("copy", "-")]),
        ("the works did cost", "the works did not cost", [("copy", "not")]),
        ("the works did never cost", "the works did cost", [("quote", "never")]),
        ("we can go", "we can't go", [("quote", "can"), ("copy", "can't")]),
        ("cost 40 billion", "cost 40 million", [("quote", "billion"), ("copy", "million")]),
        (
            "a red old house",
            "a blue new house",
            [("quote", "red old"), ("copy", "blue new")],
        ),
    ],
)
def test_only_what_is_another_word_is_told(quote, passage, expected):
    assert told(quote, passage) == expected


@pytest.mark.parametrize(
    ("quote", "passage"),
    [
        ("'yes' he said", "“yes” he said"),
        ("the well–known ﬁrm", "the well-known firm"),
        ("harb\u00adour  works", "harbour\nworks"),
        ("the cafe\u0301", "the café"),
    ],
)
def test_typography_is_no_difference_and_is_shown_as_in_the_copy(quote, passage):
    assert compare_quote(quote, passage) == (Piece("same", passage),) or (
        not told(quote, passage)
        and "".join(p.text for p in compare_quote(quote, passage)) == passage
    )


def test_what_an_ellipsis_stands_for_is_a_gap():
    assert told("the works did … cost 40 million", "the works did not cost 40 million") == [
        ("gap", "not")
    ]


def test_an_ellipsis_that_stands_for_nothing_is_no_gap():
    assert told("the works … did not cost", "the works did not cost") == []


def test_parts_that_stand_only_nearly_are_compared_each():
    passage = "the audit office said on 3 May that the works did not cost 40 million crowns"
    quote = "the audit office said … the works did not cost 41 million crowns"
    assert told(quote, passage) == [
        ("gap", "on 3 May that"),
        ("quote", "41"),
        ("copy", "40"),
    ]


def test_a_long_gap_says_how_many_words_it_has_and_how_it_begins_and_ends():
    words = [f"word{number}" for number in range(100)]
    gap = Piece("gap", " ".join(words))
    first, last = gap.ends
    assert gap.is_long
    assert gap.word_count == 100
    assert first.split() == words[: MOST_WORDS // 2]
    assert last.split() == words[-MOST_WORDS // 2 :]


WORDS = st.lists(st.sampled_from(["the", "cost", "40", "1,500", "not", "“did”", "-5", "…"]))


@given(WORDS.map(" ".join), WORDS.map(" ".join))
def test_the_pieces_make_up_the_passage(quote, passage):
    pieces = compare_quote(quote, passage)
    whole = "".join(piece.text for piece in pieces if piece.kind != "quote")
    assert fold(whole).text.strip() in fold(passage).text


@given(st.text(max_size=80), st.text(max_size=80))
def test_any_texts_are_compared(quote, passage):
    assert all(piece.text for piece in compare_quote(quote, passage))
