"""A worker is killed while it sends: nothing that was published is lost, and what comes twice is known by its id."""

import os
import subprocess
import sys
from datetime import timedelta

import pytest
from asgiref.sync import SyncToAsync
from django.db import connections, transaction
from django.utils import timezone
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from publishing.models import Publication
from publishing.webhooks import outbox
from publishing.webhooks.models import Delivery
from tests.claims.test_import_worker import address_of_this, give_back_what_it_held
from tests.declared import ROOT
from tests.factories import make_published_claim
from tests.publishing.webhooks.making import make_trusted_endpoint, receiving, secrets_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def consumer(settings):
    """Somebody who is told of everything, at an address of this machine."""
    settings.ASSAY_PRIVATE_HOSTS = ["127.0.0.1"]
    with receiving() as (receiver, address):
        endpoint = make_trusted_endpoint(address)
        [receiver.secret] = secrets_of(endpoint)
        yield receiver


def run_killed_worker(settings, place):
    environment = {
        **os.environ,
        "DATABASE_URL": address_of_this(),
        "ASSAY_SECRET_KEY": settings.SECRET_KEY,
        "ASSAY_PRIVATE_HOSTS": "127.0.0.1",
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "PYTHONPATH": str(ROOT),
    }
    command = [sys.executable, "-m", "tests.publishing.webhooks.killed_worker", place]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True)
    assert done.stdout == f"{place}: killed\n", done.stderr


def work():
    """Do what waits. The worker's thread has a connection of its own, and outlives the test and its database."""
    worker = app.with_connector(app.connector.get_worker_connector())
    try:
        worker.run_worker(queues=["webhooks"], wait=False, install_signal_handlers=False)
    finally:
        SyncToAsync.single_thread_executor.submit(connections.close_all).result()


@pytest.mark.parametrize(
    ("place", "times"),
    [
        ("before the turn", 1),
        ("before it is sent", 1),
        ("after it was sent", 2),
        ("with nothing committed", 2),
        ("with all committed and the job not told", 1),
    ],
)
def test_a_worker_killed_at_any_place_loses_nothing(settings, consumer, place, times):
    make_published_claim()
    run_killed_worker(settings, place)
    assert give_back_what_it_held() == 1
    work()
    assert Delivery.objects.get().state == "delivered"
    assert (len(consumer.ids), len(set(consumer.ids))) == (times, 1)


def test_what_was_committed_is_sent_though_its_job_vanished(consumer):
    make_published_claim()
    ProcrastinateJob.objects.filter(queue_name="webhooks").delete()
    outbox.queue_due(timezone.now())
    work()
    assert [one["data"]["seq"] for one in consumer.messages] == [1]


def test_what_was_not_committed_is_never_sent(consumer):
    with transaction.atomic():
        make_published_claim()
        transaction.set_rollback(True)
    outbox.queue_due(timezone.now() + timedelta(days=1))
    work()
    assert (Publication.objects.count(), Delivery.objects.count(), consumer.messages) == (0, 0, [])


def test_many_published_at_once_come_in_order(consumer):
    with transaction.atomic():
        for _ in range(20):
            make_published_claim()
    work()
    assert [one["data"]["seq"] for one in consumer.messages] == list(range(1, 21))


def test_a_dead_endpoint_holds_up_no_other(consumer, settings):
    make_trusted_endpoint("http://127.0.0.1:9/nobody")
    for _ in range(3):
        make_published_claim()
    work()
    assert len(consumer.messages) == 3
