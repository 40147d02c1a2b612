"""Many articles at once: one that fails stops none, all can be called off, and taken up again."""

import pytest
from django.core.exceptions import ValidationError

from articles.ingest.fetch_double import FakeFetcher
from articles.models import Article, Import, ImportState
from audit.models import Event
from claims.services import (
    NamedFile,
    cancel_batch,
    cancel_import,
    retry_batch,
    run_import,
    start_batch,
)
from tests.articles.pages import page
from tests.factories import TEXT, make_article, make_user

pytestmark = pytest.mark.django_db
SITE = "https://example.com/news"


def listed(count):
    return "\n".join(f"{SITE}/{number}" for number in range(count))


def work(batch, fetcher=None):
    """What the worker does with what waits."""
    pages = {f"{SITE}/{number}": page(title=f"Harbour {number}").encode() for number in range(20)}
    for item in batch.imports.filter(state=ImportState.QUEUED).order_by("line"):
        run_import(import_id=str(item.pk), fetcher=fetcher or FakeFetcher(pages))
    return Import.objects.filter(batch=batch).by_state()


def test_every_address_of_a_list_comes_in():
    batch = start_batch(actor=make_user(), addresses=listed(3))
    assert (batch.title, work(batch)["done"], Article.objects.count()) == ("3 addresses", 3, 3)


def test_a_bad_line_fails_with_its_number_and_the_rest_comes_in():
    batch = start_batch(actor=None, addresses=f"{SITE}/0\nnonsense\n{SITE}/1\n")
    assert work(batch) == {"queued": 0, "done": 2, "failed": 1, "cancelled": 0}
    assert batch.imports.get(state=ImportState.FAILED).error.startswith("Line 2: ")


def test_one_bad_line_in_ten_thousand_is_named_and_the_rest_goes_on():
    lines = listed(10_000).splitlines()
    lines[6_543] = "gopher://example.com/1"
    batch = start_batch(actor=None, addresses="\n".join(lines))
    counts = Import.objects.filter(batch=batch).by_state()
    bad = batch.imports.get(state=ImportState.FAILED)
    assert (counts["queued"], counts["failed"]) == (9_999, 1)
    assert (bad.line, bad.error.startswith("Line 6544: ")) == (6_544, True)


def test_what_is_here_is_done_at_once():
    article = make_article(url=f"{SITE}/0")
    batch = start_batch(actor=None, addresses=listed(2))
    assert batch.imports.get(state=ImportState.DONE).article == article


def test_repeated_lines_are_counted():
    assert start_batch(actor=None, addresses=f"{listed(2)}\n{listed(2)}").repeated == 2


def test_files_come_in_as_what_their_bytes_are_and_their_bytes_are_let_go():
    files = [NamedFile("a.txt", TEXT.encode()), NamedFile("b.txt", page().encode())]
    batch = start_batch(actor=make_user(), files=files)
    work(batch)
    rows = batch.imports.order_by("line")
    assert [row.article.current.media_type for row in rows] == ["text/plain", "text/html"]
    assert [row.content for row in rows] == [None, None]


def test_a_file_that_cannot_be_read_says_why_and_keeps_its_bytes():
    batch = start_batch(actor=None, files=[NamedFile("a.png", b"\x89PNG\r\n\x1a\n")])
    work(batch)
    row = batch.imports.get()
    assert (row.state, "PNG" in row.error, bytes(row.content)) == (
        ImportState.FAILED,
        True,
        b"\x89PNG\r\n\x1a\n",
    )


@pytest.mark.parametrize("addresses", ["", "# nothing\n", "\n\n"])
def test_nothing_is_refused(addresses):
    with pytest.raises(ValidationError, match="Give addresses"):
        start_batch(actor=None, addresses=addresses)


def test_a_list_without_a_single_address_is_refused_at_once():
    with pytest.raises(ValidationError, match="Line 1"):
        start_batch(actor=None, addresses="these are\nno addresses\n")


def test_calling_off_ends_what_waits_and_keeps_what_is_in():
    batch = start_batch(actor=None, addresses=listed(3))
    first = batch.imports.order_by("line").first()
    run_import(import_id=str(first.pk), fetcher=FakeFetcher({first.address: page().encode()}))
    assert cancel_batch(actor=make_user(), batch=batch) == 2
    fetcher = FakeFetcher({})
    for row in batch.imports.all():
        run_import(import_id=str(row.pk), fetcher=fetcher)
    assert (fetcher.asked, Article.objects.count()) == ([], 1)


def test_what_arrives_after_it_was_called_off_is_dropped():
    batch = start_batch(actor=None, addresses=listed(1))
    row = batch.imports.get()

    class Slow(FakeFetcher):
        def fetch(self, address):
            cancel_import(actor=None, item=row)
            return super().fetch(address)

    work(batch, Slow({row.address: page().encode()}))
    row.refresh_from_db()
    assert (row.state, Article.objects.count()) == (ImportState.CANCELLED, 0)


@pytest.mark.parametrize("state", ["failed", "cancelled"])
def test_all_that_failed_or_was_called_off_is_taken_up_again(state):
    batch = start_batch(actor=None, addresses=listed(2))
    if state == "failed":
        work(batch, FakeFetcher({}))
    else:
        cancel_batch(actor=None, batch=batch)
    assert retry_batch(actor=None, batch=batch, state=state) == 2
    assert work(batch)["done"] == 2


def test_the_batch_is_one_event_and_not_one_for_each_line():
    batch = start_batch(actor=None, addresses=listed(5))
    event = Event.objects.get(verb="batch.queued")
    assert (event.subject_id, event.after["queued"]) == (batch.pk, 5)
    assert not Event.objects.filter(verb="import.queued").exists()


def test_a_long_list_takes_a_few_statements_for_hundreds(django_assert_max_num_queries):
    with django_assert_max_num_queries(16):
        start_batch(actor=None, addresses=listed(1500))
