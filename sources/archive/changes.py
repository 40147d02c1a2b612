"""What changed between two copies of a source, told as between two versions of an article. Pure.

A copy's text has no blocks of its own: each of its lines is compared as a paragraph.
"""

import re

from articles.difference import Stretch, compare
from articles.document import Block, BlockKind, Document

#: Lines of a text beyond which two are not compared: the table of their likeness would not fit in memory.
MOST_LINES = 10_000
LINE = re.compile(r"\S(?:.*\S)?")


def what_changed(old: str, new: str) -> list[Stretch] | None:
    """The new text's lines in order, with those that are gone where they stood. None if it is too long for that."""
    before, after = as_document(old), as_document(new)
    if max(len(before.blocks), len(after.blocks)) > MOST_LINES:
        return None
    return compare(before, after)


def as_document(text: str) -> Document:
    lines = LINE.finditer(text)
    return Document(text, tuple(Block(BlockKind.PARAGRAPH, *line.span()) for line in lines))
