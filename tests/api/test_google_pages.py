"""Markup pages over HTTP: what is listed, what is refused, and what stays of what was there."""

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Scope
from accounts.roles import Role
from audit.models import Event
from publishing.models import Markup, MarkupPage
from publishing.services import retract_verdict
from tests.factories import make_published_claim, make_user

pytestmark = pytest.mark.django_db
PAGES = "/v1alpha1/pages"
PAGE = {
    "pageUrl": "https://checks.example.org/mill",
    "claimReviewMarkups": [
        {"claimReviewed": "The mill made flour.", "rating": {"textualRating": "False"}},
        {"claimReviewed": "The mill made bread.", "rating": {"textualRating": "True"}},
    ],
}


@pytest.fixture
def send(client, key):
    headers = key(Role.EDITOR, Scope.WRITE)

    def send(method, path=PAGES, body=None, **more):
        return getattr(client, method)(
            path, body, content_type="application/json", headers={**headers, **more}
        )

    return send


@pytest.fixture
def listed(client, key):
    headers = key(Role.CONSUMER)

    def listed(**params):
        return client.get(PAGES, params, headers=headers).json()

    return listed


@pytest.fixture
def made(send):
    return send("post", body=PAGE).json()


def error(response):
    found = response.json()["error"]
    return found["code"], found["status"]


class TestListing:
    def test_pages_of_the_record_and_of_clients_are_in_one_list(self, listed, made):
        claim = make_published_claim()
        names = [page["name"] for page in listed()["claimReviewMarkupPages"]]
        assert names == [f"pages/{claim.pk}", made["name"]]

    def test_a_list_goes_on_by_token(self, listed, made):
        claim = make_published_claim()
        first = listed(pageSize="1")
        second = listed(pageSize="1", pageToken=first["nextPageToken"])
        names = [answer["claimReviewMarkupPages"][0]["name"] for answer in (first, second)]
        assert names == [f"pages/{claim.pk}", made["name"]]
        assert "nextPageToken" not in second

    def test_an_organisation_has_its_own_pages(self, listed, made):
        make_published_claim()
        assert listed(organization="example.org") == {"claimReviewMarkupPages": [made]}

    def test_a_page_is_found_by_its_address(self, listed, made, settings):
        claim = make_published_claim()
        ours = f"{settings.ASSAY_BASE_URL}/claims/{claim.pk}/"
        found = [listed(url=url)["claimReviewMarkupPages"] for url in (PAGE["pageUrl"], ours)]
        assert [[page["pageUrl"] for page in pages] for pages in found] == [
            [PAGE["pageUrl"]],
            [ours],
        ]

    @pytest.mark.parametrize("tail", ["/nothing", "/claims/nothing/", ""])
    def test_an_address_without_markup_has_none(self, listed, settings, tail):
        assert listed(url=f"{settings.ASSAY_BASE_URL}{tail}") == {}

    def test_an_address_and_an_organisation_are_not_both_asked_for(self, listed):
        assert listed(url="https://a.example/", organization="a.example")["error"]["code"] == 400

    def test_it_takes_as_many_queries_for_more_pages(self, listed, made):
        listed()
        with CaptureQueriesContext(connection) as once:
            listed()
        make_published_claim()
        make_published_claim()
        with CaptureQueriesContext(connection) as again:
            listed()
        assert len(again) == len(once)


class TestThePageOfAVerdict:
    def test_it_is_made_from_the_record(self, client, key, settings):
        claim = make_published_claim(
            statement="It cost 40 million.", claimant_name="Ida Quell", claimed_at="2025-10-14"
        )
        page = client.get(f"{PAGES}/{claim.pk}", headers=key(Role.CONSUMER)).json()
        del page["publishDate"]
        url = f"{settings.ASSAY_BASE_URL}/claims/{claim.pk}/"
        assert page == {
            "name": f"pages/{claim.pk}",
            "pageUrl": url,
            "claimReviewAuthor": {"name": "Assay"},
            "claimReviewMarkups": [
                {
                    "url": url,
                    "claimReviewed": "It cost 40 million.",
                    "claimDate": "2025-10-14",
                    "claimAuthor": {"name": "Ida Quell"},
                    "rating": {
                        "textualRating": "True",
                        "ratingExplanation": "It did.",
                        "ratingValue": 5,
                        "bestRating": 5,
                        "worstRating": 1,
                    },
                }
            ],
            "versionId": "1",
        }

    def test_it_goes_when_the_verdict_is_retracted(self, client, key):
        claim = make_published_claim()
        retract_verdict(actor=make_user(Role.EDITOR), claim=claim, reason="It was wrong.")
        response = client.get(f"{PAGES}/{claim.pk}", headers=key(Role.CONSUMER))
        assert error(response) == (404, "NOT_FOUND")

    @pytest.mark.parametrize(("method", "body"), [("put", PAGE), ("delete", None)])
    def test_it_is_changed_at_the_desk_only(self, send, method, body):
        response = send(method, f"{PAGES}/{make_published_claim().pk}", body)
        assert error(response) == (400, "FAILED_PRECONDITION")

    def test_a_client_cannot_bring_another_for_it(self, send, settings):
        url = f"{settings.ASSAY_BASE_URL}/claims/{make_published_claim().pk}/"
        assert error(send("post", body={**PAGE, "pageUrl": url})) == (400, "FAILED_PRECONDITION")


class TestWriting:
    def test_an_address_has_one_page(self, send, made):
        response = send("post", body=PAGE)
        assert error(response) == (409, "ALREADY_EXISTS")
        assert made["name"] in response.json()["error"]["message"]

    def test_an_address_is_free_again_when_its_page_is_removed(self, send, made):
        send("delete", f"/v1alpha1/{made['name']}")
        assert send("post", body=PAGE).status_code == 200

    def test_sent_again_with_its_key_it_is_made_once(self, send):
        answers = [send("post", body=PAGE, **{"Idempotency-Key": "one"}) for _ in range(2)]
        assert [answer.json()["name"] for answer in answers] == [answers[0].json()["name"]] * 2

    def test_an_update_leaves_nothing_of_what_it_does_not_send(self, send, made):
        body = {**PAGE, "claimReviewMarkups": PAGE["claimReviewMarkups"][:1]}
        send("put", f"/v1alpha1/{made['name']}", body)
        assert [row.statement for row in Markup.objects.all()] == ["The mill made flour."]

    def test_an_update_that_changes_nothing_makes_no_version(self, send, made):
        assert send("put", f"/v1alpha1/{made['name']}", made).json() == made

    def test_an_update_of_an_older_version_is_refused(self, send, made):
        send("put", f"/v1alpha1/{made['name']}", {**made, "publishDate": "2026-03-02"})
        response = send("put", f"/v1alpha1/{made['name']}", {**made, "publishDate": "2026-03-03"})
        assert error(response) == (409, "ABORTED")

    def test_a_page_is_not_updated_under_the_name_of_another(self, send, made):
        response = send("put", f"/v1alpha1/{made['name']}", {**made, "name": "pages/other"})
        assert error(response) == (400, "INVALID_ARGUMENT")

    def test_a_page_keeps_its_address(self, send, made):
        moved = {**made, "pageUrl": "https://checks.example.org/other"}
        response = send("put", f"/v1alpha1/{made['name']}", moved)
        assert error(response) == (400, "INVALID_ARGUMENT")

    def test_what_a_page_was_stays_in_the_history(self, send, made):
        send("put", f"/v1alpha1/{made['name']}", {**made, "publishDate": "2026-03-02"})
        send("delete", f"/v1alpha1/{made['name']}")
        history = Event.objects.filter(verb__startswith="markuppage.").order_by("at")
        assert [event.verb for event in history] == [
            "markuppage.added", "markuppage.changed", "markuppage.removed",
        ]  # fmt: skip
        assert history.last().before["markups"] == PAGE["claimReviewMarkups"]
        assert MarkupPage.objects.count() == 1

    def test_what_was_removed_is_gone_for_clients(self, send, made):
        send("delete", f"/v1alpha1/{made['name']}")
        methods = [("get", None), ("put", PAGE), ("delete", None)]
        assert [error(send(m, f"/v1alpha1/{made['name']}", body))[0] for m, body in methods] == [
            404
        ] * 3

    def test_a_desk_may_name_the_sites_it_looks_after(self, send, settings):
        settings.ASSAY_MARKUP_SITES = ["desk.example"]
        answers = [
            send("post", body={**PAGE, "pageUrl": url})
            for url in ("https://checks.desk.example/1", PAGE["pageUrl"])
        ]
        assert [answer.status_code for answer in answers] == [200, 400]

    @pytest.mark.parametrize(
        ("body", "code"),
        [
            ("{", 400),
            ("[]", 400),
            ("[" * 100_000, 400),
            (json.dumps({**PAGE, "surprise": 1}), 400),
            (json.dumps({"pageUrl": PAGE["pageUrl"]}), 400),
        ],
        ids=lambda value: str(value)[:20],
    )
    def test_what_is_no_page_is_refused(self, send, body, code):
        assert error(send("post", body=body)) == (code, "INVALID_ARGUMENT")

    def test_a_body_beyond_the_limit_is_refused(self, send, settings):
        settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
        assert send("post", body=PAGE).status_code == 413

    def test_a_form_is_not_json(self, client, key):
        response = client.post(
            PAGES, PAGE["claimReviewMarkups"][0]["rating"], headers=key(Role.EDITOR, Scope.WRITE)
        )
        assert response.status_code == 415

    @pytest.mark.parametrize("name", ["1", "x" * 300, "%00"])
    def test_a_name_that_is_none_is_not_there(self, send, name):
        assert send("get", f"{PAGES}/{name}").status_code == 404
