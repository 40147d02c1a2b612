"""Sending: what arrives, what is tried again and when, and when the desk gives up."""

import json
from datetime import timedelta

import pytest
import rfc8785
from procrastinate.contrib.django.models import ProcrastinateJob
from standardwebhooks import Webhook, WebhookVerificationError

from articles.ingest.fetch_errors import Unreachable
from articles.ingest.post import Posted
from articles.ingest.post_double import FakePoster
from audit.models import Event
from publishing import chain
from publishing.models import Publication
from publishing.services import correct_verdict, reopen_claim, retract_verdict
from publishing.webhooks import outbox, replaying, schedule, services
from publishing.webhooks.messages import LARGEST_DOCUMENT, message_body
from publishing.webhooks.models import Attempt, Delivery, Endpoint
from publishing.webhooks.sending import take_turn
from reviews.services import VerdictDraft
from tests.factories import house_rating, make_published_claim, make_user
from tests.publishing.webhooks.making import (
    Clock,
    make_endpoint,
    make_trusted_endpoint,
    receiving,
    secrets_of,
)

pytestmark = pytest.mark.django_db
DOWN = Unreachable("site.example does not answer.")


def turn(endpoint, poster, clock):
    return take_turn(endpoint_id=str(endpoint.pk), poster=poster, clock=clock)


def jobs():
    return ProcrastinateJob.objects.filter(queue_name="webhooks")


def standing(endpoint):
    return Endpoint.objects.get(pk=endpoint.pk)


class TestTheOutbox:
    def test_a_publication_waits_for_each_endpoint_with_a_job(self, endpoint):
        make_endpoint()
        make_published_claim()
        assert Delivery.objects.filter(state="waiting", tries=0).count() == 2
        assert set(jobs().values_list("lock", flat=True)) == {
            f"webhook {one.pk}" for one in Endpoint.objects.all()
        }

    def test_nothing_waits_when_nobody_asked(self):
        make_published_claim()
        assert (Delivery.objects.count(), jobs().count()) == (0, 0)

    def test_what_becomes_of_a_claim_is_told_by_its_kind(self, endpoint):
        claim, editor = make_published_claim(), make_user("editor")
        draft = VerdictDraft(rating=house_rating("false"), summary="No.", justification="It is.")
        correct_verdict(actor=editor, claim=claim, draft=draft, note="We misread it.")
        claim.refresh_from_db()
        retract_verdict(actor=editor, claim=claim, reason="The bill is forged.")
        claim.refresh_from_db()
        reopen_claim(actor=editor, claim=claim, reason="Another bill was found.")
        told = list(Delivery.objects.order_by("pk").values_list("event", flat=True))
        kinds = ["published", "corrected", "retracted", "reopened"]
        assert told == [f"verdict.{kind}" for kind in kinds]

    def test_only_what_was_chosen_is_told(self):
        make_endpoint(events=["verdict.retracted"])
        make_published_claim()
        assert not Delivery.objects.exists()

    def test_what_lost_its_job_is_taken_up(self, endpoint):
        make_published_claim()
        jobs().delete()
        clock = Clock()
        assert (outbox.queue_due(clock()), jobs().count()) == (1, 1)

    def test_looking_again_adds_no_second_job(self, endpoint):
        make_published_claim()
        jobs().delete()
        outbox.queue_due(Clock()())
        outbox.queue_due(Clock()())
        assert jobs().count() == 1

    @pytest.mark.parametrize("act", [services.disable_endpoint, services.retire_endpoint])
    def test_an_endpoint_that_is_off_gets_no_turn(self, endpoint, act):
        make_published_claim()
        act(actor=endpoint.owner, endpoint=endpoint)
        poster = FakePoster()
        assert (outbox.queue_due(Clock()()), turn(endpoint, poster, Clock())) == (0, 0)


class TestTheMessage:
    @pytest.fixture
    def sent(self, endpoint):
        make_published_claim()
        poster = FakePoster()
        turn(endpoint, poster, Clock())
        [message] = poster.sent
        return message

    def test_it_is_signed_by_the_specification(self, endpoint, sent):
        [secret] = secrets_of(endpoint)
        assert Webhook(secret).verify(sent.body, dict(sent.headers))["type"] == "verdict.published"

    def test_another_body_does_not_pass(self, endpoint, sent):
        [secret] = secrets_of(endpoint)
        with pytest.raises(WebhookVerificationError):
            Webhook(secret).verify(sent.body.replace(b"true", b"fals"), dict(sent.headers))

    def test_the_document_is_what_was_published_byte_for_byte(self, sent):
        entry = Publication.objects.get()
        assert entry.document.encode() in sent.body
        data = json.loads(sent.body)["data"]
        assert chain.digest(rfc8785.dumps(data["document"]).decode()) == data["sha256"]

    def test_it_says_which_publication_it_is_and_where_to_find_it(self, sent):
        entry, data = Publication.objects.get(), json.loads(sent.body)["data"]
        assert data["url"].endswith(f"/api/v1/publications/{entry.seq}/")
        assert (data["seq"], data["sha256"], data["claim"]) == (
            entry.seq,
            entry.sha256,
            str(entry.claim_id),
        )

    def test_a_document_that_is_too_large_is_left_to_be_fetched(self):
        document = json.dumps({"text": "x" * LARGEST_DOCUMENT})
        body = message_body("verdict.published", Clock()(), {"seq": 1}, document)
        assert json.loads(body)["data"] == {"seq": 1, "document": None}

    def test_every_attempt_has_the_same_id_and_body(self, endpoint):
        make_published_claim()
        poster, clock = FakePoster(Posted(500)), Clock()
        turn(endpoint, poster, clock)
        clock.move(timedelta(minutes=1))
        turn(endpoint, poster, clock)
        first, second = poster.sent
        assert first.body == second.body
        assert first.headers["webhook-id"] == second.headers["webhook-id"]
        assert first.headers["webhook-timestamp"] != second.headers["webhook-timestamp"]

    def test_while_secrets_change_both_sign(self, endpoint):
        _, new, _ = services.rotate_secret(actor=endpoint.owner, endpoint=endpoint)
        make_published_claim()
        poster, clock = FakePoster(), Clock()
        turn(endpoint, poster, clock)
        [message] = poster.sent
        assert new == secrets_of(endpoint)[0]
        for secret in secrets_of(endpoint):
            assert Webhook(secret).verify(message.body, dict(message.headers))

    def test_after_a_day_only_the_new_secret_signs(self, endpoint):
        services.rotate_secret(actor=endpoint.owner, endpoint=endpoint)
        make_published_claim()
        poster, clock = FakePoster(), Clock()
        clock.move(services.OVERLAP + timedelta(seconds=1))
        turn(endpoint, poster, clock)
        assert len(poster.sent[0].headers["webhook-signature"].split(" ")) == 1

    def test_a_secret_that_cannot_be_read_is_said_and_nothing_is_sent(self, endpoint, settings):
        make_published_claim()
        settings.SECRET_KEY = "another key " * 5
        poster = FakePoster()
        turn(endpoint, poster, Clock())
        assert "ASSAY_SECRET_KEY" in Attempt.objects.get().error
        assert poster.sent == []

    def test_publications_come_in_the_order_of_the_record(self, endpoint):
        for _ in range(3):
            make_published_claim()
        poster = FakePoster()
        turn(endpoint, poster, Clock())
        assert [json.loads(one.body)["data"]["seq"] for one in poster.sent] == [1, 2, 3]


class TestTryingAgain:
    def test_the_schedule_is_that_of_the_specification(self):
        hours = sum(schedule.WAITS, timedelta()).total_seconds() / 3600
        assert schedule.MOST_TRIES == 10
        assert hours == pytest.approx(75.58, abs=0.01)

    @pytest.mark.parametrize(("tries", "least"), [*enumerate(schedule.WAITS, start=1)])
    def test_jitter_makes_a_wait_up_to_a_tenth_longer(self, tries, least):
        assert schedule.next_wait(tries, 0) == least
        assert schedule.next_wait(tries, 1) == least * 1.1

    def test_after_the_last_attempt_it_is_given_up(self, endpoint):
        make_published_claim()
        poster, clock = FakePoster(Posted(500)), Clock()
        for _ in range(12):
            turn(endpoint, poster, clock)
            clock.move(timedelta(hours=27))
            Endpoint.objects.update(failing_since=clock())
        delivery = Delivery.objects.get()
        assert (delivery.state, delivery.attempts.count()) == ("failed", 10)

    def test_a_message_that_fails_holds_up_no_other(self, endpoint):
        make_published_claim()
        make_published_claim()
        poster = FakePoster(lambda sent: Posted(500 if b'"seq":1,' in sent.body else 200))
        turn(endpoint, poster, Clock())
        states = dict(Delivery.objects.values_list("publication_id", "state"))
        assert states == {1: "waiting", 2: "delivered"}

    def test_an_endpoint_that_does_not_answer_is_asked_once_and_rests(self, endpoint):
        make_published_claim()
        make_published_claim()
        poster, clock = FakePoster(DOWN), Clock()
        assert turn(endpoint, poster, clock) == 1
        clock.move(timedelta(seconds=6))
        assert turn(endpoint, poster, clock) == 1

    def test_a_rest_is_never_longer_than_half_an_hour(self):
        assert schedule.rest(10_000) == timedelta(minutes=30)

    @pytest.mark.parametrize(
        ("status", "said", "wait"),
        [
            (429, "120", timedelta(minutes=2)),
            (503, "120", timedelta(minutes=2)),
            (500, "120", None),
            (429, "999999999999999999999", timedelta(hours=24)),
            (429, "soon", None),
            (429, "-5", None),
            (429, "²", None),
            (429, "Fri, 31 Dec 9999 23:59:59 GMT", timedelta(hours=24)),
            (429, "Fri, 31 Dec 1999 23:59:59 GMT", timedelta()),
            (429, "", None),
        ],
    )
    def test_what_retry_after_asks_for_is_read_and_capped(self, status, said, wait):
        assert schedule.asked_wait(status, {"retry-after": said}, Clock()()) == wait

    def test_who_asks_for_patience_gets_it_for_all_messages(self, endpoint):
        make_published_claim()
        make_published_claim()
        poster, clock = FakePoster(Posted(429, {"retry-after": "3600"})), Clock()
        assert turn(endpoint, poster, clock) == 1
        clock.move(timedelta(minutes=59))
        assert turn(endpoint, poster, clock) == 0
        clock.move(timedelta(minutes=2))
        assert turn(endpoint, poster, clock) == 1

    @pytest.mark.parametrize("status", [301, 302, 307, 308])
    def test_an_answer_that_sends_on_is_a_failure(self, endpoint, status):
        make_published_claim()
        turn(endpoint, FakePoster(Posted(status, {"location": "http://10.0.0.1/"})), Clock())
        assert "sends on" in Attempt.objects.get().error

    def test_a_retry_that_is_soon_gets_a_job_of_its_own_without_the_lock(self, endpoint):
        make_published_claim()
        jobs().delete()
        turn(endpoint, FakePoster(Posted(500)), Clock())
        [job] = jobs()
        assert (job.lock, job.scheduled_at is not None) == (None, True)


class TestSwitchingOff:
    def test_410_disables_with_the_reason_and_keeps_what_waits(self, endpoint):
        make_published_claim()
        make_published_claim()
        poster = FakePoster(Posted(410))
        assert turn(endpoint, poster, Clock()) == 1
        assert standing(endpoint).state == "disabled"
        assert "410" in standing(endpoint).reason
        assert Delivery.objects.filter(state="waiting").count() == 2

    def test_it_is_in_the_history_as_the_desks_own_doing(self, endpoint):
        make_published_claim()
        turn(endpoint, FakePoster(Posted(410)), Clock())
        event = Event.objects.get(verb="endpoint.disabled")
        assert (event.actor, event.subject_id) == (None, endpoint.pk)

    def test_days_of_nothing_but_failures_disable(self, endpoint, settings):
        settings.ASSAY_WEBHOOK_DAYS = 2
        clock = Clock()
        make_published_claim()
        for _ in range(40):
            turn(endpoint, FakePoster(DOWN), clock)
            clock.move(timedelta(hours=2))
        assert standing(endpoint).state == "disabled"
        assert "Nothing arrived since" in standing(endpoint).reason

    def test_enabled_again_it_gets_what_waited_and_what_it_missed(self, endpoint):
        make_published_claim()
        turn(endpoint, FakePoster(Posted(410)), Clock())
        make_published_claim()
        services.enable_endpoint(actor=endpoint.owner, endpoint=endpoint)
        poster = FakePoster()
        turn(endpoint, poster, Clock())
        assert [json.loads(one.body)["data"]["seq"] for one in poster.sent] == [1, 2]

    def test_what_it_missed_is_left_out_when_it_is_not_wanted(self, endpoint):
        services.disable_endpoint(actor=endpoint.owner, endpoint=endpoint)
        make_published_claim()
        services.enable_endpoint(actor=endpoint.owner, endpoint=endpoint, catches_up=False)
        assert not Delivery.objects.exists()


class TestReplaying:
    def test_what_arrived_goes_out_again_under_the_same_id(self, endpoint):
        make_published_claim()
        poster = FakePoster()
        turn(endpoint, poster, Clock())
        replaying.replay_delivery(actor=endpoint.owner, delivery=Delivery.objects.get())
        turn(endpoint, poster, Clock())
        first, second = poster.sent
        assert first.headers["webhook-id"] == second.headers["webhook-id"]

    def test_all_that_did_not_arrive_goes_out_again(self, endpoint):
        before = Clock()()
        for _ in range(3):
            make_published_claim()
        Delivery.objects.filter(publication=1).update(
            state="failed", next_attempt_at=None, ended_at=before
        )
        Delivery.objects.filter(publication=2).update(
            state="delivered", next_attempt_at=None, ended_at=before
        )
        assert (
            replaying.replay_undelivered(actor=endpoint.owner, endpoint=endpoint, since=before) == 2
        )

    def test_a_test_is_signed_and_names_no_publication(self, endpoint):
        replaying.test_endpoint(actor=endpoint.owner, endpoint=endpoint)
        poster = FakePoster()
        turn(endpoint, poster, Clock())
        [message] = poster.sent
        [secret] = secrets_of(endpoint)
        assert Webhook(secret).verify(message.body, dict(message.headers))["type"] == "webhook.test"


def test_a_consumer_that_was_down_three_days_gets_every_publication_once_it_is_back(settings):
    """One publication every two hours for three days; nobody listens until the fourth."""
    settings.ASSAY_PRIVATE_HOSTS = ["127.0.0.1"]
    clock = Clock()
    clock.move(-timedelta(days=3))
    with receiving() as (receiver, address):
        endpoint = make_trusted_endpoint(address)
        [receiver.secret] = secrets_of(endpoint)
        receiver.status = 503
        for hour in range(72):
            if hour % 2 == 0:
                make_published_claim()
                Delivery.objects.filter(tries=0).update(next_attempt_at=clock())
            take_turn(endpoint_id=str(endpoint.pk), clock=clock)
            clock.move(timedelta(hours=1))
        receiver.status = 204
        turns = 0
        while Delivery.objects.filter(state="waiting").exists() and turns < 3:
            take_turn(endpoint_id=str(endpoint.pk), clock=clock)
            turns += 1
    assert receiver.refused > 36
    assert sorted(one["data"]["seq"] for one in receiver.messages) == list(range(1, 37))
    assert len(set(receiver.ids)) == 36
    assert standing(endpoint).failing_since is None


def test_a_consumer_learns_nothing_of_our_own_network(settings):
    """Not even of a host that settings let the desk fetch from: the log shows its owner what was answered."""
    settings.ASSAY_PRIVATE_HOSTS = ["127.0.0.1"]
    with receiving() as (receiver, address):
        endpoint = make_endpoint(address)
        make_published_claim()
        take_turn(endpoint_id=str(endpoint.pk))
    attempt = Attempt.objects.get()
    assert (attempt.status, attempt.answer, receiver.ids) == (None, "", [])
    assert "this machine" in attempt.error
