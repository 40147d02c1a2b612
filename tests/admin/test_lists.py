"""Lists: found by search, filtered, in few queries however long, and with nothing for a browser to refuse."""

import re

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import User
from accounts.roles import Role
from articles.models import Article
from audit.models import Event
from claims.models import Claim
from publishing.models import Publication
from reviews.models import Scale
from sources.models import Evidence, Source
from tests.admin.pages import page
from tests.admin.test_access import TABLE
from tests.factories import (
    make_claim,
    make_evidence,
    make_published_claim,
    make_reviewed_claim,
    make_source,
    make_user,
)

pytestmark = pytest.mark.django_db
LISTS = [model for model in TABLE if model._meta.label != "accounts.ApiKey"]


@pytest.fixture
def administrator(sign_in):
    return sign_in(Role.ADMINISTRATOR)


def queries(client, address):
    """How many the page takes once what the process keeps (content types) is there."""
    client.get(address)
    with CaptureQueriesContext(
        connection,
    ) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


@pytest.mark.usefixtures("administrator")
class TestQueries:
    def test_a_list_takes_as_many_queries_for_three_stories_as_for_one(self, client):
        make_published_claim(claimant_name="Ida Quell")
        once = {model: queries(client, page(model, "changelist")) for model in LISTS}
        for name in ("Una Lee", "Max Roe"):
            make_published_claim(claimant_name=name)
        again = {model: queries(client, page(model, "changelist")) for model in LISTS}
        assert again == once

    def test_no_list_takes_more_than_a_dozen_queries(self, client):
        make_published_claim()
        counts = {model.__name__: queries(client, page(model, "changelist")) for model in LISTS}
        assert {name: n for name, n in counts.items() if n > 12} == {}

    def test_a_claims_page_takes_as_many_queries_for_much_evidence_as_for_little(self, client):
        claim = make_reviewed_claim()
        once = queries(client, page(claim))
        for _ in range(3):
            make_evidence(claim)
        assert queries(client, page(claim)) <= once

    def test_an_articles_page_takes_as_many_queries_for_many_claims_as_for_one(self, client):
        claim = make_claim(claimant_name="Ida Quell")
        once = queries(client, page(claim.article))
        for name in ("Una Lee", "Max Roe"):
            make_claim(article=claim.article, claimant_name=name)
        assert queries(client, page(claim.article)) == once

    def test_lists_leave_long_texts_in_the_database(self, client):
        make_published_claim()
        with CaptureQueriesContext(connection) as captured:
            for model in LISTS:
                client.get(page(model, "changelist"))
        sql = " ".join(query["sql"] for query in captured)
        for column in (
            '"document"',
            '"original"',
            '"blocks"',
            '"search_vector"',
            '_version"."text"',
        ):
            assert column not in sql


@pytest.mark.usefixtures("administrator")
class TestSearch:
    @pytest.mark.parametrize(
        "words",
        ["harbour", "40 'million", '"', "%_\\", "é 😀", "-", "7", "a" * 3000, "<b>", "\x00"],
    )
    def test_any_words_are_answered(self, client, words):
        make_published_claim()
        answers = [client.get(page(model, "changelist"), {"q": words}) for model in LISTS]
        assert {answer.status_code for answer in answers} == {200}

    @pytest.mark.parametrize(
        ("model", "words"),
        [
            (Claim, "herring noise"),
            (Article, "brinmouth"),
            (Source, "audit"),
            (Evidence, "40 million"),
            (Publication, "herring"),
            (User, "ida@example.org"),
            (Event, "verdict.published"),
        ],
    )
    def test_records_are_found_by_their_words(self, client, model, words):
        make_user(email="ida@example.org")
        claim = make_published_claim(statement="The noise drove the herring away.")
        Article.objects.filter(pk=claim.article_id).update(title="Brinmouth reopens")
        Source.objects.update(title="Audit of the works")
        found = client.get(page(model, "changelist"), {"q": words}).context["cl"].result_count
        assert found == 1

    @pytest.mark.parametrize(
        "filters",
        [
            {"status__exact": "published"},
            {"kind__exact": "event", "flag__isempty": "1"},
            {"article__id__exact": "00000000-0000-0000-0000-000000000000"},
            {"created_at__year": "2020"},
            {"status__exact": "nonsense"},
            {"article__id__exact": "nonsense"},
            {"o": "99.-1"},
            {"p": "nonsense"},
        ],
    )
    def test_a_filter_in_the_address_never_breaks_the_list(self, client, filters):
        make_claim()
        response = client.get(page(Claim, "changelist"), filters, follow=True)
        assert response.status_code == 200


class TestGuessing:
    """A list must not be asked for what its reader may not see."""

    @pytest.mark.parametrize(
        ("model", "lookup"),
        [
            (Source, "title__startswith"),
            (Source, "url__contains"),
            (Source, "author"),
            (Evidence, "source__title__startswith"),
            (Evidence, "source__url"),
            (Claim, "reviews__rating__slug"),
            (Claim, "reviews__rationale__contains"),
            (Article, "added_by__email__startswith"),
        ],
    )
    def test_hidden_fields_are_no_filters(self, client, sign_in, model, lookup):
        sign_in(Role.REVIEWER)
        assert client.get(page(model, "changelist"), {lookup: "A"}).status_code == 400

    @pytest.mark.parametrize("words", ["clerk", "secret.example", "Harbour Board"])
    def test_a_withheld_source_is_not_found_by_its_details(self, client, sign_in, words):
        sign_in(Role.REVIEWER)
        self.withhold()
        cl = client.get(page(Source, "changelist"), {"q": words}).context["cl"]
        assert cl.result_count == 0

    @pytest.mark.parametrize("name", ["changelist", "change", "history"])
    def test_no_page_tells_a_reviewer_what_a_withheld_source_is(self, client, sign_in, name):
        sign_in(Role.REVIEWER)
        source = self.withhold()
        shown = client.get(page(source, name)).content.decode()
        for detail in ("A clerk", "secret.example", "Harbour Board"):
            assert detail not in shown

    def test_an_editor_sees_what_it_is(self, client, sign_in):
        sign_in(Role.EDITOR)
        assert "A clerk" in client.get(page(self.withhold())).content.decode()

    def test_a_reviewer_does_not_open_the_copy_of_a_withheld_source(self, client, sign_in):
        sign_in(Role.REVIEWER)
        copy = make_evidence(make_claim(), source=self.withhold()).snapshot
        assert client.get(page(copy)).status_code == 302

    def test_a_reviewer_does_not_correct_a_withheld_source(self, client, sign_in):
        sign_in(Role.REVIEWER)
        assert client.post(page(self.withhold()), {"title": "X"}).status_code == 403

    def withhold(self):
        return make_source(
            title="A clerk",
            kind="withheld",
            url="https://secret.example/",
            publisher="Harbour Board",
            withheld_reason="Her safety.",
        )


@pytest.mark.usefixtures("administrator")
class TestBrowserSafety:
    """The content security policy allows nothing inline: a page that needs it would break."""

    @pytest.fixture
    def pages(self, client):
        claim = make_published_claim(claimant_name="Ida Quell")
        rows = [
            claim,
            claim.article,
            claim.evidence.get(),
            Scale.objects.first(),
            User.objects.first(),
        ]
        addresses = [page(row) for row in rows]
        addresses += [page(row, "history") for row in rows]
        addresses += [page(model, "changelist") for model in LISTS]
        addresses += [page(Article, "add"), page(Source, "add"), page(User, "add"), "/admin/"]
        return [client.get(address) for address in addresses]

    def test_every_page_states_the_policy(self, pages):
        assert {"default-src 'self'" in answer["Content-Security-Policy"] for answer in pages} == {
            True
        }

    @pytest.mark.parametrize(
        "inline", [r"<script(?![^>]*\bsrc=)", r"<style\b", r"\sstyle=", r"\son\w+=", r"javascript:"]
    )
    def test_no_page_holds_anything_inline(self, pages, inline):
        found = [re.findall(f"{inline}.{{0,60}}", answer.content.decode()) for answer in pages]
        assert [hits for hits in found if hits] == []


def test_every_list_of_ours_is_searched_and_filtered():
    registry = {model: admin.site._registry[model] for model in LISTS}
    bare = [m.__name__ for m, p in registry.items() if not p.search_fields]
    unfiltered = [m.__name__ for m, p in registry.items() if not p.list_filter]
    assert (bare, unfiltered) == ([], [])
