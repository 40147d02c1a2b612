"""A desk that a benchmark starts, fills and stops: its own port, its own database, its own folder."""

import os
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import urllib3

from config import postgres

ROOT = Path(__file__).resolve().parent.parent.parent
SERVER = ["--workers", "1", "--blocking-threads", "4", "--interface", "wsgi"]
MAKE_KEY = """
from accounts.models import Scope, User
from accounts.services import make_key
person = User.objects.create_user(email="load@example.org", name="Load", role="contributor", password=None)
print(make_key(actor=person, name="load", scope=Scope.WRITE)[1])
"""


class Desk:
    """Served as `make demo` serves one, but without its worker, so that only the API is measured."""

    def __init__(self, home, *, settings="config.settings", clients=8):
        self.home, self.clients = Path(home), clients
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.environment = {
            **os.environ,
            "ASSAY_HOME": str(home),
            "ASSAY_API_RATE": "0",
            "PORT": str(self.port),
            "DJANGO_SETTINGS_MODULE": settings,
        }
        self.environment.pop("DATABASE_URL", None)

    def run(self, *words, given=None):
        """What a Python program of the desk prints."""
        done = subprocess.run(
            [sys.executable, *words],
            cwd=ROOT,
            env=self.environment,
            check=True,
            stdout=subprocess.PIPE,
            input=given,
            text=True,
        )
        return done.stdout

    def manage(self, *words):
        return self.run("manage.py", *words)

    def make_key(self):
        return self.manage("shell", "--no-imports", "-c", MAKE_KEY).split()[-1]

    def __enter__(self):
        self.manage("migrate", "--verbosity", "0")
        listen = ["--host", "127.0.0.1", "--port", str(self.port), "--log-level", "warning"]
        self.process = subprocess.Popen(
            [sys.executable, "-m", "granian", *listen, *SERVER, "config.wsgi:application"],
            cwd=ROOT,
            env=self.environment,
        )
        self.pool = urllib3.HTTPConnectionPool(
            "127.0.0.1", self.port, maxsize=self.clients, retries=False
        )
        for _ in range(300):
            try:
                self.pool.request("GET", "/healthz")
                return self
            except urllib3.exceptions.HTTPError:
                time.sleep(0.1)
        raise SystemExit("The desk did not answer.")

    def __exit__(self, *_):
        self.process.terminate()
        self.process.wait()
        with suppress(postgres.PostgresError), postgres.alone(self.home):
            pass  # it stops when nobody else holds it

    def server_processes(self):
        """The web server's own and its worker's."""
        return [self.process.pid, *children_of(self.process.pid)]

    def database_processes(self):
        """The database's first process and its backends."""
        first = int((self.home / "postgres" / "data" / "postmaster.pid").read_text().split()[0])
        return [first, *children_of(first)]


def children_of(pid):
    found = []
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found += [child, *children_of(child)]
    return found


def cpu_seconds(pids):
    """Time on the processor since these processes began; those that ended in the meantime are left out."""
    ticks = 0
    for pid in pids:
        with suppress(OSError):
            fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
            ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")


def peak_memory(pids):
    """The most that these processes had, in megabytes."""
    most = 0
    for pid in pids:
        with suppress(OSError):
            for line in Path(f"/proc/{pid}/status").read_text().splitlines():
                if line.startswith("VmHWM"):
                    most += int(line.split()[1])
    return most / 1024
