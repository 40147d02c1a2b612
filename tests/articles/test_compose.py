"""What is frozen is what stood there: no character of a part is lost where parts become a text."""

from io import BytesIO

import docx
import pytest

from articles.document import BlockKind
from articles.ingest import FRAGMENT, read
from articles.ingest.compose import Part, compose
from articles.ingest.media_types import DOCX, HTML, MARKDOWN
from tests.articles.pages import BODY, page

MARKED = "\ufeffSecond paragraph of it, with a mark in front that is none."
ODD = (
    "\ufeffmark", "a\u200bb", "a\u00adb", "a\u00a0b", "e\u0301", "\u200fעברית", "👩\u200d👩\u200d👧 came", "“curly”",
    "\u2066isolated\u2069", "می\u200cخواهم",
)  # fmt: skip


def in_word(*paragraphs):
    document, file = docx.Document(), BytesIO()
    for words in paragraphs:
        document.add_paragraph(words)
    document.save(file)
    return file.getvalue()


def arrived(content, media_type):
    document = read(content, media_type=media_type, max_bytes=1_000_000).document
    return [document.text[block.start : block.end] for block in document.blocks]


@pytest.mark.parametrize("words", ODD)
def test_a_part_keeps_its_characters(words):
    text = compose([Part(BlockKind.PARAGRAPH, "First."), Part(BlockKind.PARAGRAPH, words)]).text
    assert text == f"First.\n\n{words}"


def test_a_mark_at_the_beginning_of_the_text_is_dropped_and_offsets_know():
    document = compose(
        [Part(BlockKind.PARAGRAPH, "\ufeffFirst."), Part(BlockKind.PARAGRAPH, MARKED)]
    )
    assert [document.text[b.start : b.end] for b in document.blocks] == ["First.", MARKED]


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (page(f"{BODY}<p>{MARKED}</p>").encode(), HTML),
        (f"<p>First paragraph.</p><p>{MARKED}</p>".encode(), FRAGMENT),
        (f"First paragraph.\n\n{MARKED}\n".encode(), MARKDOWN),
        (f"First paragraph.\n\n{MARKED}\n".encode(), "text/plain"),
        (in_word("First paragraph.", MARKED), DOCX),
    ],
    ids=["page", "pasted", "markdown", "text", "word"],
)
def test_a_paragraph_may_begin_with_what_looks_like_a_byte_order_mark(content, media_type):
    assert arrived(content, media_type)[-1] == MARKED
