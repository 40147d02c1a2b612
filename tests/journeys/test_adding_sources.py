"""A file becomes a source, and words selected in its copy become a quote that is found, all by keyboard and mouse."""

from collections.abc import Callable

import pytest
from playwright.sync_api import expect

from accounts.models import User
from sources.models import QuoteCheck
from tests.factories import make_claim, make_source
from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.journey
TEXT = "Audit\n\nThe works cost 40 million crowns.\nNobody knows why."
SELECT = """words => {
  const text = document.querySelector("[data-article-text] [data-start]").firstChild;
  const at = text.data.indexOf(words);
  const range = document.createRange();
  range.setStart(text, at);
  range.setEnd(text, at + words.length);
  getSelection().removeAllRanges();
  getSelection().addRange(range);
}"""


@pytest.mark.django_db(transaction=True)
def test_selected_words_of_a_copy_become_the_quote(
    visitor: Callable[[], Visitor], people: dict[str, User]
) -> None:
    claim = make_claim()
    page = visitor().sign_in(people["contributor"]).page
    page.goto(f"/desk/claims/{claim.pk}/evidence/")
    page.get_by_text("A file of it").click()
    file = {"name": "audit.txt", "mimeType": "text/plain", "buffer": TEXT.encode()}
    page.get_by_label("A file", exact=False).set_input_files([file])
    page.get_by_role("button", name="Keep the file").click()
    expect(page.get_by_role("heading", name="audit")).to_be_visible()
    page.wait_for_load_state()  # the script that hears of selections comes last
    page.evaluate(SELECT, "cost 40 million crowns.\nNobody")
    expect(page.get_by_role("button", name="Quote this n")).to_be_visible()
    page.keyboard.press("n")
    expect(page.get_by_label("Exact words")).to_have_value("cost 40 million crowns.\nNobody")
    page.get_by_label("Supports").check()
    page.get_by_role("button", name="Add the evidence").last.click()
    expect(
        page.get_by_text("Both sides").or_(page.get_by_text("One source only.")).first
    ).to_be_visible()
    assert claim.evidence.get().quote_check == QuoteCheck.VERIFIED


@pytest.mark.django_db(transaction=True)
def test_sources_are_found_while_typing(
    visitor: Callable[[], Visitor], people: dict[str, User]
) -> None:
    claim = make_claim()
    make_source(title="Logbook of the ferry")
    page = visitor().sign_in(people["contributor"]).page
    page.goto(f"/desk/claims/{claim.pk}/evidence/")
    page.get_by_label("Address, DOI, ISBN").press_sequentially("ferry")
    page.get_by_role("link", name="Logbook of the ferry").click()
    expect(page.get_by_role("heading", name="Logbook of the ferry")).to_be_visible()
