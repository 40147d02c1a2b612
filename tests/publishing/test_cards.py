"""The picture of a verdict: what it shows, what it leaves out, and how it is served."""

import json
from io import BytesIO

import pytest
from django.urls import reverse
from PIL import Image

from accounts.roles import Role
from publishing import cards
from publishing.cards import can_show, draw_card, runs_from_the_right, shorten, wrap
from publishing.models import Publication
from publishing.reading import Reading
from publishing.services import reopen_claim, retract_verdict
from tests.factories import make_published_claim, make_user
from tests.publishing.pages import claim_page, correct

FONT = cards._font(40, is_bold=False)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It cost 40 million.", True),
        ("Łódź, “quoted” – € 4", True),
        ("Порт", True),
        ("Ελλάδα", True),
        ("بلغت", True),
        ("הנמל", True),
        ("थी", True),
        ("港口", False),
        ("한국", False),
        ("", True),
    ],
)
def test_a_text_is_shown_only_if_every_letter_can_be(text, expected):
    assert can_show(text) is expected


@pytest.mark.parametrize(
    ("text", "expected"), [("It", False), ("“הנמל”", True), ("40 بلغت", True), ("12", False)]
)
def test_a_text_runs_as_its_first_letter_does(text, expected):
    assert runs_from_the_right(text) is expected


@pytest.mark.parametrize(
    "text", ["one two three four five six", "x" * 300, "a " + "y" * 300 + " b", ""]
)
def test_no_line_is_wider_than_its_room(text):
    assert all(FONT.getlength(line) <= 400 for line in wrap(text, FONT, 400))


@pytest.mark.parametrize(("width", "expected"), [(10_000, "some words"), (0, "…")])
def test_a_text_is_cut_to_its_room(width, expected):
    assert shorten("some words", FONT, width) == expected


@pytest.mark.django_db
class TestADrawnCard:
    @pytest.fixture
    def document(self):
        claim = make_published_claim(claimant_name="Ida Quell")
        return json.loads(Publication.objects.get(claim=claim).document)

    def draw(self, document, **claim):
        return draw_card(Reading({**document, "claim": document["claim"] | claim}), "The Desk")

    @pytest.mark.parametrize(
        "statement", ["Short.", "words " * 400, "x" * 2000, "港口", "a\nb\tc", "\u202e\u200b", " "]
    )
    def test_is_1200_by_630_whatever_the_claim(self, document, statement):
        image = Image.open(BytesIO(self.draw(document, statement=statement)))
        assert (image.format, image.size) == ("PNG", (1200, 630))

    def test_is_the_same_bytes_for_the_same_document(self, document):
        assert self.draw(document) == self.draw(document)

    def test_is_light(self, document):
        assert len(self.draw(document, statement="words " * 400)) < 100_000

    def test_leaves_out_what_it_has_no_letters_for(self, document):
        assert self.draw(document, statement="港口") == self.draw(document, statement="한국")

    @pytest.mark.parametrize("kind", ["retraction", "reopening"])
    def test_of_a_verdict_taken_back_is_another(self, document, kind):
        assert self.draw(document) != self.draw({**document, "kind": kind})

    def test_of_an_unknown_finding_is_drawn_all_the_same(self, document):
        verdict = document["verdict"] | {"normalised": "something new"}
        assert self.draw({**document, "verdict": verdict})


@pytest.mark.django_db
class TestItsAddress:
    @pytest.fixture
    def claim(self):
        return make_published_claim()

    def address(self, claim):
        return reverse("publishing:show-card", args=[claim.pk])

    def test_has_the_hash_of_the_document_for_its_tag(self, client, claim):
        sha256 = Publication.objects.get(claim=claim).sha256
        assert client.get(self.address(claim))["ETag"] == f'"{sha256}"'

    def test_sends_nothing_to_who_has_it_already(self, client, claim):
        tag = client.get(self.address(claim))["ETag"]
        answer = client.get(self.address(claim), headers={"If-None-Match": tag})
        assert (answer.status_code, answer.content) == (304, b"")

    def test_has_another_picture_after_a_correction(self, client, claim):
        tag = client.get(self.address(claim))["ETag"]
        correct(claim)
        answer = client.get(self.address(claim), headers={"If-None-Match": tag})
        assert answer.status_code == 200

    def test_may_be_shown_by_other_sites(self, client, claim):
        answer = client.get(self.address(claim))
        assert answer["Cross-Origin-Resource-Policy"] == "cross-origin"

    def test_is_named_on_the_page_with_the_entry(self, client, claim):
        html = claim_page(client, claim)
        seq = Publication.objects.get(claim=claim).seq
        assert 'og:image" content="http' in html
        assert f"{self.address(claim)}?entry={seq}" in html

    @pytest.mark.parametrize(
        ("change", "words"), [(retract_verdict, "Retracted"), (reopen_claim, "Under re-review")]
    )
    def test_is_described_as_what_holds_today(self, client, claim, change, words):
        change(actor=make_user(Role.EDITOR), claim=claim, reason="Misread.")
        html = claim_page(client, claim)
        assert f'og:title" content="{words}: {claim.statement}"' in html
