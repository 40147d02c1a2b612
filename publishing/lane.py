"""The connections on which the public record is read: kept, and with their statements prepared once.

Django takes a connection for each request, asks it first whether it lives, and lets the server plan every statement
anew: three times the work of finding one document. Here a statement goes out as it is, to a connection that has seen
it before, and what comes back is bytes. A connection that died in the meantime is replaced, and the read is done
again, as reads may be. Inside a transaction they go over Django's own connection and see what it sees.
"""

from collections.abc import Sequence
from threading import Lock
from typing import Any

import psycopg
from django.db import DEFAULT_DB_ALIAS, connections, router
from psycopg_pool import ConnectionPool, PoolTimeout

from publishing.models import Publication

Rows = list[tuple[Any, ...]]
_pools: dict[tuple[str, str], ConnectionPool] = {}
_opening = Lock()


def fetch(statement: str, values: Sequence[Any], *, is_prepared: bool = True) -> Rows:
    """All rows. A statement whose plan must suit its values is not prepared: a rare word, a wide span of time."""
    wrapper: Any = connections[router.db_for_read(Publication) or DEFAULT_DB_ALIAS]
    if wrapper.queries_logged:
        wrapper.queries_log.append({"sql": statement, "time": "0"})
    with wrapper.wrap_database_errors:
        if wrapper.in_atomic_block:
            return _run(wrapper.connection, statement, values, is_prepared=False)
        pool = _pool(wrapper)
        try:
            with pool.connection() as connection:
                return _run(connection, statement, values, is_prepared=is_prepared)
        except PoolTimeout:
            raise
        except psycopg.OperationalError:
            pool.drain()  # what ended one may have ended all of them, or be about to
        with pool.connection() as connection:
            return _run(connection, statement, values, is_prepared=is_prepared)


def close() -> None:
    """Let go of all connections, where a database goes away."""
    with _opening:
        while _pools:
            _pools.popitem()[1].close()


def _run(connection: Any, statement: str, values: Sequence[Any], *, is_prepared: bool) -> Rows:
    cursor = psycopg.Cursor(connection)
    cursor.execute(statement, values, prepare=is_prepared, binary=True)
    return cursor.fetchall()


def _pool(wrapper: Any) -> ConnectionPool:
    key = wrapper.alias, wrapper.settings_dict["NAME"]
    if pool := _pools.get(key):
        return pool
    with _opening:
        if key not in _pools:
            settings: dict[str, Any] = wrapper.get_connection_params()
            options = settings.pop("pool", None) or {}
            settings |= {"autocommit": True, "prepare_threshold": 0}
            _pools[key] = ConnectionPool(kwargs=settings, open=True, **options)
        return _pools[key]
