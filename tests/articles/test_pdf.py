"""PDF files: the text layer as an article, and in words what has none."""

from io import BytesIO

import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from articles.document import BlockKind
from articles.ingest import UnreadableText, pdf, read, sniff
from articles.ingest.media_types import DOCX, PDF
from tests.articles.pages import TITLE, page

LINES = (
    "Harbour opens after two years of works",
    "",
    "The harbour of Brinmouth reopened on Monday after two years of works that",
    "had cost forty million crowns, the port author-",
    "ity said. Fishermen said the noise had driven the herring away.",
)


def made(*pages, password="", title="", packed=False):
    writer = PdfWriter()
    for lines in pages:
        page = writer.add_blank_page(595, 842)
        font = {
            "/Type": "/Font",
            "/Subtype": "/Type1",
            "/BaseFont": "/Helvetica",
            "/Encoding": "/WinAnsiEncoding",
        }
        named = DictionaryObject({NameObject(k): NameObject(v) for k, v in font.items()})
        fonts = DictionaryObject({NameObject("/F1"): named})
        page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        shown = "".join(f"({line}) Tj 0 -16 Td " for line in lines)
        stream.set_data(f"BT /F1 11 Tf 60 780 Td {shown}ET".encode("cp1252"))
        stream = stream.flate_encode() if packed else stream
        page[NameObject("/Contents")] = writer._add_object(stream)
    if title:
        writer.add_metadata({"/Title": title, "/Author": "Jo Bell"})
    if password is not None and password != "":
        writer.encrypt(password, algorithm="AES-256")
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


def read_pdf(content):
    return read(content, media_type=PDF, max_bytes=2_000_000)


def blocks(article):
    document = article.document
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def test_lines_are_joined_to_an_article():
    article = read_pdf(made(LINES))
    assert article.title == LINES[0]
    assert "port authority said" in " ".join(article.document.text.split())


def test_what_the_file_says_of_itself_fills_the_gaps():
    article = read_pdf(made(LINES[2:], title="Harbour report"))
    assert (article.title, article.byline) == ("Harbour report", "Jo Bell")


def test_running_heads_and_page_numbers_are_furniture():
    pages = [
        ("The Daily Port", *LINES[2:], f"Statement number {n} is long enough to stay here.", str(n))
        for n in range(1, 5)
    ]
    found = blocks(read_pdf(made(*pages)))
    assert (BlockKind.FURNITURE, "The Daily Port") in found
    assert [
        text for kind, text in found if kind is not BlockKind.FURNITURE and "Daily" in text
    ] == []


def test_a_file_that_is_only_protected_against_printing_is_read():
    writer = PdfWriter(clone_from=BytesIO(made(LINES)))
    writer.encrypt(user_password="", owner_password="owner", algorithm="AES-256")
    file = BytesIO()
    writer.write(file)
    assert read_pdf(file.getvalue()).title == LINES[0]


def test_a_pdf_is_known_by_its_bytes():
    assert sniff(made(LINES), name="a.html", declared="text/html") == PDF


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (made(LINES, password="secret"), "locked with a password"),
        (made(()), "pictures of pages"),
        (made(*[()] * 3), "pictures of pages"),
        (made(*[()] * 201), "201 pages"),
        (made(LINES)[:200], "broken"),
        (b"%PDF-1.7\n" + b"\x00" * 5000, "broken"),
        (b"%PDF-1.7\ntrailer << /Root 1 0 R >>", "broken"),
    ],
    ids=["locked", "scanned", "scanned pages", "many pages", "cut", "noise", "no root"],
)
def test_what_cannot_be_read_is_said_in_words(content, words):
    with pytest.raises(UnreadableText, match=words):
        read_pdf(content)


def test_pages_that_draw_without_end_are_refused():
    content = made(*[("x" * 80,) * 60_000] * 2, packed=True)
    with pytest.raises(UnreadableText, match="too much"):
        read_pdf(content)


def form(writer, data, **inner):
    """A form, with the forms that it may draw."""
    stream = DecodedStreamObject()
    stream.set_data(data)
    named = DictionaryObject({NameObject(f"/{name}"): one for name, one in inner.items()})
    facts = {"/Type": "/XObject", "/Subtype": "/Form"}
    stream.update({NameObject(key): NameObject(value) for key, value in facts.items()})
    stream[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): named})
    return writer._add_object(stream)


def drawing(data, writer, **forms):
    """A page of these instructions, which may draw the forms."""
    page = writer.add_blank_page(595, 842)
    stream = DecodedStreamObject()
    stream.set_data(data)
    page[NameObject("/Contents")] = writer._add_object(stream)
    named = DictionaryObject({NameObject(f"/{name}"): one for name, one in forms.items()})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/XObject"): named})
    file = BytesIO()
    writer.write(file)
    return file.getvalue()


@pytest.mark.parametrize("name", [b"/A", b"/#41"], ids=["plain", "escaped"])
def test_a_form_counts_each_time_it_is_drawn(monkeypatch, name):
    monkeypatch.setattr(pdf, "MOST_CONTENT", 100_000)
    writer = PdfWriter()
    content = drawing((name + b" Do ") * 200, writer, A=form(writer, b"0 0 m " * 200))
    with pytest.raises(UnreadableText, match="too much"):
        read_pdf(content)


def test_forms_that_draw_forms_count_each_time_they_do(monkeypatch):
    monkeypatch.setattr(pdf, "MOST_CONTENT", 100_000)
    writer = PdfWriter()
    inner = form(writer, b"0 0 m " * 200)
    content = drawing(b"/B Do " * 20, writer, B=form(writer, b"/A Do " * 20, A=inner))
    with pytest.raises(UnreadableText, match="too much"):
        read_pdf(content)


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"\x89PNG\r\n\x1a\n" + bytes(500), "a PNG picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(500), "locked with a password"),
    ],
    ids=["picture", "locked office document"],
)
def test_a_name_that_says_pdf_makes_none(content, words):
    kind = sniff(content, name="report.pdf", declared="application/pdf")
    with pytest.raises(UnreadableText, match=words):
        read(content, media_type=kind, max_bytes=2_000_000)


def test_a_page_that_is_named_as_a_document_is_read_as_a_page():
    content = page().encode()
    kind = sniff(content, name="report.docx", declared=DOCX)
    assert read(content, media_type=kind, max_bytes=2_000_000).title == TITLE
