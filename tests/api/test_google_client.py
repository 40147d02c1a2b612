"""Google's own client of its Fact Check Tools, with nothing changed but the address it calls."""

import json
from contextlib import ExitStack
from importlib import resources

import pytest
from google.auth.credentials import AnonymousCredentials
from google.oauth2.credentials import Credentials
from googleapiclient import discovery_cache
from googleapiclient.discovery import build_from_document
from googleapiclient.errors import HttpError

from accounts.models import Scope
from accounts.roles import Role
from accounts.services import make_key
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)
NAME = "documents/factchecktools.v1alpha1.json"
PAGE = {
    "pageUrl": "https://checks.example.org/mill",
    "publishDate": "2026-03-01",
    "claimReviewAuthor": {"name": "The Desk"},
    "claimReviewMarkups": [
        {
            "claimReviewed": "The mill made 40 tons of flour.",
            "claimDate": "2026-02-20",
            "claimAuthor": {"name": "Ida Quell", "sameAs": "https://people.example/quell"},
            "claimFirstAppearance": "https://news.example/mill",
            "rating": {
                "textualRating": "Mostly false",
                "ratingValue": 2,
                "worstRating": 1,
                "bestRating": 5,
                "ratingExplanation": "It made 12.",
            },
        }
    ],
}


@pytest.fixture
def tools(live_server):
    """Google's client, as its documentation has it made, for somebody of this role or for everyone."""
    document = json.loads((resources.files(discovery_cache) / NAME).read_text())

    def make(role=None, **options):
        if role:
            _, secret = make_key(
                actor=factories.make_user(role), name="a client", scope=Scope.WRITE
            )
            options = {"credentials": Credentials(secret)}
        made = build_from_document(
            document,
            client_options={"api_endpoint": live_server.url},
            **(options or {"credentials": AnonymousCredentials()}),
        )
        closing.callback(made.close)
        return made

    with ExitStack() as closing:
        yield make


def test_it_lists_and_searches_published_verdicts_page_by_page(tools):
    texts = [f"The harbour handled {number} ships last year." for number in range(5)]
    for text in texts:
        factories.make_published_claim(statement=text)
    claims, found = tools().claims(), []
    asked = claims.search(query="harbour ships", pageSize=2)
    while asked is not None:
        answer = asked.execute()
        found.append([claim["text"] for claim in answer["claims"]])
        asked = claims.search_next(asked, answer)
    assert found == [[texts[4], texts[3]], [texts[2], texts[1]], [texts[0]]]


def test_a_question_longer_than_an_address_may_be_is_answered(tools):
    factories.make_published_claim(statement="The harbour handled 1,200 ships last year.")
    query = "harbour " * 400
    assert len(tools().claims().search(query=query).execute()["claims"]) == 1


def test_a_key_of_the_desk_is_its_developer_key(tools):
    _, secret = make_key(actor=factories.make_user(Role.CONSUMER), name="a client")
    assert tools(developerKey=secret).claims().search(query="harbour").execute() == {}


def test_another_key_is_refused_as_google_refuses_it(tools):
    with pytest.raises(HttpError) as refusal:
        tools(developerKey="of-another-house").claims().search(query="harbour").execute()
    assert refusal.value.status_code == 400
    assert refusal.value.error_details[0]["reason"] == "API_KEY_INVALID"


def test_it_manages_a_page(tools):
    pages = tools(Role.EDITOR).pages()
    made = pages.create(body=PAGE).execute()
    assert made == {**PAGE, "name": made["name"], "versionId": "1"}
    assert pages.get(name=made["name"]).execute() == made
    made["claimReviewMarkups"][0]["rating"]["textualRating"] = "False"
    changed = pages.update(name=made["name"], body=made).execute()
    assert changed == {**made, "versionId": "2"}
    listed = pages.list(organization="example.org").execute()
    assert listed == {"claimReviewMarkupPages": [changed]}
    found = tools().claims().search(query="flour").execute()["claims"][0]["claimReview"][0]
    assert (found["textualRating"], found["publisher"]["site"]) == ("False", "checks.example.org")
    assert pages.delete(name=made["name"]).execute() == {}
    assert pages.list(url=PAGE["pageUrl"]).execute() == {}


def test_what_was_changed_meanwhile_is_not_written_over(tools):
    pages = tools(Role.EDITOR).pages()
    old = pages.create(body=PAGE).execute()
    pages.update(name=old["name"], body={**old, "publishDate": "2026-03-02"}).execute()
    with pytest.raises(HttpError) as refusal:
        pages.update(name=old["name"], body={**old, "publishDate": "2026-03-03"}).execute()
    assert refusal.value.status_code == 409


def test_it_reads_the_page_of_a_verdict_but_cannot_change_it(tools):
    claim = factories.make_published_claim(statement="The harbour handled 1,200 ships.")
    pages = tools(Role.EDITOR).pages()
    page = pages.get(name=f"pages/{claim.pk}").execute()
    assert page["claimReviewMarkups"][0]["claimReviewed"] == claim.statement
    with pytest.raises(HttpError, match="Correct or retract the verdict at the desk"):
        pages.delete(name=page["name"]).execute()
