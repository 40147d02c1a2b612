"""New versions at the desk: bringing one in, seeing what changed, deciding on words that are not the same."""

import re

import pytest
from django.urls import reverse

from accounts.roles import Role
from articles.services import Arrival
from claims.kinds import Status
from claims.models import SpanFate
from claims.services import revise_article
from tests.factories import TEXT, make_article, make_claim, make_published_claim, make_user

pytestmark = pytest.mark.django_db
QUOTE = "Fishermen said the noise had driven the herring away."
NEARLY = QUOTE.replace("Fishermen", "Fisherman")


@pytest.fixture
def browser(client):
    client.force_login(make_user(Role.EDITOR))
    return client


def revised(text, **fields):
    claim = make_claim(quote=QUOTE, **fields)
    arrival = Arrival(content=text.encode())
    version = revise_article(actor=make_user(), article=claim.article, arrival=arrival)
    return claim, SpanFate.objects.get(version=version)


def difference(article):
    return reverse("reviews:compare-versions", args=[article.pk, 1, 2])


def test_pasted_text_becomes_a_version_and_shows_what_changed(browser):
    article = make_article()
    page = browser.post(
        reverse("reviews:add-version", args=[article.pk]),
        {"text": TEXT.replace("40", "45")},
        follow=True,
    )
    assert page.redirect_chain[-1][0] == difference(article)
    assert "<del>40</del><ins>45</ins>" in page.content.decode()


def test_the_same_text_makes_no_version_and_says_so(browser):
    article = make_article()
    url = reverse("reviews:add-version", args=[article.pk])
    page = browser.post(url, {"text": TEXT}, follow=True)
    assert "nothing changed" in page.content.decode()
    assert article.versions.count() == 1


def test_no_text_is_refused_and_the_form_stays(browser):
    page = browser.post(reverse("reviews:add-version", args=[make_article().pk]), {"text": " "})
    assert page.status_code == 400
    assert "one of the two" in page.content.decode()


def test_a_moved_paragraph_is_shown_as_moved_and_not_as_red(browser):
    article = make_article("One is here.\n\nTwo is there now.\n\nThree is gone by then.\n")
    arrival = Arrival(content=b"Three is gone by then.\n\nOne is here.\n\nTwo is there now.\n")
    revise_article(actor=make_user(), article=article, arrival=arrival)
    page = browser.get(difference(article)).content.decode()
    assert "Moved up" in page
    assert 'data-change="removed"' not in page


@pytest.mark.parametrize("numbers", [(1, 9), (0, 1)])
def test_a_version_that_is_not_there_is_not_found(browser, numbers):
    url = reverse("reviews:compare-versions", args=[make_article().pk, *numbers])
    assert browser.get(url).status_code == 404


@pytest.mark.parametrize(
    ("text", "outcome"),
    [
        (f"A bakery won a prize.\n\n{TEXT}", "kept"),
        (TEXT.replace(QUOTE, NEARLY), "needs_look"),
        (TEXT.replace(QUOTE, "A bakery won a prize."), "gone"),
    ],
)
def test_it_says_what_became_of_each_span(browser, text, outcome):
    claim, _ = revised(text)
    assert f'data-fate="{outcome}"' in browser.get(difference(claim.article)).content.decode()


def test_words_are_confirmed_with_a_button(browser):
    claim, fate = revised(TEXT.replace(QUOTE, NEARLY))
    url = reverse("reviews:confirm-span", args=[fate.pk])
    assert url in browser.get(difference(claim.article)).content.decode()
    assert browser.post(url).url == difference(claim.article) + "#waiting"
    assert claim.spans.get(version=fate.version).resolution == "exact"


def test_one_of_several_places_is_chosen_with_a_button(browser):
    claim, fate = revised(TEXT.replace(QUOTE, f"{QUOTE} {QUOTE}"))
    start, end, _ = fate.candidates[1]
    browser.post(reverse("reviews:move-span", args=[fate.pk]), {"start": start, "end": end})
    assert claim.spans.get(version=fate.version).start == start


def test_words_out_of_the_text_are_refused_in_words(browser):
    claim, fate = revised(TEXT.replace(QUOTE, NEARLY))
    url = reverse("reviews:move-span", args=[fate.pk])
    page = browser.post(url, {"start": 10**6, "end": 10**6 + 5}, follow=True)
    assert "Select some words" in page.content.decode()
    assert claim.spans.get(version=fate.version).quote == NEARLY


def moved_to(browser, fate, words):
    return browser.post(reverse("reviews:move-span", args=[fate.pk]), {"words": words})


def test_words_are_typed_where_selecting_is_no_way(browser):
    claim, fate = revised(TEXT.replace(QUOTE, "A bakery won a prize."))
    moved_to(browser, fate, "a  bakery\nwon a prize.".replace("a ", "A ", 1))
    assert claim.spans.get(version=fate.version).quote == "A bakery won a prize."


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("Nobody wrote this.", "not in version 2"),
        ("harbour", "in 3 places"),
        (" ", "or type them"),
    ],
)
def test_typed_words_that_are_not_one_place_stay_typed(browser, words, said):
    claim, fate = revised(TEXT.replace(QUOTE, "A harbour bakery won a prize."))
    page = moved_to(browser, fate, words)
    assert (page.status_code, said in page.content.decode()) == (400, True)
    assert f"{words.strip()}</textarea>" in page.content.decode()
    assert not claim.spans.filter(version=fate.version).exists()


def test_words_that_were_let_go_can_be_found_after_all(browser):
    claim, fate = revised(TEXT.replace(QUOTE, NEARLY))
    browser.post(reverse("reviews:let-go-span", args=[fate.pk]))
    assert "Decided" in browser.get(difference(claim.article)).content.decode()
    moved_to(browser, fate, NEARLY)
    assert claim.spans.get(version=fate.version).quote == NEARLY


def folds(page):
    found = re.findall(r'<details class="fate-group" id="group-(\w+)"( open)?>', page)
    return {key: bool(is_open) for key, is_open in found}


@pytest.mark.parametrize(
    ("text", "status", "expected"),
    [
        (TEXT.replace(QUOTE, NEARLY), Status.OPEN, {"needs_look": True}),
        (TEXT.replace(QUOTE, "Gone."), Status.OPEN, {"gone": True}),
        (TEXT.replace(QUOTE, "Gone."), Status.SUGGESTED, {"quiet": False}),
        (f"A bakery won a prize.\n\n{TEXT}", Status.OPEN, {"kept": False}),
    ],
)
def test_what_nobody_has_to_look_at_is_folded(browser, text, status, expected):
    claim, _ = revised(text, status=status)
    assert folds(browser.get(difference(claim.article)).content.decode()) == expected


def test_words_that_are_nearly_the_same_show_the_difference_alone(browser):
    claim, _ = revised(TEXT.replace(QUOTE, NEARLY))
    page = browser.get(difference(claim.article)).content.decode()
    assert page.count("<del>Fishermen</del><ins>Fisherman</ins> said the noise") == 2


def test_words_are_let_go_with_a_button(browser):
    claim, fate = revised(TEXT.replace(QUOTE, NEARLY))
    browser.post(reverse("reviews:let-go-span", args=[fate.pk]))
    assert not claim.spans.filter(version=fate.version).exists()


def test_the_workbench_lets_words_be_selected_for_a_span_that_is_gone(browser):
    claim, fate = revised(TEXT.replace(QUOTE, "A bakery won a prize."))
    page = browser.get(claim.article.get_absolute_url(), {"fate": str(fate.pk)}).content.decode()
    url = reverse("reviews:move-span", args=[fate.pk])
    assert f'id="add-span-form" method="post" action="{url}"' in page


def test_the_workbench_counts_what_waits(browser):
    claim, _ = revised(TEXT.replace(QUOTE, NEARLY))
    page = browser.get(claim.article.get_absolute_url()).content.decode()
    assert 'What changed <span class="count">1</span>' in page


@pytest.mark.parametrize("count", [1, 5])
def test_the_difference_asks_as_many_questions_however_many_claims(
    browser, django_assert_max_num_queries, count
):
    article = make_article()
    for _ in range(count):
        make_claim(article=article, quote=QUOTE, status=Status.OPEN)
    arrival = Arrival(content=TEXT.replace(QUOTE, NEARLY).encode())
    revise_article(actor=make_user(), article=article, arrival=arrival)
    with django_assert_max_num_queries(9):
        browser.get(difference(article))


def test_readers_are_told_that_a_verdict_is_about_an_earlier_version(client):
    claim = make_published_claim()
    text = TEXT.replace("It cost 40", "It cost 45")
    arrival = Arrival(content=text.encode())
    revise_article(actor=make_user(), article=claim.article, arrival=arrival)
    url = reverse("publishing:show-article", args=[claim.article_id])
    page = client.get(url).content.decode()
    assert "The article has changed since we checked it" in page
    assert "It cost 40 million crowns." in page


@pytest.mark.parametrize("where", ["reviews:show-claim", "reviews:show-article"])
def test_a_flagged_claim_leads_to_where_its_words_are_decided_on(browser, where):
    claim, _ = revised(TEXT.replace(QUOTE, NEARLY))
    pk = claim.article_id if "article" in where else claim.pk
    page = browser.get(reverse(where, args=[pk]), {"claim": claim.pk}).content.decode()
    assert f'href="{difference(claim.article)}#waiting"' in page
