"""Pages of the record."""

import pytest
from django.http import QueryDict

from publishing import keyset
from publishing.keyset import cut_page
from publishing.models import CurrentVerdict
from tests.factories import make_article, make_published_claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def five(monkeypatch):
    monkeypatch.setattr(keyset, "PAGE_SIZE", 2)
    article = make_article()
    for _ in range(5):
        make_published_claim(article=article)


def cut(query):
    page = cut_page(CurrentVerdict.objects.all(), QueryDict(query))
    return [row.seq for row in page.rows], page.newer, page.older


@pytest.mark.usefixtures("five")
@pytest.mark.parametrize(
    ("query", "page"),
    [
        ("", ([5, 4], "", "?before=4")),
        ("before=4", ([3, 2], "?after=3", "?before=2")),
        ("before=2", ([1], "?after=1", "")),
        ("before=1", ([], "", "")),
        ("after=1", ([3, 2], "?after=3", "?before=2")),
        ("after=3", ([5, 4], "", "?before=4")),
        ("after=5", ([5, 4], "", "?before=4")),
        ("q=ships&before=4", ([3, 2], "?q=ships&after=3", "?q=ships&before=2")),
        ("before=4&after=1", ([3, 2], "?after=3", "?before=2")),
    ],
)
def test_pages_follow_each_other_in_both_directions(query, page):
    assert cut(query) == page


@pytest.mark.usefixtures("five")
@pytest.mark.parametrize("nonsense", ["x", "-1", "1.5", "٣", "9" * 30, "", "1;2", "%00"])
def test_a_place_that_cannot_be_one_gives_the_first_page(nonsense):
    assert cut(f"before={nonsense}") == cut("")
