"""What holds of every answer: packed where it is safe, open to other sites where it is public, counted by key."""

import gzip
import json
import re

import pytest
from django.utils import timezone

from accounts.models import ApiKey, RateWindow
from accounts.rates import KEPT, SECONDS, caller_at, forget_old_windows
from accounts.roles import Role
from tests import factories

pytestmark = pytest.mark.django_db
PACKED = {"Accept-Encoding": "gzip"}
VERDICTS = "/api/v1/verdicts/"


class TestPacking:
    @pytest.fixture
    def plain(self, client, published):
        return client.get(VERDICTS)

    def test_an_answer_is_packed_for_who_takes_it(self, client, plain):
        packed = client.get(VERDICTS, headers=PACKED)
        assert packed["Content-Encoding"] == "gzip"
        assert gzip.decompress(packed.content) == plain.content
        assert int(packed["Content-Length"]) == len(packed.content) < len(plain.content)

    def test_a_cache_keeps_both_apart(self, client, plain):
        packed = client.get(VERDICTS, headers=PACKED)
        for response in (plain, packed):
            assert "Accept-Encoding" in response["Vary"]
        assert packed["ETag"] == f'{plain["ETag"][:-1]}-gzip"'

    @pytest.mark.parametrize("weak", ["", "W/"])
    @pytest.mark.parametrize("kept", [{}, PACKED])
    @pytest.mark.parametrize("asked", [{}, PACKED])
    def test_either_etag_is_known_however_it_is_asked(self, client, plain, weak, kept, asked):
        etag = client.get(VERDICTS, headers=kept)["ETag"]
        again = client.get(VERDICTS, headers={"If-None-Match": f'"x", {weak}{etag}', **asked})
        assert (again.status_code, again.content) == (304, b"")
        assert again["ETag"] == etag
        assert "Accept-Encoding" in again["Vary"]

    def test_what_was_read_packed_is_changed_by_its_etag(self, client, key):
        claim = factories.make_claim(statement="It cost more than was said. " * 50)
        address, headers = f"/api/v1/claims/{claim.pk}/", key(scope="write")
        etag = client.get(address, headers={**headers, **PACKED})["ETag"]
        assert etag.endswith('-gzip"')
        for words, status in (("It cost more.", 200), ("It cost less.", 412)):
            response = client.patch(
                address,
                {"statement": words},
                content_type="application/json",
                headers={**headers, "If-Match": etag},
            )
            assert response.status_code == status

    @pytest.mark.parametrize(
        ("accepted", "is_packed"),
        [
            ("gzip, deflate, br", True),
            ("br;q=1.0, GZIP;q=0.5", True),
            ("*", True),
            ("", False),
            ("br", False),
            ("gzip;q=0", False),
            ("gzip;q=0.000, *", False),
            ("identity", False),
            ("gzipped", False),
            ("gzip;q=..", False),
        ],
    )
    def test_only_who_takes_it_gets_it(self, client, plain, accepted, is_packed):
        response = client.get(VERDICTS, headers={"Accept-Encoding": accepted})
        assert response.has_header("Content-Encoding") == is_packed

    def test_an_answer_for_a_session_is_never_packed(self, client, published):
        client.force_login(factories.make_user(Role.EDITOR))
        response = client.get("/api/v1/claims/", headers=PACKED)
        assert not response.has_header("Content-Encoding")

    def test_an_answer_for_a_key_is(self, client, published, key):
        response = client.get("/api/v1/claims/", headers={**PACKED, **key()})
        assert json.loads(gzip.decompress(response.content))["results"]

    def test_pages_of_the_desk_and_short_answers_are_as_ever(self, client, published):
        for address in ("/desk/", "/api/v1/verdicts/?status=retracted"):
            assert not client.get(address, headers=PACKED).has_header("Content-Encoding")

    def test_an_export_is_packed_while_it_is_written(self, client, published, key):
        address = "/api/v1/exports/question-records/"
        headers = key()
        plain = client.get(address, headers=headers).getvalue()
        packed = client.get(address, headers={**PACKED, **headers})
        assert packed.streaming
        assert gzip.decompress(packed.getvalue()) == plain


class TestOtherSites:
    ASKED = {
        "Origin": "https://news.example",
        "Access-Control-Request-Method": "GET",
        "Access-Control-Request-Headers": "if-none-match",
    }

    @pytest.mark.parametrize("address", [VERDICTS, "/api/v1/articles/", "/api/v1/claimants/"])
    def test_a_browser_that_asks_first_is_let_in(self, client, address, db):
        response = client.options(address, headers=self.ASKED)
        assert (response.status_code, response.content) == (204, b"")
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "GET" in response["Access-Control-Allow-Methods"]
        assert response["Access-Control-Allow-Headers"] == "If-None-Match"
        assert int(response["Access-Control-Max-Age"]) > 0
        assert "Access-Control-Allow-Credentials" not in response

    def test_a_page_of_another_site_reads_the_etag(self, client, published):
        response = client.get(VERDICTS, headers={"Origin": "https://news.example"})
        assert response["Access-Control-Allow-Origin"] == "*"
        assert "ETag" in response["Access-Control-Expose-Headers"]

    def test_nothing_is_open_that_belongs_to_somebody(self, client, published, key):
        client.force_login(factories.make_user(Role.EDITOR))
        for headers in ({}, key()):
            response = client.get(VERDICTS, headers={"Origin": "https://news.example", **headers})
            assert "Access-Control-Allow-Origin" not in response

    def test_a_closed_api_lets_no_site_in(self, client, db, settings):
        settings.ASSAY_PUBLIC_API = False
        response = client.options(VERDICTS, headers=self.ASKED)
        assert response.status_code == 401
        assert "Access-Control-Allow-Origin" not in response


class TestRates:
    @pytest.fixture
    def three_a_minute(self, settings):
        settings.ASSAY_API_RATE = 3

    def test_every_answer_says_how_much_is_left(self, client, key, three_a_minute):
        headers = key()
        for left in (2, 1, 0):
            response = client.get(VERDICTS, headers=headers)
            assert response.status_code == 200
            assert response["RateLimit-Policy"] == '"key";q=3;w=60'
            assert re.fullmatch(rf'"key";r={left};t=\d+', response["RateLimit"])

    def test_more_is_refused_with_when_to_go_on(self, client, key, three_a_minute):
        headers = key()
        for _ in range(3):
            client.get(VERDICTS, headers=headers)
        response = client.get(VERDICTS, headers=headers)
        assert response.status_code == 429
        assert response.json()["type"].endswith("#throttled")
        assert 0 < int(response["Retry-After"]) <= SECONDS
        assert "3 requests a minute for a key" in response.json()["detail"]
        assert response["RateLimit"].startswith('"key";r=0;')

    def test_a_write_that_is_refused_does_nothing(self, client, key, three_a_minute):
        headers = key(scope="write")
        for _ in range(3):
            client.get(VERDICTS, headers=headers)
        sent = {"text": factories.TEXT}
        response = client.post(
            "/api/v1/articles/", sent, content_type="application/json", headers=headers
        )
        assert response.status_code == 429
        assert client.get("/api/v1/articles/").json()["results"] == []

    def test_each_key_has_its_own_share(self, client, key, three_a_minute):
        first, second = key(), key()
        for _ in range(4):
            client.get(VERDICTS, headers=first)
        assert client.get(VERDICTS, headers=second).status_code == 200

    def test_a_minute_later_there_is_all_again(self, client, key, three_a_minute):
        headers = key()
        for _ in range(4):
            client.get(VERDICTS, headers=headers)
        RateWindow.objects.update(started_at=timezone.now() - timezone.timedelta(seconds=SECONDS))
        response = client.get(VERDICTS, headers=headers)
        assert response["RateLimit"].startswith('"key";r=2;')

    def test_strangers_are_not_counted_unless_a_desk_says_so(
        self, client, published, three_a_minute, django_assert_num_queries
    ):
        with django_assert_num_queries(1):
            response = client.get(f"{VERDICTS}{published.pk}/")
        assert "RateLimit" not in response

    def test_strangers_are_counted_by_address_when_a_desk_says_so(self, client, db, settings):
        settings.ASSAY_API_RATE_ANYONE = 1
        assert client.get(VERDICTS)["RateLimit-Policy"] == '"address";q=1;w=60'
        assert client.get(VERDICTS).status_code == 429
        assert client.get(VERDICTS, REMOTE_ADDR="192.0.2.7").status_code == 200

    def test_behind_a_proxy_the_address_is_what_the_proxy_saw(self, client, db, settings):
        settings.ASSAY_API_RATE_ANYONE, settings.ASSAY_BEHIND_PROXY = 1, True
        for seen, status in (("192.0.2.1", 200), ("192.0.2.2", 200), ("192.0.2.1", 429)):
            headers = {"X-Forwarded-For": f"10.0.0.{len(seen)}, {seen}"}
            assert client.get(VERDICTS, headers=headers).status_code == status

    def test_an_address_is_not_kept_and_a_household_is_one(self):
        assert "192.0.2.1" not in caller_at("192.0.2.1")
        assert caller_at("2001:db8::1") == caller_at("2001:db8::2")
        assert caller_at("2001:db8::1") != caller_at("2001:db8:0:1::1")
        assert caller_at("") != caller_at("192.0.2.1") != caller_at("192.0.2.2")

    def test_counting_costs_one_statement(
        self, client, key, three_a_minute, django_assert_num_queries, settings, published
    ):
        headers = key()
        address = f"{VERDICTS}{published.pk}/"
        client.get(address, headers=headers)
        with django_assert_num_queries(3):  # the key, the count, the verdict
            client.get(address, headers=headers)

    def test_old_windows_are_forgotten(self, client, key, three_a_minute):
        client.get(VERDICTS, headers=key())
        forget_old_windows()
        assert RateWindow.objects.count() == 1
        RateWindow.objects.update(started_at=timezone.now() - KEPT * 2)
        forget_old_windows()
        assert not RateWindow.objects.exists()

    def test_a_revoked_key_is_told_so_and_not_counted(self, client, key, three_a_minute):
        headers = key()
        ApiKey.objects.update(revoked_at=timezone.now())
        for _ in range(4):
            response = client.get(VERDICTS, headers=headers)
            assert response.status_code == 401
        assert "was revoked" in response.json()["detail"]
