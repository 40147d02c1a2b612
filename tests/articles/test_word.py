"""Word documents: kinds from styles, and nothing that unpacks or nests without end."""

import zipfile
from io import BytesIO

import docx
import pytest
from docx.styles.styles import Styles

from articles.document import BlockKind
from articles.ingest import UnreadableText, read, sniff
from articles.ingest.media_types import DOCX

PART = "word/document.xml"


def saved(document):
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def report():
    document = docx.Document()
    document.core_properties.language = "en-GB"
    document.add_paragraph("Harbour opens", style="Title")
    document.add_paragraph("After two years of works", style="Subtitle")
    document.add_paragraph("By Jo Bell")
    document.add_paragraph(
        "The harbour of Brinmouth reopened on Monday. 👩‍👩‍👧 It cost 40 million crowns."
    )
    document.add_heading("The costs", 1)
    document.add_paragraph("The quay alone took ten.", style="List Bullet")
    document.add_paragraph("“We will double the traffic.”", style="Quote")
    document.add_paragraph("The quay on Monday", style="Caption")
    table = document.add_table(2, 2)
    for row, words in zip(table.rows, (("Year", "Ships"), ("2024", "600")), strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    return document


def read_word(content):
    return read(content, media_type=DOCX, max_bytes=2_000_000)


def replaced(part, content):
    """The report with one part of its archive replaced."""
    file = BytesIO()
    with (
        zipfile.ZipFile(BytesIO(saved(report()))) as old,
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for name in old.namelist():
            new.writestr(name, content if name == part else old.read(name))
    return file.getvalue()


def test_styles_say_what_each_run_is():
    document = read_word(saved(report())).document
    assert [(block.kind, document.text[block.start : block.end]) for block in document.blocks] == [
        (BlockKind.HEADLINE, "Harbour opens"),
        (BlockKind.STANDFIRST, "After two years of works"),
        (BlockKind.BYLINE, "By Jo Bell"),
        (BlockKind.PARAGRAPH, "The harbour of Brinmouth reopened on Monday. 👩‍👩‍👧 It cost 40 million crowns."),
        (BlockKind.HEADING, "The costs"),
        (BlockKind.LIST_ITEM, "The quay alone took ten."),
        (BlockKind.QUOTE, "“We will double the traffic.”"),
        (BlockKind.CAPTION, "The quay on Monday"),
        (BlockKind.LIST_ITEM, "Year | Ships"),
        (BlockKind.LIST_ITEM, "2024 | 600"),
    ]  # fmt: skip


def test_title_byline_and_language_are_found():
    article = read_word(saved(report()))
    assert (article.title, article.byline, article.language) == (
        "Harbour opens",
        "Jo Bell",
        "en-GB",
    )


def test_a_heading_that_opens_the_document_is_its_headline():
    document = docx.Document()
    document.add_heading("Harbour opens", 1)
    document.add_paragraph("It cost 40 million crowns.")
    assert read_word(saved(document)).title == "Harbour opens"


def test_a_document_is_known_by_its_bytes():
    assert sniff(saved(report()), name="report.txt", declared="text/plain") == DOCX


def in_word(body):
    """The report with this body."""
    head = "<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"
    return replaced(PART, f"{head}<w:body>{body}</w:body></w:document>".encode())


def cell(words, facts=""):
    return f"<w:tc><w:tcPr>{facts}</w:tcPr><w:p><w:r><w:t>{words}</w:t></w:r></w:p></w:tc>"


def test_a_cell_that_says_it_spans_a_billion_columns_is_one_cell():
    row = cell("Ships", "<w:gridSpan w:val='1000000000'/>") + cell("600")
    text = read_word(in_word(f"<w:tbl><w:tr>{row}</w:tr></w:tbl>")).document.text
    assert text == "Ships | 600"


def test_a_cell_that_is_merged_downwards_is_read_once():
    first = cell("2024", "<w:vMerge w:val='restart'/>") + cell("600 ships")
    second = cell("", "<w:vMerge/>") + cell("12 wrecks")
    rows = f"<w:tr>{first}</w:tr><w:tr>{second}</w:tr>"
    text = read_word(in_word(f"<w:tbl>{rows}</w:tbl>")).document.text
    assert text == "2024 | 600 ships\n\n12 wrecks"


def test_a_cell_merged_with_nothing_above_it_breaks_nothing():
    row = cell("Ships", "<w:vMerge/>")
    assert read_word(in_word(f"<w:tbl><w:tr>{row}</w:tr></w:tbl>")).document.text == "Ships"


def test_styles_are_looked_up_once_and_not_for_each_paragraph(monkeypatch):
    asked = []
    default = Styles.default
    monkeypatch.setattr(Styles, "default", lambda *of: asked.append(of) or default(*of))
    counts = []
    for many in (1, 30):
        asked.clear()
        read_word(in_word("<w:p><w:r><w:t>The harbour opened.</w:t></w:r></w:p>" * many))
        counts.append(len(asked))
    assert counts[0] == counts[1]


def test_an_archive_inside_the_document_is_not_opened():
    inner = BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("bomb", bytes(10_000_000))
    content = replaced("docProps/thumbnail.jpeg", inner.getvalue())
    assert read_word(content).title == "Harbour opens"


def of_many_members():
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in (PART, *(f"word/media/{n}.xml" for n in range(6000))):
            archive.writestr(name, b"<a/>")
    return file.getvalue()


def smaller_by_its_own_account(content):
    """Its directory says that the text is a thousand bytes long."""
    changed, at = bytearray(content), 0
    while (at := changed.find(b"PK\x01\x02", at)) >= 0:
        name = changed[at + 46 : at + 46 + changed[at + 28]]
        if name == PART.encode():
            changed[at + 24 : at + 28] = (1000).to_bytes(4, "little")
        at += 4
    return bytes(changed)


DEEP = b"<w:p xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>"


ENTITIES = "<!DOCTYPE a [<!ENTITY b 'c'><!ENTITY d '&b;&b;'>]><a>&d;</a>"


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (replaced(PART, b"<a>" + b" " * 60_000_000 + b"</a>"), "unpacks to far more"),
        (replaced("word/styles.xml", b" " * 45_000_000), "unpacks to far more"),
        (of_many_members(), "unpacks to far more"),
        (smaller_by_its_own_account(replaced(PART, b"<a>" + b" " * 60_000_000)), "broken"),
        (replaced(PART, DEEP * 200 + b"</w:p>" * 200), "nested too deeply"),
        (replaced(PART, DEEP * 5000), "nested too deeply"),
        (replaced(PART, b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"), "nested too deeply"),
        (replaced(PART, ENTITIES.encode("utf-16")), "broken"),
        (replaced(PART, b"<?xml version='1.0'?>" + b" " * 65_511 + ENTITIES.encode()), "nested"),
        (replaced(PART, b"<a>"), "broken"),
        (replaced(PART, b""), "broken"),
        (saved(report())[:-200], "broken"),
        (b"PK\x03\x04nothing", "broken"),
        (saved(docx.Document()), "no words"),
    ],
    ids=[
        "bomb",
        "styles bomb",
        "many members",
        "says it is small",
        "deep",
        "deeper",
        "entities",
        "entities in UTF-16",
        "entities between two pieces",
        "cut xml",
        "no xml",
        "cut zip",
        "no zip",
        "empty",
    ],
)
def test_what_is_no_article_is_refused_in_words(content, words):
    with pytest.raises(UnreadableText, match=words):
        read_word(content)


def test_tables_in_tables_without_end_are_refused():
    document = docx.Document()
    cell = document.add_table(1, 1).cell(0, 0)
    for _ in range(8):
        cell.text = "more"
        cell = cell.add_table(1, 1).cell(0, 0)
    with pytest.raises(UnreadableText, match="nested too deeply"):
        read_word(saved(document))
