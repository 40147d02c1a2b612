"""Lists of a record that is longer than anybody reads: what is counted, and how its groups are paged."""

import re

import pytest

from accounts.roles import Role
from publishing import groups, keyset, queries
from publishing.services import reopen_claim
from tests.factories import make_article, make_published_claim, make_user
from tests.publishing.pages import correct, page

pytestmark = pytest.mark.django_db

ROW = re.compile(r'class="row-link"[^>]*>([^<]+)<')


@pytest.fixture
def short(monkeypatch):
    """Two to a page, and nothing counted beyond two."""
    monkeypatch.setattr(keyset, "PAGE_SIZE", 2)
    monkeypatch.setattr(groups, "PAGE_SIZE", 2)
    monkeypatch.setattr(groups, "MOST", 2)


def link(html, rel):
    found = re.search(rf'rel="{rel}" href="\?([^"]+)"', html)
    return dict([found[1].split("=")]) if found else None


@pytest.mark.parametrize(("claims", "words"), [(2, "2 claims"), (3, "more than 2 claims")])
def test_what_is_longer_than_can_be_counted_says_more_than(client, short, claims, words):
    for _ in range(claims):
        make_published_claim()
    assert f">{words}<" in page(client, "list-verdicts")


@pytest.fixture
def five(short):
    for name in ("Eve", "Ana", "Dora", "Ben", "Cem"):
        make_published_claim(claimant_name=name, article=make_article(title=f"By {name}"))


def test_claimants_are_paged_by_name_forwards_and_back(client, five):
    first = page(client, "list-claimants")
    second = page(client, "list-claimants", **link(first, "next"))
    third = page(client, "list-claimants", **link(second, "next"))
    back = page(client, "list-claimants", **link(third, "prev"))
    assert [ROW.findall(html) for html in (first, second, third, back)] == [
        ["Ana", "Ben"],
        ["Cem", "Dora"],
        ["Eve"],
        ["Cem", "Dora"],
    ]


def test_the_ends_of_the_claimants_lead_nowhere(client, five):
    first = page(client, "list-claimants")
    second = page(client, "list-claimants", **link(first, "next"))
    back = page(client, "list-claimants", **link(second, "prev"))
    last = page(client, "list-claimants", **link(second, "next"))
    assert (link(first, "prev"), link(back, "prev"), link(last, "next")) == (None, None, None)


@pytest.mark.parametrize("name", ["before", "after"])
@pytest.mark.parametrize("value", ["", "x", "\x00", "01900001-864d-7000-8000-000000000000"])
def test_a_page_of_claimants_that_is_not_there_is_the_first(client, five, name, value):
    assert ROW.findall(page(client, "list-claimants", **{name: value})) == ["Ana", "Ben"]


def test_articles_are_paged_by_their_newest_verdict(client, five):
    correct(queries.verdicts().get(claimant="Ana").claim)
    first = page(client, "list-articles")
    second = page(client, "list-articles", **link(first, "next"))
    assert [ROW.findall(html) for html in (first, second)] == [
        ["By Ana", "By Cem"],
        ["By Ben", "By Dora"],
    ]


def test_a_claimant_stands_as_published_until_the_next_publication(client):
    claim = make_published_claim(claimant_name="Ana")
    kept = claim.claimant_id
    reopen_claim(actor=make_user(Role.EDITOR), claim=claim, reason="New evidence.")
    assert queries.verdicts().get(pk=claim.pk).claimant_key == kept


def test_choices_are_those_of_the_newest_verdicts(monkeypatch):
    monkeypatch.setattr(queries, "WINDOW", 1)
    make_published_claim(claimant_name="Ana")
    make_published_claim(claimant_name="Ben")
    assert queries.filter_choices(queries.Filters())["claimant"] == [("Ben", "Ben")]
