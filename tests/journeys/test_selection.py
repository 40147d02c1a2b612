"""What a person selects is what is stored and what the API says: in any script, with any white space, to the character.

Most of it compares what the browser says of a selection with the stored text, for many words on one page; a few
selections go the whole way to a claim.
"""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from accounts.models import User
from articles.models import Article
from articles.services import Arrival, add_article
from claims.models import Claim
from tests.factories import make_article, make_claim
from tests.journeys.conftest import Visitor
from tests.journeys.test_desk import select

pytestmark = pytest.mark.journey

TEXT = """A day at the 🎏 festival 👩‍👩‍👧 by the river

🎉🎊 The parade drew 12,000 people 👏🏽 on Sunday. Cafe\u0301s stayed open until four.

قال العمدة إن المهرجان كلف ثلاثة ملايين دينار هذا العام. وأضاف أن الزوار جاؤوا من عشر دول.

The guests came from 🏴󠁧󠁢󠁳󠁣󠁴󠁿 and 🇳🇴🇸🇪, said 𝔘𝔫𝔦 and 𐐷. They paid\t40\tcrowns,  not  50, at\u00a0the\u202fgate.

The so\u00adcalled har\u00adbour mas\u200bter said: “It\u2019s ‘ours’ \u2066now\u2069.” Мэр и 市长 agreed\u200d, שָׁלוֹם said he\u200e.

ראש העיר אמר ש־3,000 איש באו (12% יותר) וכי 👩🏾‍🚀 נחתה. हिन्दी में क्षमा कहा। ไทยไม่มีวรรค

A line\u2028that breaks and goes on, with a tab at its end\t
and a second one that the file broke,
and a third.
"""
WORDS = [
    "12,000 people 👏🏽 on Sunday",
    "Cafe\u0301s stayed open",
    "ثلاثة ملايين دينار",
    "🎊 The",
    "👩‍👩‍👧 by",
    "🏴󠁧󠁢󠁳󠁣󠁴󠁿 and 🇳🇴🇸🇪, said 𝔘𝔫𝔦 and 𐐷",
    "paid\t40\tcrowns,  not  50, at\u00a0the\u202fgate",
    "so\u00adcalled har\u00adbour mas\u200bter",
    "“It\u2019s ‘ours’ \u2066now\u2069.” Мэр и 市长 agreed\u200d, שָׁלוֹם said",
    "ש־3,000 איש באו (12% יותר) וכי 👩🏾‍🚀",
    "क्षमा कहा। ไทยไม่มีวรรค",
    "line\u2028that breaks and goes on, with a tab at its end\t\nand a second one that the file broke",
]
#: The offsets that the page has for words in one text node or across several, with the words as selected.
OFFSETS = """([words, whole]) => {
  const root = document.querySelector('[data-article-text]');
  const nodes = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let text = '';
  while (walker.nextNode()) {
    nodes.push([walker.currentNode, text.length]);
    text += walker.currentNode.data;
  }
  const at = whole ? 0 : text.indexOf(words);
  if (at < 0) return null;
  const end = whole ? text.length : at + words.length;
  const place = (offset, isEnd) => nodes.findLast(([, from]) => isEnd ? from < offset : from <= offset);
  const [first, firstAt] = place(at, false);
  const [last, lastAt] = place(end, true);
  getSelection().setBaseAndExtent(first, at - firstAt, last, end - lastAt);
  return {...Assay.selectionOffsets(getSelection(), root), shown: getSelection().toString()};
}"""


def offsets(page: Page, words: str = "") -> Any:
    found = page.evaluate(OFFSETS, [words, not words])
    assert found, f"{words!r} is not on the page"
    return found


@pytest.fixture
def open_text(
    visitor: Callable[[], Visitor], people: dict[str, User]
) -> Callable[[str], tuple[Article, Page]]:
    page = visitor().sign_in(people["contributor"]).page

    def open_text(text: str) -> tuple[Article, Page]:
        article = make_article(text)
        page.goto(f"/desk/articles/{article.pk}/")
        return article, page

    return open_text


def frozen(article: Article) -> str:
    assert article.current is not None
    return article.current.text


@pytest.mark.parametrize("ending", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
def test_what_the_browser_selects_is_what_is_stored(
    open_text: Callable[[str], tuple[Article, Page]], ending: str
) -> None:
    article, page = open_text(TEXT.replace("\n", ending))
    assert frozen(article) == TEXT
    for words in WORDS:
        found = offsets(page, words)
        assert TEXT[found["start"] : found["end"]] == found["quote"] == words
        assert found["shown"] == words


def test_words_under_marks_have_the_same_offsets(
    open_text: Callable[[str], tuple[Article, Page]],
) -> None:
    article, page = open_text(TEXT)
    for words in (*WORDS, "👏🏽 on Sunday. Cafe", "12,000 people", "40\tcrowns,  not"):
        make_claim(article=article, quote=words)
    page.reload()
    assert page.locator("[data-article-text] mark").count() > len(WORDS)
    for words in WORDS:
        found = offsets(page, words)
        assert TEXT[found["start"] : found["end"]] == words


def test_a_selection_of_everything_spans_the_text(
    open_text: Callable[[str], tuple[Article, Page]],
) -> None:
    _, page = open_text(TEXT)
    found = offsets(page)
    assert TEXT[found["start"] : found["end"]] == TEXT.strip()


def test_every_block_is_on_the_page_to_the_character(
    open_text: Callable[[str], tuple[Article, Page]],
) -> None:
    article, page = open_text(TEXT)
    assert article.current is not None
    shown = page.eval_on_selector_all(
        "[data-article-text] > [data-start]", "all => all.map(one => one.textContent)"
    )
    assert shown == [TEXT[start:end] for _, start, end in article.current.blocks]


def test_half_an_emoji_is_all_of_it(open_text: Callable[[str], tuple[Article, Page]]) -> None:
    _, page = open_text(TEXT)
    found = page.evaluate(
        """() => {
          const root = document.querySelector('[data-article-text]');
          const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
          let node = walker.nextNode();
          while (!node.data.includes('🎏')) node = walker.nextNode();
          const at = node.data.indexOf('🎏');
          getSelection().setBaseAndExtent(node, at + 1, node, at + 11);
          return Assay.selectionOffsets(getSelection(), root);
        }"""
    )
    assert TEXT[found["start"] : found["end"]] == "🎏 festival"


@pytest.mark.parametrize("words", [WORDS[0], WORDS[2], WORDS[5], WORDS[7]])
def test_selected_words_are_stored_and_served_as_they_were_selected(
    open_text: Callable[[str], tuple[Article, Page]], words: str
) -> None:
    _, page = open_text(TEXT)
    select(page, words)
    page.get_by_role("button", name="Claim this").wait_for()
    page.keyboard.press("n")
    page.get_by_role("button", name="Make the claim").click()
    page.locator(".card .statement").wait_for()
    span = Claim.objects.get().spans.get()
    assert (span.quote, TEXT[span.start : span.end]) == (words, words)
    found = page.request.get(f"/api/v1/claims/{span.claim_id}/").json()
    assert [one["quote"] for one in found["spans"]] == [words]


def test_a_text_typed_at_the_desk_is_the_text_that_is_frozen(
    visitor: Callable[[], Visitor], people: dict[str, User]
) -> None:
    """The browser sends line breaks as CRLF, whatever they were."""
    page = visitor().sign_in(people["contributor"]).page
    page.goto("/desk/articles/new/")
    page.get_by_label("Text of the article").fill(TEXT)
    page.get_by_role("button", name="Bring it in").click()
    page.wait_for_url("**/desk/articles/*-*/")
    assert frozen(Article.objects.select_related("current").get()) == TEXT


def test_the_words_of_a_page_are_selected_as_the_page_showed_them(
    visitor: Callable[[], Visitor], people: dict[str, User]
) -> None:
    html = "<meta charset=utf-8><h1>A 🎏 day</h1><p>It  cost\n 40\u00a0<b>mil</b>lion 👩‍👩‍👧 قال العمدة.</p><p>So.</p>"
    arrival = Arrival(html.encode(), media_type="text/html; variant=fragment")
    article = add_article(actor=people["contributor"], arrival=arrival)
    article.refresh_from_db()
    page = visitor().sign_in(people["contributor"]).page
    page.goto(f"/desk/articles/{article.pk}/")
    words = "It cost 40\u00a0million 👩‍👩‍👧 قال"
    found = offsets(page, words)
    assert frozen(article)[found["start"] : found["end"]] == words
