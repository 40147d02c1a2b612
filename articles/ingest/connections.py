"""Connections that go only where they may: names are resolved and checked at the moment of connecting.

The check and the connection use the same numbers, so a name that resolves to a public address when it
is asked first and to a private one a moment later gains nothing. TLS still checks the certificate
against the name, and the Host header still says it.
"""

import os
import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from types import TracebackType
from typing import Any

from urllib3 import HTTPConnectionPool, HTTPSConnectionPool
from urllib3.connection import HTTPConnection, HTTPSConnection

from articles.ingest.fetch_errors import RefusedAddress, TooSlow, Unreachable
from articles.ingest.public_addresses import (
    IP,
    NotPublic,
    as_ip,
    require_public,
    require_public_name,
)

#: From a host and a port to its addresses, as text.
Resolve = Callable[[str, int], list[str]]
CONNECT_SECONDS = 10.0


def resolve_by_system(host: str, port: int) -> list[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(row[4][0]) for row in found))


class Deadline:
    """Cuts every connection of a fetch when its time is over, wherever it waits: also inside a slow header."""

    def __init__(self, seconds: float) -> None:
        self.is_over = False
        self._ends_at = time.monotonic() + seconds
        self._sockets: list[socket.socket] = []
        self._lock = threading.Lock()
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> "Deadline":
        self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: object, at: TracebackType | None
    ) -> None:
        self._timer.cancel()
        with self._lock:
            for one in self._sockets:
                one.close()
            self._sockets.clear()

    def watch(self, connected: socket.socket) -> None:
        """Keep a second handle: TLS takes the first one away."""
        with self._lock:
            self._sockets.append(socket.socket(fileno=os.dup(connected.fileno())))
        self.check()

    def check(self) -> None:
        if self.is_over:
            raise TooSlow("The page did not arrive in time. Try again later, or paste its words.")

    def wait_for(self, done: threading.Event) -> None:
        """Wait for what cannot be cut, and leave it behind when the time is over."""
        if not done.wait(max(0.0, self._ends_at - time.monotonic())):
            self.is_over = True
            self.check()

    def _cut(self) -> None:
        self.is_over = True
        with self._lock:
            for one in self._sockets:
                with suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)


class Guard:
    """Which addresses a connection may have. Hosts of the intranet pass when they are named."""

    def __init__(self, private_hosts: frozenset[str], resolve: Resolve, deadline: Deadline) -> None:
        self.private_hosts = private_hosts
        self._resolve = resolve
        self.deadline = deadline

    def connect(self, host: str, port: int) -> socket.socket:
        """A connection to one of the host's checked addresses; the first that answers."""
        failure: OSError | None = None
        for ip in self.addresses(host, port):
            self.deadline.check()
            try:
                connected = socket.create_connection((str(ip), port), timeout=CONNECT_SECONDS)
            except OSError as error:
                failure = error
                continue
            self.deadline.watch(connected)
            return connected
        raise Unreachable(
            f"{host} does not answer. Check the address, or try again later."
        ) from failure

    def addresses(self, host: str, port: int) -> list[IP]:
        """All addresses of the host. One that is not public refuses the host, whatever the others are."""
        is_private = host.lower().rstrip(".") in self.private_hosts
        try:
            if not is_private:
                require_public_name(host)
            found = [self._as_ip(host, text) for text in self._look_up(host.strip("[]"), port)]
            if not is_private:
                for ip in found:
                    require_public(ip)
        except NotPublic as error:
            raise RefusedAddress(
                f"{error} Addresses of your own network can be allowed by name: ASSAY_PRIVATE_HOSTS."
            ) from error
        except (OSError, UnicodeError) as error:
            raise Unreachable(f"There is no server named {host}. Check the spelling.") from error
        if not found:
            raise Unreachable(f"There is no server named {host}. Check the spelling.")
        return found

    def _look_up(self, host: str, port: int) -> list[str]:
        """The system's resolver cannot be cut, so it works on a thread of its own, which may be left behind."""
        done = threading.Event()
        found: list[str] = []
        faults: list[Exception] = []

        def look_up() -> None:
            try:
                found.extend(self._resolve(host, port))
            except Exception as error:
                faults.append(error)
            finally:
                done.set()

        threading.Thread(target=look_up, daemon=True).start()
        self.deadline.wait_for(done)
        if faults:
            raise faults[0]
        return found

    def _as_ip(self, host: str, text: str) -> IP:
        if (ip := as_ip(text)) is None:
            raise NotPublic(host, f"at an address that cannot be read ({text})")
        return ip


class _GuardedHTTP(HTTPConnection):
    def __init__(self, *args: Any, guard: Guard, **kwargs: Any) -> None:
        self._guard = guard
        super().__init__(*args, **kwargs)

    def _new_conn(self) -> socket.socket:
        return _connected(self, self._guard)


class _GuardedHTTPS(HTTPSConnection):
    def __init__(self, *args: Any, guard: Guard, **kwargs: Any) -> None:
        self._guard = guard
        super().__init__(*args, **kwargs)

    def _new_conn(self) -> socket.socket:
        return _connected(self, self._guard)


def _connected(connection: HTTPConnection, guard: Guard) -> socket.socket:
    return guard.connect(connection.host, connection.port or connection.default_port)


class GuardedHTTPPool(HTTPConnectionPool):
    ConnectionCls = _GuardedHTTP


class GuardedHTTPSPool(HTTPSConnectionPool):
    ConnectionCls = _GuardedHTTPS
