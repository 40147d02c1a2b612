"""The desk's pages of webhooks: made, looked after, looked into, and their owner told when one stands still."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts.roles import Role
from articles.ingest.post import Posted
from articles.ingest.post_double import FakePoster
from audit.models import Event
from publishing.webhooks.models import Attempt, Delivery, Endpoint
from publishing.webhooks.sending import take_turn
from tests.factories import make_published_claim, make_user
from tests.publishing.webhooks.making import ADDRESS, EVERYTHING, make_endpoint, secrets_of

pytestmark = pytest.mark.django_db
SECRET = re.compile(r"whsec_[A-Za-z0-9+/]{43}=")
FORM = {"address": ADDRESS, "description": "Election site", "events": EVERYTHING}


@pytest.fixture
def editor(client):
    user = make_user(Role.EDITOR)
    client.force_login(user)
    return user


def page(name, *args):
    return reverse(f"webhooks:{name}", args=args)


def send(endpoint, answer):
    take_turn(endpoint_id=str(endpoint.pk), poster=FakePoster(answer))


class TestMakingOne:
    def test_the_secret_is_shown_once(self, client, editor):
        made = client.post(page("make-endpoint"), FORM)
        [secret] = set(SECRET.findall(made.content.decode().replace("&#x2B;", "+")))
        endpoint = Endpoint.objects.get()
        assert secrets_of(endpoint) == [secret]
        for address in (endpoint.get_absolute_url(), page("list-endpoints")):
            assert not SECRET.search(client.get(address).content.decode())

    def test_the_page_with_the_secret_is_not_kept_by_browsers(self, client, editor):
        assert "no-store" in client.post(page("make-endpoint"), FORM)["Cache-Control"]

    def test_no_secret_is_in_the_history_or_readable_in_the_database(self, client, editor):
        client.post(page("make-endpoint"), FORM)
        endpoint = Endpoint.objects.get()
        [secret] = secrets_of(endpoint)
        assert secret not in str([(one.before, one.after) for one in Event.objects.all()])
        assert secret.removeprefix("whsec_") not in endpoint.secrets.get().sealed

    @pytest.mark.parametrize(
        ("changed", "words"),
        [
            ({"address": ""}, "required"),
            ({"address": "ftp://site.example/"}, "https://"),
            ({"address": "https://u:p@site.example/"}, "user name or password"),
            ({"address": "https://site.example:22/"}, "Port 22"),
            ({"address": "https://site.example/\x00"}, "Null"),
            ({"address": "https://" + "a" * 3000}, "2000 characters"),
            ({"events": []}, "required"),
            ({"events": ["webhook.test"]}, "webhook.test"),
        ],
    )
    def test_what_is_not_right_is_said_and_nothing_is_made(self, client, editor, changed, words):
        answer = client.post(page("make-endpoint"), {**FORM, **changed})
        assert (answer.status_code, Endpoint.objects.count()) == (400, 0)
        assert words in answer.content.decode()

    def test_nobody_makes_more_than_fifty(self, client, editor, monkeypatch):
        monkeypatch.setattr("publishing.webhooks.services.MOST_ENDPOINTS", 1)
        client.post(page("make-endpoint"), FORM)
        assert client.post(page("make-endpoint"), FORM).status_code == 400
        assert Endpoint.objects.count() == 1


class TestLookingAfterOne:
    @pytest.fixture
    def mine(self, editor):
        return make_endpoint(owner=editor)

    def test_its_address_is_changed(self, client, mine):
        client.post(page("change-endpoint", mine.pk), {**FORM, "address": "https://new.example/"})
        mine.refresh_from_db()
        assert mine.address == "https://new.example/"

    def test_another_secret_is_shown_and_the_one_before_ends_a_day_later(self, client, mine):
        made = client.post(page("rotate-secret", mine.pk))
        new, old = mine.secrets.all()
        assert secrets_of(mine)[0] in made.content.decode().replace("&#x2B;", "+")
        assert new.expires_at is None
        assert timedelta(hours=23) < old.expires_at - timezone.now() <= timedelta(hours=24)

    def test_of_three_secrets_only_two_are_valid(self, client, mine):
        client.post(page("rotate-secret", mine.pk))
        client.post(page("rotate-secret", mine.pk))
        assert mine.secrets.valid(timezone.now()).count() == 2

    def test_it_is_disabled_with_a_reason_and_enabled_again(self, client, mine):
        client.post(page("disable-endpoint", mine.pk), {"reason": "The site moves."})
        mine.refresh_from_db()
        assert (mine.state, mine.reason) == ("disabled", "The site moves.")
        client.post(page("enable-endpoint", mine.pk), {"catches_up": "on"})
        mine.refresh_from_db()
        assert (mine.state, mine.reason) == ("active", "")

    def test_retired_it_keeps_its_log_and_takes_no_change(self, client, mine):
        make_published_claim()
        send(mine, Posted(204))
        client.post(page("retire-endpoint", mine.pk))
        assert client.get(mine.get_absolute_url()).status_code == 200
        answer = client.post(page("change-endpoint", mine.pk), FORM)
        assert (answer.status_code, "retired" in answer.content.decode()) == (400, True)

    def test_a_test_goes_out(self, client, mine):
        client.post(page("test-endpoint", mine.pk))
        assert Delivery.objects.get(endpoint=mine).event == "webhook.test"

    def test_tests_do_not_pile_up(self, client, mine):
        for _ in range(9):
            client.post(page("test-endpoint", mine.pk))
        assert Delivery.objects.count() == 5

    def test_its_owner_reads_on_the_desk_that_it_was_switched_off(self, client, mine):
        make_published_claim()
        send(mine, Posted(410))
        home = client.get(reverse("reviews:home")).content.decode()
        assert "is disabled since" in home
        assert "410 Gone" in home

    def test_others_are_not_told(self, client, mine):
        make_published_claim()
        send(mine, Posted(410))
        client.force_login(make_user(Role.EDITOR))
        assert "is disabled since" not in client.get(reverse("reviews:home")).content.decode()


class TestTheLog:
    def test_it_says_what_became_of_each(self, client, editor, endpoint):
        make_published_claim()
        send(endpoint, Posted(500))
        make_published_claim()
        send(endpoint, Posted(204))
        shown = client.get(endpoint.get_absolute_url()).content.decode()
        assert "It answered 500." in shown
        assert "answered 204" in shown

    @pytest.mark.parametrize(("state", "count"), [("waiting", 1), ("delivered", 1), ("failed", 0)])
    def test_it_is_narrowed_by_state(self, client, editor, endpoint, state, count):
        make_published_claim()
        send(endpoint, Posted(500))
        make_published_claim()
        send(endpoint, Posted(204))
        shown = client.get(endpoint.get_absolute_url(), {"state": state})
        assert len(shown.context["page"].items) == count

    def test_what_the_receiver_said_is_shown_as_text(self, client, editor, endpoint):
        make_published_claim()
        send(endpoint, Posted(500, {}, b"<script>alert(1)</script>\x00\xff"))
        delivery = Delivery.objects.get()
        shown = client.get(delivery.get_absolute_url()).content.decode()
        assert "<script>alert(1)" not in shown
        assert "&lt;script&gt;alert(1)&lt;/script&gt;" in shown

    def test_a_delivery_is_replayed(self, client, editor, endpoint):
        make_published_claim()
        send(endpoint, Posted(204))
        delivery = Delivery.objects.get()
        client.post(page("replay-delivery", delivery.pk))
        delivery.refresh_from_db()
        assert (delivery.state, delivery.tries) == ("waiting", 0)

    @pytest.mark.parametrize("since", ["2999-01-01T00:00", "soon"])
    def test_a_moment_that_cannot_be_is_said(self, client, editor, endpoint, since):
        answer = client.post(page("replay-endpoint", endpoint.pk), {"since": since}, follow=True)
        assert 'data-level="error"' in answer.content.decode()

    def test_it_takes_as_many_queries_for_ten_as_for_one(self, client, editor, endpoint):
        make_published_claim()
        send(endpoint, Posted(204))

        def queries():
            with CaptureQueriesContext(connection) as captured:
                client.get(endpoint.get_absolute_url())
            return len(captured)

        queries()
        once = queries()
        for _ in range(9):
            make_published_claim()
        send(endpoint, Posted(500))
        assert queries() == once

    def test_an_attempt_cannot_be_changed(self, endpoint):
        make_published_claim()
        send(endpoint, Posted(204))
        with pytest.raises(Exception, match="Cannot update"):
            Attempt.objects.update(status=500)


class TestWhoseItIs:
    def test_a_consumer_sees_their_own_only(self, client, endpoint):
        client.force_login(endpoint.owner)
        make_endpoint()
        shown = client.get(page("list-endpoints"))
        assert [one.pk for one in shown.context["page"].items] == [endpoint.pk]

    def test_an_editor_sees_all(self, client, editor, endpoint):
        make_endpoint()
        assert len(client.get(page("list-endpoints")).context["page"].items) == 2

    @pytest.mark.parametrize(
        "name",
        [
            "change-endpoint",
            "rotate-secret",
            "disable-endpoint",
            "retire-endpoint",
            "test-endpoint",
        ],
    )
    def test_nobody_elses_can_be_touched(self, client, endpoint, name):
        client.force_login(make_user(Role.CONSUMER))
        assert client.post(page(name, endpoint.pk), FORM).status_code == 404
