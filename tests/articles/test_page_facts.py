"""What pages say of themselves, in every way that they say it."""

from datetime import UTC, datetime

import pytest

from articles.ingest import Hints, read
from tests.articles.pages import BODY, TITLE, linked, meta, page

AT = datetime(2024, 5, 3, 9, tzinfo=UTC)
FROM = "https://www.example.com/news/harbour?utm_source=x"


def facts(**parts):
    given = parts.pop("fetched_from", FROM)
    return read(
        page(**parts).encode(),
        media_type="text/html",
        max_bytes=2_000_000,
        hints=Hints(address=given),
    )


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("", TITLE),
        (meta("og:title", f"{TITLE} | Example News"), TITLE),
        (meta("og:title", "Port: what the works cost"), "Port: what the works cost"),
        (linked('{"@type": "NewsArticle", "headline": "Ports &amp; ships"}'), "Ports & ships"),
        (meta("og:site_name", "Example News") + meta("og:title", "Costs – Example News"), "Costs"),
        (meta("og:title", "Costs - a history"), "Costs - a history"),
    ],
)
def test_the_title_is_the_heading_that_the_page_names(head, title):
    assert facts(head=head).title == title


@pytest.mark.parametrize(
    ("head", "body", "byline"),
    [
        (linked('{"@type": "NewsArticle", "author": {"@type": "Person", "name": "Jo Bell"}}'), "", "Jo Bell"),
        (linked('{"@type": "Article", "author": [{"name": "Jo Bell"}, {"name": "Ida Quell"}]}'), "", "Jo Bell and Ida Quell"),
        (linked('{"@graph": [{"@id": "#a", "@type": "Person", "name": "Jo"}, {"@type": "Article", "author": {"@id": "#a"}}]}'), "", "Jo"),
        (linked('[{"@type": ["Thing", "ReportageNewsArticle"], "author": ["Jo Bell", "Jo Bell"]}]'), "", "Jo Bell"),
        (meta("article:author", "https://example.com/jo") + meta("author", "By Jo Bell"), "", "Jo Bell"),
        ("", '<p class="byline">By Jo Bell</p>', "Jo Bell"),
        ("", '<a rel="author" href="/jo">Jo Bell</a>', "Jo Bell"),
        (linked('{"@type": "Article", "author": '), "", ""),
        (linked("[" * 5000), "", ""),
        ("", "", ""),
    ],
)  # fmt: skip
def test_the_byline_is_found_wherever_it_is(head, body, byline):
    assert facts(head=head, body=body + BODY).byline == byline


@pytest.mark.parametrize(
    ("head", "body", "moment"),
    [
        (linked('{"@type": "Article", "datePublished": "2024-05-03T09:00:00Z"}'), "", AT),
        (linked('{"@type": "Article", "datePublished": "2024-05-03T11:00:00+0200"}'), "", AT),
        (linked('{"@type": "Article", "datePublished": "0001-01-01"}') + meta("date", "2024-05-03 09:00"), "", AT),
        (meta("article:published_time", "2024-05-03T09:00:00.1234567Z"), "", AT),
        (meta("pubdate", "Fri, 03 May 2024 09:00:00 GMT"), "", AT),
        ("", '<time datetime="2024-05-03T09:00:00Z">3 May</time>', AT),
        (meta("article:published_time", "soon"), "", None),
        (meta("article:modified_time", "2024-05-03T09:00:00Z"), "", None),
        ("", "", None),
    ],
)  # fmt: skip
def test_the_moment_of_publication_is_read_and_never_guessed(head, body, moment):
    assert facts(head=head, body=body + BODY).published_at == moment


@pytest.mark.parametrize(
    ("html", "head", "language"),
    [
        ("<html lang='pt-BR'>", "", "pt-BR"),
        ("<html>", meta("og:locale", "en_GB"), "en-GB"),
        ("<html lang=''>", linked('{"@type": "Article", "inLanguage": "sv"}'), "sv"),
        ("<html lang='english!'>", "", ""),
        ("<html lang='zh-Hant-TW-x-long'>", "", "zh"),
    ],
)
def test_the_language_is_a_tag_or_nothing(html, head, language):
    assert facts(html=html, head=head).language == language


@pytest.mark.parametrize(
    ("head", "address"),
    [
        ("<link rel='canonical' href='/news/harbour'>", "https://www.example.com/news/harbour"),
        ("<link rel='Canonical' href='https://example.com/news/harbour?fbclid=1#top'>", "https://example.com/news/harbour"),
        ("<link rel='canonical' href='https://amp.example.com/a'>", "https://amp.example.com/a"),
        (meta("og:url", "https://www.example.com/a"), "https://www.example.com/a"),
        (linked('{"@type": "Article", "mainEntityOfPage": {"@id": "https://example.com/b"}}'), "https://example.com/b"),
        ("<link rel='canonical' href='https://elsewhere.org/a'>", ""),
        ("<link rel='canonical' href='/'>", ""),
        ("<link rel='canonical' href='/index.html'>", ""),
        ("<link rel='canonical' href='/en/'>", ""),
        ("<link rel='canonical' href='/en-gb/home'>", ""),
        ("<link rel='canonical' href='/?p=7'>", "https://www.example.com/?p=7"),
        ("<link rel='canonical' href='javascript:alert(1)'>", ""),
        ("<link rel='canonical' href='http://['>", ""),
        ("<link rel='canonical' href='https://a:b@example.com/a'>", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_the_canonical_address_is_one_of_the_same_site(head, address):
    assert facts(head=head).address == address


def test_sites_under_one_public_suffix_do_not_speak_for_each_other():
    head = "<link rel='canonical' href='https://bbb.github.io/a'>"
    assert facts(head=head, fetched_from="https://aaa.github.io/a").address == ""


@pytest.mark.parametrize(
    ("head", "publisher"),
    [
        (linked('{"@type": "Article", "publisher": {"name": "The Post"}}'), "The Post"),
        (meta("og:site_name", "The Post"), "The Post"),
        ("", "example.com"),
    ],
)
def test_the_publisher_is_named_or_is_the_site(head, publisher):
    assert facts(head=head).publisher == publisher
