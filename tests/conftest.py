"""The home, the server and the databases of a test run.

A run has one embedded server, in a fresh ASSAY_HOME that its workers share; DATABASE_URL names a
server of your own instead. Migrations run once, into a template that every worker clones. A test
that commits (`transaction=True`) leaves a new clone behind: unlike a flush, that keeps the rows
that migrations made, and needs no way around the triggers that make tables append-only.
"""

import fcntl
import os
import shutil
import tempfile
import time
import uuid
from contextlib import contextmanager, suppress
from pathlib import Path

import django
import pytest
from django.conf import settings
from hypothesis import HealthCheck
from hypothesis import settings as property_settings

#: A busy machine is slow, and that is no fault of the code.
property_settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
property_settings.load_profile("house")

ROOM = 2 * 1024**3
WORKER = os.environ.get("PYTEST_XDIST_WORKER", "")


def new_home():
    """Where files are made fastest, as each database is a thousand of them. Locked for the run."""
    memory = Path("/dev/shm")  # noqa: S108 (mkdtemp makes the folder private)
    has_room = os.access(memory, os.W_OK) and shutil.disk_usage(memory).free > ROOM
    folder = memory if has_room else Path(tempfile.gettempdir())
    remove_abandoned(folder)
    home = tempfile.mkdtemp(prefix="assay-tests-", dir=folder)
    fcntl.flock(os.open(home, os.O_RDONLY), fcntl.LOCK_EX)
    return home


def remove_abandoned(folder):
    """A run that was killed left its home: nobody has it locked."""
    for home in folder.glob("assay-tests-*"):
        with suppress(OSError):
            file = os.open(home, os.O_RDONLY)
            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if time.time() - home.stat().st_mtime > 60:
                    shutil.rmtree(home)
            finally:
                os.close(file)


KEPT = ("ASSAY_TEST_MODEL_",)  # what only tests read


if not WORKER:
    for name in list(os.environ):  # the choices of a shell are not those of the tests
        is_choice = name in {"HOST", "PORT"} or name.startswith(("ASSAY_", "DJANGO_"))
        if is_choice and not name.startswith(KEPT):
            del os.environ[name]
    os.environ |= {
        "DJANGO_SETTINGS_MODULE": "config.settings",
        "ASSAY_HOME": new_home(),
        "ASSAY_POSTGRES_FSYNC": "off",
        "ASSAY_LONG_ANSWERS": "100000",  # a test reads of an answer what it wants and leaves the rest
        "ASSAY_TEST_RUN": uuid.uuid4().hex[:8],
    }
HOME = Path(os.environ["ASSAY_HOME"])
TEMPLATE = f"test_assay_{os.environ['ASSAY_TEST_RUN']}"
CLONE = f"{TEMPLATE}_{WORKER or 'main'}"


@pytest.hookimpl(tryfirst=True)
def pytest_configure(config):
    config.option.allow_hosts = config.option.allow_hosts or "127.0.0.1,::1,localhost"
    config.option.allow_unix_socket = True  # what is not named here is blocked
    django.setup()  # not before: the settings read what we put into the environment
    settings.WHITENOISE_USE_FINDERS = False  # or every test client looks through all static files
    settings.ASSAY_API_RATE = 0  # or every key costs a query more; tests of it set it
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick


def pytest_unconfigure():
    if WORKER:
        return
    from config import postgres

    with suppress(postgres.PostgresError), postgres.alone(HOME):
        pass
    shutil.rmtree(postgres.socket_folder(HOME), ignore_errors=True)
    shutil.rmtree(HOME, ignore_errors=True)


@pytest.fixture(scope="session")
def django_db_setup(django_test_environment, django_db_blocker):
    """This worker's own database, cloned from the template."""
    from django.test import TransactionTestCase

    with django_db_blocker.unblock(), pytest.MonkeyPatch.context() as patch:
        make_template()
        renew_clone()
        patch.setattr(TransactionTestCase, "_fixture_teardown", lambda case: renew_clone())
        with django_db_blocker.block():
            yield
        with disconnected() as cursor:
            cursor.execute(f'DROP DATABASE IF EXISTS "{CLONE}" WITH (FORCE)')
            drop_template_after_the_last_clone(cursor)


def make_template():
    """Migrate it under another name first: a template that can be seen is complete."""
    from django.db import connection

    with only_one_worker():
        with disconnected() as cursor:
            cursor.execute("SELECT 1 FROM pg_database WHERE datname = %s", [TEMPLATE])
            if cursor.fetchone():
                return
        connection.settings_dict["TEST"]["NAME"] = f"{TEMPLATE}_new"
        connection.creation.create_test_db(verbosity=0, autoclobber=True)
        with disconnected() as cursor:
            cursor.execute(f'ALTER DATABASE "{TEMPLATE}_new" RENAME TO "{TEMPLATE}"')


def renew_clone():
    from django.db import connection

    with disconnected() as cursor:
        cursor.execute(f'DROP DATABASE IF EXISTS "{CLONE}" WITH (FORCE)')
        cursor.execute(f'CREATE DATABASE "{CLONE}" TEMPLATE "{TEMPLATE}" STRATEGY FILE_COPY')
    connection.settings_dict["NAME"] = CLONE


def drop_template_after_the_last_clone(cursor):
    cursor.execute("SELECT 1 FROM pg_database WHERE starts_with(datname, %s)", [f"{TEMPLATE}_"])
    if not cursor.fetchone():
        cursor.execute(f'DROP DATABASE IF EXISTS "{TEMPLATE}"')


@contextmanager
def only_one_worker():
    with (HOME / "template.lock").open("w") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


@contextmanager
def disconnected():
    """A cursor elsewhere, and no connection of ours to the database that is made or dropped."""
    from django.db import connection, connections

    from publishing import lane

    lane.close()
    connections.close_all()
    connection.close_pool()
    with connection._nodb_cursor() as cursor:
        yield cursor
