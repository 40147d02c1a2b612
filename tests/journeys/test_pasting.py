"""Words copied on a page and pasted at the desk keep their layout, unless somebody wants the plain words."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from articles.models import Article, Version
from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.journey

PAGE = """<!doctype html><meta charset="utf-8"><title>x</title><h1>Ferry line returns to Oldhaven</h1>
<p>The ferry resumed on <b>3 March</b> after nine years 👩‍👩‍👧.</p><h2>What it cost</h2>
<blockquote><p>“We carried 2,300 people on the first day,” said Lena Voss.</p></blockquote>
<ul><li>The crossing takes 40 minutes.</li></ul><script>document.title = "y"</script>"""
TEXT = """Ferry line returns to Oldhaven

The ferry resumed on 3 March after nine years 👩‍👩‍👧.

What it cost

“We carried 2,300 people on the first day,” said Lena Voss.

The crossing takes 40 minutes."""
NOTE, PLAIN = "Pasted with its layout.", "Use the plain words instead"


@pytest.fixture
def form(visitor: Callable[[], Visitor], people: dict[str, User]) -> Page:
    """The form of a new article, with a page copied to the clipboard as people do it."""
    desk = visitor().sign_in(people["contributor"])
    source = desk.context.new_page()
    source.set_content(PAGE)
    source.keyboard.press("Control+a")
    source.keyboard.press("Control+c")
    source.close()
    desk.page.goto("/desk/articles/new/")
    return desk.page


def paste(form: Page) -> None:
    form.get_by_label("Or the text of the article").focus()
    form.keyboard.press("Control+v")


def bring_in(form: Page) -> Version:
    form.get_by_role("button", name="Bring it in").click()
    form.wait_for_url("**/desk/articles/*-*/")
    version = Article.objects.get().current
    assert version is not None
    return version


def kinds(version: Version) -> list[str]:
    return [kind for kind, _, _ in version.blocks]


def test_pasted_words_keep_their_layout(form: Page) -> None:
    paste(form)
    expect(form.get_by_text(NOTE).last).to_be_visible()
    version = bring_in(form)
    assert version.text == TEXT
    assert kinds(version) == ["headline", "paragraph", "heading", "quote", "list_item"]
    assert b"<h2" in bytes(version.original)


def test_plain_words_are_a_button_away_and_so_is_the_way_back(form: Page) -> None:
    paste(form)
    form.get_by_role("button", name=PLAIN).click()
    expect(form.get_by_role("button", name=PLAIN)).to_be_hidden()
    form.get_by_role("button", name="Use the layout as pasted").click()
    form.get_by_role("button", name=PLAIN).click()
    version = bring_in(form)
    assert version.media_type == "text/plain"
    assert "Ferry line returns" in version.text


def test_words_that_are_changed_by_hand_are_what_comes_in(form: Page) -> None:
    paste(form)
    form.keyboard.press("Control+End")
    form.keyboard.type(" Nobody was late.")
    expect(form.get_by_role("button", name=PLAIN)).to_be_hidden()
    version = bring_in(form)
    assert version.text.endswith("40 minutes. Nobody was late.")


def test_an_emptied_field_forgets_what_was_pasted(form: Page) -> None:
    paste(form)
    form.keyboard.press("Control+a")
    form.keyboard.press("Delete")
    form.keyboard.type("Other words, typed.")
    expect(form.locator("[data-pasted-note]:not([hidden])")).to_have_count(0)
    assert bring_in(form).text == "Other words, typed."


def test_a_paste_among_other_words_is_plain(form: Page) -> None:
    form.get_by_label("Or the text of the article").fill("Before. ")
    form.keyboard.press("Control+End")
    form.keyboard.press("Control+v")
    version = bring_in(form)
    assert (version.media_type, version.text[:8]) == ("text/plain", "Before. ")
