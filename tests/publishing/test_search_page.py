"""The search of readers: what it finds, what it marks, and what it makes of odd words."""

import re
import xml.etree.ElementTree as ET

import pytest
from django.urls import reverse

from publishing import groups, keyset
from publishing.searching import CLOSE, OPEN, Piece, split
from tests.factories import make_article, make_published_claim
from tests.publishing.pages import page

ROW = re.compile(r'class="row-link"[^>]*href="/(\w+)/')


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("plain", [Piece("plain", is_hit=False)]),
        ("", []),
        (f"{OPEN}a{CLOSE} b", [Piece("a", is_hit=True), Piece(" b", is_hit=False)]),
        (f"a {OPEN}b", [Piece("a ", is_hit=False), Piece("b", is_hit=True)]),
    ],
)
def test_a_marked_text_is_cut_into_pieces(text, pieces):
    assert split(text) == pieces


@pytest.mark.django_db
class TestThePage:
    @pytest.fixture(autouse=True)
    def published(self):
        make_published_claim(
            article=make_article(title="Herring quotas"),
            statement="The <b>herrings</b> left & came back.",
            claimant_name="Ida Herring",
        )
        make_published_claim(statement="The harbour reopened.", claimant_name="Ben Quell")

    @pytest.mark.parametrize(
        ("words", "found"),
        [
            ("herring", ["claimants", "articles", "claims"]),
            ("HARBOUR reopen", ["claims"]),
            ("quell", ["claimants", "claims"]),
            ('"harbour reopened" -herring', ["claims"]),
            ("whale", []),
            ("\x00", []),
            ("   ", []),
            ("'); --", []),
            ("%", []),
            ("(((" * 90, []),
        ],
    )
    def test_finds_what_has_the_words(self, client, words, found):
        assert ROW.findall(page(client, "search", q=words)) == found

    def test_marks_the_words_and_lets_nothing_become_markup(self, client):
        html = page(client, "search", q="herring")
        assert 'The &lt;b&gt;<mark class="hit">herrings</mark>&lt;/b&gt; left &amp; came' in html

    def test_marks_the_words_in_names(self, client):
        html = page(client, "search", q="herring")
        assert 'Ida <mark class="hit">Herring</mark>' in html

    def test_shows_the_words_that_were_asked_for_as_text(self, client):
        html = page(client, "search", q='"><script>')
        assert 'value="&quot;&gt;&lt;script&gt;"' in html

    @pytest.mark.parametrize(
        ("query", "words"),
        [({}, "What are you looking for?"), ({"q": "whale"}, "Nothing like that is published")],
    )
    def test_without_anything_to_show_says_what_to_do(self, client, query, words):
        assert words in page(client, "search", **query)

    def test_goes_on_where_the_page_before_ended(self, client, monkeypatch):
        monkeypatch.setattr(keyset, "PAGE_SIZE", 1)
        make_published_claim(statement="A second herring.")
        first = page(client, "search", q="herring")
        older = re.search(r'rel="next" href="([^"]+)"', first)[1].replace("&amp;", "&")
        second = client.get(reverse("publishing:search") + older).content.decode()
        assert "herrings</mark>" in second
        assert "second" not in second

    def test_stops_counting_where_nobody_reads(self, client, monkeypatch):
        monkeypatch.setattr(groups, "MOST", 1)
        make_published_claim(statement="A second herring.")
        assert "more than 1 claim" in page(client, "search", q="herring")

    def test_is_where_the_box_in_the_header_leads(self, client):
        html = page(client, "methodology")
        assert f'class="site-search" action="{reverse("publishing:search")}"' in html

    def test_takes_few_queries(self, client, django_assert_max_num_queries):
        with django_assert_max_num_queries(9):
            page(client, "search", q="herring")


@pytest.mark.django_db
def test_browsers_learn_how_to_search_here(client, settings):
    settings.ASSAY_DESK_NAME = "Fact & Figure <desk> of the north"
    body = client.get(reverse("publishing:describe-search")).content
    root = ET.fromstring(body)  # noqa: S314 - our own
    spaced = "{http://a9.com/-/spec/opensearch/1.1/}"
    address = f"{settings.ASSAY_BASE_URL}/search/?q={{searchTerms}}"
    assert root.find(f"{spaced}Url").get("template") == address
    assert root.find(f"{spaced}ShortName").text == "Fact & Figure <d"
