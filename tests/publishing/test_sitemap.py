"""What search engines are told: what they may read, and where everything published is."""

import xml.etree.ElementTree as ET

import pytest
from django.urls import reverse

from publishing import sitemap
from publishing.models import CurrentVerdict
from tests.factories import make_claim, make_published_claim
from tests.publishing.pages import correct

pytestmark = pytest.mark.django_db
SPACED = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def lines(client, name, *args):
    response = client.get(reverse(f"publishing:{name}", args=args))
    root = ET.fromstring(response.content)  # noqa: S314 - our own
    return [{child.tag.removeprefix(SPACED): child.text for child in line} for line in root]


def addresses(client, name, *args):
    return [line["loc"] for line in lines(client, name, *args)]


def at(settings, name, *args):
    return settings.ASSAY_BASE_URL + reverse(f"publishing:{name}", args=args)


def test_robots_are_kept_from_the_desk_and_led_to_the_sitemap(client, settings):
    body = client.get("/robots.txt").content.decode()
    assert "Disallow: /desk/" in body
    assert f"Sitemap: {at(settings, 'sitemap')}" in body


def test_the_index_of_an_empty_record_has_the_pages_alone(client, settings):
    assert addresses(client, "sitemap") == [at(settings, "sitemap-pages")]


def test_the_index_has_a_sitemap_for_each_stretch_of_the_record(client, settings, monkeypatch):
    monkeypatch.setattr(sitemap, "STRETCH", 1)
    make_published_claim()
    make_published_claim()
    start = CurrentVerdict.objects.latest("seq").seq
    assert len(addresses(client, "sitemap")) == 1 + 2 * start


def test_claims_have_the_time_of_their_newest_entry(client, settings):
    claim = make_published_claim()
    correct(claim)
    row = CurrentVerdict.objects.get(pk=claim.pk)
    expected = row.published_at.strftime("%Y-%m-%dT%H:%M:%SZ")
    assert lines(client, "sitemap-claims", 0) == [
        {"loc": at(settings, "show-claim", claim.pk), "lastmod": expected}
    ]


def test_an_article_stands_there_once(client, settings):
    claim = make_published_claim()
    make_published_claim(article=claim.article)
    assert addresses(client, "sitemap-articles", 0) == [
        at(settings, "show-article", claim.article_id)
    ]


def test_what_is_not_published_is_in_none(client):
    make_claim()
    assert client.get(reverse("publishing:sitemap-claims", args=[0])).status_code == 404


@pytest.mark.parametrize("name", ["sitemap-claims", "sitemap-articles"])
@pytest.mark.parametrize("number", [1, 10**30])
def test_beyond_the_record_there_is_none(client, name, number):
    make_published_claim()
    assert client.get(reverse(f"publishing:{name}", args=[number])).status_code == 404


def test_the_pages_of_the_sitemap_are_there(client, settings):
    paths = [
        page.removeprefix(settings.ASSAY_BASE_URL) for page in addresses(client, "sitemap-pages")
    ]
    assert {client.get(path).status_code for path in paths} == {200}
