"""What a claim's page tells besides the verdict: what changed, how it was made, how to cite it and what to do."""

import re
from uuid import UUID

import pytest
from django.urls import reverse

from accounts.roles import Role
from publishing.models import Publication
from publishing.services import reopen_claim, retract_verdict
from tests.factories import make_claim, make_published_claim, make_user
from tests.publishing.pages import claim_page, correct, page

pytestmark = pytest.mark.django_db


def entry_address(claim, seq):
    return reverse("publishing:show-entry", args=[claim.pk, seq])


def test_a_correction_says_on_top_what_the_verdict_was(client):
    claim = make_published_claim()
    correct(claim)
    html = claim_page(client, claim)
    assert "The verdict was True and is now Mostly true." in html
    assert html.index("Corrected on") < html.index("Our verdict")


def test_a_correction_of_reasons_alone_says_that_the_verdict_stands(client):
    claim = make_published_claim()
    correct(claim, "true")
    assert "The verdict is still True." in claim_page(client, claim)


def test_every_entry_of_the_history_leads_to_what_was_published(client):
    claim = make_published_claim()
    correct(claim)
    html = claim_page(client, claim)
    seqs = Publication.objects.filter(claim=claim).values_list("seq", flat=True)
    assert all(f'href="{entry_address(claim, seq)}"' in html for seq in seqs)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (correct, "Our verdict today is Mostly true"),
        (
            lambda claim: retract_verdict(
                actor=make_user(Role.EDITOR), claim=claim, reason="Misread."
            ),
            "We have retracted the verdict since",
        ),
        (
            lambda claim: reopen_claim(actor=make_user(Role.EDITOR), claim=claim, reason="New."),
            "The claim is under re-review",
        ),
    ],
)
def test_an_earlier_entry_stays_readable_and_says_what_holds_now(client, change, words):
    claim = make_published_claim()
    first = Publication.objects.get(claim=claim)
    change(claim)
    html = page(client, "show-entry", claim.pk, first.seq)
    for expected in (words, "It did.", "The audit says so.", "Our verdict was", first.sha256):
        assert expected in html


def test_the_newest_entry_is_said_to_be_no_past(client):
    claim = make_published_claim()
    html = page(client, "show-entry", claim.pk, Publication.objects.get(claim=claim).seq)
    assert "No longer what we say" not in html
    assert "Our verdict<" in html


def test_an_entry_leads_to_how_the_record_is_proved(client):
    claim = make_published_claim()
    html = page(client, "show-entry", claim.pk, Publication.objects.get(claim=claim).seq)
    assert reverse("publishing:show-record") in html


@pytest.mark.parametrize("seq", [0, 999, 10**30])
def test_an_entry_that_is_not_there_is_not_found(client, seq):
    assert client.get(entry_address(make_published_claim(), seq)).status_code == 404


def test_an_entry_of_another_claim_is_not_found(client):
    one, other = make_published_claim(), make_published_claim()
    seq = Publication.objects.get(claim=other).seq
    assert client.get(entry_address(one, seq)).status_code == 404


def test_the_page_says_how_many_reviewed_it_and_names_none(client):
    claim = make_published_claim()
    html = claim_page(client, claim)
    assert "Two reviewers judged the claim" in html
    names = {review.reviewer.name for review in claim.reviews.all()}
    assert not any(name in html for name in names if name)


def test_the_citation_names_the_entry_that_stays(client):
    claim = make_published_claim()
    seq = Publication.objects.get(claim=claim).seq
    cite = re.search(r'<p class="cite">(.*?)</p>', claim_page(client, claim), re.DOTALL)[1]
    assert cite.endswith(f"Entry {seq}. http://testserver{entry_address(claim, seq)}") or (
        entry_address(claim, seq) in cite
    )


def test_shared_words_have_the_verdict_before_the_claim(client):
    html = claim_page(client, make_published_claim(statement="It cost 40 & more."))
    assert "text=True%3A+It+cost+40+%26+more." in html


@pytest.mark.parametrize("name", ["show-claim", "list-corrections", "methodology"])
@pytest.mark.parametrize(("contact", "is_shown"), [("errors@desk.example", True), ("", False)])
def test_readers_can_report_an_error_where_there_is_an_address(
    client, settings, name, contact, is_shown
):
    settings.ASSAY_CONTACT_EMAIL = contact
    args = [make_published_claim().pk] if name == "show-claim" else []
    assert ("Seen a mistake?" in page(client, name, *args)) is is_shown


def test_other_claims_of_the_article_are_a_step_away(client):
    claim = make_published_claim()
    other = make_published_claim(article=claim.article, statement="Another one.")
    make_claim(article=claim.article, statement="Not published.")
    html = claim_page(client, claim)
    assert reverse("publishing:show-claim", args=[other.pk]) in html
    assert "Not published." not in html


def test_foreign_words_say_what_language_they_are_in(client):
    html = claim_page(client, make_published_claim(statement="Der Hafen öffnet.", language="de"))
    assert re.search(r'<h1 lang="de" dir="auto">Der Hafen', html)


def test_a_tag_leads_to_all_verdicts_under_it(client):
    claim = make_published_claim(tags=["fish & chips/peas"])
    address = f"{reverse('publishing:list-verdicts')}?tag=fish%20%26%20chips%2Fpeas"
    assert f'<a href="{address}">fish &amp; chips/peas</a>' in claim_page(client, claim)


def test_a_claim_without_tags_has_no_line_for_them(client):
    assert "<dt>Tags</dt>" not in claim_page(client, make_published_claim())


def test_an_address_without_a_claim_is_not_found(client):
    assert client.get(entry_address(type("C", (), {"pk": UUID(int=1)}), 1)).status_code == 404
