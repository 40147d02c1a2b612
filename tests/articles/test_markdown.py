"""Markdown: blocks by the parser, facts from the front matter, raw HTML left out."""

from datetime import UTC, datetime

import pytest

from articles.document import BlockKind
from articles.ingest import UnreadableText, read, sniff
from articles.ingest.media_types import MARKDOWN

TEXT = """---
author: Jo Bell
date: 2024-05-03
language: en-GB
url: https://example.com/harbour?utm_source=x
---
# Harbour *opens*

The harbour of [Brinmouth](https://example.com) reopened
on Monday.  
It cost **40** million. <script>alert(1)</script>

## The costs

- The quay took ten.
- The basin took *thirty*.

> “We will double the traffic.”

| Year | Ships |
|------|-------|
| 2024 | 600   |

![a picture](a.png)
"""


def read_markdown(text):
    return read(text.encode(), media_type=MARKDOWN, max_bytes=2_000_000)


def blocks(article):
    document = article.document
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def test_each_run_is_what_it_is_marked_as():
    assert blocks(read_markdown(TEXT)) == [
        (BlockKind.HEADLINE, "Harbour opens"),
        (
            BlockKind.PARAGRAPH,
            "The harbour of Brinmouth reopened on Monday.\nIt cost 40 million. alert(1)",
        ),
        (BlockKind.HEADING, "The costs"),
        (BlockKind.LIST_ITEM, "The quay took ten."),
        (BlockKind.LIST_ITEM, "The basin took thirty."),
        (BlockKind.QUOTE, "“We will double the traffic.”"),
        (BlockKind.LIST_ITEM, "Year | Ships"),
        (BlockKind.LIST_ITEM, "2024 | 600"),
    ]


def test_the_front_matter_says_who_when_and_where():
    article = read_markdown(TEXT)
    assert (
        article.title,
        article.byline,
        article.language,
        article.address,
        article.published_at,
    ) == (
        "Harbour opens",
        "Jo Bell",
        "en-GB",
        "https://example.com/harbour",
        datetime(2024, 5, 3, tzinfo=UTC),
    )


def test_a_title_in_the_front_matter_is_the_headline_when_the_text_has_none():
    assert blocks(read_markdown("---\ntitle: Harbour opens\n---\nIt cost 40 million."))[0] == (
        BlockKind.HEADLINE,
        "Harbour opens",
    )


def test_deep_nesting_is_read_and_nesting_without_end_is_refused():
    assert "deep" in read_markdown("> " * 40 + "deep").document.text
    with pytest.raises(UnreadableText):
        read_markdown("> " * 3000 + "deep")


def test_a_text_without_words_is_refused():
    with pytest.raises(UnreadableText, match="no words"):
        read_markdown("![](a.png)")


@pytest.mark.parametrize(
    ("content", "name", "declared", "kind"),
    [
        (b"# Title", "a.md", "", "text/markdown"),
        (b"# Title", "", "text/markdown; charset=utf-8", "text/markdown"),
        (b"# Title", "a.txt", "", "text/plain"),
        (b"  <!DOCTYPE html><p>a", "a.md", "text/markdown", "text/html"),
        (b"\xef\xbb\xbf<!-- a --><html>", "", "text/plain", "text/html"),
        ("<html>".encode("utf-16"), "", "", "text/html"),
        (b"We write <html> in a text.", "", "", "text/plain"),
        (b"%PDF-1.4", "a.txt", "", "application/pdf"),
    ],
)
def test_the_bytes_say_what_a_file_is(content, name, declared, kind):
    assert sniff(content, name=name, declared=declared) == kind
