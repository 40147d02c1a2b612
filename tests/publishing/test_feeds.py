"""The feeds: what an entry holds, and that whoever was away can read all that they missed."""

import xml.etree.ElementTree as ET

import pytest
from django.urls import reverse

from accounts.roles import Role
from publishing import feed_entries
from publishing.models import Publication
from publishing.services import reopen_claim, retract_verdict
from tests.factories import make_published_claim, make_user
from tests.publishing.pages import correct

pytestmark = pytest.mark.django_db
ATOM = "{http://www.w3.org/2005/Atom}"
HISTORY = "{http://purl.org/syndication/history/1.0}"


@pytest.fixture
def small(monkeypatch):
    """Archives of two entries."""
    monkeypatch.setattr(feed_entries, "SIZE", 2)


@pytest.fixture
def five(small):
    """Five entries: archives 0 and 1, and one that no archive has."""
    claim = make_published_claim()
    for number in range(4):
        correct(claim, note=f"Change {number}.")
    return claim


def atom(client, **query):
    response = client.get(reverse("publishing:feed"), query)
    assert response.status_code == 200
    return ET.fromstring(response.content)  # noqa: S314 - our own feed


def links(root):
    found = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
    return {rel: href.partition("?")[2] for rel, href in found.items()}


def jsonf(client, **query):
    response = client.get(reverse("publishing:json-feed"), query)
    assert response.status_code == 200
    return response.json()


def numbers(feed):
    return [item["_assay"]["seq"] for item in feed["items"]]


@pytest.mark.usefixtures("five")
class TestArchives:
    def test_the_feed_has_the_newest_and_leads_to_the_newest_full_archive(self, client):
        found = links(atom(client))
        assert (found["prev-archive"], found["next"]) == ("archive=1", "archive=1")

    def test_an_archive_leads_both_ways_and_to_the_feed(self, client):
        found = links(atom(client, archive=0))
        assert found == {
            "alternate": "",
            "self": "archive=0",
            "current": "",
            "next-archive": "archive=1",
        }

    def test_an_archive_says_that_it_is_one(self, client):
        assert atom(client, archive=0).find(f"{HISTORY}archive") is not None
        assert atom(client).find(f"{HISTORY}archive") is None

    def test_every_entry_is_reached_from_the_feed(self, client):
        root, seen = atom(client), set()
        while True:
            seen |= {entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")}
            if "prev-archive" not in (found := links(root)):
                break
            root = atom(client, archive=found["prev-archive"].partition("=")[2])
        assert {seq.rpartition("-")[2] for seq in seen} == {"1", "2", "3", "4", "5"}

    def test_an_archive_stays_as_it_is(self, client, five):
        before = client.get(reverse("publishing:feed"), {"archive": 0}).content
        correct(five, note="Once more.")
        assert client.get(reverse("publishing:feed"), {"archive": 0}).content == before

    @pytest.mark.parametrize("number", ["2", "99", "-1", "x", "1" * 40, "1.0", "\x00", "²"])
    @pytest.mark.parametrize("name", ["feed", "json-feed"])
    def test_there_is_no_other_archive(self, client, name, number):
        response = client.get(reverse(f"publishing:{name}"), {"archive": number})
        assert response.status_code == 404

    def test_the_json_feed_is_cut_the_same_way(self, client):
        newest = jsonf(client)
        assert (numbers(newest), newest["next_url"].partition("?")[2]) == ([5, 4], "archive=1")
        oldest = jsonf(client, archive=0)
        assert (numbers(oldest), "next_url" in oldest) == ([2, 1], False)


def test_words_of_a_summary_are_not_taken_for_markup(client):
    claim = make_published_claim()
    retract_verdict(actor=make_user(Role.EDITOR), claim=claim, reason="5 < 6 & <b>so</b>")
    entry = atom(client).find(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}summary") == "5 &lt; 6 &amp; &lt;b&gt;so&lt;/b&gt;"


def test_a_json_feed_item_can_be_looked_up_in_the_record(client):
    claim = make_published_claim(statement="It cost 40 million.")
    [item] = jsonf(client)["items"]
    entry = Publication.objects.get()
    assert item["title"] == "True: It cost 40 million."
    assert {name: item["_assay"][name] for name in ("seq", "sha256", "claim", "rating")} == {
        "seq": 1,
        "sha256": entry.sha256,
        "claim": str(claim.pk),
        "rating": "true",
    }


def test_both_feeds_have_the_same_entries(client):
    claim = make_published_claim()
    reopen_claim(actor=make_user(Role.EDITOR), claim=claim, reason="New evidence.")
    ids = [entry.findtext(f"{ATOM}id") for entry in atom(client).findall(f"{ATOM}entry")]
    assert [item["id"] for item in jsonf(client)["items"]] == ids


def test_a_json_feed_is_what_version_1_1_asks_for(client):
    make_published_claim()
    feed = jsonf(client)
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["feed_url"].endswith("/feed.json")
    assert all(isinstance(item["id"], str) and item["content_text"] for item in feed["items"])


@pytest.mark.parametrize("name", ["feed", "json-feed"])
@pytest.mark.parametrize(
    "sent_back", [("ETag", "If-None-Match"), ("Last-Modified", "If-Modified-Since")]
)
def test_a_feed_that_has_not_changed_is_not_sent_again(client, name, sent_back):
    make_published_claim()
    address, (given, asked) = reverse(f"publishing:{name}"), sent_back
    response = client.get(address)
    assert client.get(address, headers={asked: response[given]}).status_code == 304


@pytest.mark.parametrize("type_", ["application/atom+xml", "application/feed+json"])
def test_pages_name_the_feeds(client, type_):
    assert f'rel="alternate" type="{type_}"' in client.get("/").content.decode()
