"""What changed between two copies: line by line, without a database."""

from sources.archive import changes
from sources.archive.changes import as_document, what_changed


def told(old, new):
    return [
        (line.change, "".join(piece.text for piece in line.pieces if piece.change != "removed"))
        for stretch in what_changed(old, new)
        for line in stretch.lines
    ]


def test_lines_are_compared_as_paragraphs():
    assert told("One.\n\nTwo is here.\nThree.", "One.\nTwo was here.\n\nThree.") == [
        ("same", "One."),
        ("changed", "Two was here."),
        ("same", "Three."),
    ]


def test_what_is_gone_and_what_has_come_is_told():
    found = what_changed("The bridge stands.", "The bridge stands.\nNobody voted against it.")
    assert [line.change for stretch in found for line in stretch.lines] == ["same", "added"]


def test_white_space_around_lines_is_no_change():
    assert told("  One.  \n\n\n", "One.") == [("same", "One.")]


def test_blocks_hold_no_outer_white_space():
    document = as_document(" One. \n\tTwo.")
    assert [document.text[block.start : block.end] for block in document.blocks] == ["One.", "Two."]


def test_texts_that_are_too_long_are_not_compared(monkeypatch):
    monkeypatch.setattr(changes, "MOST_LINES", 2)
    assert what_changed("a\nb\nc", "a") is None
