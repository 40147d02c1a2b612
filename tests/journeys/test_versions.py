"""An article changes: somebody confirms, moves and lets go with keys alone, and readers are told."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from articles.services import Arrival
from claims.models import Claim
from claims.services import revise_article
from tests.factories import make_article, make_claim, make_published_claim
from tests.journeys.conftest import Visitor
from tests.journeys.test_desk import select

pytestmark = pytest.mark.journey

OLD = """Harbour opens after two years of works

Fishermen said the noise had driven the herring away. The harbour master said that traffic will double by 2030 at the latest.

The treasurer said the bill was paid out of the reserve, and that nobody in town would pay more for it.
"""
NEARLY = "Fisherman said the noise had driven the herring away."
NEW = f"""Harbour opens after two years of works

{NEARLY} Ida Quell expects twice as many ships at the end of the decade.

A bakery won a prize for its rye bread.
"""
CONFIRMED = "Fishermen said the noise had driven the herring away."
MOVED = "The harbour master said that traffic will double by 2030 at the latest."
LET_GO = "The treasurer said the bill was paid out of the reserve"
ELSEWHERE = "Ida Quell expects twice as many ships at the end of the decade"


@pytest.fixture
def claims(people: dict[str, User]) -> dict[str, Claim]:
    article = make_article(OLD)
    claims = {
        CONFIRMED: make_published_claim(article=article, quote=CONFIRMED),
        MOVED: make_claim(article=article, quote=MOVED),
        LET_GO: make_claim(article=article, quote=LET_GO),
    }
    revise_article(actor=people["eve"], article=article, arrival=Arrival(NEW.encode()))
    return claims


def open_changes(visitor: Callable[[], Visitor], user: User, claim: Claim) -> Page:
    page = visitor().sign_in(user).page
    page.goto(f"/desk/claims/{claim.pk}/")
    page.get_by_role("link", name="See what changed").click()
    expect(page.get_by_role("heading", name="What changed")).to_be_visible()
    return page


def now(claim: Claim) -> list[str]:
    return list(claim.spans.filter(version__number=2).values_list("quote", flat=True))


def test_keys_alone_confirm_move_and_let_go(
    visitor: Callable[[], Visitor], people: dict[str, User], claims: dict[str, Claim]
) -> None:
    page = open_changes(visitor, people["contributor"], claims[MOVED])
    page.keyboard.press("c")
    expect(page.get_by_text("Confirmed: the claim stays on these words.")).to_be_visible()
    page.keyboard.press("m")
    page.keyboard.type("Nobody wrote this")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("These words are not in version 2.")).to_be_visible()
    page.keyboard.press("Control+a")
    page.keyboard.type(ELSEWHERE)
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Moved: the claim is on the words you chose.")).to_be_visible()
    page.keyboard.press("l")
    expect(page.get_by_text("Nothing waits for a decision.")).to_be_visible()
    found = [now(claim) for claim in claims.values()]
    assert found == [[NEARLY], [ELSEWHERE], []]


def test_words_are_selected_in_the_article(
    visitor: Callable[[], Visitor], people: dict[str, User], claims: dict[str, Claim]
) -> None:
    page = open_changes(visitor, people["contributor"], claims[MOVED])
    row = page.locator("li.row", has_text=claims[MOVED].statement)
    row.get_by_text("On other words").click()
    row.get_by_role("link", name="Select them in the article").click()
    page.wait_for_url("**fate=**")  # and for the script that reads selections
    select(page, ELSEWHERE)
    page.get_by_role("button", name="Add to this claim").click()
    expect(page.get_by_text("Moved: the claim is on the words you chose.")).to_be_visible()
    assert now(claims[MOVED]) == [ELSEWHERE]


def test_readers_are_told_what_was_checked(
    visitor: Callable[[], Visitor], claims: dict[str, Claim]
) -> None:
    page = visitor().page
    claim = claims[CONFIRMED]
    for address in (f"/claims/{claim.pk}/", f"/articles/{claim.article_id}/"):
        page.goto(address)
        expect(page.get_by_text("Checked against an earlier version").first).to_be_visible()
    expect(page.locator("mark", has_text=CONFIRMED)).to_be_visible()
    assert page.request.get(f"/api/v1/claims/{claim.pk}/").json()["checked"] == {
        "version": 1,
        "still_there": False,
    }


def test_what_changed_fits_a_phone(
    visitor: Callable[[], Visitor], people: dict[str, User], claims: dict[str, Claim]
) -> None:
    page = open_changes(visitor, people["contributor"], claims[MOVED])
    page.set_viewport_size({"width": 390, "height": 844})
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("link", name="To the text").click()
    expect(page.get_by_text("A bakery won a prize")).to_be_in_viewport()
