"""Searching claims as Google's Fact Check Tools do, parameter by parameter."""

import logging

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from accounts.roles import Role
from accounts.services import make_key
from claims.models import Claim
from publishing.markup import read_page
from publishing.markup_pages import add_page
from publishing.models import CurrentVerdict
from publishing.services import reopen_claim, retract_verdict
from sources.models import SourceKind
from tests import factories
from tests.factories import make_published_claim, make_user

pytestmark = pytest.mark.django_db
SEARCH, IMAGES = "/v1alpha1/claims:search", "/v1alpha1/claims:imageSearch"
SITE = {"reviewPublisherSiteFilter": "desk.example"}


@pytest.fixture(autouse=True)
def _our_site(settings):
    settings.ASSAY_BASE_URL = "https://www.desk.example"


@pytest.fixture
def ask(client):
    def ask(path=SEARCH, **params):
        return client.get(path, params or SITE)

    return ask


@pytest.fixture
def texts(ask):
    def texts(**params):
        return [claim["text"] for claim in ask(**params).json().get("claims", [])]

    return texts


def make_page(url="https://checks.example.org/mill", *statements, **more):
    markups = [
        {"claimReviewed": text, "rating": {"textualRating": "False"}, **more}
        for text in statements or ["The mill made 40 tons of flour."]
    ]
    sent = {"pageUrl": url, "publishDate": "2026-03-01", "claimReviewMarkups": markups}
    return add_page(actor=make_user(Role.EDITOR), draft=read_page(sent))


class TestTheAnswer:
    def test_a_verdict_is_a_claim_of_google(self, ask):
        claim = make_published_claim(statement="It cost 40 million.", claimant_name="Ida Quell")
        row = CurrentVerdict.objects.get(pk=claim.pk)
        at = row.published_at.strftime("%Y-%m-%dT%H:%M:%SZ")
        assert ask().json() == {
            "claims": [
                {
                    "text": "It cost 40 million.",
                    "claimant": "Ida Quell",
                    "claimReview": [
                        {
                            "publisher": {"name": "Assay", "site": "desk.example"},
                            "url": f"https://www.desk.example/claims/{claim.pk}/",
                            "title": "True: It cost 40 million.",
                            "reviewDate": at,
                            "textualRating": "True",
                            "languageCode": "en",
                        }
                    ],
                }
            ]
        }

    def test_a_day_is_midnight_in_utc(self, ask):
        make_published_claim(claimed_at="2025-10-14")
        assert ask().json()["claims"][0]["claimDate"] == "2025-10-14T00:00:00Z"

    def test_a_markup_is_a_claim_of_google(self, ask):
        make_page(claimDate="2026-02-20", claimAuthor={"name": "Ida Quell"})
        assert ask(query="flour").json()["claims"] == [
            {
                "text": "The mill made 40 tons of flour.",
                "claimant": "Ida Quell",
                "claimDate": "2026-02-20T00:00:00Z",
                "claimReview": [
                    {
                        "publisher": {"name": "Assay", "site": "checks.example.org"},
                        "url": "https://checks.example.org/mill",
                        "reviewDate": "2026-03-01T00:00:00Z",
                        "textualRating": "False",
                        "languageCode": "en",
                    }
                ],
            }
        ]

    def test_nothing_found_is_an_empty_object(self, ask):
        assert ask().json() == {}

    @pytest.mark.parametrize("undo", [retract_verdict, reopen_claim])
    def test_what_is_no_longer_in_force_is_not_told(self, texts, undo):
        undo(actor=make_user(Role.EDITOR), claim=make_published_claim(), reason="It was wrong.")
        assert texts() == []

    def test_it_takes_one_query_however_many_claims_there_are(self, ask):
        for _ in range(3):
            make_published_claim()
        make_page()
        ask()
        with CaptureQueriesContext(connection) as captured:
            assert len(ask(query="harbour or flour").json()["claims"]) == 4
        assert len(captured) == 1


class TestFilters:
    def test_words_are_looked_for_in_statement_and_claimant(self, texts):
        make_published_claim(statement="The ferry sank.", claimant_name="Ida Quell")
        make_published_claim(statement="The mill burnt down.")
        assert texts(query="ferry") == texts(query="quell") == ["The ferry sank."]

    @pytest.mark.parametrize(("code", "found"), [("en", 1), ("EN-us", 1), ("de", 0), ("e" * 8, 0)])
    def test_a_language_is_known_by_its_first_part(self, texts, code, found):
        make_published_claim()
        assert len(texts(query="harbour", languageCode=code)) == found

    @pytest.mark.parametrize(
        ("site", "found"),
        [
            ("desk.example", ["ours"]),
            ("www.desk.example", ["ours"]),
            ("https://desk.example/", ["ours"]),
            ("checks.example.org", ["theirs"]),
            ("example.org", ["theirs"]),
            ("elsewhere.example", []),
        ],
    )
    def test_a_site_is_ours_or_that_of_a_page_that_we_keep(self, texts, site, found):
        make_published_claim(statement="ours")
        make_page("https://checks.example.org/1", "theirs")
        assert texts(reviewPublisherSiteFilter=site) == found

    @pytest.mark.parametrize(
        ("review_days", "claim_days", "found"),
        [(5, None, True), (40, None, False), (40, 5, True), (40, 40, False)],
    )
    def test_age_is_that_of_the_newer_of_review_and_claim(
        self, texts, review_days, claim_days, found
    ):
        claim = make_published_claim(statement="aged")
        now = timezone.now()
        CurrentVerdict.objects.filter(pk=claim.pk).update(
            published_at=now - timezone.timedelta(days=review_days),
            claimed_on=claim_days and (now - timezone.timedelta(days=claim_days)).date(),
        )
        assert texts(**SITE, maxAgeDays="30") == (["aged"] if found else [])

    def test_a_markup_has_an_age_too(self, texts):
        make_page()
        assert (texts(query="flour", maxAgeDays="1"), len(texts(query="flour"))) == ([], 1)


class TestPaging:
    def walk(self, ask, **params):
        pages, token = [], ""
        while True:
            answer = ask(**params, pageToken=token).json()
            pages.append([claim["text"] for claim in answer.get("claims", [])])
            token = answer.get("nextPageToken", "")
            if not token:
                return pages

    def test_each_claim_is_told_once_newest_first(self, ask):
        make_page("https://checks.example.org/1", "m1", "m2", "m3")
        for name in ("v1", "v2"):
            make_published_claim(statement=name)
        both = "example.org"
        assert self.walk(ask, query="m1 or m2 or m3 or v1 or v2", pageSize="2") == [
            ["v2", "v1"],
            ["m1", "m2"],
            ["m3"],
        ]
        assert self.walk(ask, reviewPublisherSiteFilter=both, pageSize="2") == [
            ["m1", "m2"],
            ["m3"],
        ]

    def test_what_is_published_and_corrected_meanwhile_moves_nothing(self, ask):
        old, new = make_published_claim(statement="old"), make_published_claim(statement="new")
        first = ask(**SITE, pageSize="1").json()
        make_published_claim(statement="newest")
        CurrentVerdict.objects.filter(pk__in=[old.pk, new.pk]).update(published_at=timezone.now())
        second = ask(**SITE, pageSize="1", pageToken=first["nextPageToken"]).json()
        assert [a["claims"][0]["text"] for a in (first, second)] == ["new", "old"]

    def test_ten_come_unless_more_are_asked_for(self, ask):
        make_page("https://checks.example.org/1", *[f"flour {number}" for number in range(12)])
        sizes = [
            len(ask(query="flour", pageSize=n).json()["claims"]) for n in ("", "0", "11", "500")
        ]
        assert sizes == [10, 10, 11, 12]

    def test_an_offset_leaves_out_the_first(self, texts):
        make_page("https://checks.example.org/1", "flour a", "flour b", "flour c")
        assert texts(query="flour", offset="1") == ["flour b", "flour c"]

    def test_an_offset_is_not_looked_at_beside_a_token(self, ask, texts):
        make_page("https://checks.example.org/1", "flour a", "flour b", "flour c")
        token = ask(query="flour", pageSize="1").json()["nextPageToken"]
        assert texts(query="flour", offset="2", pageToken=token) == ["flour b", "flour c"]

    @pytest.mark.parametrize(
        "changes", [{"query": "bread"}, {"languageCode": "en"}, {"maxAgeDays": "3"}]
    )
    def test_a_token_is_good_for_its_own_filters_only(self, ask, changes):
        make_page("https://checks.example.org/1", "flour a", "flour b")
        token = ask(query="flour", pageSize="1").json()["nextPageToken"]
        refused = ask(**{"query": "flour", "pageToken": token, **changes})
        assert (refused.status_code, "other filters" in refused.json()["error"]["message"]) == (
            400,
            True,
        )


BAD = [
    ({}, "query"),
    ({"query": " "}, "query"),
    ({"query": "a", "pagesize": "3"}, "pagesize"),
    ({"query": "a", "pageSize": "-1"}, "pageSize"),
    ({"query": "a", "pageSize": "ten"}, "pageSize"),
    ({"query": "a", "pageSize": "9999999999"}, "pageSize"),
    ({"query": "a", "offset": "-1"}, "offset"),
    ({"query": "a", "offset": "10001"}, "offset"),
    ({"query": "a", "maxAgeDays": "1.5"}, "maxAgeDays"),
    ({"query": "a", "languageCode": "%%"}, "languageCode"),
    ({"query": "a\x00b"}, "query"),
    ({"query": "a" * 10_001}, "query"),
    ({"query": ["a", "b"]}, "query"),
    ({"pageSize": "1", "page_size": "1"}, "pageSize"),
    ({"reviewPublisherSiteFilter": "http://["}, "reviewPublisherSiteFilter"),
    ({"query": "a", "pageToken": "abc"}, "pageToken"),
    ({"query": "a", "alt": "proto"}, "alt"),
    ({"query": "a", "callback": "alert"}, "callback"),
    ({"query": "a", "prettyPrint": "maybe"}, "prettyPrint"),
    ({"query": "a", "$.xgafv": "3"}, "$.xgafv"),
    ({"query": "a", "fields": "claims(text"}, "fields"),
    ({"query": "a", "fields": "claims/nothing"}, "fields"),
]


@pytest.mark.parametrize(("params", "field"), BAD, ids=str)
def test_what_is_wrong_is_told_in_googles_shape(client, params, field):
    response = client.get(SEARCH, params)
    error = response.json()["error"]
    violations = error["details"][0]["fieldViolations"]
    assert (response.status_code, error["code"], error["status"]) == (400, 400, "INVALID_ARGUMENT")
    assert field in {violation["field"] for violation in violations} | {
        {"page_size": "pageSize"}.get(v["field"], v["field"]) for v in violations
    }


@pytest.mark.parametrize(
    "params",
    [
        {"alt": "json", "prettyPrint": "false", "quotaUser": "me", "$.xgafv": "2"},
        {"uploadType": "media", "upload_protocol": "raw", "key": "", "access_token": "x"},
        {"page_size": "3", "language_code": "en"},
    ],
    ids=str,
)
def test_what_every_api_of_google_takes_is_taken(ask, params):
    assert ask(**SITE, **params).status_code == 200


def test_a_partial_answer_has_what_was_asked_for(ask):
    claim = make_published_claim(statement="It cost 40 million.")
    fields = "claims(text,claimReview/url),nextPageToken"
    url = f"https://www.desk.example/claims/{claim.pk}/"
    assert ask(**SITE, fields=fields).json() == {
        "claims": [{"text": "It cost 40 million.", "claimReview": [{"url": url}]}]
    }


def test_answers_are_pretty_unless_asked_otherwise(ask):
    make_published_claim()
    pretty, plain = ask(**SITE).content, ask(**SITE, prettyPrint="false").content
    assert (b"\n  " in pretty, b"\n" in plain) == (True, False)


@pytest.mark.parametrize(
    ("method", "path", "code", "status"),
    [
        ("get", "/v1alpha1/nothing", 404, "NOT_FOUND"),
        ("get", "/v1alpha1/claims", 404, "NOT_FOUND"),
        ("post", SEARCH, 405, "UNIMPLEMENTED"),
        ("delete", SEARCH, 405, "UNIMPLEMENTED"),
        ("get", "/v1alpha1/pages", 401, "UNAUTHENTICATED"),
    ],
)
def test_every_refusal_has_googles_shape(client, method, path, code, status):
    response = getattr(client, method)(path)
    error = response.json()["error"]
    assert (response.status_code, error["code"], error["status"]) == (code, code, status)


def test_what_nobody_foresaw_has_googles_shape_too(client, monkeypatch):
    monkeypatch.setattr("api.google.views.list_checked", lambda *a, **k: 1 / 0)
    client.raise_request_exception = False
    response = client.get(SEARCH, SITE)
    assert (response.status_code, response.json()["error"]["status"]) == (500, "INTERNAL")


class TestKeys:
    @pytest.fixture
    def secret(self):
        return make_key(actor=make_user(Role.CONSUMER), name="a test")[1]

    def test_a_closed_desk_wants_one(self, ask, settings, secret):
        settings.ASSAY_PUBLIC_API = False
        statuses = [ask(**SITE).status_code, ask(**SITE, key=secret).status_code]
        assert statuses == [401, 200]

    def test_it_may_come_in_googles_header(self, client, settings, secret):
        settings.ASSAY_PUBLIC_API = False
        assert client.get(SEARCH, SITE, headers={"X-Goog-Api-Key": secret}).status_code == 200

    def test_it_may_come_as_a_bearer(self, client, settings, secret):
        settings.ASSAY_PUBLIC_API = False
        headers = {"Authorization": f"Bearer {secret}"}
        assert client.get(SEARCH, SITE, headers=headers).status_code == 200

    def test_one_that_is_none_of_ours_is_refused_also_where_none_is_needed(self, ask):
        error = ask(**SITE, key="assay_of-another-house").json()["error"]
        assert (error["code"], error["details"][0]["reason"]) == (400, "API_KEY_INVALID")

    def test_one_in_the_address_is_nowhere_written_down(self, ask, secret, caplog):
        with caplog.at_level(logging.DEBUG):
            ask(**SITE, key=secret, pageSize="-1")
            ask(**SITE, key=f"{secret}x")
        assert secret not in caplog.text

    def test_an_answer_to_one_is_kept_by_no_cache(self, ask, secret):
        assert "no-store" in ask(**SITE, key=secret).headers["Cache-Control"]

    def test_one_in_the_address_opens_no_page(self, client, secret):
        assert client.get("/v1alpha1/pages", {"key": secret}).status_code == 401


class TestImages:
    @pytest.mark.parametrize("field", ["article", "source"])
    def test_a_claim_is_found_by_an_address_that_its_document_names(self, ask, field):
        address = "https://news.example/photo.jpg"
        if field == "article":
            article = factories.make_article(url=address)
            make_published_claim(article=article, statement="found")
        else:
            claim = factories.make_reviewed_claim(statement="found")
            factories.make_evidence(claim, source=factories.make_source(url=address))
            publish(claim)
        make_published_claim()
        found = ask(IMAGES, imageUri=address).json()
        assert [result["claim"]["text"] for result in found["results"]] == ["found"]

    def test_a_withheld_source_finds_nothing(self, ask):
        address = "https://news.example/photo.jpg"
        claim = factories.make_reviewed_claim()
        source = factories.make_source(
            url=address, kind=SourceKind.WITHHELD, withheld_reason="In danger."
        )
        factories.make_evidence(claim, source=source)
        publish(claim)
        assert ask(IMAGES, imageUri=address).json() == {}

    def test_a_markup_is_found_by_the_addresses_it_names(self, ask):
        make_page(claimAppearances=["https://news.example/mill.jpg"])
        found = ask(IMAGES, imageUri="https://news.example/mill.jpg").json()
        assert len(found["results"]) == 1

    def test_another_address_finds_nothing(self, ask):
        make_published_claim()
        assert ask(IMAGES, imageUri="https://news.example/other.jpg").json() == {}

    def test_an_address_is_needed(self, ask):
        assert ask(IMAGES, languageCode="en").status_code == 400


def publish(claim):
    """A reviewed claim, worded and published."""
    from publishing.services import publish_verdict
    from reviews.services import write_verdict

    write_verdict(
        actor=make_user(Role.EDITOR), claim=claim, summary="It did.", justification="It says so."
    )
    claim = Claim.objects.get(pk=claim.pk)
    publish_verdict(actor=make_user(Role.EDITOR), claim=claim, signature=factories.SIGNED)
