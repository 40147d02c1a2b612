"""An article comes in by the admin's form, is described better there, and shows its claims."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from accounts.roles import Role
from articles.models import Article
from articles.services import Arrival
from audit.models import Event
from claims.models import DetectionRun, RunState
from claims.services import revise_article
from tests.admin.pages import form_data, page, said
from tests.factories import TEXT, make_article, make_claim

pytestmark = pytest.mark.django_db
HEADLINE = "Harbour opens after two years of works"


@pytest.fixture
def add(client, sign_in):
    """Open the form as a contributor, fill it in, send it."""
    sign_in(Role.CONTRIBUTOR)
    address = page(Article, "add")
    form = form_data(client.get(address))
    return lambda **fields: client.post(address, {**form, **fields})


def errors(response):
    form = response.context["adminform"].form
    return " ".join(str(message) for messages in form.errors.values() for message in messages)


def test_pasted_text_comes_in_with_its_detection_queued(add):
    add(text=TEXT, publisher="The Post")
    article = Article.objects.get()
    assert (article.title, article.publisher) == (HEADLINE, "The Post")
    assert (article.current.origin, article.added_by.role) == ("paste", Role.CONTRIBUTOR)
    assert DetectionRun.objects.get().version == article.current


def test_a_text_file_comes_in(add):
    add(file=SimpleUploadedFile("a.txt", TEXT.encode("utf-16")))
    version = Article.objects.get().current
    assert (version.origin, "Ida Quell" in version.text) == ("file", True)


@pytest.mark.parametrize("fields", [{}, {"text": " \n "}, {"text": TEXT, "file": "also"}])
def test_text_comes_from_one_place(add, fields):
    if "file" in fields:
        fields = {**fields, "file": SimpleUploadedFile("a.txt", TEXT.encode())}
    response = add(**fields)
    assert "one of them" in errors(response)
    assert not Article.objects.exists()


@pytest.mark.parametrize(
    ("fields", "word"),
    [
        ({"text": "?!"}, "no words"),
        ({"text": TEXT, "url": "javascript:alert(1)"}, "not an address"),
        ({"text": TEXT, "url": "https://example.org/a?utm_source=x"}, "already here"),
        ({"text": TEXT, "url": "https://example.org/a"}, "already here"),
    ],
)
def test_what_the_service_refuses_is_said_in_the_form_and_nothing_typed_is_lost(add, fields, word):
    make_article("Known\n\nIt is here already.\n", url="https://example.org/a")
    response = add(**fields, publisher="The Post")
    assert (response.status_code, Article.objects.count()) == (400, 1)
    assert word in errors(response)
    assert 'value="The Post"' in response.content.decode()


def test_a_binary_file_is_refused_in_words(add):
    response = add(file=SimpleUploadedFile("a.txt", bytes(range(256)) * 20))
    assert response.status_code == 400
    assert "not plain text" in errors(response)


def test_html_in_a_field_is_shown_as_text(client, add):
    add(text=TEXT, title="<script>alert(1)</script>")
    shown = client.get(page(Article.objects.get())).content.decode()
    assert "<script>alert(1)</script>" not in shown
    assert "&lt;script&gt;alert(1)" in shown


def test_a_correction_goes_through_the_service_and_into_the_history(client, sign_in):
    person = sign_in(Role.CONTRIBUTOR)
    article = make_article()
    form = form_data(client.get(page(article)))
    client.post(page(article), {**form, "publisher": "The Post", "url": "https://Example.org"})
    article.refresh_from_db()
    event = Event.objects.about(article).last()
    assert (article.publisher, article.url) == ("The Post", "https://example.org/")
    assert (event.verb, event.actor) == ("article.corrected", person)


def test_a_correction_to_an_address_that_is_taken_says_by_which_article(client, sign_in):
    sign_in()
    make_article("Known\n\nIt is here already.\n", url="https://example.org/a")
    article = make_article()
    form = form_data(client.get(page(article)))
    response = client.post(page(article), {**form, "url": "https://example.org/a"})
    assert response.status_code == 400
    assert "“Known”" in errors(response)


def test_sending_a_form_back_untouched_writes_nothing(client, sign_in):
    sign_in()
    article = make_article(publisher="The Post")
    events = Event.objects.count()
    response = client.post(page(article), form_data(client.get(page(article))))
    assert (response.status_code, Event.objects.count()) == (302, events)


def test_an_article_shows_its_versions_and_claims(client, sign_in):
    sign_in()
    claim = make_claim(statement="The works cost forty.")
    shown = client.get(page(claim.article)).content.decode()
    assert "The works cost forty." in shown
    assert claim.article.current.sha256 in shown


def test_a_failed_detection_is_queued_again_from_the_list(client, sign_in):
    sign_in(Role.CONTRIBUTOR)
    article = make_article()
    run = DetectionRun.objects.create(
        version=article.current, engine="rules-lite", engine_version="0", state=RunState.FAILED
    )
    data = {"action": "detect_again", "_selected_action": [article.pk], "index": 0}
    response = client.post(page(Article, "changelist"), data, follow=True)
    assert said(response) == ["1 read or waiting to be read."]
    assert DetectionRun.objects.exclude(pk=run.pk).get().state == RunState.QUEUED


def test_each_later_version_leads_to_what_changed_in_it(client, sign_in):
    sign_in(Role.CONTRIBUTOR)
    article = make_article()
    arrival = Arrival(content=TEXT.replace("40", "45").encode())
    revise_article(actor=None, article=article, arrival=arrival)
    html = client.get(page(article)).content.decode()
    link = reverse("reviews:compare-versions", args=[article.pk, 1, 2])
    assert html.count(f'<a href="{link}">Since version 1</a>') == 1
