"""Readers' pages: what each state of a claim shows."""

import json
import re

import pytest
from django.urls import reverse

from accounts.roles import Role
from articles.services import Arrival, add_version
from publishing.models import CurrentVerdict
from publishing.services import publish_verdict, reopen_claim, retract_verdict
from reviews.services import ReviewDraft, submit_review, take_claim, write_verdict
from tests.factories import (
    SIGNED,
    TEXT,
    house_rating,
    make_article,
    make_claim,
    make_evidence,
    make_published_claim,
    make_source,
    make_user,
)
from tests.publishing.pages import claim_page, correct, make_pair, page

pytestmark = pytest.mark.django_db


def json_ld(html):
    found = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    return json.loads(found[1]) if found else None


# The claim page


def test_a_published_claim_shows_verdict_reasons_and_evidence(client):
    html = claim_page(client, make_published_claim(statement="The works cost 40 million crowns."))
    for words in (
        "The works cost 40 million crowns.",
        "Our verdict",
        "It did.",
        "The audit says so.",
        "cost 40 million crowns",
        "Found word for word in the copy we kept",
        "Copy kept on",
    ):
        assert words in html


def test_the_words_of_the_article_are_marked_in_their_line(client):
    html = claim_page(client, make_published_claim())
    assert re.search(r'<mark class="hit">It cost 40 million crowns\.</mark>', html)


def test_a_published_claim_carries_its_claim_review(client):
    claim = make_published_claim()
    review = json_ld(claim_page(client, claim))
    assert (review["@type"], review["claimReviewed"]) == ("ClaimReview", claim.statement)


def test_a_published_claim_links_to_its_document(client):
    claim = make_published_claim()
    assert reverse("api:show-verdict", args=[claim.pk]) in claim_page(client, claim)


def test_a_correction_shows_the_note_and_both_verdicts(client):
    claim = make_published_claim()
    correct(claim)
    html = claim_page(client, claim)
    assert re.search(r"Corrected on .*The year was wrong\.", html, re.DOTALL)
    assert re.search(r"Correction</b>: Mostly true.*Publication</b>: True", html, re.DOTALL)


def test_the_claim_review_of_a_correction_knows_when_it_was_first_published(client):
    claim = make_published_claim()
    correct(claim)
    review = json_ld(claim_page(client, claim))
    first = CurrentVerdict.objects.get(pk=claim.pk).first_published_at
    assert review["datePublished"] == first.strftime("%Y-%m-%dT%H:%M:%SZ")


@pytest.mark.parametrize(
    ("change", "banner"),
    [(retract_verdict, "We retracted this verdict"), (reopen_claim, "Under re-review")],
)
class TestAVerdictTakenBack:
    @pytest.fixture
    def html(self, client, change, banner):
        claim = make_published_claim()
        change(actor=make_user(Role.EDITOR), claim=claim, reason="We misread the audit.")
        return claim_page(client, claim)

    def test_says_so_with_the_reason(self, html, banner):
        assert re.search(rf"{banner}</h2><p>We misread the audit\.", html)

    def test_is_not_offered_as_a_claim_review(self, html):
        assert json_ld(html) is None

    def test_is_no_longer_called_our_verdict(self, html):
        assert "Our verdict was" in html


def test_was_it_said_and_is_it_true_link_to_each_other(client):
    said, is_true = make_pair()
    assert [
        reverse("publishing:show-claim", args=[other.pk]) in claim_page(client, claim)
        for claim, other in ((said, is_true), (is_true, said))
    ] == [True, True]


def test_a_withheld_source_is_a_placeholder_with_the_reason(client, withheld_claim):
    html = claim_page(client, withheld_claim)
    assert re.search(r"Withheld source.*It could cost them their post\.", html, re.DOTALL)


@pytest.fixture
def withheld_claim():
    article = make_article()
    claim = make_claim(article=article)
    make_evidence(
        claim,
        source=make_source(
            title="Interview with Secret Person",
            author="Secret Person",
            publisher="Secret Office",
            url="https://secret.example/letter",
            kind="withheld",
            withheld_reason="It could cost them their post.",
        ),
        copy="Secret Person says that the works cost 40 million crowns.",
        note="They know.",
    )
    return publish(claim)


def publish(claim):
    for _ in range(2):
        reviewer = make_user()
        take_claim(actor=reviewer, claim=claim)
        draft = ReviewDraft(rating=house_rating("unproven"), rationale="A secret rationale.")
        submit_review(actor=reviewer, claim=claim, draft=draft)
    write_verdict(
        actor=make_user(Role.EDITOR), claim=claim, summary="Open.", justification="One voice."
    )
    publish_verdict(actor=make_user(Role.EDITOR), claim=claim, signature=SIGNED)
    claim.refresh_from_db()
    return claim


# Lists


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({}, 2),
        ({"q": "herring"}, 1),
        ({"q": "Quell"}, 1),
        ({"q": "whale"}, 0),
        ({"q": "\x00"}, 2),
        ({"rating": "true"}, 1),
        ({"rating": "unproven"}, 0),
        ({"rating": "\x00"}, 2),
        ({"normalised": "supported"}, 2),
        ({"normalised": "refuted"}, 0),
        ({"claimant": "Ida Quell"}, 1),
        ({"publisher": "The Brine"}, 1),
        ({"publisher": "The Brine", "rating": "true"}, 0),
        ({"tag": "port budget"}, 1),
        ({"tag": " Port,  BUDGET\x00"}, 1),
        ({"tag": "port"}, 0),
        ({"tag": "port budget" + "t" * 50}, 0),
        ({"tag": " ,\x00"}, 2),
        ({"before": "nonsense"}, 2),
        ({"rating": "<script>"}, 0),
    ],
)
def test_the_front_page_is_narrowed_by_its_address(client, query, count):
    corrected = make_published_claim(
        article=make_article(publisher="The Brine"),
        statement="The herring left.",
        tags=["port budget"],
    )
    correct(corrected)
    make_published_claim(statement="The harbour reopened.", claimant_name="Ida Quell")
    assert len(re.findall(r'class="row-link"', page(client, "list-verdicts", **query))) == count


@pytest.mark.parametrize(
    ("name", "query", "words"),
    [
        ("list-verdicts", {}, "Nothing is published yet"),
        ("list-verdicts", {"q": "whale"}, "Nothing like that is published"),
        ("list-articles", {}, "No article is published yet"),
        ("list-claimants", {}, "Nobody is listed yet"),
        ("list-corrections", {}, "Nothing has been corrected"),
    ],
)
def test_an_empty_list_says_what_to_expect(client, name, query, words):
    assert words in page(client, name, **query)


def test_the_chosen_claimant_stays_chosen(client):
    html = page(client, "list-verdicts", claimant="Nobody & Sons")
    assert '<option value="Nobody &amp; Sons" selected>' in html


def test_the_tag_that_narrows_the_list_can_be_taken_off_again(client):
    html = page(client, "list-verdicts", q="herring", tag="Fish & chips", before="9")
    assert '<a class="chip" href="?q=herring">Tag: fish &amp; chips' in html


def test_other_words_are_looked_for_under_the_same_tag(client):
    html = page(client, "list-verdicts", tag="Fish & chips")
    assert '<input type="hidden" name="tag" value="fish &amp; chips">' in html


def test_corrections_are_listed_with_their_notes_newest_first(client):
    claim = make_published_claim()
    correct(claim, note="First note.")
    retract_verdict(actor=make_user(Role.EDITOR), claim=claim, reason="Second note.")
    html = page(client, "list-corrections")
    assert html.index("Second note.") < html.index("First note.")


def test_a_claimant_has_a_page_with_their_claims(client):
    _, is_true = make_pair()
    html = page(client, "show-claimant", is_true.claimant_id)
    assert re.search(r"<h1>Ida Quell</h1>.*Traffic will double\.", html, re.DOTALL)


def test_a_claim_under_re_review_is_not_held_against_its_claimant(client):
    _, is_true = make_pair()
    reopen_claim(actor=make_user(Role.EDITOR), claim=is_true, reason="New evidence.")
    assert "Nobody is listed yet" in page(client, "list-claimants")
    address = reverse("publishing:show-claimant", args=[is_true.claimant_id])
    assert client.get(address).status_code == 404


def test_the_methodology_defines_every_rating_of_the_house_scale(client):
    html = page(client, "methodology")
    scale = house_rating().scale
    assert all(rating.label in html and rating.definition in html for rating in scale.ratings.all())


@pytest.mark.parametrize(
    "part", ["scale", "steps", "conflicts", "withheld", "corrections", "record", "two-questions"]
)
def test_the_methodology_has_a_part_for_each_rule(client, part):
    assert f'id="{part}"' in page(client, "methodology")


def test_a_correction_in_the_list_leads_to_the_entry(client):
    claim = make_published_claim()
    entry = correct(claim)
    html = page(client, "list-corrections")
    assert reverse("publishing:show-entry", args=[claim.pk, entry.seq]) in html


# The article page


def test_an_article_shows_its_whole_text_with_the_claims_marked(client):
    claim = make_published_claim()
    html = page(client, "show-article", claim.article_id)
    text = html[html.index('<article class="article-text"') : html.index("</article>")]
    words = re.sub(r"<[^>]+>", "", text)
    assert "It cost 40 million crowns." in re.search(r"<mark[^>]*>(.*?)</mark>", text)[1]
    assert all(line in words for line in TEXT.split("\n") if line)


def test_a_mark_has_the_words_of_its_verdict_for_paper(client):
    claim = make_published_claim()
    html = page(client, "show-article", claim.article_id)
    assert 'data-label="True" data-last>' in html


def test_a_printed_page_has_its_address(client):
    claim = make_published_claim()
    address = reverse("publishing:show-claim", args=[claim.pk])
    assert re.search(rf'<p class="print-only">http[^<]*{address}</p>', claim_page(client, claim))


def test_the_verdicts_of_an_article_stand_in_its_reading_order(client):
    last = make_published_claim(
        statement="Said last.", quote="Fishermen said the noise had driven the herring away."
    )
    make_published_claim(article=last.article, statement="Said first.")
    html = page(client, "show-article", last.article_id)
    assert html.index("Said first.") < html.index("Said last.")


def test_an_article_that_changed_says_so_and_shows_the_text_that_was_checked(client):
    claim = make_published_claim()
    arrival = Arrival(content=TEXT.replace("40 million", "44 million").encode())
    add_version(actor=None, article=claim.article, arrival=arrival)
    html = page(client, "show-article", claim.article_id)
    assert "The article has changed since we checked it" in html
    assert "40 million" in html
    assert "44 million" not in html


def test_a_retracted_claim_is_marked_as_such_in_the_text(client):
    claim = make_published_claim()
    retract_verdict(actor=make_user(Role.EDITOR), claim=claim, reason="Wrong.")
    html = page(client, "show-article", claim.article_id)
    assert (
        '<mark class="claim-mark" data-status="retracted" data-depth="1" data-label="Retracted" data-last>'
        in html
    )
