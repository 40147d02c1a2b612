"""The connections on which the public record is read: kept, and with their statements prepared once.

Django takes a connection for each request, asks it first whether it lives, lets the server plan every statement anew,
and makes Python objects of all that comes back: that is many times the work of finding one document. Here a statement
goes by libpq, in one call that lets other threads go on until all has come, to a connection that has seen it before;
and what comes back is bytes. A connection that died in the meantime is replaced, and the read is done again, as reads
may be. Inside a transaction they go over Django's own connection and see what it sees.
"""

from collections.abc import Sequence
from datetime import datetime
from threading import Lock
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections, router
from psycopg.pq import ConnStatus, ExecStatus
from psycopg.pq.abc import PGresult
from psycopg_pool import ConnectionPool, PoolTimeout

from publishing.models import Publication

#: Each value as PostgreSQL writes it, in UTF-8; NULL as nothing.
Rows = list[tuple[bytes, ...]]
MAX_PREPARED = 100


class Kept(psycopg.Connection[Any]):
    """Knows by which names it has prepared what."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.prepared: dict[str, bytes] = {}


_pools: dict[tuple[str, str], ConnectionPool[Kept]] = {}
_opening = Lock()


def fetch(statement: str, values: Sequence[Any], *, is_prepared: bool = True) -> Rows:
    """All rows of a statement with $1, $2, … for the values.

    A statement whose plan must suit its values is not prepared: a rare word, a wide span of time.
    """
    wrapper: Any = connections[router.db_for_read(Publication) or DEFAULT_DB_ALIAS]
    if wrapper.queries_logged:
        wrapper.queries_log.append({"sql": statement, "time": "0"})
    with wrapper.wrap_database_errors:
        if wrapper.in_atomic_block:
            cursor = psycopg.RawCursor(wrapper.connection).execute(statement, values)
            return _rows(cursor.pgresult)
        given = [_encode(value) for value in values]
        pool = _pool(wrapper)
        try:
            return _run(pool, statement, given, is_prepared)
        except PoolTimeout:
            raise
        except psycopg.OperationalError:
            pool.drain()  # what ended one may have ended all of them, or be about to
        return _run(pool, statement, given, is_prepared)


def close() -> None:
    """Let go of all connections, where a database goes away."""
    with _opening:
        while _pools:
            _pools.popitem()[1].close()


def _run(pool: ConnectionPool[Kept], statement: str, given: list[bytes], is_prepared: bool) -> Rows:
    connection = pool.getconn()
    try:
        libpq = connection.pgconn
        if is_prepared:
            result = libpq.exec_prepared(_prepare(connection, statement), given)
        else:
            result = libpq.exec_params(statement.encode(), given)
        _check(connection, result)
        return _rows(result)
    finally:
        pool.putconn(connection)


def _prepare(connection: Kept, statement: str) -> bytes:
    """The name of the statement on this connection."""
    prepared = connection.prepared
    if name := prepared.get(statement):
        return name
    if len(prepared) >= MAX_PREPARED:
        _check(connection, connection.pgconn.exec_(b"DEALLOCATE ALL"))
        prepared.clear()
    name = b"read_%d" % len(prepared)
    _check(connection, connection.pgconn.prepare(name, statement.encode()))
    prepared[statement] = name
    return name


def _check(connection: Kept, result: PGresult) -> None:
    if connection.pgconn.status != ConnStatus.OK:
        raise psycopg.OperationalError(result.get_error_message())
    if result.status not in (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK):
        raise psycopg.errors.error_from_result(result)


def _rows(result: PGresult | None) -> Rows:
    if result is None:
        raise psycopg.OperationalError("The answer is gone.")
    columns = range(result.nfields)
    rows = range(result.ntuples)
    return [tuple(result.get_value(row, at) or b"" for at in columns) for row in rows]


def _encode(value: Any) -> bytes:
    text = value.isoformat() if isinstance(value, datetime) else str(value)
    if "\0" in text:  # where libpq would take the value to end
        raise psycopg.DataError("PostgreSQL text cannot contain NUL (0x00) bytes.")
    return text.encode()


def _pool(wrapper: Any) -> ConnectionPool[Kept]:
    key = wrapper.alias, wrapper.settings_dict["NAME"]
    if pool := _pools.get(key):
        return pool
    with _opening:
        if key not in _pools:
            settings: dict[str, Any] = wrapper.get_connection_params()
            options = settings.pop("pool", None) or {}
            settings |= {"autocommit": True}
            _pools[key] = ConnectionPool(
                connection_class=Kept, kwargs=settings, open=True, **options
            )
        return _pools[key]
