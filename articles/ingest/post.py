"""Sends something to a foreign address, behind the guard that fetching has (ADR 0008).

An address that somebody gave for messages can do what one that is fetched can: lead into our own network, send on,
answer without end or never. So the same connections carry it. It is never sent on, the whole exchange has one
deadline, and of the answer only the beginning is read: it is there to be shown to whoever looks for a fault.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Protocol

from urllib3 import BaseHTTPResponse
from urllib3.exceptions import HTTPError, SSLError

from articles.ingest.connections import Deadline, Guard, Resolve, resolve_by_system
from articles.ingest.fetch import FetchPolicy, ask, checked
from articles.ingest.fetch_errors import FetchError, TooSlow, Unreachable

#: Bytes of an answer that are read.
ANSWER_BYTES = 1000


@dataclass(frozen=True, slots=True)
class Posted:
    """What was answered: the status, the names of headers in lower case, the first bytes of the body."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    beginning: bytes = b""


class Poster(Protocol):
    def post(self, address: str, body: bytes, headers: Mapping[str, str]) -> Posted:
        """The answer, whatever its status. Raises FetchError in words when there was none."""


class GuardedPoster:
    """The client. `resolve` is for tests; anything else goes by the system's resolver."""

    def __init__(self, policy: FetchPolicy, resolve: Resolve = resolve_by_system) -> None:
        self.policy = policy
        self._resolve = resolve

    def post(self, address: str, body: bytes, headers: Mapping[str, str]) -> Posted:
        with Deadline(self.policy.seconds) as deadline:
            guard = Guard(self.policy.private_hosts, self._resolve, deadline)
            try:
                return self._post(guard, address, body, headers)
            except (FetchError, HTTPError, OSError, UnicodeError, ValueError) as error:
                raise self._in_words(error, deadline) from error

    def _post(self, guard: Guard, address: str, body: bytes, headers: Mapping[str, str]) -> Posted:
        ours = {
            "User-Agent": self.policy.user_agent,
            "Accept": "*/*",
            "Accept-Encoding": "identity",
            "Connection": "close",
        }
        parts = checked(address, self.policy.private_hosts)
        wait = self.policy.seconds
        response = ask(guard, "POST", parts, {**ours, **headers}, body=body, wait=wait)
        try:
            guard.deadline.check()  # a head that was cut looks like one that ended
            said = {name.lower(): value for name, value in response.headers.items()}
            return Posted(response.status, said, _beginning(response))
        finally:
            response.close()

    def _in_words(self, error: Exception, deadline: Deadline) -> FetchError:
        if deadline.is_over or isinstance(error, TooSlow):
            return TooSlow(f"There was no answer within {self.policy.seconds:g} seconds.")
        if isinstance(error, FetchError):
            return error
        if isinstance(error, SSLError):
            return Unreachable("The certificate is not valid, so it may be another's server.")
        return Unreachable("The connection broke, or the answer is not HTTP.")


def _beginning(response: BaseHTTPResponse) -> bytes:
    """The first bytes, as far as they come in time. The status is known by now, and it alone decides."""
    found = b""
    with suppress(HTTPError, OSError, ValueError):
        while len(found) < ANSWER_BYTES:
            piece = response.read1(ANSWER_BYTES - len(found), decode_content=False)
            if not piece:
                break
            found += piece
    return found
