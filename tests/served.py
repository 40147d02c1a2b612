"""A web server of its own, with the database of the test, as a desk is served."""

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path

import urllib3
from django.conf import settings
from django.db import connection

from config import postgres
from tests.config.conftest import until

PROJECT = Path(__file__).resolve().parents[1]


def address_of(home):
    """Of the test's database, in the server of this home."""
    name = connection.settings_dict["NAME"]
    return f"postgres://assay@/{name}?host={postgres.socket_folder(home)}&port={postgres.PORT}"


class Served:
    """`choices` are settings by the environment."""

    def __init__(self, *, threads=4, **choices):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        environment = os.environ | {
            "DATABASE_URL": settings.DATABASE_URL or address_of(Path(settings.ASSAY_HOME)),
            "ASSAY_BASE_URL": f"http://127.0.0.1:{self.port}",
            **choices,
        }
        listen = ["--host", "127.0.0.1", "--port", str(self.port), "--log-level", "warning"]
        server = ["--interface", "wsgi", "--blocking-threads", str(threads)]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "granian", *listen, *server, "config.wsgi:application"],
            cwd=PROJECT,
            env=environment,
            start_new_session=True,  # a group of its own: the server has a worker of its own
        )
        self.pool = urllib3.HTTPConnectionPool("127.0.0.1", self.port, retries=False, timeout=20)
        until(self.answers, seconds=60)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def answers(self):
        try:
            return self.get("/healthz").status == 200
        except urllib3.exceptions.HTTPError:
            return False

    def get(self, address, key="", **options):
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        return self.pool.request("GET", address, headers=headers, **options)
