"""The desk takes an address alone or a file of any kind, and shows what became of addresses."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.roles import Role
from articles.ingest.fetch_double import FakeFetcher
from articles.ingest.fetch_errors import TooSlow
from articles.models import Article, Import, ImportState
from claims.services import run_import, start_import
from tests.articles.pages import TITLE, page
from tests.factories import TEXT, make_article, make_user

pytestmark = pytest.mark.django_db
ADDRESS = "https://example.com/news/harbour"
LIST = "/desk/articles/imports/"


@pytest.fixture
def desk(client):
    client.force_login(make_user(Role.CONTRIBUTOR))
    return client


def send(desk, **fields):
    return desk.post(reverse("reviews:add-article"), fields)


def make_import(answer=None, address=ADDRESS):
    item = start_import(actor=None, address=address)
    if answer is None:
        return item
    return run_import(import_id=str(item.pk), fetcher=FakeFetcher({address: answer}))


def test_an_address_alone_is_queued_and_its_list_shown(desk):
    answer = send(desk, url=ADDRESS)
    assert (answer.status_code, answer.url) == (302, reverse("reviews:list-imports"))
    assert Import.objects.get().address == ADDRESS


def test_an_address_with_a_text_is_where_the_text_was_published(desk):
    send(desk, url=ADDRESS, text=TEXT)
    assert Article.objects.get().url == ADDRESS
    assert not Import.objects.exists()


def test_a_file_is_read_as_what_its_bytes_are(desk):
    send(desk, file=SimpleUploadedFile("article.txt", page().encode()))
    article = Article.objects.get()
    assert (article.title, article.current.media_type) == (TITLE, "text/html")


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"text": "", "title": "Mine"}, "Give an address"),
        ({"url": "gopher://example.com/"}, "https://"),
        ({"text": TEXT, "file": SimpleUploadedFile("a.txt", b"words")}, "Give an address"),
    ],
)
def test_what_cannot_come_in_is_said_at_the_form(desk, fields, words):
    answer = send(desk, **fields)
    assert answer.status_code == 400
    assert words in answer.content.decode()


def test_an_address_that_is_here_is_said_with_its_article(desk):
    make_article(url=ADDRESS, title="Here already")
    assert "Here already" in send(desk, url=ADDRESS).content.decode()


def test_a_waiting_address_makes_the_page_fill_in_by_itself(desk):
    make_import()
    assert 'hx-trigger="every 2s"' in desk.get(LIST).content.decode()


def test_an_address_that_is_done_leads_to_its_article(desk):
    item = make_import(page().encode())
    html = desk.get(LIST).content.decode()
    assert item.article.get_absolute_url() in html
    assert "hx-trigger" not in html.partition('id="imports"')[2].partition(">")[0]


def test_a_failed_address_says_why_and_is_tried_again(desk):
    item = make_import(TooSlow("The page did not arrive in time."))
    assert "did not arrive in time" in desk.get(LIST).content.decode()
    desk.post(reverse("reviews:retry-import", args=[item.pk]))
    item.refresh_from_db()
    assert item.state == ImportState.QUEUED


def test_an_empty_list_says_what_to_do(desk):
    assert "No article asked for yet" in desk.get(LIST).content.decode()


@pytest.mark.parametrize("name", ["list-imports", "retry-import"])
def test_consumers_of_the_api_see_none_of_it(client, name):
    client.force_login(make_user(Role.CONSUMER))
    if name == "list-imports":
        answer = client.get(LIST)
    else:
        answer = client.post(reverse("reviews:retry-import", args=[make_import().pk]))
    assert answer.status_code == 403


def test_the_list_takes_as_many_queries_for_many_as_for_one(desk, django_assert_max_num_queries):
    for number in range(5):
        make_import(page(title=f"Harbour {number}").encode(), f"{ADDRESS}/{number}")
    with django_assert_max_num_queries(9):
        desk.get(LIST)
