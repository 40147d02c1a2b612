"""The data feed: what is in it, for how long, and at what cost."""

import json
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import Role
from claims.models import ExternalCheck, TrustedPublisher
from claims.services.checks import Parcel, import_checks
from publishing import datafeed
from publishing.claimreview_rules import find_problems, site_of
from publishing.markup import read_page
from publishing.markup_pages import add_page, remove_page
from publishing.models import CurrentVerdict
from publishing.reviewed import find_review
from publishing.services import reopen_claim, retract_verdict
from tests.factories import make_published_claim, make_user

pytestmark = pytest.mark.django_db
FEED = "/feeds/claimreview.json"
PAGE = {
    "pageUrl": "https://checks.example.org/mill",
    "claimReviewMarkups": [
        {"claimReviewed": "The mill made flour.", "rating": {"textualRating": "False"}},
        {"claimReviewed": "The mill made bread.", "rating": {"textualRating": "True"}},
    ],
}


@pytest.fixture
def feed(client):
    return lambda **params: json.loads(client.get(FEED, params).getvalue())


def make_page():
    return add_page(actor=make_user(Role.EDITOR), draft=read_page(PAGE))


def test_an_empty_desk_has_an_empty_feed(feed):
    assert feed() == {
        "@context": "https://schema.org",
        "@type": "DataFeed",
        "name": "Assay: fact checks",
        "dateModified": "1970-01-01T00:00:00Z",
        "dataFeedElement": [],
    }


def test_our_own_feed_comes_into_another_desk_whole_and_with_nothing_odd(client):
    claim = make_published_claim()
    site = find_review(claim.pk)["url"].partition("://")[2].partition("/")[0].partition(":")[0]
    TrustedPublisher.objects.create(host=site, name="Another desk")
    content = client.get(FEED).getvalue()
    report = import_checks(actor=None, parcel=Parcel(content))
    assert (report.counts, report.odd) == ({"new": 1}, {})
    check = ExternalCheck.objects.get()
    assert (check.rating, check.normalised) == ("True", "supported")


def test_each_verdict_in_force_has_its_claim_review_in_a_list(feed):
    claim = make_published_claim()
    review = find_review(claim.pk)
    del review["@context"]
    [element] = feed()["dataFeedElement"]
    published = review["datePublished"]
    assert element == {
        "@type": "DataFeedItem",
        "dateCreated": published,
        "dateModified": published,
        "url": review["url"],
        "item": [review],
    }


@pytest.mark.parametrize("undo", [retract_verdict, reopen_claim])
def test_what_is_taken_back_is_marked_as_deleted(feed, undo):
    claim = make_published_claim()
    undo(actor=make_user(Role.EDITOR), claim=claim, reason="It was wrong.")
    [element] = feed()["dataFeedElement"]
    assert sorted(element) == ["@type", "dateDeleted", "url"]


def test_markups_of_pages_elsewhere_are_in_it(feed):
    make_page()
    claims = [element["item"][0]["claimReviewed"] for element in feed()["dataFeedElement"]]
    assert claims == ["The mill made flour.", "The mill made bread."]


def test_a_page_that_was_removed_is_marked_as_deleted(feed):
    remove_page(actor=make_user(Role.EDITOR), page=make_page())
    [element] = feed()["dataFeedElement"]
    assert (element["url"], "item" in element) == (PAGE["pageUrl"], False)


def test_a_page_that_came_back_is_not_deleted(feed):
    remove_page(actor=make_user(Role.EDITOR), page=make_page())
    make_page()
    assert all("item" in element for element in feed()["dataFeedElement"])


def test_asked_for_its_head_it_writes_nothing(client):
    response = client.head(FEED)
    assert (response.status_code, response.streaming, "ETag" in response.headers) == (
        200,
        False,
        True,
    )


def test_every_claim_review_in_it_is_valid_and_has_the_licence_of_the_desk(feed, settings):
    make_published_claim()
    make_page()
    settings.ASSAY_LICENCE = "https://creativecommons.org/licenses/by/4.0/"
    items = [element["item"][0] for element in feed()["dataFeedElement"]]
    assert {item["sdLicense"] for item in items} == {settings.ASSAY_LICENCE}
    assert [find_problems(item, host=site_of(item["url"])) for item in items] == [[], [], []]


def test_a_reader_may_ask_for_what_changed_since(feed):
    old = make_published_claim()
    new = make_published_claim()
    at = timezone.now() - timedelta(days=10)
    CurrentVerdict.objects.filter(pk=old.pk).update(published_at=at, first_published_at=at)
    since = (at + timedelta(days=1)).isoformat()
    found = [element["url"] for element in feed(since=since)["dataFeedElement"]]
    assert [str(new.pk) in url for url in found] == [True]


@pytest.mark.parametrize("since", ["yesterday", "2026-02-30", "2026-03-01T99:00", "1" * 5000])
def test_a_date_that_is_none_is_refused(client, since):
    response = client.get(FEED, {"since": since})
    assert (response.status_code, b"since" in response.content) == (400, True)


@pytest.mark.parametrize(
    "since", ["2026-03-01", "2026-03-01T12:00:00Z", "2026-03-01T12:00:00+02:00"]
)
def test_a_day_and_a_moment_are_dates(client, since):
    assert client.get(f"{FEED}?since={since}").status_code == 200


@pytest.mark.parametrize("change", [make_published_claim, make_page])
def test_its_etag_holds_until_something_changes(client, change):
    etag = client.get(FEED).headers["ETag"]
    ask = {"headers": {"If-None-Match": etag}}
    before = client.get(FEED, **ask).status_code
    change()
    assert (before, client.get(FEED, **ask).status_code) == (304, 200)


def test_it_goes_on_batch_by_batch_and_misses_nothing(feed, monkeypatch):
    monkeypatch.setattr(datafeed, "BATCH", 2)
    for _ in range(5):
        make_published_claim()
    at = timezone.now()
    CurrentVerdict.objects.update(first_published_at=at)  # so that only the key tells them apart
    urls = [element["url"] for element in feed()["dataFeedElement"]]
    assert (len(urls), len(set(urls))) == (5, 5)


def test_it_takes_as_many_queries_for_more_verdicts(feed):
    make_published_claim()
    feed()
    with CaptureQueriesContext(connection) as once:
        feed()
    make_published_claim()
    make_published_claim()
    with CaptureQueriesContext(connection) as again:
        feed()
    assert len(again) == len(once)


def test_readers_pages_lead_to_it(client):
    assert f'href="{FEED}"' in client.get("/").content.decode()
