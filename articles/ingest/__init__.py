"""The door for articles: bytes of a media type, or pasted text, in; a document with blocks out.

A reader is a function from bytes to a `ReadArticle`, registered by its media type. Size is
checked here, once for all readers; everything else about a format is its reader's business.
"""

from collections.abc import Callable

from articles.ingest.base import ReadArticle, UnreadableText
from articles.ingest.decode import decode, tidy
from articles.ingest.plain_text import read_layout

__all__ = ["READERS", "ReadArticle", "UnreadableText", "read", "read_text"]

PLAIN_TEXT = "text/plain"

Reader = Callable[[bytes], ReadArticle]


def _read_plain_text(content: bytes) -> ReadArticle:
    return read_layout(decode(content))


READERS: dict[str, Reader] = {PLAIN_TEXT: _read_plain_text}


def read(content: bytes, *, media_type: str = PLAIN_TEXT, max_bytes: int) -> ReadArticle:
    """Read a file as an article. Parameters of the media type (`; charset=…`) are ignored."""
    name = media_type.partition(";")[0].strip().lower()
    reader = READERS.get(name)
    if reader is None:
        known = ", ".join(sorted(READERS))
        raise UnreadableText(
            f"Files of the type “{name}” cannot be read yet (known: {known}). "
            "Save the article as plain text, or paste its words."
        )
    _check_size(len(content), max_bytes)
    return reader(content)


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
