"""Webhooks through the API: a consumer looks after their own."""

import re

import pytest

from accounts.models import Scope
from accounts.roles import Role
from accounts.services import make_key
from articles.ingest.post import Posted
from articles.ingest.post_double import FakePoster
from audit.models import Answer
from publishing.webhooks.models import Delivery, Endpoint
from publishing.webhooks.sending import take_turn
from tests.factories import make_published_claim, make_user
from tests.publishing.webhooks.making import EVERYTHING, make_endpoint, secrets_of

pytestmark = pytest.mark.django_db
WEBHOOKS = "/api/v1/webhooks/"
WANTED = {"url": "https://site.example/hook"}
SECRET = re.compile(r"^whsec_[A-Za-z0-9+/]{43}=$")


@pytest.fixture
def consumer(db):
    return make_user(Role.CONSUMER)


@pytest.fixture
def call(client, consumer):
    """A request with the consumer's key."""
    _, key = make_key(actor=consumer, name="a test", scope=Scope.WRITE)

    def call(method, path="", content=None, **headers):
        headers |= {"Authorization": f"Bearer {key}"}
        sent = {} if content is None else {"data": content, "content_type": "application/json"}
        return getattr(client, method)(WEBHOOKS + path, **sent, headers=headers)

    return call


@pytest.fixture
def endpoint(db):
    """Somebody else's."""
    return make_endpoint()


@pytest.fixture
def mine(consumer):
    return make_endpoint(owner=consumer)


def send(endpoint, answer):
    take_turn(endpoint_id=str(endpoint.pk), poster=FakePoster(answer))


class TestMaking:
    def test_it_is_told_of_everything_and_its_secret_once(self, call):
        made = call("post", content=WANTED)
        assert (made.status_code, made.json()["events"]) == (201, EVERYTHING)
        assert SECRET.match(made.json()["secret"])
        assert secrets_of(Endpoint.objects.get()) == [made.json()["secret"]]
        assert "secret" not in call("get", made["Location"].rpartition("webhooks/")[2]).json()

    def test_sent_again_with_its_key_it_is_made_once_and_the_secret_is_not_told_again(self, call):
        headers = {"Idempotency-Key": "one"}
        first, second = (call("post", content=WANTED, **headers) for _ in range(2))
        assert (first.json()["id"], second.json()["secret"]) == (second.json()["id"], None)
        assert Endpoint.objects.count() == 1

    def test_no_secret_is_kept_for_the_answer(self, call):
        made = call("post", content=WANTED, **{"Idempotency-Key": "one"})
        assert made.json()["secret"] not in Answer.objects.get().body

    @pytest.mark.parametrize(
        ("changed", "field"),
        [
            ({"url": "ftp://site.example/"}, "url"),
            ({"url": "https://u:p@site.example/"}, "url"),
            ({"url": "https://site.example/\x00"}, "url"),
            ({"url": "https://site.example/\ud800"}, "url"),
            ({"url": ["https://site.example/"]}, "url"),
            ({"url": None}, "url"),
            ({"url": "x" * 5000}, "url"),
            ({"events": []}, "events"),
            ({"events": ["everything"]}, "events.0"),
            ({"events": ["verdict.published"] * 50}, "events"),
            ({"events": "verdict.published"}, "events"),
            ({"description": "x" * 201}, "description"),
            ({"secret": "mine"}, "secret"),
        ],
    )
    def test_what_is_not_right_is_said_of_its_field(self, call, changed, field):
        answer = call("post", content={**WANTED, **changed})
        assert (answer.status_code, Endpoint.objects.count()) == (400, 0)
        assert field in answer.json()["errors"]

    @pytest.mark.parametrize("content", [[], "x", 5, None], ids=repr)
    def test_a_body_that_is_no_object_is_refused(self, client, call, content):
        assert call("post", content=content).status_code in {400, 415}

    def test_a_desk_role_that_makes_none_is_refused(self, client, key):
        headers = key(Role.REVIEWER, Scope.WRITE)
        made = client.post(WEBHOOKS, WANTED, content_type="application/json", headers=headers)
        assert made.status_code == 403


class TestLookingAfter:
    def test_what_is_left_out_stays(self, call, mine):
        changed = call("patch", f"{mine.pk}/", {"description": "Election site"}).json()
        assert (changed["description"], changed["url"]) == ("Election site", mine.address)

    def test_it_is_switched_off_and_on(self, call, mine):
        assert call("patch", f"{mine.pk}/", {"state": "disabled"}).json()["state"] == "disabled"
        make_published_claim()
        assert call("patch", f"{mine.pk}/", {"state": "active"}).json()["state"] == "active"
        assert Delivery.objects.filter(endpoint=mine).count() == 1

    def test_it_is_not_retired_by_a_change(self, call, mine):
        assert call("patch", f"{mine.pk}/", {"state": "retired"}).status_code == 400

    def test_deleted_it_is_retired_with_its_history(self, call, mine):
        make_published_claim()
        send(mine, Posted(204))
        assert call("delete", f"{mine.pk}/").status_code == 204
        assert call("get").json()["results"] == []
        assert call("get", f"{mine.pk}/").json()["state"] == "retired"
        assert len(call("get", f"{mine.pk}/deliveries/").json()["results"]) == 1

    def test_deleting_again_is_no_error(self, call, mine):
        assert [call("delete", f"{mine.pk}/").status_code for _ in range(2)] == [204, 204]

    def test_another_secret_is_told_once(self, call, mine):
        told = call("post", f"{mine.pk}/rotate-secret/", {}).json()["secret"]
        assert secrets_of(mine)[0] == told

    @pytest.mark.parametrize(
        ("method", "path"),
        [
            ("get", ""),
            ("patch", ""),
            ("delete", ""),
            ("post", "rotate-secret/"),
            ("post", "test/"),
            ("get", "deliveries/"),
        ],
    )
    def test_nobody_elses_is_there(self, call, endpoint, method, path):
        assert call(method, f"{endpoint.pk}/{path}", {}).status_code == 404


class TestTheLog:
    def test_a_delivery_tells_its_attempts(self, call, mine):
        make_published_claim()
        send(mine, Posted(500, {}, b"<b>no</b>"))
        [delivery] = call("get", f"{mine.pk}/deliveries/").json()["results"]
        found = call("get", f"{mine.pk}/deliveries/{delivery['id']}/").json()
        [attempt] = found["attempts"]
        assert (attempt["status"], attempt["answer"]) == (500, "<b>no</b>")
        assert (found["seq"], found["state"]) == (1, "waiting")

    def test_it_is_narrowed_and_paged(self, call, mine):
        for _ in range(3):
            make_published_claim()
        send(mine, Posted(204))
        path = f"{mine.pk}/deliveries/?state=delivered&limit=2"
        first = call("get", path).json()
        second = call("get", first["next"].partition("webhooks/")[2]).json()
        assert [one["seq"] for one in first["results"] + second["results"]] == [3, 2, 1]

    def test_one_is_replayed(self, call, mine):
        make_published_claim()
        send(mine, Posted(204))
        delivery = Delivery.objects.get()
        again = call("post", f"{mine.pk}/deliveries/{delivery.pk}/replay/", {})
        assert (again.status_code, again.json()["state"]) == (202, "waiting")

    def test_all_that_did_not_arrive_are_replayed(self, call, mine):
        make_published_claim()
        again = call("post", f"{mine.pk}/replay/", {"since": "2020-01-01T00:00:00Z"})
        assert (again.status_code, again.json()) == (202, {"replayed": 1})

    @pytest.mark.parametrize("since", ["", "soon", None, 5, "0000-01-01", "9999-99-99T00:00:00Z"])
    def test_a_moment_that_is_none_is_refused(self, call, mine, since):
        assert call("post", f"{mine.pk}/replay/", {"since": since}).status_code == 400

    @pytest.mark.parametrize("since", ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-14:00"])
    def test_a_moment_at_the_end_of_time_breaks_nothing(self, call, mine, since):
        assert call("post", f"{mine.pk}/replay/", {"since": since}).status_code in {202, 400}

    def test_nothing_is_replayed_to_what_is_disabled(self, call, mine):
        call("patch", f"{mine.pk}/", {"state": "disabled"})
        answer = call("post", f"{mine.pk}/replay/", {"since": "2020-01-01T00:00:00Z"})
        assert (answer.status_code, "Enable it" in answer.json()["detail"]) == (400, True)

    def test_a_test_is_put_in_line(self, call, mine):
        assert call("post", f"{mine.pk}/test/", {}).json()["type"] == "webhook.test"
