"""Bringing an article in."""

import pytest

from accounts.models import Scope
from accounts.roles import Role
from articles.models import Article
from audit.models import Event
from claims.models import DetectionRun
from tests import factories

pytestmark = pytest.mark.django_db
ARTICLES = "/api/v1/articles/"


@pytest.fixture
def post(client, key):
    headers = key(Role.CONTRIBUTOR, Scope.WRITE)

    def send(**fields):
        return client.post(ARTICLES, fields, content_type="application/json", headers=headers)

    return send


def test_an_article_comes_in_with_what_is_known_of_it(post):
    response = post(
        text=factories.TEXT,
        url="HTTPS://Paper.example/harbour?utm_source=x",
        title="The harbour",
        publisher="The Paper",
        byline="Ada Reed",
        published_at="2026-03-01T10:00:00+02:00",
        language="en-GB",
    )
    assert response.status_code == 201
    found = response.json()
    assert found["url"] == "https://paper.example/harbour"
    assert (found["title"], found["publisher"]) == ("The harbour", "The Paper")
    assert found["published_at"] == "2026-03-01T08:00:00Z"
    assert (found["desk"]["byline"], found["desk"]["language"]) == ("Ada Reed", "en-GB")


def test_the_text_alone_is_enough(post):
    found = post(text=factories.TEXT).json()
    assert found["title"] == "Harbour opens after two years of works"


def test_the_answer_says_where_the_article_is(client, key, post):
    address = post(text=factories.TEXT)["Location"]
    assert client.get(address, headers=key()).json()["text"].startswith("Harbour opens")


def test_its_claims_are_looked_for(post):
    found = post(text=factories.TEXT).json()
    [run] = found["desk"]["detection"]
    assert (run["state"], DetectionRun.objects.get().state) == ("queued", "queued")


def test_who_brought_it_in_is_on_the_record(post):
    pk = post(text=factories.TEXT).json()["id"]
    event = Event.objects.get(verb="article.added", subject_id=pk)
    assert event.actor.role == Role.CONTRIBUTOR


def test_a_time_without_a_zone_is_utc(post):
    found = post(text=factories.TEXT, published_at="2026-03-01T10:00:00").json()
    assert found["published_at"] == "2026-03-01T10:00:00Z"


def test_an_address_that_is_here_already_is_a_conflict_that_names_the_article(post):
    first = post(text=factories.TEXT, url="https://paper.example/x").json()
    again = post(
        text="Other words, but they come from the same address.", url="https://paper.example/x"
    )
    assert again.status_code == 409
    assert first["id"] in again.json()["detail"]


def test_the_text_is_kept_as_it_is_sent(post):
    text = "A headline 🦐\n\nשלום. “Words”, she said – and   left.\n"
    pk = post(text=text).json()["id"]
    assert bytes(Article.objects.get(pk=pk).current.original).decode() == text


@pytest.mark.parametrize(
    ("fields", "wrong"),
    [
        ({}, "text"),
        ({"text": ""}, "text"),
        ({"text": "   \n\n "}, "text"),
        ({"text": None}, "text"),
        ({"text": ["a"]}, "text"),
        ({"text": "a\x00b"}, "text"),
        ({"text": "Words.", "url": "javascript:alert(1)"}, "url"),
        ({"text": "Words.", "url": "https://user:secret@paper.example/"}, "url"),
        ({"text": "Words.", "url": "https://paper.example/" + "a" * 2000}, "url"),
        ({"text": "Words.", "title": "a" * 501}, "title"),
        ({"text": "Words.", "title": "a\x00b"}, "title"),
        ({"text": "Words.", "publisher": "a" * 201}, "publisher"),
        ({"text": "Words.", "published_at": "yesterday"}, "published_at"),
        ({"text": "Words.", "published_at": "0001-01-01T00:00:00+14:00"}, "published_at"),
        ({"text": "Words.", "language": "English, please"}, "language"),
        ({"text": "Words.", "status": "published"}, "status"),
    ],
)
def test_a_field_that_is_wrong_is_named_and_nothing_comes_in(post, fields, wrong):
    response = post(**fields)
    assert response.status_code == 400
    assert list(response.json()["errors"]) == [wrong]
    assert not Article.objects.exists()


def test_a_text_beyond_the_desks_limit_is_refused_by_name(post, settings):
    settings.ASSAY_MAX_ARTICLE_BYTES = 1000
    response = post(text="Many words. " * 100)
    assert (response.status_code, list(response.json()["errors"])) == (400, ["text"])
