"""An article changes after its verdict is out: readers are told, and the verdict stays on the words it is about."""

import pytest

from accounts.roles import Role
from articles.services import Arrival
from claims.models import SpanFate
from claims.services import confirm_span, let_go_span, revise_article
from publishing.services import correct_verdict
from reviews.services import VerdictDraft
from tests.factories import TEXT, house_rating, make_published_claim, make_user
from tests.publishing.pages import claim_page, page

pytestmark = pytest.mark.django_db
QUOTE = "Fishermen said the noise had driven the herring away."
NEARLY = QUOTE.replace("Fishermen", "Fisherman")
TOLD = "hecked against an earlier version"


@pytest.fixture
def claim():
    return make_published_claim(quote=QUOTE, claimant_name="Ida Quell")


def revise(claim, text):
    arrival = Arrival(content=text.encode())
    version = revise_article(actor=make_user(), article=claim.article, arrival=arrival)
    return SpanFate.objects.get(span__claim=claim, version=version)


def correct(claim):
    claim.refresh_from_db()
    draft = VerdictDraft(house_rating("false"), "No.", "It did not.")
    correct_verdict(actor=make_user(Role.EDITOR), claim=claim, draft=draft, note="We misread it.")


def is_told(client, claim):
    """The same on every page that shows the claim, and to machines."""
    own = claim_page(client, claim)
    lists = [
        page(client, "list-verdicts"),
        page(client, "show-article", claim.article_id),
        page(client, "show-claimant", claim.claimant_id),
    ]
    told = {TOLD in html for html in (own, *lists)} | {"creativeWorkStatus" in own}
    assert len(told) == 1
    return told.pop()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (f"A bakery won a prize.\n\n{TEXT}", False),
        (TEXT.replace(QUOTE, NEARLY), True),
        (TEXT.replace(QUOTE, f"{QUOTE} {QUOTE}"), True),
        (TEXT.replace(QUOTE, "A bakery won a prize."), True),
    ],
    ids=["kept", "fuzzy", "ambiguous", "gone"],
)
def test_readers_are_told_when_the_words_are_not_the_same(client, claim, text, expected):
    revise(claim, text)
    assert is_told(client, claim) == expected


def test_readers_are_told_nothing_while_the_article_stands(client, claim):
    assert not is_told(client, claim)


@pytest.mark.parametrize("text", [NEARLY, "A bakery won a prize."])
def test_the_desk_is_asked_to_look(claim, text):
    revise(claim, TEXT.replace(QUOTE, text))
    claim.refresh_from_db()
    assert claim.flag.startswith("The article has changed (version 2)")


@pytest.mark.parametrize("decide", [confirm_span, let_go_span])
def test_a_decision_of_the_desk_is_none_of_the_record(client, claim, decide):
    fate = revise(claim, TEXT.replace(QUOTE, NEARLY))
    decide(actor=make_user(), fate=fate)
    assert is_told(client, claim)


def test_a_correction_while_nobody_has_looked_is_about_the_words_that_were_checked(client, claim):
    revise(claim, TEXT.replace(QUOTE, NEARLY))
    correct(claim)
    assert is_told(client, claim)
    assert "Fisherman" not in page(client, "show-article", claim.article_id)


def test_a_correction_after_somebody_confirmed_is_about_the_new_words(client, claim):
    fate = revise(claim, TEXT.replace(QUOTE, NEARLY))
    confirm_span(actor=make_user(), fate=fate)
    correct(claim)
    assert not is_told(client, claim)
    assert NEARLY in claim_page(client, claim)
