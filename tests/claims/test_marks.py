"""Marks laid over blocks: nothing of the text is lost, and overlapping claims stay apart."""

from hypothesis import given
from hypothesis import strategies as st

from articles.document import Block, BlockKind, Document
from claims.marks import Mark, Piece, assign_lanes, mark_up

TEXT = "One two three.\n\nFour five six."
DOCUMENT = Document(
    TEXT, (Block(BlockKind.PARAGRAPH, 0, 14), Block(BlockKind.CAPTION, 16, len(TEXT)))
)


def pieces(*marks):
    return [[(p.text, p.keys) for p in block.pieces] for block in mark_up(DOCUMENT, marks)]


def test_without_marks_each_block_is_one_piece():
    assert pieces() == [[("One two three.", ())], [("Four five six.", ())]]


def test_a_block_keeps_its_kind_and_place():
    block = mark_up(DOCUMENT, ())[1]
    assert (block.kind, block.start, block.end) == ("caption", 16, 30)


def test_a_mark_cuts_its_words_out():
    assert pieces(Mark("a", 4, 7))[0] == [("One ", ()), ("two", ("a",)), (" three.", ())]


def test_words_that_two_claims_share_name_both_in_reading_order():
    assert pieces(Mark("b", 4, 14), Mark("a", 0, 7))[0] == [
        ("One ", ("a",)),
        ("two", ("a", "b")),
        (" three.", ("b",)),
    ]


def test_the_longer_of_two_marks_that_start_together_comes_first():
    assert pieces(Mark("short", 0, 3), Mark("long", 0, 7))[0][0] == ("One", ("long", "short"))


def test_a_claim_that_marks_the_same_words_twice_is_named_once():
    assert pieces(Mark("a", 0, 3), Mark("a", 0, 3))[0][0] == ("One", ("a",))


def test_fragments_of_one_claim_carry_its_key_each():
    first, second = pieces(Mark("a", 0, 3), Mark("a", 16, 20))
    assert (first[0], second[0]) == (("One", ("a",)), ("Four", ("a",)))


def test_a_mark_across_blocks_is_cut_at_their_edges():
    first, second = pieces(Mark("a", 8, 20))
    assert (first[-1], second[0]) == (("three.", ("a",)), ("Four", ("a",)))


def test_a_piece_says_where_it_starts_in_the_document():
    assert mark_up(DOCUMENT, [Mark("a", 21, 25)])[1].pieces[1] == Piece(21, "five", ("a",))


def test_a_mark_outside_every_block_marks_nothing():
    assert pieces(Mark("a", 14, 16)) == pieces()


@st.composite
def documents_and_marks(draw):
    text = draw(st.text(min_size=1, max_size=60))
    edges = sorted(draw(st.sets(st.integers(0, len(text)), min_size=2, max_size=8)))
    blocks = tuple(
        Block(BlockKind.PARAGRAPH, start, end)
        for start, end in zip(edges[::2], edges[1::2], strict=False)
    )
    places = st.tuples(st.integers(0, len(text)), st.integers(0, len(text)))
    marks = [
        Mark(key, min(place), max(place))
        for key, place in draw(st.lists(st.tuples(st.sampled_from("abc"), places), max_size=6))
        if place[0] != place[1]
    ]
    return Document(text, blocks), marks


@given(documents_and_marks())
def test_the_pieces_of_a_block_are_its_text_character_for_character(case):
    document, marks = case
    for block in mark_up(document, marks):
        joined = "".join(piece.text for piece in block.pieces)
        assert joined == document.text[block.start : block.end]


@given(documents_and_marks())
def test_every_character_knows_exactly_the_marks_that_cover_it(case):
    document, marks = case
    for block in mark_up(document, marks):
        for piece in block.pieces:
            for at in range(piece.start, piece.start + len(piece.text)):
                covering = {mark.key for mark in marks if mark.start <= at < mark.end}
                assert set(piece.keys) == covering


@given(documents_and_marks())
def test_marks_that_overlap_never_share_a_lane(case):
    _, marks = case
    lanes = assign_lanes(marks)
    for one in marks:
        for other in marks:
            if one.key != other.key and one.start < other.end and other.start < one.end:
                assert lanes[one.key] != lanes[other.key]


def test_a_lane_is_used_again_once_it_is_free():
    assert assign_lanes([Mark("a", 0, 5), Mark("b", 3, 8), Mark("c", 5, 9)]) == {
        "a": 1,
        "b": 2,
        "c": 1,
    }
