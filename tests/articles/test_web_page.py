"""A web page becomes the article in it: its words as readers see them, and what each run is."""

import pytest

from articles.document import BlockKind
from articles.ingest import Hints, UnreadableText, read
from tests.articles.pages import BODY, LEDE, SECOND, THIRD, TITLE, page

LIMIT = 2_000_000
NO_PAGE_IS_COMPLETE_WITHOUT = (
    "A sentence with {} in the midst of its words, long enough to be a paragraph."
)


def read_page(text, **hints):
    content = text if isinstance(text, bytes) else text.encode()
    return read(content, media_type="text/html", max_bytes=LIMIT, hints=Hints(**hints))


def blocks(article):
    document = article.document
    return [(block.kind, document.text[block.start : block.end]) for block in document.blocks]


def kind_of(article, words):
    return next(kind for kind, text in blocks(article) if words in text)


def test_headline_and_paragraphs_are_the_articles_and_menus_are_not():
    assert blocks(read_page(page())) == [
        (BlockKind.HEADLINE, TITLE),
        (BlockKind.PARAGRAPH, LEDE),
        (BlockKind.PARAGRAPH, SECOND),
        (BlockKind.PARAGRAPH, THIRD),
    ]


@pytest.mark.parametrize(
    ("html", "words", "kind"),
    [
        ("<h2>What it cost</h2>", "What it cost", BlockKind.HEADING),
        ("<p><strong>What comes next</strong></p>", "What comes next", BlockKind.HEADING),
        (
            "<blockquote><p>“We will double the traffic of this port by 2030, and nobody will stop us.”</p></blockquote>",
            "double the traffic",
            BlockKind.QUOTE,
        ),
        (
            "<ul><li>The quay is four hundred metres long now.</li><li>The basin is eleven metres deep.</li></ul>",
            "four hundred metres",
            BlockKind.LIST_ITEM,
        ),
        (
            "<figure><img src='a.jpg'><figcaption>The quay on Monday. Photo: Ida Quell</figcaption></figure>",
            "The quay on Monday. Photo: Ida Quell",
            BlockKind.CAPTION,
        ),
        (
            "<div class='wp-caption-text'>The harbour master at the quay</div>",
            "harbour master",
            BlockKind.CAPTION,
        ),
        (
            "<table><tr><th>Year</th><th>Ships</th></tr><tr><td>2024</td><td>600</td></tr></table>",
            "2024 | 600",
            BlockKind.LIST_ITEM,
        ),
        (
            "<p>Read more: The herring and the port of Brinmouth, a love story</p>",
            "Read more",
            BlockKind.FURNITURE,
        ),
    ],
)
def test_a_run_keeps_its_kind(html, words, kind):
    body = f"<p>{LEDE}</p>{html}<p>{SECOND}</p><p>{THIRD}</p>"
    assert kind_of(read_page(page(body)), words) is kind


def test_a_caption_stands_where_it_stood():
    body = f"<p>{LEDE}</p><figure><img src='a'><figcaption>The quay on Monday</figcaption></figure><p>{SECOND}</p><p>{THIRD}</p>"
    texts = [text for _, text in blocks(read_page(page(body)))]
    assert texts == [TITLE, LEDE, "The quay on Monday", SECOND, THIRD]


@pytest.mark.parametrize(
    "words",
    [
        "soft\u00adhyphens",
        "no\u00a0break",
        "👩‍👩‍👧 and 🇸🇪",
        "می‌خواهم",
        "‏עברית‏",
        "e\u0301 and é",
        "“curly” ‘quotes’",
        "x < y & z > w",
    ],
)
def test_unusual_characters_arrive_as_the_reader_sees_them(words):
    sentence = NO_PAGE_IS_COMPLETE_WITHOUT.format(words)
    escaped = sentence.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert sentence in read_page(page(f"<p>{escaped}</p>{BODY}")).document.text


@pytest.mark.parametrize(
    ("encoding", "declared", "server"),
    [
        ("utf-8", "", ""),
        ("utf-8", "iso-8859-1", "iso-8859-1"),  # both are wrong
        ("windows-1252", "windows-1252", "utf-8"),
        ("windows-1252", "", "windows-1252"),
        ("windows-1252", "", ""),
        ("utf-16", "", "utf-8"),
        ("utf-8-sig", "ascii", ""),
        ("utf-8-sig", "windows-1251", "koi8-r"),
        ("utf-8", "utf-16", "utf-16"),
        ("windows-1252", "utf-8", "utf-16"),
        ("windows-1252", "iso-8859-1", "iso-8859-1"),
        ("windows-1252", "rot13", "unicode_escape"),
        ("windows-1252", "nonsense", "idna"),
    ],
)
def test_the_charset_is_found_out_whoever_names_the_wrong_one(encoding, declared, server):
    words = "Über die Größe des Hafens wurde in der Behörde lange gestritten, bis das Geld ausging."
    head = f'<meta charset="{declared}">' if declared else ""
    content = page(f"<p>{words}</p>{BODY}", head=head).encode(encoding)
    assert words in read_page(content, charset=server).document.text


RUSSIAN = "Мэр города заявил, что мост закроют на зиму. Жители недовольны решением совета."
JAPANESE = (
    "港は月曜日に再開した。工事には二年かかり、四千万クローネの費用がかかったと当局は述べた。"
)
CHINESE = "市长周二表示，大桥冬天将关闭。居民对此决定不满。记者在现场报道。"


@pytest.mark.parametrize(
    ("words", "encoding", "declared", "server"),
    [
        (RUSSIAN, "windows-1251", "windows-1251", ""),
        (RUSSIAN, "windows-1251", "", "windows-1251"),
        (RUSSIAN, "windows-1251", "", "iso-8859-1"),  # what servers say of everything
        (RUSSIAN, "windows-1251", "iso-8859-1", "latin-1"),
        (RUSSIAN, "windows-1251", "utf-8", "utf-8"),
        (RUSSIAN, "koi8-r", "koi8-r", "utf-8"),
        (RUSSIAN, "utf-8", "windows-1251", "koi8-r"),
        (JAPANESE, "shift_jis", "x-sjis", ""),
        (JAPANESE, "shift_jis", "", "iso-8859-1"),
        (JAPANESE, "euc_jp", "euc-jp", "utf-8"),
        (CHINESE, "gb2312", "gb2312", ""),
        (CHINESE + "㐀", "gb18030", "gb2312", ""),  # browsers read the larger set under this name
        (CHINESE, "gb2312", "", "iso-8859-1"),
        (CHINESE, "gb2312", "utf-8", ""),
    ],
)
def test_other_scripts_are_found_out_too(words, encoding, declared, server):
    head = f'<meta charset="{declared}">' if declared else ""
    head += f"<script>{'let quite_a_lot_of_script = true;' * 99}</script>"
    content = page(f"<p>{words * 3}</p>", head=head, title=words[:12]).encode(encoding)
    assert words * 3 in read_page(content, charset=server).document.text


def test_a_broken_byte_makes_no_other_charset_of_a_page():
    content = page(f"<p>{JAPANESE * 9}</p>", head='<meta charset="shift_jis">', title="港")
    broken = content.encode("shift_jis") + b"\x81"
    assert JAPANESE * 9 in read_page(broken, charset="iso-8859-1").document.text


def test_an_escape_coded_charset_is_believed():
    words = (
        "港は月曜日に再開した。工事には二年かかり、四千万クローネの費用がかかったと当局は述べた。"
        * 3
    )
    content = page(f"<p>{words}</p>", head='<meta charset="iso-2022-jp">', title="港").encode(
        "iso-2022-jp"
    )
    assert words in read_page(content).document.text


def test_scripts_in_a_title_are_characters():
    article = read_page(page(title="Harbour &lt;script&gt;alert(1)&lt;/script&gt; opens"))
    assert article.title == "Harbour <script>alert(1)</script> opens"


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 5000 + LEDE,
        "<b>" * 20_000 + LEDE,
        "<table><tr><td>" * 300 + LEDE,
        page("<p>unclosed <b>tags <i>everywhere" + BODY),
        page(BODY * 200),
        "<!--" * 1000 + page(),
    ],
    ids=["deep div", "deep inline", "deep table", "unclosed", "repeated", "comments"],
)
def test_broken_pages_give_an_article_or_a_refusal(html):
    try:
        article = read_page(html)
    except UnreadableText:
        return
    document = article.document
    ends = [0, *(block.end for block in document.blocks)]
    assert all(end <= block.start for end, block in zip(ends, document.blocks, strict=False))
    assert all(text == text.strip() and text for _, text in blocks(article))
