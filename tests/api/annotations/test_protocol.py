"""Reading annotations by the W3C Web Annotation Protocol."""

import json

import pytest
from django.conf import settings

from accounts.roles import Role
from api.annotations import collections
from api.annotations.negotiation import DESCRIPTIONS, IRIS, MEDIA_TYPE, MINIMAL
from publishing.services import retract_verdict
from tests.factories import make_article, make_claim, make_published_claim, make_user
from tests.publishing.pages import correct

pytestmark = pytest.mark.django_db
DESK = "/annotations/"
NOWHERE = "00000000-0000-0000-0000-000000000000"


def container_of(claim):
    return f"{DESK}articles/{claim.article_id}/"


def prefer(*iris):
    return {"Prefer": f'return=representation; include="{" ".join(iris)}"'}


def get(client, address, **headers):
    response = client.get(address.removeprefix(settings.ASSAY_BASE_URL), headers=headers)
    assert response.status_code == 200, response.content
    return response


def walk(client, address):
    """Page by page from the container on, as a client follows links."""
    page = get(client, address).json()["first"]
    while True:
        yield page
        if "next" not in page:
            return
        page = get(client, page["next"]).json()


@pytest.fixture
def small(monkeypatch):
    """Pages of two claims."""
    monkeypatch.setattr(collections, "SIZE", 2)


@pytest.fixture
def many(small):
    """Five claims of one article, the second of them corrected after the third came out."""
    article = make_article()
    claims = [make_published_claim(article=article) for _ in range(3)]
    correct(claims[1])
    return [*claims, *(make_published_claim(article=article) for _ in range(2))]


@pytest.fixture(params=["desk", "article"])
def address(request, many):
    return DESK if request.param == "desk" else container_of(many[0])


class TestTheContainer:
    def test_its_headers_are_those_that_the_protocol_asks_for(self, client, published):
        response = get(client, DESK)
        assert response["Content-Type"] == MEDIA_TYPE
        assert '<http://www.w3.org/ns/ldp#BasicContainer>; rel="type"' in response["Link"]
        assert (
            '<http://www.w3.org/TR/annotation-protocol/>; rel="http://www.w3.org/ns/ldp#constrainedBy"'
            in response["Link"]
        )
        assert {"Accept", "Prefer"} <= set(response["Vary"].split(", "))
        assert {"GET", "HEAD", "OPTIONS", "POST"} == set(response["Allow"].split(", "))
        assert MEDIA_TYPE in response["Accept-Post"]
        assert response["ETag"].startswith('"')

    @pytest.mark.parametrize("method", ["head", "options"])
    def test_it_answers_without_a_body(self, client, published, method):
        response = getattr(client, method)(DESK)
        assert (response.status_code, response.content) == (200, b"")
        assert ("BasicContainer" in response["Link"], "POST" in response["Allow"]) == (True, True)

    def test_it_is_a_container_and_a_collection(self, client, published):
        found = get(client, DESK).json()
        assert found["type"] == ["BasicContainer", "AnnotationCollection"]
        assert found["@context"] == [
            "http://www.w3.org/ns/anno.jsonld",
            "http://www.w3.org/ns/ldp.jsonld",
        ]
        assert (found["total"], bool(found["modified"]), bool(found["label"])) == (3, True, True)

    def test_its_first_page_is_in_it_unless_it_is_to_be_minimal(self, client, published):
        assert get(client, DESK).json()["first"]["type"] == "AnnotationPage"
        minimal = get(client, DESK, **prefer(MINIMAL)).json()
        assert minimal["first"] == f"{settings.ASSAY_BASE_URL}{DESK}?iris=0&page=0"

    @pytest.mark.parametrize(
        ("headers", "query", "expected"),
        [
            ({}, "", dict),
            (prefer(DESCRIPTIONS), "", dict),
            (prefer(IRIS), "", str),
            (prefer(IRIS, DESCRIPTIONS), "", dict),
            (prefer(DESCRIPTIONS), "?iris=1", str),
            (prefer(IRIS), "?iris=0", dict),
            ({"Prefer": f"return=representation;include={IRIS}"}, "", str),
            ({"Prefer": f'respond-async, return=representation; include="{IRIS}"'}, "", str),
            ({"Prefer": "return=minimal"}, "", dict),
            ({"Prefer": 'return=representation; include="'}, "", dict),
        ],
    )
    def test_annotations_come_whole_or_as_addresses(
        self, client, published, headers, query, expected
    ):
        items = get(client, DESK + query, **headers).json()["first"]["items"]
        assert {type(item) for item in items} == {expected}

    @pytest.mark.parametrize(("headers", "iris"), [({}, 0), (prefer(IRIS), 1)])
    def test_each_form_has_an_address_of_its_own(self, client, published, headers, iris):
        response = get(client, DESK, **headers)
        own = f"{settings.ASSAY_BASE_URL}{DESK}?iris={iris}"
        assert (response["Content-Location"], response.json()["id"]) == (own, own)

    def test_a_preference_that_was_followed_is_named(self, client, published):
        assert "Preference-Applied" not in get(client, DESK)
        applied = get(client, DESK, **prefer(IRIS))["Preference-Applied"]
        assert applied == "return=representation"

    def test_an_empty_record_has_an_empty_container(self, client):
        found = get(client, DESK).json()
        assert (found["total"], found["first"]["items"]) == (0, [])

    def test_that_of_an_article_holds_what_is_about_it(self, client, published):
        make_published_claim()
        found = get(client, container_of(published)).json()
        assert {str(published.pk) in item["id"] for item in found["first"]["items"]} == {True}
        assert found["total"] == 3


class TestPages:
    def test_every_annotation_is_on_one_page(self, client, address):
        items = [item["id"] for page in walk(client, address) for item in page["items"]]
        assert len(items) == len(set(items)) == 15

    def test_each_says_where_it_starts(self, client, address):
        seen = 0
        for page in walk(client, address):
            assert page["startIndex"] == seen
            seen += len(page["items"])

    def test_links_lead_there_and_back(self, client, address):
        pages = list(walk(client, address))
        assert "prev" not in pages[0]
        assert [page["prev"] for page in pages[1:]] == [page["id"] for page in pages[:-1]]
        assert get(client, address).json()["last"] == pages[-1]["id"]

    def test_each_is_part_of_its_collection(self, client, address):
        page = get(client, f"{address}?iris=0&page=1").json()
        assert page["partOf"]["id"].endswith(f"{address}?iris=0")
        assert (page["partOf"]["total"], bool(page["partOf"]["modified"])) == (15, True)

    def test_pages_of_addresses_hold_the_same(self, client, address):
        whole = get(client, f"{address}?page=1").json()["items"]
        assert get(client, f"{address}?iris=1&page=1").json()["items"] == [
            item["id"] for item in whole
        ]

    def test_a_page_holds_the_same_claims_whatever_is_published_later(self, client, address, many):
        before = get(client, f"{address}?iris=1&page=0").json()["items"]
        correct(many[0])
        make_published_claim(article=many[0].article)
        assert get(client, f"{address}?iris=1&page=0").json()["items"] == before

    def test_too_much_to_count_is_not_counted(self, client, address, monkeypatch):
        monkeypatch.setattr(collections, "COUNTED", 2)
        correct_page = get(client, f"{address}?page=1").json()
        assert "startIndex" not in correct_page or correct_page["partOf"]["total"] == 15

    @pytest.mark.parametrize("query", ["page=99", "page=2147483647"])
    def test_there_is_none_beyond_the_last(self, client, address, query):
        assert client.get(f"{address}?{query}").status_code == 404

    @pytest.mark.parametrize(
        "query", ["page=-1", "page=x", "page=9999999999999", "iris=2", "iris=x", "p=1", "page=%ff"]
    )
    def test_a_parameter_that_is_none_is_refused(self, client, address, query):
        response = client.get(f"{address}?{query}")
        assert (response.status_code, response["Content-Type"]) == (400, "application/problem+json")


class TestAnAnnotation:
    def test_it_is_at_its_address(self, client, published):
        for item in get(client, DESK).json()["first"]["items"]:
            response = get(client, item["id"])
            found = response.json()
            assert found.pop("@context") == "http://www.w3.org/ns/anno.jsonld"
            assert found == item
            assert response["Link"] == '<http://www.w3.org/ns/ldp#Resource>; rel="type"'

    def test_a_retracted_verdict_is_gone(self, client, published):
        retract_verdict(actor=make_user(Role.EDITOR), claim=published, reason="It was wrong.")
        assert client.get(f"{DESK}{published.pk}/verdict").status_code == 410
        assert client.get(f"{DESK}{published.pk}/claim").status_code == 200

    @pytest.mark.parametrize("name", ["nothing", "evidence-000000000000"])
    def test_there_is_no_other(self, client, published, name):
        assert client.get(f"{DESK}{published.pk}/{name}").status_code == 404

    def test_of_an_unpublished_claim_there_is_none_but_for_the_desk(self, client, key):
        claim = make_claim(statement="Not out yet.")
        address = f"{DESK}{claim.pk}/claim"
        assert client.get(address).status_code == 404
        response = client.get(address, headers=key(Role.CONTRIBUTOR))
        assert response.json()["body"]["value"] == "Not out yet."
        assert response["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_what_is_published_is_not_changed_here(client, published, key, method):
    headers = key(Role.EDITOR, "write")
    for address in (DESK, f"{DESK}{published.pk}/claim"):
        response = getattr(client, method)(address, headers=headers)
        assert (response.status_code, "GET" in response["Allow"]) == (405, True)


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        ("", MEDIA_TYPE),
        ("*/*", MEDIA_TYPE),
        ("application/*", MEDIA_TYPE),
        ("application/ld+json", MEDIA_TYPE),
        (MEDIA_TYPE, MEDIA_TYPE),
        ("application/json", "application/json"),
        ("application/json;q=0.9, application/ld+json;q=0.1", "application/json"),
        ("application/ld+json, application/json", MEDIA_TYPE),
        ("application/ld+json;q=0, */*", "application/json"),
        ("text/html, application/json;q=0.8", "application/json"),
    ],
)
def test_the_type_is_the_one_that_was_asked_for(client, published, accept, expected):
    assert get(client, DESK, Accept=accept)["Content-Type"] == expected


@pytest.mark.parametrize("accept", ["text/turtle", "text/html", "application/json;q=0", "x;q=no"])
def test_another_type_is_refused(client, published, accept):
    response = client.get(DESK, headers={"Accept": accept})
    assert (response.status_code, response["Content-Type"]) == (406, "application/problem+json")


class TestCaching:
    def test_what_has_not_changed_is_not_sent_again(self, client, published):
        tag = get(client, DESK)["ETag"]
        assert client.get(DESK, headers={"If-None-Match": tag}).status_code == 304

    def test_a_publication_changes_the_etag(self, client, published):
        tag = get(client, DESK)["ETag"]
        correct(published)
        assert client.get(DESK, headers={"If-None-Match": tag}).status_code == 200

    def test_each_form_has_an_etag_of_its_own(self, client, published):
        forms = [{}, prefer(IRIS), prefer(MINIMAL), {"Accept": "application/json"}]
        assert len({get(client, DESK, **headers)["ETag"] for headers in forms}) == 4


def test_pages_of_other_sites_may_read(client, published):
    response = get(client, DESK)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert "Prefer" in response["Access-Control-Allow-Headers"]


def test_a_closed_api_is_closed_here_as_well(client, published, settings):
    settings.ASSAY_PUBLIC_API = False
    for address in (DESK, container_of(published), f"{DESK}{published.pk}/claim"):
        assert client.get(address).status_code == 401


def test_an_article_without_a_verdict_has_no_container(client):
    assert client.get(container_of(make_claim())).status_code == 404
    assert client.get(f"{DESK}articles/{NOWHERE}/").status_code == 404


def test_nothing_unpublished_is_told(client, published):
    make_claim(article=published.article, statement="SECRET", claimant_name="SECRET")
    for address in (DESK, container_of(published)):
        assert "SECRET" not in json.dumps(get(client, address).json())


def test_the_article_s_page_names_its_container(client, published):
    response = client.get(f"/articles/{published.article_id}/")
    expected = (
        f"<{settings.ASSAY_BASE_URL}{container_of(published)}>; "
        'rel="http://www.w3.org/ns/oa#annotationService"'
    )
    assert response["Link"] == expected


def test_a_page_takes_few_queries(client, many, django_assert_max_num_queries):
    with django_assert_max_num_queries(6):
        get(client, f"{DESK}?page=1")
