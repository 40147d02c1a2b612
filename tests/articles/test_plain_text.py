"""Plain text is laid out as an article: every character in one block, every block of the right kind."""

import textwrap

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.ingest import UnreadableText, read_text

LIMIT = 10**8

ARTICLE = """\
Council backs ‘urgent’ repair of harbour bridge

Engineers warn that the crossing may close for a year as the city looks for money

By Ann Lee and Omar Diaz
3 May 2024

RIVERTON (Agency) - The city council voted on Thursday to repair the harbour bridge at once.

“We cannot wait,” the mayor said. “It is falling apart.”

Years of neglect

The bridge was last painted in 1998.

The harbour bridge seen from the east. Photo: City Archive

- Repairs will cost 12 million euros.
- Work starts in June.

“It is falling apart.”

This article was originally published by Harbour News. Read the original here.

The views expressed in this article are those of the author.
"""
KINDS = [
    "headline", "standfirst", "byline", "byline", "paragraph", "paragraph", "heading", "paragraph",
    "caption", "list_item", "list_item", "quote", "furniture", "furniture",
]  # fmt: skip


def blocks_of(text):
    document = read_text(text, max_bytes=LIMIT).document
    return [(block.kind.value, document.text[block.start : block.end]) for block in document.blocks]


def kinds_of(text):
    return [kind for kind, _ in blocks_of(text)]


def test_an_article_with_blank_lines_is_laid_out():
    assert kinds_of(ARTICLE) == KINDS


def test_an_article_without_blank_lines_is_laid_out_alike():
    assert kinds_of("\n".join(line for line in ARTICLE.splitlines() if line)) == KINDS


def test_an_article_with_windows_line_ends_is_laid_out_alike():
    assert kinds_of(ARTICLE.replace("\n", "\r\n")) == KINDS


def test_the_title_and_the_byline_are_read_from_the_text():
    article = read_text(ARTICLE, max_bytes=LIMIT)
    assert article.title == "Council backs ‘urgent’ repair of harbour bridge"
    assert article.byline == "Ann Lee and Omar Diaz"


LONG = (
    "The council said on Friday that the bridge over the river would stay closed until the spring, "
    "because the steel of its two towers has rusted more than the engineers had expected."
)


@pytest.mark.parametrize("between", ["\n\n", "\n"])
def test_the_lines_of_a_wrapped_paragraph_are_one_block(between):
    paragraphs = [LONG, LONG.replace("Friday", "Monday"), "It rained."]
    wrapped = between.join(textwrap.fill(words, 72) for words in paragraphs)
    assert [" ".join(words.split()) for _, words in blocks_of(wrapped)] == paragraphs


def test_a_wrapped_headline_stands_apart_from_its_article():
    text = (
        "Bridge closed until spring\n\n"
        + textwrap.fill(LONG, 72)
        + "\n\n"
        + textwrap.fill(LONG, 72)
    )
    assert kinds_of(text) == ["headline", "paragraph", "paragraph"]


def test_indented_paragraphs_of_a_wrapped_text_are_apart():
    text = "\n".join(textwrap.fill(LONG, 72, initial_indent="    ") for _ in range(3))
    assert len(blocks_of(text)) == 3


@pytest.mark.parametrize(
    "headline",
    [
        "Harbour Bridge Closed Until Spring After Engineers Find Rust.",
        "Council says harbour bridge is to stay closed until the spring.",
        "Will the harbour bridge ever open again?",
        "Harbour bridge closed",
    ],
)
def test_a_headline_may_end_with_a_stop(headline):
    assert (
        kinds_of(f"{headline}\n\n{LONG.replace('bridge', 'harbour bridge')}\n\n{LONG}")[0]
        == "headline"
    )


@pytest.mark.parametrize(
    "first",
    [
        LONG,
        "The mayor resigned on Monday.",
        "It was over. Nobody had expected that the vote would end so soon",
        "LONDON (Agency) - The mayor resigned.",
    ],
)
def test_a_text_may_begin_without_a_headline(first):
    assert (
        kinds_of(f"{first}\n\nSomething else happened in the town. It was late.")
        == ["paragraph"] * 2
    )


def test_a_single_line_is_a_paragraph():
    assert kinds_of("A line without a stop") == ["paragraph"]


@pytest.mark.parametrize(
    "words",
    [
        "The views and\u00a0opinions expressed in this article are those of the author.",
        "This article is republished courtesy of Harbour News.",
        "This story was first published on Riverton Online and is republished with permission.",
        "Read the original article here.",
        "Read more: Why bridges rust",
        "READ MORE: Why bridges rust",
        "Related: Ten bridges that fell",
        "Sign up for our newsletter and never miss a story.",
        "Subscribe to the Riverton Post",
        "Get the day's best stories in your inbox.",
        "Follow us on Facebook and Instagram.",
        "Share this article",
        "Share this:",
        "Advertisement",
        "ADVERTISEMENT",
        "Story continues below advertisement",
        "Copyright 2024 Riverton Post. All rights reserved.",
        "© 2024 Riverton Post",
        "The Agency contributed to this report.",
        "Support our journalism with a small gift.",
        "Click here to comment.",
        "5 min read",
        "* * *",
        "___",
    ],
)
def test_furniture_is_told_by_its_words(words):
    assert ("furniture", words) in blocks_of(f"Bridge closed\n\n{LONG}\n\n{words}\n\n{LONG}")


@pytest.mark.parametrize(
    "words",
    [
        "Share prices fell by a third on Monday.",
        "Advertisement spending rose by 3 percent.",
        "Copyright law was changed by parliament last year.",
        "Support for the mayor fell to a new low in March.",
        "The article he wrote in 1998 was read by thousands.",
        "Print is dying, the editor said.",
        "The views from the tower are the best in town, visitors say.",
        "This article was amended on 3 May: the bridge is 300 metres long, not 30.",
        "Follow the money, the old detective used to say.",
    ],
)
def test_words_like_furniture_in_an_article_are_its_own(words):
    assert ("paragraph", words) in blocks_of(f"Bridge closed\n\n{LONG}\n\n{words}\n\n{LONG}")


@pytest.mark.parametrize(
    "words",
    [
        "The bridge at dawn. Photo: City Archive",
        "The mayor speaks in the hall (AP Photo/Jane Roe)",
        "Workers leave the bridge. (Jane Roe/AFP via Getty Images)",
        "The bridge in 1920. Credit: Getty",
        "The bridge. Image: J. Roe/Harbour News",
        "A ship passes. Photograph: Jane Roe",
        "File photo of the bridge",
        "Photo: Jane Roe",
        "The bridge opens. REUTERS/Jane Roe",
        "FILE - The mayor waves to the crowd on May 3, 2021. (AP Photo/Jane Roe, File)",
        "Un barco pasa. Foto: Agencia",
    ],
)
def test_a_caption_is_told_by_its_credit(words):
    assert ("caption", words) in blocks_of(f"Bridge closed\n\n{LONG}\n\n{words}\n\n{LONG}")


def test_a_credit_on_its_own_line_belongs_to_the_caption_above():
    text = f"Bridge closed\n\n{LONG}\n\nThe bridge at dawn\nPhoto: Jane Roe\n\n{LONG}"
    assert ("caption", "The bridge at dawn\nPhoto: Jane Roe") in blocks_of(text)


@pytest.mark.parametrize(
    "words",
    [
        "He sent me a photo: it showed the bridge on fire.",
        "The image shows the bridge (an image from 1920).",
        "The agency published the photo by mistake, its editor said.",
    ],
)
def test_a_sentence_about_a_picture_is_no_caption(words):
    assert ("paragraph", words) in blocks_of(f"Bridge closed\n\n{LONG}\n\n{words}\n\n{LONG}")


@pytest.mark.parametrize(
    ("words", "byline"),
    [
        ("By Jane Roe", "Jane Roe"),
        ("By Jane Roe and Omar van der Berg", "Jane Roe and Omar van der Berg"),
        ("Jane Roe in Berlin | 3 May 2024", "Jane Roe in Berlin"),
        ("Jane Roe, Riverton - May 3, 2024", "Jane Roe, Riverton"),
        ("Friday, May 3, 2024", ""),
        ("Published 3 May 2024 10:15 GMT", ""),
        ("2024-05-03", ""),
    ],
)
def test_a_byline_is_told_above_the_article(words, byline):
    article = read_text(f"Bridge closed\n\n{words}\n\n{LONG}\n\n{LONG}", max_bytes=LIMIT)
    assert article.document.blocks[1].kind.value == "byline"
    assert article.byline == byline


@pytest.mark.parametrize(
    "words", ["By noon the bridge was gone.", "By the river", "In May 2024 it rained."]
)
def test_not_all_that_begins_so_is_a_byline(words):
    assert "byline" not in kinds_of(f"Bridge closed\n\n{LONG}\n\n{words}\n\n{LONG}")


def test_a_heading_needs_a_text_after_it():
    assert kinds_of(f"Bridge closed\n\n{LONG}\n\nNo money left\n\n{LONG}\n\nJane")[2:] == [
        "heading", "paragraph", "paragraph",
    ]  # fmt: skip


def test_other_scripts_are_laid_out():
    text = (
        "大桥关闭\n\n市长周二表示，大桥冬天将关闭。居民对此决定不满。\n\n背景\n\n大桥建于1920年。"
    )
    assert kinds_of(text) == ["headline", "paragraph", "heading", "paragraph"]


def assert_covers(text):
    try:
        document = read_text(text, max_bytes=LIMIT).document
    except UnreadableText:
        return
    last = 0
    for block in document.blocks:
        assert last <= block.start < block.end <= len(document.text)
        assert not document.text[last : block.start].strip()
        words = document.text[block.start : block.end]
        assert words == words.strip()
        last = block.end
    assert not document.text[last:].strip()


LINES = st.lists(
    st.one_of(
        st.text(max_size=60),
        st.sampled_from(
            ["", " ", "Photo: A", "By Jane Roe", "“", "”", "- x", "Share", LONG, "A title", "\t"]
        ),
    ),
    max_size=30,
).map("\n".join)


@given(st.text())
def test_the_blocks_of_any_text_cover_it(text):
    assert_covers(text)


@given(LINES)
def test_the_blocks_of_any_lines_cover_them(text):
    assert_covers(text)


@given(LINES)
def test_two_readings_are_equal(text):
    try:
        assert read_text(text, max_bytes=LIMIT) == read_text(text, max_bytes=LIMIT)
    except UnreadableText:
        assert not any(map(str.isalnum, text))
