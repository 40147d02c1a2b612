"""The one client for foreign addresses. Whatever the desk opens on somebody's word goes through here.

Guarded against what an address can do to the server (ADR 0008): only http and https, no credentials,
only public addresses, checked again at connecting and at each redirect; caps on size, time, redirects
and unpacking; the rules of the site (robots.txt) are followed. Proxies of the environment are not used.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import SplitResult, urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from urllib3 import BaseHTTPResponse, Timeout
from urllib3.exceptions import HTTPError, SSLError

from articles.ingest.connections import (
    Deadline,
    Guard,
    GuardedHTTPPool,
    GuardedHTTPSPool,
    Resolve,
    resolve_by_system,
)
from articles.ingest.fetch_body import charset_of, media_type_of, read_body
from articles.ingest.fetch_errors import (
    RULES_TOO_LONG,
    STATUSES,
    BadAnswer,
    FetchError,
    ForbiddenByRobots,
    RefusedAddress,
    TooLarge,
    TooManyRedirects,
    Unreachable,
)

MOST_REDIRECTS = 5
LONGEST_ADDRESS = 4000
ROBOTS_BYTES = 500_000
WAIT_SECONDS = 15.0
LAST_SYSTEM_PORT = 1023
PORTS = {"http": 80, "https": 443}
REDIRECTS = frozenset((301, 302, 303, 307, 308))
ACCEPT = (
    "text/html, application/xhtml+xml, application/pdf, text/markdown, text/plain;q=0.9, */*;q=0.5"
)


@dataclass(frozen=True, slots=True)
class FetchPolicy:
    """What the desk's settings say about fetching."""

    user_agent: str
    max_bytes: int
    seconds: float = 30.0
    private_hosts: frozenset[str] = field(default_factory=frozenset)
    follows_robots: bool = True


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came back, unpacked, and from which address in the end.

    `headers` are the answer's as they were sent, so they may tell of a packing that `content` has lost.
    """

    content: bytes
    address: str
    media_type: str = ""
    charset: str = ""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()


class Fetcher(Protocol):
    def fetch(self, address: str) -> Fetched:
        """The page at an address. Raises FetchError in words."""


class GuardedFetcher:
    """The client. `resolve` is for tests; anything else goes by the system's resolver."""

    def __init__(self, policy: FetchPolicy, resolve: Resolve = resolve_by_system) -> None:
        self.policy = policy
        self._resolve = resolve

    def fetch(self, address: str) -> Fetched:
        with Deadline(self.policy.seconds) as deadline:
            guard = Guard(self.policy.private_hosts, self._resolve, deadline)
            try:
                return _Fetch(self.policy, guard).follow(address, self.policy.max_bytes)
            except FetchError:
                deadline.check()
                raise
            except SSLError as error:
                deadline.check()
                raise Unreachable(
                    "The site's certificate is not valid, so it may be another's."
                ) from error
            except (HTTPError, OSError, UnicodeError, ValueError) as error:
                deadline.check()
                raise Unreachable(
                    "The site broke the connection or its answer. Try again later."
                ) from error


class _Fetch:
    """One fetch with its redirects and the rules of the sites that it meets."""

    def __init__(self, policy: FetchPolicy, guard: Guard) -> None:
        self._policy = policy
        self._guard = guard
        self._rules: dict[str, RobotFileParser] = {}

    def follow(self, address: str, max_bytes: int, *, is_rules: bool = False) -> Fetched:
        came_from: SplitResult | None = None
        for _ in range(MOST_REDIRECTS + 1):
            parts = checked(address, self._policy.private_hosts)
            self._refuse_step(came_from, parts)
            if self._policy.follows_robots and not is_rules:
                self._refuse_forbidden(parts)
            response = self._ask(parts)
            try:
                if response.status not in REDIRECTS:
                    return self._answer(response, parts.geturl(), max_bytes)
                target = response.headers.get("Location", "")
            finally:
                response.close()
            if not target:
                raise BadAnswer("The page sends on, and does not say where.", response.status)
            came_from, address = parts, urljoin(parts.geturl(), target)
        raise TooManyRedirects(
            f"The page sends on more than {MOST_REDIRECTS} times. Give its last address."
        )

    def _refuse_step(self, origin: SplitResult | None, target: SplitResult) -> None:
        if origin is None:
            return
        if origin.scheme == "https" and target.scheme == "http":
            raise RefusedAddress(
                "The page sends from https to http, where anybody on the way could change its words."
            )
        private = self._policy.private_hosts
        if target.hostname in private and origin.hostname not in private:
            raise RefusedAddress(
                "A page of the internet sends into your own network. It is not followed."
            )

    def _ask(self, parts: SplitResult) -> BaseHTTPResponse:
        headers = {
            "User-Agent": self._policy.user_agent,
            "Accept": ACCEPT,
            "Accept-Encoding": "gzip, deflate",
            "Connection": "close",
        }
        return ask(self._guard, "GET", parts, headers)

    def _answer(self, response: BaseHTTPResponse, address: str, max_bytes: int) -> Fetched:
        if response.status != 200:
            raise BadAnswer(
                STATUSES.get(
                    response.status,
                    f"The site answers with an error ({response.status}). Try again later.",
                ),
                response.status,
            )
        kind = response.headers.get("Content-Type", "")
        content = read_body(response, max_bytes, self._guard.deadline)
        headers = tuple((name, value) for name, value in response.headers.items())
        return Fetched(
            content, address, media_type_of(kind), charset_of(kind), response.status, headers
        )

    def _refuse_forbidden(self, parts: SplitResult) -> None:
        rules = self._rules_of(parts)
        if not rules.can_fetch(self._policy.user_agent, parts.geturl()):
            raise ForbiddenByRobots(
                "The site asks programs not to read this page (robots.txt). Open it in your browser, "
                "and paste the article."
            )

    def _rules_of(self, parts: SplitResult) -> RobotFileParser:
        """RFC 9309: no file means no rules; a server in trouble means that nothing may be read."""
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            rules = RobotFileParser()
            try:
                page = self.follow(f"{origin}/robots.txt", ROBOTS_BYTES, is_rules=True)
                rules.parse(page.content.decode("utf-8", "replace").splitlines())
            except BadAnswer as error:
                if error.status >= 500:
                    raise
                rules.parse([])
            except TooManyRedirects:
                rules.parse([])
            except TooLarge as error:
                raise ForbiddenByRobots(RULES_TOO_LONG) from error
            self._rules[origin] = rules
        return self._rules[origin]


def ask(
    guard: Guard,
    method: str,
    parts: SplitResult,
    headers: Mapping[str, str],
    *,
    body: bytes | None = None,
    wait: float = WAIT_SECONDS,
) -> BaseHTTPResponse:
    """One request over a guarded connection, to checked parts. The answer is not read yet, nor followed."""
    guard.deadline.check()
    host, port = parts.hostname or "", parts.port or PORTS[parts.scheme]
    pool_class = GuardedHTTPSPool if parts.scheme == "https" else GuardedHTTPPool
    pool = pool_class(host, port, maxsize=1, timeout=Timeout(wait), guard=guard)
    target = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
    return pool.urlopen(
        method,
        target if target.startswith("/") else f"/{target}",
        body=body,
        headers=headers,
        retries=False,
        redirect=False,
        assert_same_host=False,
        preload_content=False,
        decode_content=False,
    )


def checked(address: str, private_hosts: frozenset[str]) -> SplitResult:
    """The parts of an address that may be opened, by its form alone. Raises RefusedAddress."""
    address = address.strip()
    if len(address) > LONGEST_ADDRESS or any(ord(one) < 33 or one in "\\\x7f" for one in address):
        raise RefusedAddress("The address is too long, or holds spaces or control characters.")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError as error:
        raise RefusedAddress(f"“{address[:100]}” is not an address: {error}.") from error
    if parts.scheme not in PORTS or not parts.hostname:
        raise RefusedAddress("Only addresses that begin with https:// or http:// are opened.")
    if parts.username is not None or parts.password is not None:
        raise RefusedAddress("The address holds a user name or password. Take it out.")
    is_web = port is None or port > LAST_SYSTEM_PORT or port in PORTS.values()
    if not is_web and parts.hostname not in private_hosts:
        raise RefusedAddress(f"Port {port} does not serve pages, so it is not opened.")
    return _in_ascii(parts)


def _in_ascii(parts: SplitResult) -> SplitResult:
    """Host names in their registered spelling, and everything else escaped: what goes over the wire."""
    host = parts.hostname or ""
    try:
        host = host if ":" in host else host.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise RefusedAddress(f"“{host[:100]}” is not the name of a server.") from error
    netloc = f"[{host}]" if ":" in host else host
    netloc = f"{netloc}:{parts.port}" if parts.port else netloc
    escaped = (_escaped(parts.path), _escaped(parts.query))
    return SplitResult(parts.scheme, netloc, *escaped, "")


def _escaped(text: str) -> str:
    return "".join(
        one if one.isascii() else "".join(f"%{byte:02X}" for byte in one.encode("utf-8", "replace"))
        for one in text
    )
