"""Reads Word documents (.docx): paragraphs with the kinds that their styles name, tables as text.

A .docx is a ZIP of XML, and both can be made to explode. So the sizes that the archive declares are
added up before anything is unpacked, unpacking stops at the declared size, and entities are not expanded.
Cells are taken as they are written: one that says it spans a billion columns is one cell.
"""

import re
import zipfile
from collections.abc import Iterator
from io import BytesIO

import docx
from docx.document import Document as WordDocument
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.exceptions import PackageNotFoundError
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from lxml import etree

from articles.document import BlockKind
from articles.ingest import furniture
from articles.ingest.base import Hints, ReadArticle, UnreadableText
from articles.ingest.compose import Part, compose, headline, with_headline
from articles.ingest.moments import read_moment

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PARAGRAPH = WD_STYLE_TYPE.PARAGRAPH
MOST_UNPACKED, MOST_XML, MOST_MEMBERS = 100_000_000, 40_000_000, 5_000
MOST_RATIO = 200
#: Below this size any ratio is harmless.
SMALL = 5_000_000
MOST_DEPTH, MOST_ELEMENTS = 100, 1_000_000
MOST_NESTED_TABLES = 4
CELL_GAP = " | "
HEADLINE_LIKE = ("title",)
HEADING = re.compile(r"heading ?[1-9]")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})?")
BOMB = (
    "This document unpacks to far more than it should hold, so it is not opened. Paste its words."
)
DEEP = "This document is nested too deeply to be an article. Paste its words."


def read_word(content: bytes, hints: Hints) -> ReadArticle:
    _refuse_bombs(content)
    try:
        document = docx.Document(BytesIO(content))
        return _read(document)
    except UnreadableText:
        raise
    except (PackageNotFoundError, etree.XMLSyntaxError, KeyError, ValueError, AttributeError,
            RecursionError) as error:  # fmt: skip
        raise UnreadableText(
            "This Word document is broken. Open it in Word, save it again, and send that."
        ) from error


def _read(document: WordDocument) -> ReadArticle:
    parts = with_headline(list(_parts(document, _style_names(document))))
    facts = document.core_properties
    bylines = (part.text for part in parts if part.kind is BlockKind.BYLINE)
    said = next((line for line in bylines if not furniture.is_date(line)), "")
    return ReadArticle(
        document=compose(parts),
        media_type=MEDIA_TYPE,
        title=headline(parts) or " ".join((facts.title or "").split()),
        byline=furniture.name_in_byline(said),
        published_at=read_moment(_dated(parts)),
        language=facts.language if LANGUAGE.fullmatch(facts.language or "") else "",
    )


def _dated(parts: list[Part]) -> str:
    """The date that the article says. When the file was made or saved says nothing of it."""
    return next(
        (p.text for p in parts if p.kind is BlockKind.BYLINE and furniture.is_date(p.text)), ""
    )


def _refuse_bombs(content: bytes) -> None:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            members = archive.infolist()
            total = sum(member.file_size for member in members)
            packed = sum(member.compress_size for member in members)
            if len(members) > MOST_MEMBERS or total > MOST_UNPACKED:
                raise UnreadableText(BOMB)
            if total > SMALL and total > MOST_RATIO * max(packed, 1):
                raise UnreadableText(BOMB)
            for member in members:
                if member.flag_bits & 1:
                    raise UnreadableText(
                        "This document is locked with a password. Save it without one."
                    )
                if member.filename.endswith((".xml", ".rels")):
                    _refuse_deep(archive, member)
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError) as error:
        raise UnreadableText("This Word document is broken or cut short. Save it again.") from error


def _refuse_deep(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> None:
    """Walk the XML once without building a tree; a document type in it could hold exploding entities."""
    if member.file_size > MOST_XML:
        raise UnreadableText(BOMB)
    parser = etree.XMLPullParser(events=("start", "end"), resolve_entities=False, no_network=True)
    depth = count = 0
    with archive.open(member) as file:
        while piece := file.read(65_536):
            if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
                raise UnreadableText(DEEP)
            try:
                parser.feed(piece)
            except etree.XMLSyntaxError as error:
                deep = "depth" in str(error).lower()
                raise UnreadableText(DEEP if deep else "This Word document is broken.") from error
            for event, element in parser.read_events():
                depth += 1 if event == "start" else -1
                count += 1
                if depth > MOST_DEPTH or count > 2 * MOST_ELEMENTS:
                    raise UnreadableText(DEEP)
                if event == "end":
                    element.clear()


def _style_names(document: WordDocument) -> dict[str | None, str]:
    """The names of styles by their ids, once: python-docx looks through all of them for each paragraph."""
    styles = document.styles
    names: dict[str | None, str] = {
        one.style_id: (one.name or "").lower() for one in styles if one.type is PARAGRAPH
    }
    default = styles.default(PARAGRAPH)
    names[None] = (default.name or "").lower() if default is not None else ""
    return names


def _parts(document: WordDocument, styles: dict[str | None, str]) -> Iterator[Part]:
    for item in document.iter_inner_content():
        if isinstance(item, Table):
            yield from _rows(item, 0)
        elif (text := item.text).strip():
            style = styles.get(item._p.style, styles[None])
            yield Part(_kind(item, style, " ".join(text.split())), text)


def _rows(table: Table, depth: int) -> Iterator[Part]:
    """A row is one run of its cells; a table that is there for layout gives its paragraphs."""
    if depth > MOST_NESTED_TABLES:
        raise UnreadableText(DEEP)
    for row in table._tbl.tr_lst:
        cells: list[str] = []
        for cell in (_Cell(one, table) for one in row.tc_lst):
            cells.append(" ".join(cell.text.split()))
            for inner in cell.tables:
                yield from _rows(inner, depth + 1)
        if words := CELL_GAP.join(filter(None, cells)):
            yield Part(BlockKind.LIST_ITEM if len(cells) > 1 else BlockKind.PARAGRAPH, words)


def _kind(paragraph: Paragraph, style: str, words: str) -> BlockKind:
    if style in HEADLINE_LIKE:
        return BlockKind.HEADLINE
    if style == "subtitle":
        return BlockKind.STANDFIRST
    if HEADING.fullmatch(style):
        return BlockKind.HEADING
    if style == "caption" or furniture.is_caption(words):
        return BlockKind.CAPTION
    if "quote" in style:
        return BlockKind.QUOTE
    if style.startswith("list") or paragraph._p.xpath("./w:pPr/w:numPr"):
        return BlockKind.LIST_ITEM
    if furniture.is_byline(words):
        return BlockKind.BYLINE
    return BlockKind.FURNITURE if furniture.is_furniture(words) else BlockKind.PARAGRAPH
