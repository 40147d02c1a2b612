"""An address becomes an article: once, whatever its spellings, and a failure says why."""

import pytest
from django.core.exceptions import ValidationError

from accounts.roles import Role
from articles.ingest.fetch import Fetched
from articles.ingest.fetch_double import FakeFetcher
from articles.ingest.fetch_errors import TooSlow
from articles.models import Article, Import, ImportState, Origin
from articles.services import AlreadyHere
from audit.models import Event
from claims.models import DetectionRun
from claims.services import retry_import, run_import, start_import
from tests.articles.pages import LEDE, TITLE, meta, page
from tests.factories import make_article, make_user

pytestmark = pytest.mark.django_db
ADDRESS = "https://example.com/news/harbour"
CANONICAL = f"<link rel='canonical' href='{ADDRESS}'>"


def bring_in(address=ADDRESS, answer=None, fetcher=None):
    item = start_import(actor=make_user(Role.CONTRIBUTOR), address=address)
    answer = page(head=CANONICAL).encode() if answer is None else answer
    return run_import(
        import_id=str(item.pk), fetcher=fetcher or FakeFetcher({item.address: answer})
    )


def test_a_page_becomes_an_article_with_what_it_says_of_itself():
    head = CANONICAL + meta("og:site_name", "The Post") + meta("date", "2024-05-03")
    item = bring_in(answer=page(head=head).encode())
    article = item.article
    version = article.versions.get()
    assert (item.state, article.title, article.publisher, article.url) == (
        ImportState.DONE,
        TITLE,
        "The Post",
        ADDRESS,
    )
    assert (version.origin, version.media_type, LEDE in version.text) == (
        Origin.URL,
        "text/html",
        True,
    )
    assert article.added_by == item.requested_by


def test_its_claims_are_asked_for():
    item = bring_in()
    assert DetectionRun.objects.filter(version__article=item.article).exists()


@pytest.mark.parametrize(
    "other",
    [
        "https://amp.example.com/harbour",
        "https://www.google.com/amp/s/example.com/news/harbour-amp",
        "https://example-com.cdn.ampproject.org/c/s/example.com/news/harbour-amp",
    ],
)
def test_two_addresses_of_one_page_are_one_article(other):
    first = bring_in().article
    assert bring_in(other).article == first
    assert Article.objects.count() == 1


OTHER = "<p>The council of Halmere voted on Tuesday to close its only library at the end of the year.</p>"


def other_page(head):
    """Another article of the site, which has a line in common with all others."""
    body = OTHER + OTHER.replace("library", "swimming pool and its sauna") + f"<p>{LEDE[:32]}.</p>"
    return page(body, head=head, title="Library closes").encode()


@pytest.mark.parametrize(
    "named", [ADDRESS, "https://example.com/", "https://elsewhere.org/news/harbour"]
)
def test_an_address_that_a_site_names_for_all_its_articles_swallows_none(named):
    first = bring_in().article
    other = "https://example.com/news/library"
    head = f"<link rel='canonical' href='{named}'>"
    second = bring_in(other, other_page(head)).article
    assert (second != first, second.url) == (True, other)


def test_an_article_that_was_rewritten_in_part_is_the_same_under_its_other_address():
    first = bring_in().article
    changed = page(f"<p>{LEDE}</p>{OTHER * 2}", head=CANONICAL).encode()
    assert bring_in("https://example.com/amp/harbour", changed).article == first


@pytest.mark.parametrize(
    "other",
    [
        f"{ADDRESS}?utm_source=feed&gclid=1",
        f"{ADDRESS}?utm_source=feed",
        f"{ADDRESS}#top",
        "https://EXAMPLE.com:443/news/harbour",
    ],
)
def test_another_spelling_of_an_address_that_is_here_is_not_fetched(other):
    article = make_article(url=ADDRESS)
    with pytest.raises(AlreadyHere) as refusal:
        start_import(actor=None, address=other)
    assert refusal.value.article == article


def test_the_address_where_a_redirect_ended_is_the_articles():
    there = Fetched(page().encode(), "https://example.com/2024/harbour")
    assert bring_in("https://example.com/?p=7", there).article.url == there.address


@pytest.mark.parametrize(
    "address", ["", "example.com", "file:///etc/passwd", "http://a:b@example.com/"]
)
def test_what_is_no_address_is_refused_at_once(address):
    with pytest.raises(ValidationError):
        start_import(actor=None, address=address)
    assert not Import.objects.exists()


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (TooSlow("The page did not arrive in time."), "did not arrive in time"),
        (b"\x89PNG\r\n\x1a\n", "PNG picture"),
        (b"PK\x03\x04", "broken archive"),
        (b"<html><body><input type='password'></body></html>", "sign in"),
    ],
)
def test_a_failure_is_kept_in_words_and_leaves_no_article(answer, words):
    item = bring_in(answer=answer)
    assert (item.state, words in item.error, Article.objects.count()) == (
        ImportState.FAILED,
        True,
        0,
    )


def test_a_fault_of_ours_is_not_shown_but_logged(caplog):
    class Broken:
        def fetch(self, address):
            raise RuntimeError("secret detail")

    item = bring_in(fetcher=Broken())
    assert item.state == ImportState.FAILED
    assert "secret detail" not in item.error
    assert "secret detail" in caplog.text


def test_a_failed_import_can_be_tried_again():
    item = bring_in(answer=TooSlow("late"))
    item = retry_import(actor=item.requested_by, item=item)
    assert (item.state, item.error) == (ImportState.QUEUED, "")
    item = run_import(import_id=str(item.pk), fetcher=FakeFetcher({ADDRESS: page().encode()}))
    assert item.state == ImportState.DONE


def test_what_is_done_is_neither_fetched_nor_queued_again():
    item = bring_in()
    fetcher = FakeFetcher({})
    run_import(import_id=str(item.pk), fetcher=fetcher)
    retry_import(actor=None, item=item)
    item.refresh_from_db()
    assert (fetcher.asked, item.state) == ([], ImportState.DONE)


def test_the_history_says_what_became_of_it():
    item = bring_in(answer=TooSlow("late"))
    verbs = Event.objects.filter(subject_id=item.pk).order_by("pk").values_list("verb", flat=True)
    assert list(verbs) == ["import.queued", "import.failed"]
