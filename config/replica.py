"""Reads for the public go to a replica, when there is one: DATABASE_REPLICA_URL.

A replica is a moment behind. Readers do not notice; whoever works at the desk would, when what they wrote a moment ago
is not there. So a request is sent to the replica only if it reads, and nobody of the desk is behind it: it has no
session, and no key or the key of a consumer (the API says so once it knows whose key it is). Everything else, accounts
and all writes among it, goes to the primary, as everything does while the replica is out of reach or too far behind.
"""

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, Error, OperationalError, connections
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse

ALIAS = "replica"
READS = frozenset({"GET", "HEAD", "OPTIONS"})
#: What the desk writes about who asks, even while they read.
OF_THE_PRIMARY = frozenset({"accounts", "account", "mfa", "sessions", "auth"})
#: Seconds between two looks at how the replica is.
LOOK_AGAIN = 5.0
LAG = """
SELECT pg_is_in_recovery() AND coalesce(
    pg_last_wal_receive_lsn() = pg_last_wal_replay_lsn()
    OR now() - pg_last_xact_replay_timestamp() < make_interval(secs => %s), false)
"""

log = logging.getLogger(__name__)
_uses_replica: ContextVar[bool] = ContextVar("uses_replica", default=False)


class Router:
    """Where Django reads and writes."""

    def db_for_read(self, model: Any, **hints: Any) -> str | None:
        instance = hints.get("instance")
        if instance is not None and instance._state.db == DEFAULT_DB_ALIAS:
            return DEFAULT_DB_ALIAS
        is_apart = model._meta.app_label in OF_THE_PRIMARY
        return ALIAS if _uses_replica.get() and not is_apart else DEFAULT_DB_ALIAS

    def db_for_write(self, model: Any, **hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        return True  # both are the same database

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db != ALIAS


class ReadReplica:
    """Sends what strangers read to the replica, and what fails there once more to the primary."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with reading_replica(is_wanted=_is_strangers(request)):
            response = self.get_response(request)
            if isinstance(response, StreamingHttpResponse) and _uses_replica.get():
                response.streaming_content = _sent_from_replica(iter(response))
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        if not (isinstance(error, OperationalError) and _uses_replica.get()):
            return None
        health.lose(error)
        _uses_replica.set(False)
        match = request.resolver_match
        assert match is not None  # noqa: S101 - a view raised it
        answer: HttpResponse = match.func(request, *match.args, **match.kwargs)
        return answer


def _sent_from_replica(parts: Iterator[bytes]) -> Iterator[bytes]:
    """What is read only while it is sent, when the request is over."""
    while True:
        with reading_replica(is_wanted=True):
            part = next(parts, None)
        if part is None:
            return
        yield part


@contextmanager
def reading_replica(*, is_wanted: bool) -> Iterator[None]:
    """Reads go to the replica meanwhile, if there is one and it is well."""
    token = _uses_replica.set(is_wanted and health.is_good())
    try:
        yield
    finally:
        _uses_replica.reset(token)


def read_for(request: HttpRequest, *, is_allowed: bool) -> None:
    """Once it is known whose key a request has."""
    if "HTTP_AUTHORIZATION" in request.META and request.method in READS:
        _uses_replica.set(is_allowed and health.is_good())


class Health:
    """Whether the replica answers and keeps up, looked at every few seconds."""

    def __init__(self) -> None:
        self._is_good, self._until = False, 0.0

    def is_good(self) -> bool:
        if time.monotonic() >= self._until:
            self._until = time.monotonic() + LOOK_AGAIN  # others go by the last look meanwhile
            self._is_good = self._look()
        return self._is_good

    def lose(self, error: Exception) -> None:
        log.warning("The replica does not answer, reads go to the primary: %s", error)
        self._is_good, self._until = False, time.monotonic() + LOOK_AGAIN

    def _look(self) -> bool:
        try:
            with connections[ALIAS].cursor() as cursor:
                cursor.execute(LAG, [settings.ASSAY_REPLICA_SECONDS])
                (is_well,) = cursor.fetchone()
        except Error as error:
            self.lose(error)
            return False
        if not is_well:
            log.warning("The replica is no replica or too far behind: reads go to the primary.")
        return bool(is_well)


health = Health()


def _is_strangers(request: HttpRequest) -> bool:
    return (
        request.method in READS
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "HTTP_AUTHORIZATION" not in request.META
    )
