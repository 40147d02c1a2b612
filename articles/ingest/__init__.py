"""The door for articles: bytes of a media type, or pasted text, in; a document with blocks out.

A reader is a function from bytes to a `ReadArticle`, registered by its media type. Size is
checked here, once for all readers; everything else about a format is its reader's business.
"""

from collections.abc import Callable

from articles.ingest.base import Hints, ReadArticle, UnreadableText
from articles.ingest.decode import decode, tidy
from articles.ingest.fragment import MEDIA_TYPE as FRAGMENT
from articles.ingest.fragment import read_fragment
from articles.ingest.markdown import read_markdown
from articles.ingest.media_types import DOCX, HTML, MARKDOWN, PDF, PLAIN_TEXT, sniff
from articles.ingest.pdf import read_pdf
from articles.ingest.plain_text import read_layout
from articles.ingest.web_page import read_page
from articles.ingest.word import read_word

__all__ = [
    "FILE_FACTOR",
    "FRAGMENT",
    "NO_HINTS",
    "PLAIN_TEXT",
    "READERS",
    "Hints",
    "ReadArticle",
    "UnreadableText",
    "read",
    "read_text",
    "sniff",
]

#: A file of words with pictures and layout may be this many times as large as its words.
FILE_FACTOR = 10
NO_HINTS = Hints()

Reader = Callable[[bytes, Hints], ReadArticle]


def _read_plain_text(content: bytes, hints: Hints) -> ReadArticle:
    return read_layout(decode(content))


READERS: dict[str, Reader] = {
    PLAIN_TEXT: _read_plain_text,
    HTML: read_page,
    FRAGMENT: read_fragment,
    MARKDOWN: read_markdown,
    DOCX: read_word,
    PDF: read_pdf,
}


def read(
    content: bytes, *, media_type: str = PLAIN_TEXT, max_bytes: int, hints: Hints = NO_HINTS
) -> ReadArticle:
    """Read a file as an article. Parameters of the media type (`; charset=…`) are ignored, but a fragment's."""
    name = media_type if media_type == FRAGMENT else media_type.partition(";")[0].strip().lower()
    reader = READERS.get(name)
    if reader is None:
        known = ", ".join(sorted(READERS))
        raise UnreadableText(
            f"Files of the type “{name}” cannot be read yet (known: {known}). "
            "Save the article as plain text, or paste its words."
        )
    _check_size(len(content), max_bytes * (1 if name == PLAIN_TEXT else FILE_FACTOR))
    article = reader(content, hints)
    _check_size(len(article.document.text.encode("utf-8", "replace")), 2 * max_bytes)
    return article


def read_text(text: str, *, max_bytes: int) -> ReadArticle:
    """Read pasted text. The limit is the same as for a file: its size in UTF-8."""
    _check_size(len(text.encode("utf-8", "surrogatepass")), max_bytes)
    return read_layout(tidy(text))


def _check_size(size: int, max_bytes: int) -> None:
    if size > max_bytes:
        raise UnreadableText(
            f"The text is too large: {_in_words(size)}, and the limit is {_in_words(max_bytes)}. "
            "Bring in the article alone, or split it into parts."
        )


def _in_words(size: int) -> str:
    for unit, step in (("MB", 1_000_000), ("kB", 1_000)):
        if size >= step:
            return f"{size / step:.2f}".rstrip("0").rstrip(".") + f" {unit}"
    return f"{size} bytes"
