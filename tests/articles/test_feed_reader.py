"""Feeds and sitemaps: the addresses they name, each once, however badly they are written."""

import gzip
from datetime import UTC, datetime

import pytest

from articles.ingest.feed_reader import Entry, UnreadableFeed, read_feed

HERE = "https://example.com/feed"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def rss(*items, title="The Post"):
    entries = "".join(f"<item>{item}</item>" for item in items)
    return f"<rss version='2.0'><channel><title>{title}</title>{entries}</channel></rss>".encode()


def sitemap(*places):
    urls = "".join(f"<url>{place}</url>" for place in places)
    return f"<urlset xmlns='{SITEMAP}'>{urls}</urlset>".encode()


def addresses(content, address=HERE):
    return [entry.address for entry in read_feed(content, address).entries]


def test_rss_names_its_articles_with_their_dates():
    read = read_feed(rss("<link>/a</link><pubDate>Mon, 02 Mar 2026 12:00:00 GMT</pubDate>"), HERE)
    assert (read.kind, read.title) == ("feed", "The Post")
    assert read.entries == (Entry("https://example.com/a", NOON),)


def test_atom_names_its_articles_with_their_dates():
    atom = (
        b"<feed xmlns='http://www.w3.org/2005/Atom'><title>The Post</title><entry>"
        b"<link rel='alternate' href='a'/><updated>2026-03-02T12:00:00Z</updated></entry></feed>"
    )
    assert read_feed(atom, "https://example.com/f/").entries == (
        Entry("https://example.com/f/a", NOON),
    )


def test_a_feed_that_repeats_itself_names_each_page_once():
    again = rss("<link>/a</link>", "<link>/a?utm_source=rss</link>", "<link>/a#x</link>")
    assert addresses(again) == ["https://example.com/a"]


@pytest.mark.parametrize(
    "link", ["javascript:alert(1)", "file:///etc/passwd", "mailto:a@b.c", "http://u:p@b.c/"]
)
def test_what_is_no_page_is_passed_over(link):
    assert addresses(rss(f"<link>{link}</link>", "<link>/a</link>")) == ["https://example.com/a"]


def test_a_sitemap_names_pages_with_their_dates():
    read = read_feed(
        sitemap("<loc> https://example.com/a </loc><lastmod>2026-03-02T12:00:00Z</lastmod>"), HERE
    )
    assert read.kind == "sitemap"
    assert read.entries == (Entry("https://example.com/a", NOON),)


def test_a_sitemap_may_be_packed():
    packed = gzip.compress(sitemap("<loc>https://example.com/a</loc>"))
    assert addresses(packed) == ["https://example.com/a"]


def test_an_index_leads_to_its_newest_sitemaps_first():
    index = (
        f"<sitemapindex xmlns='{SITEMAP}'>"
        "<sitemap><loc>https://example.com/old.xml</loc><lastmod>2020-01-01</lastmod></sitemap>"
        "<sitemap><loc>https://example.com/new.xml</loc><lastmod>2026-01-01</lastmod></sitemap>"
        "</sitemapindex>"
    )
    read = read_feed(index.encode(), HERE)
    assert read.more == ("https://example.com/new.xml", "https://example.com/old.xml")


def test_a_page_leads_to_its_feed():
    page = (
        b"<html><head><link rel='alternate' type='application/rss+xml' href='/rss'></head></html>"
    )
    assert read_feed(page, HERE).more == ("https://example.com/rss",)


@pytest.mark.parametrize(
    "content", [b"", b"\x00\xff", b"{}", b"words", b"<html><p>words</p></html>", b"\x1f\x8bbroken"]
)
def test_what_is_neither_is_refused_with_what_to_do(content):
    with pytest.raises(UnreadableFeed, match=r"try its|Try again"):
        read_feed(content, HERE)


def test_a_packed_bomb_is_not_unpacked_to_its_end():
    with pytest.raises(UnreadableFeed, match="50 MB"):
        read_feed(gzip.compress(bytes(60_000_000)), HERE)


def test_entities_are_not_unfolded():
    depth = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 9))
    bomb = f"<!DOCTYPE r [<!ENTITY a0 'x'>{depth}]>".encode() + rss(title="&a8;")
    assert len(read_feed(bomb, HERE).title) < 100


def test_a_file_of_this_machine_is_not_read_into_a_sitemap():
    secret = b"<!DOCTYPE u [<!ENTITY f SYSTEM 'file:///etc/passwd'>]>"
    assert addresses(secret + sitemap("<loc>https://example.com/&f;</loc>")) in (
        [],
        ["https://example.com/"],
    )


def test_a_page_whose_number_changes_is_the_same_page():
    items = (
        f"<guid>tag:{n}</guid><link>/a?utm_campaign={n}&amp;fbclid={n}</link>" for n in range(9)
    )
    assert addresses(rss(*items)) == ["https://example.com/a"]


def test_a_feed_of_ten_thousand_names_them_all_in_order():
    many = [f"https://example.com/{n}" for n in range(10_000)]
    assert addresses(rss(*(f"<link>{one}</link>" for one in many))) == many


@pytest.mark.parametrize(
    "content",
    [
        rss("<link>/a</link>", "<link>/b</link>")[:-30],
        rss("<title>a &nbsp; b & c</title><link>/a</link>"),
        b"<rss><channel><item><link>/a</link>",
        b"\n\n" + rss("<link>/a</link>"),
        rss("<description>one<br>two<p>three</description><link>/a</link>"),
        rss("<description><![CDATA[" + "<div>" * 2000 + "]]></description><link>/a</link>"),
    ],
    ids=["cut", "entity", "unclosed", "blank lines", "markup", "deep markup as text"],
)
def test_a_broken_feed_names_what_can_still_be_read(content):
    assert addresses(content)[0] == "https://example.com/a"


@pytest.mark.parametrize("inside", [b"<a>", b"<item><div>", b"<a b='c'>"])
def test_a_feed_nested_without_end_is_refused(inside):
    with pytest.raises(UnreadableFeed, match="too deeply"):
        read_feed(b"<rss><channel>" + inside * 50_000, HERE)


def test_a_sitemap_nested_without_end_is_refused_or_empty():
    assert read_feed(b"<urlset>" + b"<url>" * 50_000, HERE).entries == ()


def test_entities_are_not_unfolded_in_a_sitemap():
    depth = "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 9))
    bomb = f"<!DOCTYPE r [<!ENTITY a0 'x'>{depth}]>".encode()
    assert addresses(bomb + sitemap("<loc>https://example.com/&a8;</loc>")) in (
        [],
        ["https://example.com/"],
    )


def test_markup_in_a_title_is_characters():
    title = "&lt;script&gt;alert(1)&lt;/script&gt; Post"
    assert read_feed(rss(title=title), HERE).title == "<script>alert(1)</script> Post"
