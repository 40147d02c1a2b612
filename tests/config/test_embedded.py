"""Django's backend for the embedded server."""

import os
import signal

import pytest
from django.db import connections
from django.db.utils import ConnectionHandler, OperationalError

from config import postgres
from tests.config.conftest import keeper_of, postmaster_of, until


@pytest.fixture(params=[None, {"min_size": 1, "max_size": 2}], ids=["unpooled", "pooled"])
def connection(home, request, monkeypatch, django_db_blocker):
    """A connection to a home whose server does not run yet."""
    connection = connect_to(home, pool=request.param)
    monkeypatch.setitem(connections.settings, "own", connection.settings_dict)
    connections["own"] = connection  # signals of Django look it up by its name
    with django_db_blocker.unblock():
        yield connection
        connection.close()
        connection.close_pool()
    del connections["own"]


def connect_to(home, **options):
    database = {
        "ENGINE": "config.embedded",
        "NAME": "assay",
        "USER": "assay",
        "HOST": str(postgres.socket_folder(home)),
        "ASSAY_HOME": home,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": options,
    }
    return ConnectionHandler({"default": {}, "own": database})["own"]


def ask(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_database()")
        return cursor.fetchone()[0]


def test_the_first_connection_starts_the_server(connection):
    assert ask(connection) == "assay"


def test_the_server_is_started_again_for_the_next_connection(home, connection):
    ask(connection)
    connection.close()
    os.kill(postmaster_of(home)[0], signal.SIGKILL)
    until(lambda: not keeper_of(home))
    assert ask(connection) == "assay"


def test_the_maintenance_connection_starts_the_server_too(connection):
    with connection._nodb_cursor() as cursor:
        cursor.execute("SELECT current_database()")
        assert cursor.fetchone() == ("postgres",)


def test_a_port_in_the_environment_is_not_followed(connection, monkeypatch):
    monkeypatch.setenv("PGPORT", "1")
    assert ask(connection) == "assay"


def test_what_keeps_the_server_from_starting_is_an_operational_error(tmp_path, django_db_blocker):
    (tmp_path / "file").write_text("")
    connection = connect_to(tmp_path / "file" / "home")
    with django_db_blocker.unblock(), pytest.raises(OperationalError, match="ASSAY_HOME"):
        ask(connection)


def test_dbshell_starts_the_server_and_speaks_through_the_psql_of_the_wheel(home, capfd):
    connect_to(home).client.runshell(["-tAc", "SELECT 'as ' || current_user"])
    assert capfd.readouterr().out == "as assay\n"
