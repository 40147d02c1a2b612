"""A worker is killed in the middle of a long import: nothing is lost, and nothing comes in twice."""

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from urllib.parse import quote, urlencode

import pytest
from asgiref.sync import async_to_sync
from django.db import connection
from procrastinate.contrib.django import app

from articles.models import Article, Import
from claims.services import start_batch
from tests.articles.foreign import http, serving
from tests.declared import ROOT

pytestmark = pytest.mark.django_db(transaction=True)
ARTICLES = 500
PATIENCE = 240


class Site(dict):
    """A page for every address of it."""

    def get(self, path, other=None):
        if path == "/robots.txt":
            return http(b"", status="404 Not Found")
        words = (
            f"<p>The mill of {path[1:]} burnt down on Friday. It had 60 looms and no insurance.</p>"
        )
        return http(
            f"<html><head><title>Mill {path}</title></head><body><article>{words * 3}</article></body></html>".encode()
        )


def start_worker():
    """A real one, in a process of its own, on the database of this test."""
    environment = {
        **os.environ,
        "DATABASE_URL": address_of_this(),
        "ASSAY_PRIVATE_HOSTS": "127.0.0.1",
    }
    command = ["procrastinate", "worker", "--queues", "imports", "--concurrency", "4"]
    return subprocess.Popen(
        [sys.executable, "manage.py", *command], cwd=ROOT, env=environment, start_new_session=True
    )


def address_of_this():
    given = connection.get_connection_params()
    options = {name: given[name] for name in ("host", "port") if given.get(name)}
    user = quote(given["user"]) + (f":{quote(given['password'])}" if given.get("password") else "")
    return f"postgres://{user}@/{given['dbname']}?{urlencode(options)}"


def wait_until(is_so, worker=None):
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until:
        if is_so():
            return
        assert worker is None or worker.poll() is None, "the worker ended by itself"
        time.sleep(0.2)
    pytest.fail(f"Not so within {PATIENCE} seconds: {dict(Import.objects.by_state())}")


def kill(worker):
    os.killpg(worker.pid, signal.SIGKILL)
    worker.wait()


@async_to_sync
async def give_back_what_it_held():
    """What `retry_stalled` does each minute, with less patience for a heart that no longer beats."""
    await asyncio.sleep(1.5)
    held = list(await app.job_manager.get_stalled_jobs(seconds_since_heartbeat=1))
    for job in held:
        await app.job_manager.retry_job(job)
    return len(held)


def test_500_articles_are_in_once_each_though_the_worker_was_killed():
    with serving(Site()) as (port, _):
        lines = "\n".join(f"http://127.0.0.1:{port}/{number}" for number in range(ARTICLES))
        start_batch(actor=None, addresses=lines)
        worker = start_worker()
        try:
            wait_until(lambda: Article.objects.count() >= ARTICLES // 3, worker)
        finally:
            kill(worker)
        left, held = Import.objects.by_state()["queued"], give_back_what_it_held()
        worker = start_worker()
        try:
            wait_until(lambda: not Import.objects.by_state()["queued"], worker)
        finally:
            kill(worker)
    addresses = Counter(Article.objects.values_list("url", flat=True))
    assert left > held > 0
    assert Import.objects.by_state() == {"queued": 0, "done": ARTICLES, "failed": 0, "cancelled": 0}
    assert (len(addresses), set(addresses.values())) == (ARTICLES, {1})
