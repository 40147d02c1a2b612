"""`manage.py ingest` takes a file of any kind, or an address, and works without the worker."""

import json
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from articles.ingest.fetch_double import FakeFetcher
from articles.models import Article
from tests.articles.pages import TITLE, page
from tests.factories import TEXT

pytestmark = pytest.mark.django_db
ADDRESS = "https://example.com/news/harbour"


def ingest(*words):
    out = StringIO()
    call_command("ingest", *words, stdout=out)
    return out.getvalue()


@pytest.fixture
def fetcher(monkeypatch):
    fake = FakeFetcher({ADDRESS: page().encode()})
    monkeypatch.setattr("claims.management.commands.ingest.load_fetcher", lambda: fake)
    return fake


def test_an_address_is_fetched_and_read(fetcher):
    assert f"“{TITLE}”" in ingest(f"{ADDRESS}?utm_source=x")
    assert Article.objects.get().url == ADDRESS


def test_an_address_that_is_here_is_reported_without_fetching(fetcher):
    first = ingest(ADDRESS)
    assert ingest(f"{ADDRESS}#top") == first
    assert fetcher.asked == [ADDRESS]


@pytest.mark.parametrize("address", ["https://example.com/gone", "http://a:b@example.com/"])
def test_an_address_that_fails_says_why(fetcher, address):
    with pytest.raises(CommandError, match=r"no page|user name"):
        ingest(address)


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        ("report.html", page(), "text/html"),
        ("report.md", f"# {TITLE}\n\nIt cost 40 million.", "text/markdown"),
        ("report.txt", TEXT, "text/plain"),
        ("page.txt", page(), "text/html"),
    ],
)
def test_a_file_is_read_as_what_it_is(tmp_path, name, content, media_type):
    file = tmp_path / name
    file.write_text(content)
    article = json.loads(ingest(str(file), "--json"))
    assert Article.objects.get().current.media_type == media_type
    assert article
