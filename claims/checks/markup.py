"""From the bytes of a page or a file to the data in it: JSON-LD and microdata of a page, or JSON as it is.

A page may be broken in each of its scripts: one that cannot be read is noted and stops none of the others.
"""

from collections.abc import Iterator
from typing import Any

from extruct.w3cmicrodata import MicrodataExtractor
from lxml import html as lxml_html
from lxml.etree import LxmlError

from articles.ingest import UnreadableText
from articles.ingest.page_charset import decode_page
from claims.checks.loose_json import NoJSON, read_json
from claims.checks.shape import Document, Notes, UnreadableChecks

#: Scopes of microdata that a page may have: reading them takes the square of their number.
MOST_SCOPES = 300
LONGEST_MICRODATA = 3_000_000
DEEPEST = 30
NO_TEXT = (
    "It is neither a web page nor JSON. Give the address or the file of a page, or of a DataFeed."
)


def read_document(content: bytes, address: str = "", charset: str = "") -> Document:
    """The data of a page or a file. Raises UnreadableChecks."""
    try:
        text = decode_page(content, charset).replace("\x00", "")
    except UnreadableText as error:
        raise UnreadableChecks(NO_TEXT) from error
    head = text[:200].lstrip("\ufeff \t\r\n")
    if not head and not text.strip():
        raise UnreadableChecks("It is empty.")
    notes = Notes()
    if head.startswith("<") and not head.startswith("<![CDATA["):
        return Document(list(_of_page(text, address, notes)), True, tuple(notes.odd))
    try:
        value, is_mended = read_json(text)
    except NoJSON as error:
        raise UnreadableChecks(_why_no_json(text)) from error
    if is_mended:
        notes.note("JSON", "broken, and mended")
    return Document([value], False, tuple(notes.odd))


def _why_no_json(text: str) -> str:
    if text.lstrip("\ufeff \t\r\n")[:1] in ("{", "["):
        return "It begins as JSON, but cannot be read as JSON, or is nested too deep. Save it anew."
    return NO_TEXT


def _of_page(text: str, address: str, notes: Notes) -> Iterator[Any]:
    try:
        tree = lxml_html.document_fromstring(text.encode("utf-8", "replace"), parser=_parser())
    except (LxmlError, ValueError, AssertionError) as error:
        raise UnreadableChecks("It begins as a web page, but cannot be read as one.") from error
    yield from _scripts(tree, notes)
    yield from _microdata(tree, address, len(text), notes)


def _parser() -> Any:
    return lxml_html.HTMLParser(encoding="utf-8")


def _scripts(tree: Any, notes: Notes) -> Iterator[Any]:
    for script in tree.iter("script"):
        words = script.text or ""
        if "ld+json" not in (script.get("type") or "").lower() or not words.strip():
            continue
        try:
            value, is_mended = read_json(words)
        except NoJSON:
            notes.note("script", "JSON-LD that cannot be read, left out")
            continue
        if is_mended:
            notes.note("script", "broken JSON-LD, mended")
        yield value


def _microdata(tree: Any, address: str, length: int, notes: Notes) -> Iterator[Any]:
    scopes = tree.xpath("count(//*[@itemscope])")
    is_there = any("claimreview" in kind.lower() for kind in tree.xpath("//@itemtype"))
    if not is_there:
        return
    if scopes > MOST_SCOPES or length > LONGEST_MICRODATA:
        notes.note("microdata", "too much of it, left out")
        return
    try:
        items = MicrodataExtractor().extract_items(tree, address or None)
    except Exception:  # whatever the page did to somebody else's parser
        notes.note("microdata", "microdata that cannot be read, left out")
        return
    yield from (_as_linked_data(item, 0) for item in items)


def _as_linked_data(value: Any, depth: int) -> Any:
    """An item in the shape of JSON-LD."""
    if depth > DEEPEST:
        return None
    if isinstance(value, list):
        return [_as_linked_data(one, depth + 1) for one in value]
    if not isinstance(value, dict):
        return value
    inside = value.get("properties")
    properties = inside if isinstance(inside, dict) else {}
    known = {name: _as_linked_data(one, depth + 1) for name, one in properties.items()}
    heads = {"@type": value.get("type"), "@id": value.get("id"), "@value": value.get("value")}
    return {**{name: one for name, one in heads.items() if one}, **known}
