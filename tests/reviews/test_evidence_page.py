"""A claim's evidence on its page: grouped, weighed, and read with few queries."""

import pytest
from django.urls import reverse

from accounts.roles import Role
from reviews.evidence_page import evidence_context
from tests.factories import make_claim, make_evidence, make_source, make_user

pytestmark = pytest.mark.django_db


def test_every_stance_is_a_group_with_its_side():
    claim = make_claim()
    make_evidence(claim)
    make_evidence(claim, source=make_source(kind="study"))
    groups = evidence_context(claim)["evidence_groups"]
    assert [len(group.items) for group in groups] == [2, 0, 0]
    assert groups[0].side.sources == 2
    assert groups[1].side is None


def test_two_copies_of_one_story_are_told_as_one():
    claim = make_claim()
    story = " ".join(f"Line {number} of the report on the bridge." for number in range(30))
    for publisher in ("The Courier", "The Herald"):
        source = make_source(kind="news_report", publisher=publisher)
        make_evidence(claim, source=source, quote="", copy=story)
    (tie,) = evidence_context(claim)["balance"].ties
    assert tie.by == "story"


def test_the_page_shows_both_sides_and_what_is_missing(client):
    claim = make_claim()
    make_evidence(claim, source=make_source(kind="study", publisher="The Courier"))
    client.force_login(make_user(Role.REVIEWER))
    page = client.get(reverse("reviews:show-claim", args=[claim.pk])).content.decode()
    assert "Nothing undermines it: was it looked for?" in page
    assert "No official record." in page
    assert "One source only." in page


def test_a_withheld_source_is_not_named_at_a_glance(client):
    claim = make_claim()
    for _ in range(2):
        source = make_source(
            kind="withheld",
            title="The whistleblower",
            publisher="Ministry",
            withheld_reason="Safety.",
        )
        make_evidence(claim, source=source)
    client.force_login(make_user(Role.REVIEWER))
    page = client.get(reverse("reviews:show-claim", args=[claim.pk])).content.decode()
    assert "Both sides at a glance" in page
    assert "The whistleblower" not in page
    assert "Ministry" not in page


def test_a_claim_page_takes_as_many_queries_for_many_sources_as_for_one(
    client, django_assert_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    claim = make_claim()
    client.force_login(make_user(Role.EDITOR))
    address = reverse("reviews:show-claim", args=[claim.pk])
    make_evidence(claim)
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for _ in range(6):
        make_evidence(claim)
    with django_assert_num_queries(len(one)):
        client.get(address)
