"""Pasted HTML becomes the article it shows: every word that its reader saw, and what each run is."""

from contextlib import suppress
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.document import BlockKind
from articles.ingest import FRAGMENT, UnreadableText, read

CHROME = """<meta charset='utf-8'><h1 style="color: rgb(0, 0, 0); white-space: normal;">Harbour opens after two years</h1>
<p style="font-size: 18px;">By Ida Quell</p><p>The <a href="https://example.org/h">harbour</a> of
 Brinmouth reopened on&nbsp;Monday.<span>&nbsp;</span>It cost 40&nbsp;million.</p><h2>What it cost</h2>
<blockquote><p>“We will double the traffic by 2030,” she said.</p></blockquote>
<ul><li>The quay is 400 metres long.</li><li><p>The basin is 11 metres deep.</p></li></ul>
<figure><img src="q.jpg" alt="not seen"><figcaption>The quay on Monday</figcaption></figure>
<table><tbody><tr><th>Year</th><th>Ships</th></tr><tr><td>2024</td><td>1,200</td></tr></tbody></table>
<div>Subscribe to our newsletter</div><p>Share</p>"""
WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta http-equiv=Content-Type content="text/html; charset=utf-8"><title>Normal.dotm</title>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm;} --></style></head><body lang=EN-GB><!--StartFragment-->
<p class=MsoTitle>Harbour opens after
two years<o:p></o:p></p><p class=MsoSubtitle>The port handled 1,200 ships<o:p></o:p></p>
<p class=MsoNormal>The harbour reopened on Monday.<span style='mso-spacerun:yes'>  </span>It cost 40 million.<o:p></o:p></p>
<h2>What it cost<o:p></o:p></h2><p class=MsoIntenseQuote>“We will double it,” she said.</p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span></span><![endif]>The quay is 400 metres long.<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast><![if !supportLists]><span style='mso-list:Ignore'>2.<span>&nbsp; </span></span><![endif]>The basin is deep.</p>
<p class=MsoCaption>The quay on Monday</p><p class=MsoNormal><o:p>&nbsp;</o:p></p><!--EndFragment--></body></html>"""
DOCS = """<meta charset='utf-8'><meta charset="utf-8"><b style="font-weight:normal;" id="docs-internal-guid-1"><h1 dir="ltr"
style="line-height:1.38;"><span style="font-size:20pt;white-space:pre;white-space:pre-wrap;">Harbour opens after two years</span></h1><p dir="ltr"><span
style="white-space:pre-wrap;">The harbour  reopened on Monday.</span><span style="white-space:pre-wrap;"><br /></span><span
style="white-space:pre-wrap;">It cost 40 million.</span></p><br /><h1 dir="ltr"><span>What it cost</span></h1><ul><li dir="ltr"
aria-level="1"><p dir="ltr" role="presentation"><span style="white-space:pre-wrap;">The quay is 400 metres long.</span></p></li></ul></b><br class="Apple-interchange-newline">"""
TITLE = "Harbour opens after two years"


def paste(html):
    return read(html.encode(), media_type=FRAGMENT, max_bytes=2_000_000)


def blocks(html):
    document = paste(html).document
    return [(b.kind.value, document.text[b.start : b.end]) for b in document.blocks]


def test_a_page_copied_in_chrome():
    assert blocks(CHROME) == [
        ("headline", TITLE),
        ("byline", "By Ida Quell"),
        ("paragraph", "The harbour of Brinmouth reopened on\u00a0Monday. It cost 40\u00a0million."),
        ("heading", "What it cost"),
        ("quote", "“We will double the traffic by 2030,” she said."),
        ("list_item", "The quay is 400 metres long."),
        ("list_item", "The basin is 11 metres deep."),
        ("caption", "The quay on Monday"),
        ("list_item", "Year | Ships"),
        ("list_item", "2024 | 1,200"),
        ("furniture", "Subscribe to our newsletter"),
        ("furniture", "Share"),
    ]  # fmt: skip


def test_a_document_copied_in_word():
    assert blocks(WORD) == [
        ("headline", TITLE),
        ("standfirst", "The port handled 1,200 ships"),
        ("paragraph", "The harbour reopened on Monday. It cost 40 million."),
        ("heading", "What it cost"),
        ("quote", "“We will double it,” she said."),
        ("list_item", "The quay is 400 metres long."),
        ("list_item", "The basin is deep."),
        ("caption", "The quay on Monday"),
    ]


def test_a_document_copied_in_google_docs():
    assert blocks(DOCS) == [
        ("headline", TITLE),
        ("paragraph", "The harbour  reopened on Monday.\nIt cost 40 million."),
        ("heading", "What it cost"),
        ("list_item", "The quay is 400 metres long."),
    ]


def test_title_and_byline_are_those_of_the_text():
    article = paste(CHROME)
    assert (article.title, article.byline, article.media_type) == (TITLE, "Ida Quell", FRAGMENT)


def test_windows_preamble_is_no_part_of_it():
    preamble = (
        "Version:0.9\r\nStartHTML:0000000105\r\nEndHTML:0000000199\r\nStartFragment:0000000141\r\n"
    )
    assert blocks(f"{preamble}<html><body><p>It cost 40 million, they say.</p></body></html>") == [
        ("paragraph", "It cost 40 million, they say.")
    ]


@pytest.mark.parametrize(
    "html",
    [
        "<p>It cost 40.</p><script>alert('x')</script>",
        "<p>It cost 40.<style>p { color: red }</style></p>",
        "<p onclick=\"alert('x')\">It cost 40.</p><!-- x -->",
        "<p>It cost 40.</p><p style='display:none'>x</p>",
        "<p>It cost 40.</p><textarea>x</textarea><svg><text>x</text></svg><iframe>x</iframe>",
        "<title>x</title><p>It cost 40.</p>",
    ],
)
def test_what_no_reader_saw_is_left_out(html):
    assert paste(html).document.text == "It cost 40."


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("It rained. <p>It poured.</p> It stopped.", ["It rained.", "It poured.", "It stopped."]),
        ("<div>It rained.<div>It poured.</div>It stopped.</div>", ["It rained.", "It poured.", "It stopped."]),
        ("<nav>Menu one</nav><footer>The end of it.</footer>", ["Menu one", "The end of it."]),
        ("<aside><p>In a box.</p></aside>", ["In a box."]),
        ("<p>One<br><br>Two</p>", ["One", "Two"]),
        ("<span>It <b>ra</b>ined</span> <i>a lot</i>", ["It rained a lot"]),
        ("<pre>a  b\n  c</pre>", ["a  b\n  c"]),
        ("<table><tr><td><p>One.</p><p>Two.</p></td></tr></table>", ["One.", "Two."]),
        ("<a href='javascript:alert(1)'>It rained</a>", ["It rained"]),
        ("<p>5 &lt; 6 &amp;amp; &#128169;</p>", ["5 < 6 &amp; 💩"]),
    ],
)  # fmt: skip
def test_nothing_that_was_seen_is_lost(html, expected):
    assert [words for _, words in blocks(html)] == expected


@pytest.mark.parametrize("html", ["", " ", "<p></p>", "<script>1</script>", "<p>— ·</p>"])
def test_a_fragment_without_words_is_refused(html):
    with pytest.raises(UnreadableText):
        paste(html)


@pytest.mark.parametrize("html", ["<div>" * 5000 + "deep words", "<b>" * 5000 + "<p>deep words"])
def test_deep_nesting_is_read_or_refused_and_never_breaks(html):
    with suppress(UnreadableText):
        assert "deep words" in paste(html).document.text


def test_too_many_elements_are_refused():
    with pytest.raises(UnreadableText, match="too large"):
        paste("<i>x</i>" * 200_001)


def test_a_first_line_that_is_laid_out_as_a_headline_is_one():
    html = f"<p>{TITLE}</p><p>The harbour of Brinmouth reopened on Monday after two years of works.</p>"
    assert blocks(html)[0] == ("headline", TITLE)


#: What HTML itself cannot hold or a browser collapses is not asked for here; all other characters are.
WORDS = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff"), min_size=1
).filter(lambda text: any(map(str.isalnum, text)))


@settings(deadline=None)  # a busy machine may take its time
@given(st.lists(WORDS, min_size=1, max_size=5))
def test_the_characters_of_every_paragraph_are_those_that_were_pasted(paragraphs):
    html = "".join(f"<p style='white-space: pre-wrap'>{escape(words)}</p>" for words in paragraphs)
    document = paste(html).document
    found = [document.text[block.start : block.end] for block in document.blocks]
    assert found == [words.strip() for words in paragraphs]
    assert all(block.kind in BlockKind for block in document.blocks)
