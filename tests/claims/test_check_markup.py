"""Data is got out of pages and files however broken they are, and what cannot be read stops nothing else."""

import json
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.checks.loose_json import NoJSON, read_json
from claims.checks.markup import read_document
from claims.checks.shape import UnreadableChecks
from claims.checks.things import find_reviews

PAGE = "https://mill-facts.example/checks/flour"
REVIEW = '{"@type": "ClaimReview", "url": "/1", "claimReviewed": "It burnt."}'


def reviews(content, address=PAGE):
    document = read_document(content if isinstance(content, bytes) else content.encode(), address)
    return find_reviews(document.values).reviews


def script(text, kind="application/ld+json"):
    return f'<!doctype html><html><head><script type="{kind}">{text}</script></head><body>Words</body></html>'


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ('{"a": 1}', {"a": 1}),
        ('\ufeff{"a": 1}', {"a": 1}),
        ('{"a": 1,}', {"a": 1}),
        ('{"a": [1, 2, ], }', {"a": [1, 2]}),
        ('{"a": 1} ;', {"a": 1}),
        ('{"a": "one\ntwo\tthree"}', {"a": "one\ntwo\tthree"}),
        ('{"a": 1 /* no */, // yes\n "b": 2}', {"a": 1, "b": 2}),
        ('{"a": "http://x.example/ /* kept */, ]"}', {"a": "http://x.example/ /* kept */, ]"}),
        ('{"a": "http://x.example/, }",}', {"a": "http://x.example/, }"}),
        ('<!-- {"a": 1} -->', {"a": 1}),
        ('<![CDATA[{"a": 1}]]>', {"a": 1}),
        ('//<![CDATA[\n{"a": 1}\n//]]>', {"a": 1}),
        ('/*<![CDATA[*/{"a": 1}/*]]>*/', {"a": 1}),
        ("{&quot;a&quot;: &quot;b &amp; c&quot;}", {"a": "b & c"}),
        ('{"a": NaN, "b": Infinity}', {"a": None, "b": None}),
        ('{"a": "\\ud800"}', {"a": "\ud800"}),
    ],
)
def test_json_is_read_as_people_write_it(text, value):
    assert read_json(text)[0] == value


@pytest.mark.parametrize(
    "text", ["", "{", "words", '{"a": }', "{'a': 1}", "[" * 100_000, '{"a":' * 100_000]
)
def test_what_is_no_json_is_told(text):
    with pytest.raises(NoJSON):
        read_json(text)


@pytest.mark.parametrize(
    "unit", ["/*", '"\\', '",', "//", '"', ",", ", ", "<!--", "&quot;", "[", "\\"]
)
def test_a_text_that_never_ends_is_given_up(unit):
    with pytest.raises(NoJSON):
        read_json("{" + unit * 300_000)


@pytest.mark.parametrize(
    "kind", ["application/ld+json", "APPLICATION/LD+JSON", "application/ld+json; charset=utf-8"]
)
def test_a_page_has_its_json_ld_read(kind):
    assert len(reviews(script(REVIEW, kind))) == 1


def test_a_script_that_cannot_be_read_stops_none_of_the_others():
    broken = '<script type="application/ld+json">{"@type": </script>'
    document = read_document(script(REVIEW).replace("<head>", f"<head>{broken}").encode(), PAGE)
    assert len(find_reviews(document.values).reviews) == 1
    assert [one.kind for one in document.odd] == ["JSON-LD that cannot be read, left out"]


def test_json_that_had_to_be_mended_is_said():
    document = read_document(script(REVIEW.replace("}", ",}")).encode(), PAGE)
    assert [one.kind for one in document.odd] == ["broken JSON-LD, mended"]


MICRODATA = """<html><body>
<article itemscope itemtype="http://schema.org/ClaimReview">
  <a itemprop="url" href="/checks/2">Our check</a>
  <h1 itemprop="claimReviewed">The mill burnt down</h1>
  <span itemprop="author" itemscope itemtype="http://schema.org/Organization"><b itemprop="name">Mill Facts</b></span>
  <div itemprop="reviewRating" itemscope itemtype="http://schema.org/Rating">
    <meta itemprop="ratingValue" content="1"><span itemprop="alternateName">False</span>
  </div>
</article></body></html>"""


def test_microdata_is_read_like_json_ld():
    (review,) = reviews(MICRODATA)
    assert review["claimReviewed"] == "The mill burnt down"
    assert review["author"]["name"] == "Mill Facts"
    assert review["reviewRating"]["alternateName"] == "False"
    assert review["url"] == "https://mill-facts.example/checks/2"


def test_microdata_without_end_is_left_out():
    page = "<html><body>" + '<div itemscope itemtype="http://schema.org/ClaimReview">' * 100
    page += '<p itemscope itemtype="http://schema.org/ClaimReview"></p>' * 5000
    document = read_document(page.encode(), PAGE)
    assert "too much of it, left out" in [one.kind for one in document.odd]


def test_microdata_that_leads_to_itself_is_read_to_an_end():
    page = """<div id="a" itemscope itemtype="http://schema.org/ClaimReview" itemref="b"><i itemprop="name">x</i></div>
    <div id="b" itemprop="itemReviewed" itemscope itemref="a b"><i itemprop="name">y</i></div>"""
    read_document(page.encode(), PAGE)


@pytest.mark.parametrize("charset", ["utf-8", "utf-16", "windows-1252", "utf-8-sig"])
def test_a_page_is_read_in_its_own_charset(charset):
    review = '{"@type": "ClaimReview", "url": "/1", "claimReviewed": "Café Zürich brûlé"}'
    head = f'<meta charset="{charset}">' if charset == "windows-1252" else ""
    (found,) = reviews((f"<html>{head}" + script(review)).encode(charset))
    assert found["claimReviewed"] == "Café Zürich brûlé"


def test_a_file_of_json_is_read_as_it_is():
    assert len(reviews(json.dumps([json.loads(REVIEW)] * 3))) == 3


@pytest.mark.parametrize(
    "content",
    [b"", b" \n", b"\x00\x00", b"%PDF-1.7 words", b"PK\x03\x04", b"just words", b'{"a": ', b"[" * 1_000_000, b"\xff\xfe"],
)  # fmt: skip
def test_what_is_neither_a_page_nor_json_is_refused_in_words(content):
    with pytest.raises(UnreadableChecks, match=r"^It .+\.$"):
        read_document(content)


def test_a_page_without_data_has_none():
    assert reviews("<html><body>Words</body></html>") == []


@pytest.mark.parametrize("unit", ["<div>", "<div itemscope>", "<script>", "<!--", "<svg><b>"])
def test_a_page_nested_without_end_is_read_to_an_end(unit):
    assert reviews("<html>" + unit * 50_000) == []


def test_data_nested_deep_is_walked_without_recursion():
    value = {"@type": "ClaimReview", "url": "x", "claimReviewed": "y"}
    for _ in range(20_000):
        value = {"review": [value]}
    assert len(find_reviews([value]).reviews) == 1


@given(
    st.binary(max_size=200)
    | st.text(max_size=200).map(lambda text: text.encode("utf-8", "replace"))
)
def test_no_bytes_make_the_reader_fail(content):
    for one in (content, b"<html>" + content, b'<script type="application/ld+json">' + content):
        with suppress(UnreadableChecks):
            find_reviews(read_document(one, PAGE).values)
