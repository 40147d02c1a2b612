"""From the bytes of a copy to the text that is quoted from, and what the document says of itself.

Of a web page the main text comes first, then whatever else a reader sees on it: a quotation may come from a box at the
side. Only the main text tells whether the page has changed, since boxes change with every visit. What holds no text
(a picture, a recording, a scanned page) is kept all the same, and says so.
"""

from dataclasses import dataclass
from datetime import date

import puremagic

from articles import ingest
from articles.ingest.base import Hints, ReadArticle, UnreadableText, Wall
from articles.ingest.decode import tidy
from articles.ingest.media_types import HTML, PLAIN_TEXT
from articles.ingest.page_source import fold
from articles.ingest.web_page import seen_runs

__all__ = ["ReadCopy", "Wall", "read_copy"]

UNKNOWN = "application/octet-stream"
NO_HINTS = Hints()
WORDLESS = ("image/", "audio/", "video/", "font/")


@dataclass(frozen=True, slots=True)
class ReadCopy:
    """`main_length` counts the code points of the main text, with which `text` begins. `trouble` says in words why
    there is no text. What the document does not say of itself is empty."""

    text: str
    media_type: str
    main_length: int = 0
    trouble: str = ""
    title: str = ""
    publisher: str = ""
    author: str = ""
    published_at: date | None = None
    language: str = ""

    @property
    def main(self) -> str:
        return self.text[: self.main_length]


def read_copy(
    content: bytes, *, max_bytes: int, name: str = "", declared: str = "", hints: Hints = NO_HINTS
) -> ReadCopy:
    """Read a file as a source. Raises Wall for a page that shows a door in place of its words."""
    kind = _kind_without_words(content, declared)
    if kind:
        return ReadCopy("", kind, trouble="This is no text: there are no words in it to quote.")
    try:
        media_type = ingest.sniff(content, name=name, declared=declared)
        article = ingest.read(
            content, media_type=media_type, max_bytes=max_bytes // ingest.FILE_FACTOR, hints=hints
        )
    except Wall:
        raise
    except UnreadableText as error:
        return _without_article(content, hints, str(error), declared)
    rest = _rest(content, hints, article.document.text) if media_type == HTML else ""
    return _read(article, media_type, rest)


def _read(article: ReadArticle, media_type: str, rest: str) -> ReadCopy:
    main = article.document.text
    moment = article.published_at
    return ReadCopy(
        text=f"{main}\n\n{rest}" if rest else main,
        media_type=media_type,
        main_length=len(main),
        title=article.title,
        publisher=article.publisher,
        author=article.byline,
        published_at=moment.date() if moment else None,
        language=article.language,
    )


def _without_article(content: bytes, hints: Hints, why: str, declared: str) -> ReadCopy:
    """A page without an article is a source too: a table of an office, a short notice."""
    kind = _sniffed(content, declared)
    text = _rest(content, hints, "") if kind == HTML else ""
    return ReadCopy(text, kind, len(text), "" if text else why)


def _rest(content: bytes, hints: Hints, main: str) -> str:
    known = fold(main)
    runs = (run for run in seen_runs(content, hints.charset) if fold(run) not in known or not known)
    rest = "\n".join(run for run in runs if fold(run)).strip()
    return tidy(rest) if rest else ""


def _kind_without_words(content: bytes, declared: str) -> str:
    """The media type of a picture or a recording, whatever the server called it; else nothing."""
    kind = _by_magic(content)
    if kind.startswith(WORDLESS):
        return kind
    is_text = not kind and b"\x00" not in content[:4096]
    return "" if is_text or not declared.startswith(WORDLESS) else declared


def _sniffed(content: bytes, declared: str) -> str:
    try:
        kind = ingest.sniff(content, declared=declared)
    except UnreadableText:
        return _by_magic(content) or UNKNOWN
    is_text = kind != PLAIN_TEXT or b"\x00" not in content
    return kind if is_text else _by_magic(content) or UNKNOWN


def _by_magic(content: bytes) -> str:
    try:
        return str(puremagic.from_string(content[:65_536], mime=True))
    except (puremagic.PureError, ValueError):
        return ""
