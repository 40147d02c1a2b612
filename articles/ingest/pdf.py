"""Reads the text layer of PDF files. A PDF holds glyphs at places and no paragraphs, so its lines are
joined again and laid out as plain text is.

Lines that come again on most pages are headers and footers; they and page numbers are greyed furniture.
"""

import logging
import re
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import DependencyError, FileNotDecryptedError, PyPdfError
from pypdf.generic import DictionaryObject, StreamObject

from articles.document import Block, BlockKind, Document
from articles.ingest.base import Hints, ReadArticle, UnreadableText
from articles.ingest.decode import tidy
from articles.ingest.plain_text import read_layout

MEDIA_TYPE = "application/pdf"
MOST_PAGES = 200
#: Of drawing instructions, unpacked, in all pages: a megabyte takes seconds to read, and an article has less.
#: A form that is drawn again counts each time it is.
MOST_CONTENT = 6_000_000
MOST_FORMS = 10_000
MOST_CHARACTERS = 4_000_000
FEW_CHARACTERS_A_PAGE = 25
EDGE_LINES = 2
PAGE_NUMBER = re.compile(r"(?:page\s*)?\d{1,4}(?:\s*(?:/|of)\s*\d{1,4})?", re.IGNORECASE)
DIGITS = re.compile(r"\d+")
HYPHEN_AT_END = re.compile(r"(?<=[^\W\d_])-\n(?=[^\W\d_A-Z])")
LOCKED = "This PDF is locked with a password. Save it without one, or paste its words."
BROKEN = "This PDF is broken and cannot be read. Open it, copy the words and paste them."
TOO_MUCH = (
    "This PDF holds too much to be an article. Send the pages that matter, or paste their words."
)
SCANNED = (
    "This PDF holds pictures of pages and no text. Run it through text recognition first, or type "
    "the words that matter."
)

logging.getLogger("pypdf").setLevel(logging.ERROR)  # it warns of every oddity that it mends


def read_pdf(content: bytes, hints: Hints) -> ReadArticle:
    try:
        file = PdfReader(BytesIO(content), strict=False)
        if file.is_encrypted and not file.decrypt(""):
            raise UnreadableText(LOCKED)
        pages = _pages(file)
        title, author, language = _facts(file)
    except (FileNotDecryptedError, DependencyError) as error:
        raise UnreadableText(LOCKED) from error
    except UnreadableText:
        raise
    except (PyPdfError, ValueError, TypeError, KeyError, IndexError, AttributeError,
            AssertionError, RecursionError, OverflowError, MemoryError) as error:  # fmt: skip
        raise UnreadableText(BROKEN) from error  # what pypdf raises for broken files is not limited
    read = _laid_out(pages)
    return ReadArticle(
        document=read.document,
        media_type=MEDIA_TYPE,
        title=read.title or title,
        byline=read.byline or author,
        language=language,
    )


def _pages(file: PdfReader) -> list[list[str]]:
    """The lines of every page. Raises UnreadableText when they are pictures, or too many."""
    count = len(file.pages)
    if count > MOST_PAGES:
        raise UnreadableText(
            f"This PDF has {count} pages; {MOST_PAGES} are read at most. Send the pages that matter."
        )
    meter = _Meter()
    for page in file.pages:
        meter.add_page(page)
    pages: list[list[str]] = []
    written = 0
    for page in file.pages:
        text = _lines(page.extract_text(visitor_operand_before=meter.see) or "")
        written += len(text)
        if written > MOST_CHARACTERS:
            raise UnreadableText(TOO_MUCH)
        pages.append(text.split("\n"))
    letters = sum(map(str.isalnum, "".join(map("".join, pages))))
    if letters < FEW_CHARACTERS_A_PAGE * max(1, min(count, 4)):
        raise UnreadableText(SCANNED)
    return pages


class _Meter:
    """Adds up what is drawn: each page once, and each form whenever a page or another form draws it."""

    def __init__(self) -> None:
        self._sizes: dict[str, int] = {}
        self._known: set[int] = set()
        self._total = 0

    def add_page(self, page: PageObject) -> None:
        contents = page.get_contents()
        self._count(len(contents.get_data()) if contents is not None else 0)
        self._add_forms(page)

    def see(self, operator: Any, operands: Any, *_: Any) -> None:
        """Before each instruction is followed."""
        if operator == b"Do" and operands:
            self._count(self._sizes.get(str(operands[0]), 0))

    def _add_forms(self, holder: Any) -> None:
        """The forms that a page or a form may draw, by name; where a name means several, the largest."""
        waiting = [holder]
        while waiting:
            for name, form in _forms(waiting.pop()):
                if id(form) in self._known:
                    continue
                self._known.add(id(form))
                if len(self._known) > MOST_FORMS:
                    raise UnreadableText(TOO_MUCH)
                self._sizes[name] = max(self._sizes.get(name, 0), len(form.get_data()))
                waiting.append(form)

    def _count(self, size: int) -> None:
        self._total += size
        if self._total > MOST_CONTENT:
            raise UnreadableText(TOO_MUCH)


def _forms(holder: Any) -> Iterator[tuple[str, Any]]:
    resources = _entry(holder, "/Resources")
    objects = _entry(resources, "/XObject")
    for name in objects or ():
        form = _entry(objects, name)
        if isinstance(form, StreamObject) and form.get("/Subtype") == "/Form":
            yield str(name), form


def _entry(holder: Any, name: str) -> Any:
    found = holder.get(name) if isinstance(holder, DictionaryObject) else None
    return found.get_object() if found is not None else None


def _lines(text: str) -> str:
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return "\n".join(line.rstrip() for line in text.split("\n"))


def _facts(file: PdfReader) -> tuple[str, str, str]:
    known = file.metadata
    title = " ".join(str(known.title or "").split()) if known else ""
    author = " ".join(str(known.author or "").split())[:300] if known else ""
    root = file.trailer["/Root"]
    language = str(root.get("/Lang", "")) if hasattr(root, "get") else ""
    is_tag = re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,4})?", language)
    return title, author, language if is_tag else ""


def _laid_out(pages: list[list[str]]) -> ReadArticle:
    """Lay the body out, then hang headers, footers and page numbers under it as furniture."""
    repeated = _repeated(pages)
    body: list[str] = []
    edges: list[str] = []
    for lines in pages:
        for place, line in enumerate(lines):
            is_edge = place < EDGE_LINES or place >= len(lines) - EDGE_LINES
            if is_edge and (_shape(line) in repeated or PAGE_NUMBER.fullmatch(line.strip())):
                edges.append(line.strip())
            else:
                body.append(line)
    read = read_layout(tidy(_mended("\n".join(body)).strip("\n")))
    return ReadArticle(
        document=_with_furniture(read.document, list(dict.fromkeys(filter(None, edges)))),
        media_type=MEDIA_TYPE,
        title=read.title,
        byline=read.byline,
    )


def _shape(line: str) -> str:
    """A running line without its page number."""
    return DIGITS.sub("#", " ".join(line.split()))


def _repeated(pages: list[list[str]]) -> set[str]:
    if len(pages) < 3:
        return set()
    seen = Counter(
        shape
        for lines in pages
        for shape in {_shape(line) for line in (*lines[:EDGE_LINES], *lines[-EDGE_LINES:])}
        if shape.strip()
    )
    return {shape for shape, count in seen.items() if count * 2 > len(pages)}


def _mended(text: str) -> str:
    """Join words that were broken at the end of a line."""
    return HYPHEN_AT_END.sub("", text)


def _with_furniture(document: Document, lines: list[str]) -> Document:
    text, blocks = document.text.rstrip(), list(document.blocks)
    for line in lines:
        start = len(text) + 2
        text = f"{text}\n\n{line}"
        blocks.append(Block(BlockKind.FURNITURE, start, start + len(line)))
    return Document(text, tuple(blocks), document.language, document.published_on)
