"""A replica that streams from a copy of the tests' server, and a desk that is served with both."""

import json
import os
import shutil
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from django.db import connection

from accounts.models import Scope
from accounts.roles import Role
from accounts.services import make_key
from config import postgres, replica
from config.postgres.server import find_programs
from publishing import lane
from tests import factories
from tests.config.conftest import stop_by_force, until
from tests.served import Served, address_of

pytestmark = pytest.mark.skipif(
    bool(settings.DATABASE_URL), reason="a server of your own is not ours to copy"
)
VERDICTS = "/api/v1/verdicts/"
EXPORT = "/api/v1/exports/verdicts.ndjson"
LANDING = "/"


@pytest.fixture
def primary_home(transactional_db):
    """A copy of the tests' server, which the test then uses: a replica must wait for what others write."""
    with copy_of(connection.settings_dict["HOST"]) as home, used_by_this_test(home):
        yield home


@pytest.fixture
def replica_home(primary_home):
    """A copy that follows the primary."""
    with copy_of(str(postgres.socket_folder(primary_home)), "-R") as home:
        yield home


@contextmanager
def copy_of(host, *options):
    """The home of a running copy of a server, as `pg_basebackup` makes it."""
    home = Path(tempfile.mkdtemp(dir=os.environ["ASSAY_HOME"])) / "r"
    (home / "postgres").mkdir(parents=True, mode=0o700)
    server = ("-h", host, "-p", str(postgres.PORT), "-U", "assay")
    command = [str(find_programs() / "pg_basebackup"), *server, "-D", str(home / "postgres/data")]
    subprocess.run([*command, "-X", "stream", "--checkpoint=fast", *options], check=True)
    postgres.hold(home)
    yield home
    stop_by_force(home)
    shutil.rmtree(home.parent, ignore_errors=True)


@contextmanager
def used_by_this_test(home):
    usual = connection.settings_dict["HOST"]
    move_to(str(postgres.socket_folder(home)))
    yield
    move_to(usual)


def move_to(host):
    lane.close()
    connection.close()
    connection.close_pool()
    connection.settings_dict["HOST"] = host


class Desk(Served):
    """With the database of the test and its replica."""

    def __init__(self, primary_home, home):
        self.home = home
        super().__init__(
            DATABASE_URL=address_of(primary_home), DATABASE_REPLICA_URL=address_of(home)
        )

    def count(self, address=VERDICTS, key=""):
        content = self.get(address, key).data.decode()
        return len(content.splitlines() if address == EXPORT else json.loads(content)["results"])

    def at_replica(self, statement):
        with psycopg.connect(address_of(self.home), autocommit=True) as other:
            return other.execute(statement).fetchall()


@pytest.fixture
def desk(primary_home, replica_home):
    with Desk(primary_home, replica_home) as desk:
        yield desk


def key_of(role):
    return make_key(actor=factories.make_user(role), name="a key", scope=Scope.READ)[1]


def test_readers_read_the_replica_and_the_desk_what_it_wrote(desk):
    """What a replica does not replay for a while shows who reads where."""
    consumer, editor = key_of(Role.CONSUMER), key_of(Role.EDITOR)
    factories.make_published_claim()
    until(lambda: desk.count() == 1)
    desk.at_replica("SELECT pg_wal_replay_pause()")
    factories.make_published_claim()
    asked = {
        "a reader": desk.count(),
        "a reader of all": desk.count(EXPORT),
        "a consumer": desk.count(key=consumer),
        "an editor": desk.count(key=editor),
    }
    assert asked == {"a reader": 1, "a reader of all": 1, "a consumer": 1, "an editor": 2}
    desk.at_replica("SELECT pg_wal_replay_resume()")
    until(lambda: desk.count() == 2)
    assert (desk.count(EXPORT), desk.count(key=consumer)) == (2, 2)


def test_while_the_replica_is_gone_the_primary_answers_and_afterwards_the_replica_again(desk):
    factories.make_published_claim()
    until(lambda: desk.count() == 1)
    page = desk.get(LANDING)
    stop_by_force(desk.home)
    factories.make_published_claim()
    assert [desk.get(address).status for address in (LANDING, VERDICTS, EXPORT)] == [200] * 3
    assert (page.status, desk.count()) == (200, 2)
    postgres.hold(desk.home)
    until(lambda: reads_replica(desk), seconds=30)


def reads_replica(desk):
    """Whether somebody other than us is connected to it."""
    desk.get(VERDICTS)
    return desk.at_replica(
        "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() "
        "AND pid <> pg_backend_pid() AND query LIKE '%publishing_%'"
    )


class Answer:
    def __init__(self, is_well):
        self.is_well, self.looks = is_well, 0

    def __call__(self):
        self.looks += 1
        return self.is_well


@pytest.mark.parametrize("is_well", [True, False])
def test_how_the_replica_is_is_looked_at_once_in_a_while(monkeypatch, is_well):
    health, look = replica.Health(), Answer(is_well)
    monkeypatch.setattr(health, "_look", look)
    assert ({health.is_good() for _ in range(5)}, look.looks) == ({is_well}, 1)
    later = time.monotonic() + replica.LOOK_AGAIN
    monkeypatch.setattr(time, "monotonic", lambda: later)
    assert (health.is_good(), look.looks) == (is_well, 2)
