"""The sentences of a copy are exact slices of it, short enough to read."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.sentences import LONGEST, find_sentences


def said(text: str) -> list[str]:
    return [text[start:end] for start, end in find_sentences(text)]


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("", []),
        (" \n\t\n", []),
        ("It sank. Nobody was hurt.", ["It sank.", "Nobody was hurt."]),
        ("A heading\nIt sank.", ["A heading", "It sank."]),
        ("\n\nIt sank\nin the harbour.", ["It sank\nin the harbour."]),
        ("It sank\n\nin the harbour.", ["It sank", "in the harbour."]),
        ("It sank.\niPhones float.", ["It sank.", "iPhones float."]),
        ("議會遷往惠靈頓。首都是奧克蘭。", ["議會遷往惠靈頓。", "首都是奧克蘭。"]),
    ],
)
def test_lines_and_full_stops_end_sentences(text, sentences):
    assert said(text) == sentences


def test_what_has_no_full_stops_is_cut_at_blanks():
    pieces = said("number " * 500)
    assert len(pieces) > 1
    assert all(len(piece) <= LONGEST and piece.endswith("number") for piece in pieces)


def test_what_has_no_blanks_is_cut_all_the_same():
    assert [len(piece) for piece in said("x" * (2 * LONGEST + 1))] == [LONGEST, LONGEST, 1]


@given(st.text(alphabet=st.sampled_from('aB1.!?。…\n \t"”(“)é\u200d'), max_size=300))
def test_sentences_are_in_order_and_nothing_said_is_lost(text):
    places = find_sentences(text)
    assert all(one[1] <= other[0] for one, other in pairwise(places))
    kept = "".join(text[start:end] for start, end in places)
    assert "".join(kept.split()) == "".join(text.split())
