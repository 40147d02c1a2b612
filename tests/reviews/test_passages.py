"""The page where evidence is added offers passages of the source, and takes one over as the quote."""

import re

import pytest
from django.urls import reverse

from reviews.passages_page import NO_COPY, NO_TEXT, NOTHING_SHARED, WITHHELD
from sources.models import SourceKind
from sources.services import add_snapshot
from tests.factories import make_claim, make_source, make_user
from tests.reviews.forms import counts

pytestmark = pytest.mark.django_db
COPY = (
    "Annual report of the harbour.\r\nThe weather was fair.\r\n"
    "The new bridge cost 40 million <crowns> & more.\r\nThe mayor opened it."
)


@pytest.fixture
def claim():
    return make_claim(statement="The bridge cost 40,000,000 crowns.")


def send(desk, claim, **given):
    return desk.post(reverse("reviews:add-evidence", args=[claim.pk]), given)


def page(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def with_copy(text=COPY, **fields):
    source = make_source(**fields)
    add_snapshot(actor=make_user(), source=source, text=text)
    return source


def offered(html: str) -> list[str]:
    return re.findall(r'name="use" value="([^"]*)"', html)


class TestPassages:
    def test_of_a_pasted_copy_are_offered_with_the_words_that_matched(self, desk, claim):
        html = page(send(desk, claim, look="1", copy=COPY))
        assert offered(html)[0] == "The new bridge cost 40 million &lt;crowns&gt; &amp; more."
        assert "<mark>bridge</mark>" in html
        assert "<mark>40</mark>" in html

    def test_of_a_chosen_source_come_from_its_newest_copy(self, desk, claim):
        source = with_copy("A bridge is planned.")
        add_snapshot(actor=make_user(), source=source, text="The bridge is built.")
        assert offered(page(send(desk, claim, look="1", source=source.pk))) == [
            "The bridge is built."
        ]

    def test_show_what_stands_around_them(self, desk, claim):
        html = page(send(desk, claim, look="1", copy=COPY))
        assert '<span class="passage-around">The weather was fair.</span>' in html
        assert '<span class="passage-around">The mayor opened it.</span>' in html

    def test_can_be_asked_for_by_an_address(self, desk, claim):
        at = reverse("reviews:add-evidence", args=[claim.pk])
        source = with_copy()
        html = page(desk.get(f"{at}?source={source.pk}"))
        assert len(offered(html)) > 0
        assert f'<input type="hidden" name="source" value="{source.pk}"' in html

    def test_write_nothing_and_keep_what_was_typed(self, desk, claim, unchanged):
        unchanged()
        html = page(
            send(
                desk, claim, look="1", copy=COPY, title="A report", stance="undermines", note="<b>"
            )
        )
        assert 'value="A report"' in html
        assert re.search(r'value="undermines"[^>]* checked', html)
        assert "&lt;b&gt;" in html
        assert "Name the source." not in html

    def test_one_of_them_becomes_the_quote_and_is_found_when_saved(self, desk, claim):
        given = {"copy": COPY, "title": "A report", "kind": "law", "stance": "supports"}
        words = "The new bridge cost 40 million <crowns> & more."
        html = page(send(desk, claim, use=words, quote="before", **given))
        assert "The new bridge cost 40 million &lt;crowns&gt; &amp; more.</textarea>" in html
        assert send(desk, claim, quote=words, **given).status_code == 302
        assert claim.evidence.get().quote_check == "verified"

    def test_are_not_looked_for_before_they_are_asked_for(self, desk, claim):
        html = page(desk.get(reverse("reviews:add-evidence", args=[claim.pk]) + "?kind=law"))
        assert "Find them in the copy" in html
        assert offered(html) == []


class TestWithoutPassages:
    def test_the_page_says_that_nothing_is_shared(self, desk, claim):
        html = page(send(desk, claim, look="1", copy="Penguins swim."))
        assert NOTHING_SHARED in html
        assert offered(html) == []

    def test_the_page_asks_for_a_text(self, desk, claim):
        assert NO_TEXT in page(send(desk, claim, look="1", copy=" \n "))

    def test_the_page_says_that_there_is_no_copy(self, desk, claim):
        assert NO_COPY in page(send(desk, claim, look="1", source=make_source().pk))

    @pytest.mark.parametrize("source", ["nonsense", "\x00", "00000000-0000-0000-0000-000000000000"])
    def test_a_source_that_is_none_is_told(self, desk, claim, source):
        before = counts()
        assert 'class="passages-none"' in page(send(desk, claim, look="1", source=source))
        assert counts() == before


class TestWithheldSources:
    @pytest.fixture
    def withheld(self):
        return with_copy(kind=SourceKind.WITHHELD, withheld_reason="She would lose her post.")

    def test_are_open_to_an_editor(self, desk, claim, withheld):
        assert offered(page(send(desk, claim, look="1", source=withheld.pk)))

    @pytest.mark.parametrize("role", ["contributor", "reviewer"])
    def test_show_nobody_else_their_words(self, client, claim, withheld, role):
        client.force_login(make_user(role))
        html = page(send(client, claim, look="1", source=withheld.pk))
        assert WITHHELD in html
        assert "40 million" not in html


def test_the_enter_key_adds_the_evidence(desk, claim):
    html = page(send(desk, claim, look="1", copy=COPY))
    form = html[html.index('<form class="form"') :]
    first = re.search(r"<button[^>]*>([^<]*)<", form)
    assert first.group(1) == "Add the evidence"
    assert 'name="' not in first.group(0)


@pytest.mark.parametrize(
    "text", ["\u202e\x00<script>bridge</script>", "bridge" * 50_000, "9" * 90_000]
)
def test_hostile_copies_are_shown_as_text(desk, claim, text):
    html = page(send(desk, claim, look="1", copy=text))
    assert "<script>bridge" not in html
