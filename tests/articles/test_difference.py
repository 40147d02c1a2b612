"""Two versions compared as a person would: nothing is lost, moves are moves, changes are phrases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles import difference
from articles.difference import compare
from articles.document import Block, BlockKind, Document

A = "The harbour reopened on Monday after two years of works."
B = "It cost 40 million crowns, said the treasurer."
C = "Fishermen said the noise had driven the herring away."


def document(*paragraphs):
    text, blocks = "", []
    for words in paragraphs:
        blocks.append(Block(BlockKind.PARAGRAPH, len(text), len(text) + len(words)))
        text += words + "\n\n"
    return Document(text=text, blocks=tuple(blocks))


def lines(old, new):
    return [line for stretch in compare(document(*old), document(*new)) for line in stretch.lines]


def told(old, new):
    return [(line.change, bool(line.moved)) for line in lines(old, new)]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ([A, B], [A, B], [("same", False), ("same", False)]),
        ([A], [A, C], [("same", False), ("added", False)]),
        ([A, C], [C], [("removed", False), ("same", False)]),
        ([A, B, C], [C, A, B], [("same", True), ("same", False), ("same", False)]),
        ([A], [A.replace("two", "three")], [("changed", False)]),
        ([A, B, C], [C, A, B + " Twice."], [("same", True), ("same", False), ("changed", False)]),
        ([A], [C[:20]], [("removed", False), ("added", False)]),
        ([A, B], [C, B], [("removed", False), ("added", False), ("same", False)]),
        ([A, A], [A], [("same", False), ("removed", False)]),
    ],
)
def test_paragraphs_are_kept_moved_changed_added_or_removed(old, new, expected):
    assert told(old, new) == expected


def test_changed_words_read_as_phrases():
    (line,) = lines(["He paid 5 of 9 men."], ["He paid 6 of 8 men."])
    assert [(p.change, p.text) for p in line.pieces] == [
        ("same", "He paid "), ("removed", "5 of 9"), ("added", "6 of 8"), ("same", " men."),
    ]  # fmt: skip


def test_unchanged_paragraphs_in_a_row_fold_together():
    stretches = compare(document(A, B, C), document(A, B, C + " Again."))
    assert [(s.change, len(s.lines)) for s in stretches] == [("same", 2), ("", 1)]


def test_a_run_of_paragraphs_that_are_gone_folds_too():
    (gone, kept) = compare(document(A, B, A + B, C), document(C))
    assert (gone.is_folded, kept.is_folded) == (True, False)


@pytest.mark.parametrize(
    ("new", "expected"), [([C, A, B], ["up", "", ""]), ([B, C, A], ["", "", "down"])]
)
def test_a_moved_paragraph_says_which_way(new, expected):
    assert [line.moved for line in lines([A, B, C], new)] == expected


def test_each_paragraph_knows_its_places_in_both_texts():
    found = [(line.old, line.new) for line in lines([A, B], [B, C])]
    assert found == [(0, None), (1, 0), (None, 1)]


def test_a_paragraph_beyond_measure_is_shown_as_gone_and_come(monkeypatch):
    monkeypatch.setattr(difference, "MOST_WORDS", 3)
    (line,) = lines([A], [A + " Really."])
    assert [piece.change for piece in line.pieces] == ["removed", "added"]


def test_too_many_new_paragraphs_are_not_matched_by_likeness(monkeypatch):
    monkeypatch.setattr(difference, "MOST_PAIRS", 0)
    assert told([A], [A + " Really."]) == [("removed", False), ("added", False)]


PARAGRAPHS = st.lists(st.text("ab 1é我.", min_size=1, max_size=12), max_size=6)


@given(PARAGRAPHS, PARAGRAPHS)
def test_both_texts_can_be_read_from_the_difference(old, new):
    shown = lines(old, new)
    after = [
        "".join(p.text for p in x.pieces if p.change != "removed")
        for x in shown
        if x.change != "removed"
    ]
    before = [
        "".join(p.text for p in x.pieces if p.change != "added")
        for x in shown
        if x.change != "added"
    ]
    assert after == new
    assert sorted(before) == sorted(old)
