"""The whole story in a real browser: an article goes in, a verdict comes out, a correction follows."""

import json
import urllib.request
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Page, expect

from accounts.models import User
from articles.models import Article
from claims.kinds import Status
from claims.models import Claim
from tests.journeys.conftest import Visitor

pytestmark = pytest.mark.journey

ARTICLE = """Ferry line returns to Oldhaven

Passengers will cross the sound again after nine years

The ferry between Oldhaven and Marrow resumed on 3 March after nine years. The crossing takes 40 minutes.

“We carried 2,300 people on the first day,” said the operator's director, Lena Voss. The line was closed in 2017 because the pier had decayed.

Officials said the new pier cost 18 million crowns.
"""
SELECT = """(words) => {
  const root = document.querySelector('[data-article-text]');
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const at = node.data.indexOf(words);
    if (at < 0) continue;
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + words.length);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
    return true;
  }
  return false;
}"""


def select(page: Page, words: str) -> None:
    assert page.evaluate(SELECT, words), f"{words!r} is not on the page in one piece"


def paste(page: Page, text: str) -> None:
    page.goto("/desk/articles/new/")
    page.get_by_label("Text of the article").fill(text)
    page.get_by_role("button", name="Bring it in").click()


def add_source(page: Page, claim: Claim, title: str, stance: str, quote: str) -> None:
    page.goto(f"/desk/claims/{claim.pk}/")
    page.get_by_role("link", name="Add a source").first.click()
    page.get_by_role("link", name="Official record").click()
    page.get_by_label("Title").fill(title)
    page.get_by_label("Address").fill(f"https://records.example.org/{title.split()[0].lower()}")
    page.get_by_label("What the source says").fill(f"From the record: {quote}. So it stands.")
    page.get_by_label(stance).check()
    page.get_by_label("Exact words").fill(quote)
    page.get_by_role("button", name="Add the evidence").click()
    expect(page.get_by_text("Found in the copy").first).to_be_visible()


def review(page: Page, rating: str, rationale: str) -> None:
    page.goto("/desk/queue/")
    page.get_by_role("button", name="Next claim").click()
    page.get_by_role("link", name="Review", exact=True).or_(
        page.get_by_role("link", name="Review v")
    ).first.click()
    page.get_by_role("radio", name=rating, exact=False).first.check()
    page.get_by_label("Rationale").fill(rationale)
    page.get_by_role("button", name="Submit the review").click()
    expect(page.get_by_text("Your review is in.")).to_be_visible()


def fetch(address: str) -> Any:
    with urllib.request.urlopen(address) as answer:  # noqa: S310 - the live server of this test
        return json.loads(answer.read())


def test_an_article_becomes_a_published_and_then_corrected_verdict(
    visitor: Callable[[], Visitor],
    people: dict[str, User],
    work_off: Callable[[], None],
    live_server: Any,
) -> None:
    desk = visitor().sign_in(people["contributor"])
    claim = _make_the_claim(desk.page, work_off)
    _accept_another(desk.page, claim.article)
    add_source(desk.page, claim, "Timetable of the line", "Supports", "takes 40 minutes")
    add_source(desk.page, claim, "Logbook of the harbour", "Undermines", "took 55 minutes in March")
    Claim.objects.exclude(pk=claim.pk).filter(status=Status.OPEN).update(worth=0.01)
    Claim.objects.filter(pk=claim.pk).update(worth=1.0)

    review(visitor().sign_in(people["ada"]).page, "True", "The timetable says so.")
    ben = visitor().sign_in(people["ben"]).page
    ben.goto(f"/desk/claims/{claim.pk}/")
    expect(ben.get_by_text("The timetable says so.")).to_have_count(0)
    review(ben, "Mostly false", "The logbook shows 55 minutes.")
    claim.refresh_from_db()
    assert claim.status == Status.DISPUTED

    _adjudicate(visitor().sign_in(people["eve"]).page, claim)
    kay = visitor().sign_in(people["kay"]).page
    _publish(kay, claim)

    reader = visitor().page
    reader.goto(f"/claims/{claim.pk}/")
    expect(reader.get_by_text("Half true").first).to_be_visible()
    found = fetch(f"{live_server.url}/api/v1/verdicts/{claim.pk}/")
    assert found["verdict"]["label"] == "Half true"

    _correct(kay, claim)
    _verify_record(live_server.url, claim)


def _make_the_claim(page: Page, work_off: Callable[[], None]) -> Claim:
    paste(page, ARTICLE)
    expect(page.get_by_text("Reading the article for claims")).to_be_visible()
    work_off()
    expect(page.locator(".article-text mark[data-status=suggested]").first).to_be_visible()
    select(page, "crossing takes 40 minutes")
    page.get_by_role("button", name="Claim this").click()
    page.get_by_label("Statement").fill("The crossing from Oldhaven to Marrow takes 40 minutes.")
    page.get_by_role("button", name="Make the claim").click()
    expect(page.locator(".card .statement")).to_contain_text("takes 40 minutes")
    claim = Claim.objects.get(engine="")
    assert claim.spans.get().quote == "crossing takes 40 minutes"
    return claim


def _accept_another(page: Page, article: Article) -> None:
    suggestion = Claim.objects.filter(
        article=article, status=Status.SUGGESTED, spans__quote__contains="2017"
    )
    page.goto(f"/desk/articles/{article.pk}/?claim={suggestion.first().pk}")
    page.get_by_role("button", name="Accept").click()
    expect(page.get_by_text("Accepted: the claim is open for review.")).to_be_visible()


def _adjudicate(page: Page, claim: Claim) -> None:
    page.goto(f"/desk/claims/{claim.pk}/adjudicate/")
    expect(page.get_by_text("The logbook shows 55 minutes.")).to_be_visible()
    page.get_by_role("radio", name="Half true").check()
    page.get_by_label("Summary").fill(
        "The timetable gives 40 minutes; crossings have taken longer."
    )
    page.get_by_label("Justification").fill("Timetable and logbook differ.")
    page.get_by_role("button", name="Decide").click()
    expect(page.get_by_text("Decided.").first).to_be_visible()


def _publish(page: Page, claim: Claim) -> None:
    page.goto(f"/desk/claims/{claim.pk}/publish/")
    page.get_by_role("button", name="Publish", exact=True).click()
    expect(page.get_by_text("Not published. Still missing")).to_be_visible()
    page.get_by_label("The claimant was asked").check()
    page.get_by_label("Claim and verdict are worded neutrally").check()
    page.get_by_role("button", name="Publish", exact=True).click()
    page.wait_for_url(f"**/claims/{claim.pk}/")


def _correct(page: Page, claim: Claim) -> None:
    page.goto(f"/desk/claims/{claim.pk}/correct/")
    page.get_by_role("radio", name="Mostly true").check()
    page.get_by_label("Reason").fill("Later logbooks show 40 to 42 minutes.")
    page.get_by_role("button", name="Publish the correction").click()
    page.wait_for_url(f"**/claims/{claim.pk}/")
    expect(page.get_by_text("Later logbooks show 40 to 42 minutes.").first).to_be_visible()


def _verify_record(address: str, claim: Claim) -> None:
    feed = fetch(f"{address}/api/v1/publications/?since=0")
    documents = [entry["document"] for entry in feed["results"]]
    assert [(d["seq"], d["kind"]) for d in documents] == [(1, "publication"), (2, "correction")]
    assert {d["id"] for d in documents} == {str(claim.pk)}
    said = StringIO()
    call_command("verify_publications", stdout=said)
    assert "2 entries verify" in said.getvalue()
