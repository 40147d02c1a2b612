"""What other sites frame, and how they are told of it."""

import json
import re
import xml.etree.ElementTree as ET

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.roles import Role
from publishing import embedding
from publishing.services import reopen_claim, retract_verdict
from tests.factories import make_article, make_claim, make_published_claim, make_user
from tests.publishing.pages import correct

pytestmark = pytest.mark.django_db
PUBLISHED_AT = "https://paper.example/harbour"


@pytest.fixture
def claim():
    return make_published_claim(
        article=make_article(url=PUBLISHED_AT),
        statement="The works cost 40 million crowns.",
        claimant_name="Ida Quell",
    )


def frame(client, name, *args, **query):
    return client.get(reverse(f"publishing:embed-{name}", args=args), query)


def page_of(claim):
    return settings.ASSAY_BASE_URL + reverse("publishing:show-claim", args=[claim.pk])


class TestTheFrameOfAClaim:
    def test_says_what_was_claimed_the_verdict_and_why(self, client, claim):
        html = frame(client, "claim", claim.pk).content.decode()
        for words in ("The works cost 40 million crowns.", "Ida Quell", ">True<", "It did."):
            assert words in html

    def test_leads_to_the_whole_page_in_a_window_of_its_own(self, client, claim):
        links = re.findall(r"<a [^>]*>", frame(client, "claim", claim.pk).content.decode())
        assert all('target="_blank" rel="noopener"' in link for link in links)
        assert any(reverse("publishing:show-claim", args=[claim.pk]) in link for link in links)

    def test_says_that_it_was_corrected_and_what_changed(self, client, claim):
        correct(claim, note="The year was wrong.")
        html = frame(client, "claim", claim.pk).content.decode()
        assert ("Corrected" in html, "The year was wrong." in html) == (True, True)

    @pytest.mark.parametrize(
        ("take_back", "words"), [(retract_verdict, "Retracted"), (reopen_claim, "Under re-review")]
    )
    def test_says_no_verdict_that_is_not_in_force(self, client, claim, take_back, words):
        take_back(actor=make_user(Role.EDITOR), claim=claim, reason="The audit was wrong.")
        html = frame(client, "claim", claim.pk).content.decode()
        assert (words in html, "The audit was wrong." in html) == (True, True)
        assert (">True<" in html, "It did." in html) == (False, False)


class TestTheFrameOfAnArticle:
    def test_lists_what_was_checked_with_each_verdict(self, client, claim):
        other = make_published_claim(article=claim.article, statement="Herring left.")
        html = frame(client, "article", claim.article_id).content.decode()
        assert html.count('class="badge"') == 2
        assert (claim.statement in html, other.statement in html) == (True, True)

    def test_is_found_by_where_the_article_was_published(self, client, claim):
        response = frame(client, "find", url=f"{PUBLISHED_AT}#top", theme="dark")
        expected = reverse("publishing:embed-article", args=[claim.article_id])
        assert (response.status_code, response["Location"]) == (302, f"{expected}?theme=dark")

    def test_stays_small_however_many_there_are(self, client, claim, monkeypatch):
        monkeypatch.setattr("publishing.embedding.SHOWN", 1)
        make_published_claim(article=claim.article)
        html = frame(client, "article", claim.article_id).content.decode()
        assert (html.count('class="badge"'), "1 more" in html) == (1, True)


def test_the_longest_frame_is_under_20_kilobytes(client, claim, monkeypatch):
    claim = make_published_claim(article=claim.article, statement="Long words, and many. " * 90)
    readings = embedding._of_article(claim.article_id)[1:] * 100
    monkeypatch.setattr(embedding, "_of_article", lambda pk: readings)
    assert len(frame(client, "article", claim.article_id).content) < 20_000


@pytest.fixture(params=["claim", "article"])
def framed(request, client, claim):
    pk = claim.pk if request.param == "claim" else claim.article_id
    return frame(client, request.param, pk)


class TestEveryFrame:
    def test_may_be_framed_by_anyone(self, framed):
        assert "frame-ancestors *;" in framed["Content-Security-Policy"] + ";"
        assert "X-Frame-Options" not in framed

    def test_keeps_the_rest_of_our_policy(self, framed):
        assert "default-src 'self'" in framed["Content-Security-Policy"]

    def test_knows_no_cookies(self, framed):
        assert (framed.cookies, "Cookie" in framed.get("Vary", "")) == ({}, False)

    def test_is_kept_by_caches_for_a_minute(self, framed):
        assert framed["Cache-Control"] == "public, max-age=60"

    def test_is_under_20_kilobytes(self, framed):
        assert len(framed.content) < 20_000

    def test_has_no_script_of_its_own_page(self, framed):
        scripts = re.findall(r"<script[^>]*>", framed.content.decode())
        assert scripts == ['<script src="/static/js/embed-frame.js" defer>']


def test_no_other_page_may_be_framed(client, claim):
    response = client.get(reverse("publishing:show-claim", args=[claim.pk]))
    assert response["X-Frame-Options"] == "DENY"
    assert "frame-ancestors 'none'" in response["Content-Security-Policy"]


@pytest.mark.parametrize("name", ["claim", "article"])
def test_of_what_is_not_published_there_is_a_frame_that_says_nothing(client, name):
    claim = make_claim(statement="SECRET", claimant_name="SECRET")
    response = frame(client, name, claim.pk if name == "claim" else claim.article_id)
    assert response.status_code == 404
    assert ("SECRET" in response.content.decode(), "X-Frame-Options" in response) == (False, False)


@pytest.mark.parametrize("name", ["find", "marks"])
@pytest.mark.parametrize(
    "query",
    [
        {},
        {"url": "https://nowhere.example/"},
        {"url": "javascript:1"},
        {"url": "\x00"},
        {"article": "x"},
    ],
)
def test_of_an_unknown_article_there_is_nothing(client, name, query):
    assert frame(client, name, **query).status_code == 404


@pytest.mark.parametrize(
    ("theme", "expected"), [("dark", 'data-theme="dark"'), ('"><script>', "<html lang="), ("", "")]
)
def test_a_theme_is_one_of_two(client, claim, theme, expected):
    html = frame(client, "claim", claim.pk, theme=theme).content.decode()
    assert (expected in html, "><script>" in html) == (True, False)


def test_hostile_words_are_words(client):
    attack = "</title><script>alert(1)</script><img src=x onerror=alert(1)>"
    claim = make_published_claim(
        article=make_article(f"{attack}\n\nIt cost 40 million crowns. {attack}\n"),
        statement=attack,
        claimant_name=attack,
    )
    for name, pk in (("claim", claim.pk), ("article", claim.article_id)):
        assert "<img" not in frame(client, name, pk).content.decode()


class TestMarks:
    def test_are_the_words_of_verdicts_in_force(self, client, claim):
        retracted = make_published_claim(article=claim.article)
        retract_verdict(actor=make_user(Role.EDITOR), claim=retracted, reason="It was wrong.")
        response = frame(client, "marks", url=PUBLISHED_AT)
        [mark] = response.json()["marks"]
        assert (mark["claim"], mark["normalised"]) == (str(claim.pk), "supported")
        assert mark["words"][0]["exact"] == "It cost 40 million crowns."

    def test_may_be_read_by_pages_of_other_sites(self, client, claim):
        response = frame(client, "marks", article=claim.article_id)
        assert response["Access-Control-Allow-Origin"] == "*"


def test_the_script_is_one_file_that_other_sites_may_load(client):
    response = client.get("/embed.js")
    assert response["Content-Type"] == "text/javascript; charset=utf-8"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"
    tag = response["ETag"]
    assert client.get("/embed.js", headers={"If-None-Match": tag}).status_code == 304


class TestOEmbed:
    @pytest.fixture
    def ask(self, client, claim):
        def ask(**query):
            query.setdefault("url", page_of(claim))
            return client.get(reverse("publishing:oembed"), query)

        return ask

    def test_gives_a_sandboxed_frame(self, ask, claim):
        found = ask().json()
        assert (found["type"], found["version"]) == ("rich", "1.0")
        assert found["title"] == "True: The works cost 40 million crowns."
        assert reverse("publishing:embed-claim", args=[claim.pk]) in found["html"]
        assert 'sandbox="allow-scripts allow-popups' in found["html"]
        assert f'width="{found["width"]}" height="{found["height"]}"' in found["html"]
        assert found.keys() >= {"provider_name", "provider_url", "cache_age"}

    def test_gives_the_frame_of_an_article(self, ask, claim):
        address = settings.ASSAY_BASE_URL + reverse(
            "publishing:show-article", args=[claim.article_id]
        )
        assert f"/embed/articles/{claim.article_id}/" in ask(url=address).json()["html"]

    def test_says_the_same_in_xml(self, ask):
        root = ET.fromstring(ask(format="xml").content)  # noqa: S314 - our own
        expected = {name: str(value) for name, value in ask().json().items()}
        assert {child.tag: child.text for child in root} == expected

    def test_is_no_larger_than_asked(self, ask):
        found = ask(maxwidth="400", maxheight="200").json()
        assert (found["width"], found["height"]) == (400, 200)

    @pytest.mark.parametrize("size", ["0", "-5", "x", "9" * 30, "", "²"])
    def test_whatever_size_is_asked_for_it_has_one(self, ask, size):
        assert ask(maxwidth=size).json()["width"] > 0

    def test_another_form_is_not_implemented(self, ask):
        assert ask(format="yaml").status_code == 501

    @pytest.mark.parametrize(
        "url",
        [
            "",
            "https://elsewhere.example/",
            f"{settings.ASSAY_BASE_URL}/",
            f"{settings.ASSAY_BASE_URL}.evil.example/claims/",
            f"{settings.ASSAY_BASE_URL}/admin/",
            f"{settings.ASSAY_BASE_URL}/claims/00000000-0000-0000-0000-000000000000/",
            "http://[",
        ],
    )
    def test_of_another_page_there_is_nothing(self, ask, url):
        assert ask(url=url).status_code == 404

    def test_tells_no_verdict_that_is_not_in_force(self, ask, claim):
        retract_verdict(actor=make_user(Role.EDITOR), claim=claim, reason="It was wrong.")
        assert ask().json()["title"].startswith("Not in force: ")

    def test_words_in_it_are_no_markup(self, ask):
        claim = make_published_claim(statement='"><script>alert(1)</script>\x07')
        found = ask(url=page_of(claim)).json()
        assert "<script>" not in found["html"]
        assert ask(url=page_of(claim), format="xml").status_code == 200

    @pytest.mark.parametrize("name", ["claim", "article"])
    def test_is_discovered_on_the_page(self, client, claim, name):
        pk = claim.pk if name == "claim" else claim.article_id
        html = client.get(reverse(f"publishing:show-{name}", args=[pk])).content.decode()
        link = re.search(r'type="application/json\+oembed" href="([^"]*)"', html)[1]
        found = client.get(link.removeprefix(settings.ASSAY_BASE_URL))
        assert json.loads(found.content)["type"] == "rich"
