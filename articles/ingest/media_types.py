"""What kind of file these bytes are, told by themselves: names and servers are often wrong.

Only Markdown cannot be told from plain text by its bytes, so there a name or a server that says so
is believed, as long as the bytes are no other kind.
"""

import re
import zipfile
from io import BytesIO

from articles.ingest.base import UnreadableText

PLAIN_TEXT = "text/plain"
HTML = "text/html"
MARKDOWN = "text/markdown"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

#: Some programs write a line or two before a PDF's signature.
PDF_HEAD, TEXT_HEAD = 1024, 4096
PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|title|meta|article)\b",
    re.IGNORECASE | re.DOTALL,
)
MARKDOWN_ENDINGS = (".md", ".markdown", ".mdown")
OTHER_PARTS = {
    "xl/": "a spreadsheet",
    "ppt/": "a presentation",
    "META-INF/container.xml": "an e-book",
    "content.xml": "an OpenDocument file. Save it as .docx",
}


def sniff(content: bytes, *, name: str = "", declared: str = "") -> str:
    """The media type of a file. Raises UnreadableText for an archive that is no Word document."""
    if b"%PDF-" in content[:PDF_HEAD]:
        return PDF
    if content.startswith(b"PK\x03\x04"):
        return _in_archive(content)
    if PAGE.match(_head(content)):
        return HTML
    said = declared.partition(";")[0].strip().lower()
    if said in (MARKDOWN, "text/x-markdown") or name.lower().endswith(MARKDOWN_ENDINGS):
        return MARKDOWN
    return PLAIN_TEXT


def _head(content: bytes) -> str:
    """The first characters, without NULs: enough to see a tag in any encoding of ASCII's letters."""
    head = content[:TEXT_HEAD].removeprefix(b"\xef\xbb\xbf").removeprefix(b"\xff\xfe")
    return head.removeprefix(b"\xfe\xff").replace(b"\x00", b"").decode("latin-1")


def _in_archive(content: bytes) -> str:
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise UnreadableText("This file is a broken archive or document. Save it again.") from error
    if "word/document.xml" in names:
        return DOCX
    for part, what in OTHER_PARTS.items():
        if any(name.startswith(part) for name in names):
            raise UnreadableText(f"This file is {what}, not an article. Paste its words instead.")
    raise UnreadableText("This file is a ZIP archive. Take the article out of it and send that.")
