"""A passage of a pasted copy becomes the quote of new evidence, in a browser that runs no scripts."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from accounts.models import User
from claims.models import Claim
from sources.models import QuoteCheck
from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.journey

REPORT = (
    "Annual report\n\nThe harbour is old.\n\n"
    "Crossings took 55 minutes\nin March, the log shows.\n\nFares rose."
)
PASSAGE = "Crossings took 55 minutes\nin March, the log shows."


@pytest.fixture
def claim(transactional_db: None) -> Claim:
    from tests.factories import make_claim

    return make_claim(statement="The crossing takes 55 minutes.")


@pytest.fixture
def form(
    visitor: Callable[[], Visitor],
    browser: Browser,
    people: dict[str, User],
    live_server: Any,
    claim: Claim,
) -> Page:
    """The form for new evidence, with a source described and its text pasted."""
    desk = visitor().sign_in(people["contributor"])
    known = desk.context.storage_state()
    desk.context.close()
    desk.context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, storage_state=known
    )
    page = desk.context.new_page()
    page.goto(f"/desk/claims/{claim.pk}/evidence/")
    page.get_by_role("link", name="Official record").click()
    page.get_by_label("Title").fill("Logbook")
    page.get_by_label("What the source says").fill(REPORT)
    page.get_by_label("Undermines").check()
    return page


def test_a_passage_becomes_the_quote_without_scripts(form: Page, claim: Claim) -> None:
    form.get_by_role("button", name="Find them in the copy").click()
    expect(form.locator(".passage mark")).to_have_text(["Crossings", "55", "minutes"])
    form.get_by_role("button", name="Quote passage 1").click()
    expect(form.get_by_label("Exact words")).to_have_value(PASSAGE)
    expect(form.get_by_label("Undermines")).to_be_checked()
    form.get_by_role("button", name="Add the evidence").click()
    expect(form.get_by_text("Found in the copy").first).to_be_visible()
    assert claim.evidence.get().quote_check == QuoteCheck.VERIFIED


def test_the_enter_key_adds_the_evidence(form: Page, claim: Claim) -> None:
    form.get_by_role("button", name="Find them in the copy").click()
    form.get_by_label("Title").press("Enter")
    form.wait_for_url(f"**/desk/claims/{claim.pk}/**")
    expect(form.get_by_text("Evidence added.")).to_be_visible()
    assert claim.evidence.get().source.title == "Logbook"
