"""From the parts that a reader found to a document: one text, and exact offsets of its blocks.

Parts are set apart by an empty line. White space around a part is dropped, so that no block begins
or ends with it; inside a part nothing changes but what `decode.tidy` names for every format.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from articles.document import Block, BlockKind, Document
from articles.ingest.decode import tidy, tidy_part

GAP = "\n\n"


@dataclass(frozen=True, slots=True)
class Part:
    """A run of words and what it is."""

    kind: BlockKind
    text: str


def compose(parts: Iterable[Part]) -> Document:
    """Join the parts. Raises UnreadableText when there is no letter or digit in any."""
    texts: list[str] = []
    blocks: list[Block] = []
    place = 0
    for part in parts:
        if not any(map(str.isalnum, part.text)):
            continue
        text = tidy_part(part.text).strip()
        text = text if texts else text.lstrip("\ufeff").lstrip()
        blocks.append(Block(part.kind, place, place + len(text)))
        texts.append(text)
        place += len(text) + len(GAP)
    return Document(tidy(GAP.join(texts)), tuple(blocks))


def headline(parts: Iterable[Part]) -> str:
    """The words of the headline on one line, or nothing."""
    first = next((part.text for part in parts if part.kind is BlockKind.HEADLINE), "")
    return " ".join(first.split())


def with_headline(parts: list[Part]) -> list[Part]:
    """Where nothing is named the headline, a heading that opens the article is."""
    if parts and parts[0].kind is BlockKind.HEADING and not headline(parts):
        parts[0] = Part(BlockKind.HEADLINE, parts[0].text)
    return parts
