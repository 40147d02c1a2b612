"""The desk's lists: how many queries they take, what they say when empty, what their addresses narrow, their pages."""

import re
from html import unescape
from pathlib import Path
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from lucide.templatetags.lucide import lucide

from accounts.roles import Role
from claims.kinds import Kind, Status
from claims.models import Claim
from claims.services import flag_claim
from reviews import paging
from reviews.models import Assignment
from reviews.services import add_comment, take_claim
from sources.models import SourceKind
from tests.factories import (
    house_rating,
    make_article,
    make_claim,
    make_evidence,
    make_published_claim,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db
QUEUE = reverse("reviews:queue")
ARTICLES = reverse("reviews:list-articles")
SOURCES = reverse("reviews:list-sources")
HOME = reverse("reviews:home")


def queries(client, address):
    client.get(address)  # what is loaded once (a template, a content type) is loaded
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def many_claims(count, article):
    for number in range(count):
        claim = make_claim(article=article, claimant_name=f"Claimant {number}", worth=0.5)
        take_claim(actor=make_user(), claim=claim)
        make_evidence(claim)


def many_articles(count):
    for number in range(count):
        many_claims(1, make_article(title=f"Article {number}"))


class TestQueries:
    """A list takes as many queries for thirty rows as for three."""

    @pytest.mark.parametrize("address", [QUEUE, ARTICLES, SOURCES])
    def test_of_a_list_do_not_grow_with_its_rows(self, desk, address):
        many_articles(3)
        few = queries(desk, address)
        many_articles(27)
        assert queries(desk, address) == few

    def test_of_the_home_page_do_not_grow_with_what_waits(self, desk, editor):
        def fill(count):
            for status in Status:
                for _ in range(count):
                    flag_claim(actor=None, claim=make_claim(status=status), why="Moved.")
            for claim in Claim.objects.filter(status=Status.OPEN):
                take_claim(actor=editor, claim=claim)
                add_comment(actor=make_user(), claim=claim, text=f"@{editor.email} look")

        fill(1)
        few = queries(desk, HOME)
        fill(4)
        assert queries(desk, HOME) == few

    def test_of_the_workbench_do_not_grow_with_the_claims(self, desk):
        article = make_article()
        many_claims(3, article)
        few = queries(desk, article.get_absolute_url())
        many_claims(27, article)
        assert queries(desk, article.get_absolute_url()) == few

    def test_of_a_claim_do_not_grow_with_its_evidence_and_remarks(self, desk):
        claim = make_claim()

        def fill(count):
            for _ in range(count):
                make_evidence(claim)
                add_comment(actor=make_user(), claim=claim, text="I was there.")

        fill(3)
        few = queries(desk, claim.get_absolute_url())
        fill(27)
        assert queries(desk, claim.get_absolute_url()) == few

    def test_of_a_source_do_not_grow_with_the_claims_that_lean_on_it(self, desk):
        source = make_source()

        def fill(count):
            for _ in range(count):
                make_evidence(make_claim(), source=source)

        fill(3)
        few = queries(desk, source.get_absolute_url())
        fill(27)
        assert queries(desk, source.get_absolute_url()) == few


@pytest.mark.parametrize(
    ("address", "words"),
    [
        (HOME, "Nothing is waiting for you"),
        (QUEUE, 'class="empty"'),
        (ARTICLES, "No article yet"),
        (f"{ARTICLES}?q=nowhere", "No article has these words"),
        (SOURCES, "No source here"),
    ],
)
def test_an_empty_list_says_that_it_is_empty(desk, address, words):
    assert words in desk.get(address).content.decode()


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("reviews:show-article", "article"),
        ("reviews:show-progress", "article"),
        ("reviews:correct-article", "article"),
        ("reviews:show-claim", "claim"),
        ("reviews:edit-claim", "claim"),
        ("reviews:dismiss-claim", "claim"),
        ("reviews:add-evidence", "claim"),
        ("reviews:withdraw-evidence", "evidence"),
        ("reviews:override-quote", "evidence"),
        ("reviews:assign-claim", "claim"),
        ("reviews:review-claim", "claim"),
        ("reviews:adjudicate-claim", "claim"),
        ("reviews:write-verdict", "claim"),
        ("reviews:send-back", "claim"),
        ("reviews:show-source", "source"),
        ("reviews:correct-source", "source"),
        ("release:publish-verdict", "claim"),
        ("release:correct-verdict", "claim"),
        ("release:retract-verdict", "claim"),
        ("release:reopen-claim", "claim"),
        ("accounts:revoke-key", "key"),
    ],
)
def test_an_id_that_names_nothing_gets_404(desk, name, kind):
    assert desk.get(reverse(name, args=[uuid4()])).status_code == 404


def test_withdrawn_evidence_has_no_page_any_more(desk):
    evidence = make_evidence(make_claim())
    type(evidence).objects.update(withdrawn_at=evidence.created_at)
    assert desk.get(reverse("reviews:withdraw-evidence", args=[evidence.pk])).status_code == 404


def statements(client, query):
    """The statements in the rows of the queue, by their number."""
    page = client.get(QUEUE, query).content.decode()
    return {int(n) for n in re.findall(r"Number (\d+) of the", page)}


@pytest.fixture
def queue(editor):
    """Numbered claims that differ in what the filters ask for."""
    harbour = make_article(title="Harbour opens")
    bridge = make_article(title="Bridge closes")

    def claim(number, **fields):
        return make_claim(
            statement=f"Number {number} of the {fields.pop('words', 'works')}.", **fields
        )

    claim(1, article=harbour, status=Status.SUGGESTED, worth=0.9, kind=Kind.STATISTIC)
    mine = claim(2, article=harbour, status=Status.IN_REVIEW, worth=0.6)
    claim(3, article=bridge, status=Status.OPEN, worth=0.2, words="herring")
    claim(4, article=bridge, status=Status.PUBLISHED, claimant_name="Ida Quell")
    flag_claim(actor=None, claim=claim(5, article=bridge, status=Status.OPEN), why="Moved.")
    Assignment.objects.create(
        claim=mine, reviewer=editor, assigned_by=editor, due_at=mine.created_at
    )


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ({}, {1, 2, 3, 5}),
        ({"status": "any"}, {1, 2, 3, 4, 5}),
        ({"status": "published"}, {4}),
        ({"status": "no such status"}, {1, 2, 3, 5}),
        ({"kind": "statistic"}, {1}),
        ({"kind": "no such kind"}, {1, 2, 3, 5}),
        ({"worth": "0.5"}, {1, 2}),
        ({"worth": "much"}, {1, 2, 3, 5}),
        ({"q": "herring"}, {3}),
        ({"article": "bridge"}, {3, 5}),
        ({"claimant": "quell", "status": "any"}, {4}),
        ({"who": "me"}, {2}),
        ({"who": "nobody"}, {1, 3, 5}),
        ({"who": "flagged"}, {5}),
        ({"who": "me", "status": "open"}, set()),
    ],
)
def test_the_address_of_the_queue_says_which_claims_it_shows(desk, queue, query, numbers):
    assert statements(desk, query) == numbers


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 3), ({"status": "open"}, 1), ({"status": "dismissed"}, 1), ({"kind": "statistic"}, 1),
        ({"claimant": "Ida Quell"}, 1), ({"worth": "0.7"}, 1), ({"worth": "x", "kind": ""}, 3),
    ],
)  # fmt: skip
def test_the_address_of_the_workbench_narrows_its_claims(desk, query, count):
    article = make_article()
    make_claim(article=article, status=Status.SUGGESTED, kind=Kind.STATISTIC, worth=0.9)
    make_claim(article=article, status=Status.OPEN)
    make_claim(article=article, status=Status.IN_REVIEW, claimant_name="Ida Quell")
    make_claim(article=article, status=Status.DISMISSED)
    assert len(desk.get(article.get_absolute_url(), query).context["entries"]) == count


@pytest.mark.parametrize(
    ("query", "titles"),
    [
        ({}, {"A law", "A study", "Withheld source"}),
        ({"kind": "law"}, {"A law"}),
        ({"kind": "nothing"}, {"A law", "A study", "Withheld source"}),
        ({"q": "study"}, {"A study"}),
        ({"q": "gazette"}, {"A law"}),
        ({"q": "informant"}, set()),
    ],
)
def test_the_address_of_the_sources_narrows_them(client, query, titles):
    client.force_login(make_user(Role.REVIEWER))
    make_source(title="A law", kind=SourceKind.LAW, publisher="The Gazette")
    make_source(title="A study", kind=SourceKind.STUDY)
    make_source(title="Informant", kind=SourceKind.WITHHELD, withheld_reason="They fear.")
    shown = client.get(SOURCES, query).context["page"].items
    assert {source.public_title for source in shown} == titles


def walk(client, address):
    """Every page of a list, by the links that lead on."""
    found, pages = [], 0
    while True:
        response = client.get(address)
        page = response.context["page"]
        found += [row.pk for row in page.items]
        pages += 1
        if not page.next_query:
            return found, pages
        assert f"?{page.next_query}" in unescape(response.content.decode())
        address = f"{address.partition('?')[0]}?{page.next_query}"


class TestPages:
    """Keyset pages lead over all rows, each once."""

    @pytest.fixture(autouse=True)
    def _small(self, monkeypatch):
        monkeypatch.setattr(paging, "PAGE_SIZE", 3)

    def test_of_the_queue_go_by_worth_and_end_with_claims_without_any(self, desk):
        article = make_article()
        worths = [0.5, None, 0.5, 0.9, 0.5, None, 0.1, None, 0.5, 0.3333333333333333]
        claims = [make_claim(article=article, worth=worth) for worth in worths]
        order = sorted(claims, key=lambda claim: (-1 if claim.worth is None else claim.worth) * -1)
        assert walk(desk, QUEUE) == ([claim.pk for claim in order], 4)

    def test_of_a_narrowed_queue_stay_narrow(self, desk):
        article = make_article()
        kinds = [Kind.STATISTIC, Kind.EVENT] * 5
        claims = [make_claim(article=article, kind=kind) for kind in kinds]
        wanted = [claim.pk for claim in claims if claim.kind == Kind.STATISTIC]
        assert walk(desk, f"{QUEUE}?kind=statistic")[0] == wanted

    def test_of_articles_go_from_the_newest(self, desk):
        articles = [make_article() for _ in range(10)]
        assert walk(desk, ARTICLES)[0] == [article.pk for article in reversed(articles)]

    def test_of_sources_go_from_the_newest(self, desk):
        sources = [make_source() for _ in range(7)]
        assert walk(desk, SOURCES)[0] == [source.pk for source in reversed(sources)]

    @pytest.mark.parametrize("address", [QUEUE, ARTICLES, SOURCES])
    @pytest.mark.parametrize(
        "after",
        [
            "",
            "x",
            "_",
            "nan_",
            "inf_x",
            "-1_0",
            "\x00",
            "😀",
            "é" * 5000,
            "[]",
            "01a2044f-92fd-7717-bd1f-8b6e171c1dc6",
        ],
    )
    def test_that_no_link_leads_to_are_pages_all_the_same(self, desk, address, after):
        make_evidence(make_claim())
        assert desk.get(address, {"after": after}).status_code == 200


def test_a_list_counts_exactly_up_to_a_thousand_and_says_more_than_beyond(desk, monkeypatch):
    monkeypatch.setattr(paging, "COUNT_UP_TO", 2)
    article = make_article()
    counted = []
    for _ in range(3):
        make_claim(article=article)
        counted.append(desk.get(QUEUE).context["page"].how_many)
    assert counted == ["1", "2", "more than 2"]


def test_a_reviewer_sees_nothing_of_the_other_review_on_any_page(client):
    claim = make_claim()
    first, second = make_user(), make_user()
    for person in (first, second):
        take_claim(actor=person, claim=claim)
    client.force_login(first)
    sent = {
        "rating": house_rating().pk,
        "rationale": "The zebrawood is heavy.",
        "confidence": "high",
    }
    assert client.post(reverse("reviews:review-claim", args=[claim.pk]), sent).status_code == 302
    client.force_login(second)
    pages = [
        claim.get_absolute_url(),
        reverse("reviews:review-claim", args=[claim.pk]),
        f"{claim.article.get_absolute_url()}?claim={claim.pk}",
        reverse("admin:claims_claim_change", args=[claim.pk]),
        reverse("api:show-claim", args=[claim.pk]),
        HOME,
        QUEUE,
    ]
    assert [page for page in pages if b"zebrawood" in client.get(page).content] == []


def test_the_published_claim_is_linked_to_its_readers_page(desk):
    claim = make_published_claim()
    page = desk.get(claim.get_absolute_url()).content.decode()
    assert reverse("publishing:show-claim", args=[claim.pk]) in page


ICONS = {
    icon
    for template in Path("templates").rglob("*.html")
    for icon in re.findall(r'(?:lucide |icon=)"([^"]+)"', template.read_text())
}


@pytest.mark.parametrize("icon", sorted(ICONS))
def test_an_icon_that_a_template_names_exists(icon):
    """A page that names another fails only where it shows it."""
    assert "<svg" in str(lucide(icon))
