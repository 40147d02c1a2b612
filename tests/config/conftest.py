"""Homes with servers of their own, and other processes that use them and get killed."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest

from config import postgres

PROJECT = Path(__file__).resolve().parents[2]
HOLD = """
import sys
from pathlib import Path
from config import postgres
try:
    postgres.hold(Path(sys.argv[1]))
except postgres.PostgresError as error:
    sys.exit(print(error))
print("held", flush=True)
sys.stdin.read()
"""


class Client:
    """Another process that holds the server of a home until it is closed or killed."""

    def __init__(self, home, *before):
        self.process = subprocess.Popen(
            [*before, sys.executable, "-c", HOLD, str(home)],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def word(self):
        return self.process.stdout.readline().strip()

    def close(self):
        return self.process.communicate()[0].strip()

    def kill(self):
        self.process.kill()
        self.process.communicate()


@pytest.fixture(scope="session")
def used_home():
    """Making the data takes longest, so most tests share a home; each leaves it stopped."""
    home = Path(tempfile.mkdtemp(dir=os.environ["ASSAY_HOME"])) / "home"
    postgres.hold(home)
    stop_by_force(home)
    yield home
    shutil.rmtree(home)


@pytest.fixture
def home(used_home):
    yield used_home
    stop_by_force(used_home)


@pytest.fixture
def new_home():
    """A home that does not exist yet."""
    yield from kept(Path(tempfile.mkdtemp(dir=os.environ["ASSAY_HOME"])) / "home")


@pytest.fixture
def deep_home():
    folder = Path(tempfile.mkdtemp(dir=os.environ["ASSAY_HOME"]))
    yield from kept(folder.joinpath(*["a folder, deep down"] * 6))


def kept(home):
    yield home
    stop_by_force(home)
    shutil.rmtree(home, ignore_errors=True)
    if home.parent != postgres.socket_folder(home).parents[1]:  # it is too deep for a socket
        shutil.rmtree(postgres.socket_folder(home), ignore_errors=True)


def stop_by_force(home):
    if lease := postgres._leases.pop(home, None):
        lease.close()
    for number in (signal.SIGTERM, signal.SIGKILL):
        for pid in processes_of(home):
            with suppress(ProcessLookupError):
                os.kill(pid, number)
        until(lambda: not processes_of(home), seconds=5, needed=False)


@pytest.fixture
def client():
    """Makes clients of a home, and ends them after the test."""
    clients = []

    def make(home, *before):
        clients.append(Client(home, *before))
        return clients[-1]

    yield make
    for each in clients:
        each.kill()


def processes_of(home, word=""):
    """The keepers and postmasters of `home`, found by their command lines."""
    found = []
    for folder in Path("/proc").iterdir():
        with suppress(OSError):
            line = (folder / "cmdline").read_bytes().decode(errors="replace").split("\0")
            is_ours = {str(home), f"{home}/postgres/data"} & set(line) and "-c" not in line
            if folder.name.isdecimal() and is_ours and word in " ".join(line[:3]):
                found.append(int(folder.name))
    return found


def keeper_of(home):
    return processes_of(home, "config.postgres.keeper")


def postmaster_of(home):
    return processes_of(home, "pginstall/bin/postgres")


def until(condition, seconds=8.0, needed=True):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return
        time.sleep(0.02)
    assert not needed, f"not within {seconds} seconds"


def query(home, sql):
    with psycopg.connect(
        host=str(postgres.socket_folder(home)), port=postgres.PORT, user="assay", dbname="assay"
    ) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchall() if cursor.description else None
