"""Files, addresses and lists through the API, each once when they say so."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from accounts.models import Scope
from accounts.roles import Role
from articles.models import Article, Import
from audit.models import Answer
from tests.articles.pages import TITLE, page
from tests.at_once import at_once
from tests.factories import TEXT, make_article

ARTICLES, IMPORTS = "/api/v1/articles/", "/api/v1/imports/"
SITE = "https://example.com/news"
JSON = "application/json"
pytestmark = pytest.mark.django_db


@pytest.fixture
def headers(key):
    return key(Role.CONTRIBUTOR, Scope.WRITE)


@pytest.fixture
def post(client, headers):
    def send(path=ARTICLES, *, once="", **fields):
        extra = {"Idempotency-Key": once} if once else {}
        return client.post(path, fields, content_type=JSON, headers={**headers, **extra})

    return send


def upload(client, headers, content, name="a.txt", **fields):
    return client.post(
        ARTICLES, {"file": SimpleUploadedFile(name, content), **fields}, headers=headers
    )


def test_a_file_comes_in_as_what_its_bytes_are(client, headers):
    response = upload(client, headers, page().encode(), publisher="The Paper")
    article = Article.objects.get()
    assert (response.status_code, article.title, article.publisher) == (201, TITLE, "The Paper")
    assert article.current.media_type == "text/html"


def test_an_address_alone_is_queued_and_says_where_to_ask(client, headers, post):
    response = post(url=f"{SITE}/1")
    found = client.get(response["Location"], headers=headers).json()
    assert (response.status_code, found["state"], found["address"]) == (202, "queued", f"{SITE}/1")


def test_an_address_that_is_here_is_a_conflict(post):
    make_article(url=f"{SITE}/1")
    assert post(url=f"{SITE}/1").status_code == 409


@pytest.mark.parametrize(
    "fields", [{}, {"title": "A title"}, {"url": SITE, "title": "A title"}, {"file": "words"}]
)
def test_what_is_no_article_is_refused(post, fields):
    assert post(**fields).status_code == 400


def test_a_text_and_a_file_are_one_too_many(client, headers):
    assert upload(client, headers, b"words of it", text="words").status_code == 400


def test_a_file_that_is_too_large_is_refused_before_it_is_read(client, headers, settings):
    settings.ASSAY_MAX_ARTICLE_BYTES = 1000
    assert upload(client, headers, bytes(20_000)).status_code == 400
    settings.ASSAY_MAX_ARTICLE_BYTES = -100_000
    assert upload(client, headers, bytes(20_000)).status_code == 413


def test_a_list_becomes_a_batch(client, headers, post):
    response = post(IMPORTS, addresses=[f"{SITE}/1", "nonsense", f"{SITE}/1#again"])
    batch = client.get(response["Location"], headers=headers).json()
    assert (response.status_code, batch["repeated"]) == (202, 1)
    assert batch["counts"] == {"queued": 1, "done": 0, "failed": 1, "cancelled": 0}


def test_a_batch_is_called_off_and_gone_on_with(post):
    where = post(IMPORTS, addresses=[f"{SITE}/1"])["Location"]
    assert post(f"{where}cancel/").json()["counts"]["cancelled"] == 1
    assert post(f"{where}retry/").json()["counts"]["cancelled"] == 1
    assert post(f"{where}retry/", state="cancelled").json()["counts"]["queued"] == 1


def test_imports_are_listed_by_batch_and_state(client, headers, post):
    batch = post(IMPORTS, addresses=[f"{SITE}/1", "nonsense"]).json()
    found = client.get(f"{batch['imports']}&state=failed", headers=headers).json()["results"]
    assert [row["address"] for row in found] == ["nonsense"]


def test_a_line_break_in_an_address_makes_no_second_one(post):
    post(IMPORTS, addresses=[f"{SITE}/1\n{SITE}/2"])
    assert not Import.objects.filter(state="queued").exists()


def test_the_same_request_with_its_key_is_done_once(post):
    first, again = (post(text=TEXT, once="abc") for _ in range(2))
    assert (first.content, first["Location"]) == (again.content, again["Location"])
    assert ("Idempotent-Replayed" in first, again["Idempotent-Replayed"]) == (False, "true")
    assert (first.status_code, again.status_code, Article.objects.count()) == (201, 201, 1)


def test_the_same_file_with_its_key_is_done_once(client, headers):
    sent = {**headers, "Idempotency-Key": "a"}
    first, again, other = (
        upload(client, sent, content)
        for content in (b"One two three.", b"One two three.", b"Another.")
    )
    assert (first.content == again.content, other.status_code) == (True, 422)


def test_a_list_with_its_key_is_queued_once(post):
    for _ in range(2):
        post(IMPORTS, once="abc", addresses=[f"{SITE}/1"])
    assert Import.objects.count() == 1


def test_a_key_with_another_request_is_refused(post):
    post(text=TEXT, once="abc")
    response = post(text="Another text, of another article.", once="abc")
    assert (response.status_code, response.json()["type"].endswith("#key-reused")) == (422, True)


def test_a_request_that_failed_leaves_its_key_free(post):
    assert post(text=" ", once="abc").status_code == 400
    assert post(text=TEXT, once="abc").status_code == 201


def test_a_conflict_leaves_its_key_free(post):
    here = make_article(url=f"{SITE}/1")
    assert post(text=TEXT, url=here.url, once="abc").status_code == 409
    assert post(text=TEXT, url=f"{SITE}/2", once="abc").status_code == 201


def test_the_same_fields_in_another_order_are_the_same_request(client, headers):
    sent = {**headers, "Idempotency-Key": "abc"}
    bodies = (
        f'{{"text": {json.dumps(TEXT)}, "title": "A"}}',
        f'{{"title": "A", "text": {json.dumps(TEXT)}}}',
    )
    first, again = (client.post(ARTICLES, body, content_type=JSON, headers=sent) for body in bodies)
    assert (again["Idempotent-Replayed"], first.content) == ("true", again.content)


def test_the_same_key_of_somebody_else_is_another(client, key, post):
    post(text=TEXT, once="abc")
    headers = {**key(Role.EDITOR, Scope.WRITE), "Idempotency-Key": "abc"}
    body = json.dumps({"text": "Another text, of another article."})
    assert client.post(ARTICLES, body, content_type=JSON, headers=headers).status_code == 201


def test_a_key_as_long_as_may_be_is_one(post):
    first, again = (post(text=TEXT, once="x" * 255) for _ in range(2))
    assert (first.status_code, again["Idempotent-Replayed"]) == (201, "true")


@pytest.mark.parametrize("once", ["x" * 256, "x" * 5000, "a\x07b", " "])
def test_a_key_that_is_none_is_refused(post, once):
    assert post(text=TEXT, once=once).status_code == 400


def test_a_day_later_the_key_is_forgotten(post):
    post(text=TEXT, once="abc")
    Answer.objects.update(created_at="2020-01-01T00:00:00Z")
    assert post(text="Another text, of another article.", once="abc").status_code == 201


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_with_one_key_do_it_once(client, headers):
    sent = {**headers, "Idempotency-Key": "abc"}
    body = json.dumps({"text": TEXT})

    def send():
        return type(client)().post(ARTICLES, body, content_type=JSON, headers=sent)

    answers = at_once(send, send, send)
    assert {answer.status_code for answer in answers} == {201}
    assert (len({answer.content for answer in answers}), Article.objects.count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_two_at_the_same_moment_with_one_key_and_other_words_do_one(client, headers):
    sent = {**headers, "Idempotency-Key": "abc"}

    def sender(text):
        return lambda: type(client)().post(
            ARTICLES, json.dumps({"text": text}), content_type=JSON, headers=sent
        )

    answers = at_once(sender(TEXT), sender("Another text, of another article."))
    assert sorted(answer.status_code for answer in answers) == [201, 422]
    assert Article.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_who_waits_for_a_request_that_fails_is_served(client, headers):
    sent = {**headers, "Idempotency-Key": "abc"}
    here = make_article(url=f"{SITE}/1")

    def sender(**fields):
        return lambda: type(client)().post(
            ARTICLES, json.dumps({"text": TEXT, **fields}), content_type=JSON, headers=sent
        )

    answers = at_once(sender(url=here.url), sender(url=f"{SITE}/2"))
    assert {answer.status_code for answer in answers} <= {201, 409, 422}
    assert sender(url=f"{SITE}/2")().status_code == 201
    assert Article.objects.count() == 2
