"""Owns the embedded PostgreSQL below a home folder: starts it, keeps it while needed, stops it.

A client holds the server with `hold(home)`. The first one spawns a keeper, a small detached
process with `postgres` as its child, and the keeper stops the server when the last client has
left. Process ids are reused, so they decide nothing: each fact is a flock on a file in
`home/postgres`, and the kernel drops a flock however its owner dies.

    users   shared by every client; a keeper that can have it alone for a while stops the server
    start   the keeper's while it starts the server
    ready   the keeper's from the moment the server answers; the file names the keeper's process
    server  the keeper's, inherited by postgres: free means that no process of the server is left

docs/adr/0003-embedded-database.md says why it is so.
"""

import errno
import fcntl
import hashlib
import os
import pwd
import re
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

PORT = "5432"  # names the socket; no network port is opened
MAX_FOLDER = 103 - len(f"/.s.PGSQL.{PORT}")  # what the address of a Unix socket has room for
START_SECONDS = 120.0
PROJECT = Path(__file__).resolve().parent.parent.parent


class PostgresError(Exception):
    """The embedded server cannot be had; the message says what failed and what to do."""


@dataclass
class Lease:
    """Keeps the server of `home` running until closed, or until the process ends."""

    home: Path
    users: int | None

    def close(self) -> None:
        if self.users is not None:
            os.close(self.users)
        self.users = None


_leases: dict[Path, Lease] = {}
_one_at_a_time = threading.Lock()


def socket_folder(home: Path) -> Path:
    """Where the server of `home` listens: in the home, or under /tmp when that path is too long."""
    home = home.resolve()
    folder = home / "postgres"
    is_plain = re.fullmatch(r"[\w./+-]+", str(folder), re.ASCII)  # libpq gives a comma a meaning
    if is_plain and len(str(folder)) <= MAX_FOLDER:
        return folder
    digest = hashlib.sha256(os.fsencode(home)).hexdigest()[:16]
    # Not tempfile.gettempdir(): all processes of this user must agree, whatever their TMPDIR.
    return Path(f"/tmp/assay-{os.geteuid()}-{digest}")  # noqa: S108 (ownership is checked)


def hold(home: Path) -> Lease:
    """Make sure that the server of `home` runs, and keep it so. Cheap when it already does."""
    home = home.resolve()
    folder = home / "postgres"
    with _one_at_a_time, readable_errors(home):
        lease = _leases.setdefault(home, Lease(home, None))
        if lease.users is None:
            home.mkdir(mode=0o700, parents=True, exist_ok=True)
            for private in {folder, socket_folder(home)}:
                _make_private(private)
            lease.users = lock(folder / "users", fcntl.LOCK_SH, START_SECONDS)
        if not is_held(folder / "ready"):
            try:
                _spawn_keeper(home)
            except BaseException:
                lease.close()
                raise
        return lease


@contextmanager
def alone(home: Path) -> Iterator[None]:
    """Stop the server of `home`, and let no one start it inside. PostgresError if it is in use."""
    home = home.resolve()
    folder = home / "postgres"
    if lease := _leases.pop(home, None):
        lease.close()
    if not folder.exists():
        yield
        return
    try:
        users = lock(folder / "users", fcntl.LOCK_EX, 3)
    except BlockingIOError:
        raise PostgresError(f"The database in {home} is in use: stop what uses it first.") from None
    try:
        starting = lock(folder / "start", fcntl.LOCK_EX, START_SECONDS)
        if is_held(folder / "ready"):
            with suppress(ProcessLookupError):
                os.kill(int((folder / "ready").read_text()), signal.SIGTERM)
        os.close(lock(folder / "server", fcntl.LOCK_EX, START_SECONDS))
        os.close(starting)
        yield
    finally:
        os.close(users)


@contextmanager
def readable_errors(home: Path) -> Iterator[None]:
    """Turn what the operating system refuses into a PostgresError that says what to do."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            raise PostgresError(disk_is_full(home)) from error
        raise PostgresError(
            f"The embedded PostgreSQL cannot use {home}: {error.strerror or error} "
            f"({error.filename or 'lock'}). Name a home that you can write to: ASSAY_HOME=…"
        ) from error


def disk_is_full(home: Path) -> str:
    return (
        f"The disk that holds {home} is full. Free some space (the database starts with about "
        "100 MB), or name a home on another disk: ASSAY_HOME=…"
    )


def lock(path: Path, operation: int, seconds: float) -> int:
    """Flock `path` and give its descriptor; BlockingIOError when that takes over `seconds`."""
    deadline = time.monotonic() + seconds
    while True:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(file, operation | fcntl.LOCK_NB)
            if os.path.exists(path) and os.path.samestat(os.fstat(file), os.stat(path)):
                return file  # and not a file that a reset removed meanwhile
        except BlockingIOError:
            if time.monotonic() >= deadline:
                os.close(file)
                raise
        os.close(file)
        time.sleep(0.02)


def is_held(path: Path) -> bool:
    """Whether a process has the exclusive lock on `path`."""
    try:
        os.close(lock(path, fcntl.LOCK_SH, 0))
    except BlockingIOError:
        return True
    return False


def _make_private(folder: Path) -> None:
    """Make `folder` for this user alone; refuse one that somebody else made."""
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    owners = {os.geteuid()}
    if os.geteuid() == 0:  # where root may not change its name, the server runs as nobody
        owners |= {entry.pw_uid for entry in pwd.getpwall() if entry.pw_name == "nobody"}
    if not stat.S_ISDIR(found.st_mode) or found.st_uid not in owners:
        raise PostgresError(
            f"{folder} was made by {user_name(found.st_uid)}, and you are "
            f"{user_name(os.geteuid())}. Work as the user who made it, or name a home of your "
            "own: ASSAY_HOME=…"
        )
    if stat.S_IMODE(found.st_mode) & 0o077:
        folder.chmod(0o700)


def user_name(uid: int) -> str:
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def _spawn_keeper(home: Path) -> None:
    """Start a keeper and wait for its word. It leaves this process's family at once."""
    report = subprocess.run(  # noqa: S603 (our own module)
        [sys.executable, "-m", "config.postgres.keeper", str(home)],
        cwd=PROJECT,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        start_new_session=True,
        check=False,
    ).stdout.decode(errors="replace")
    if report != "ready":
        raise PostgresError(
            report or f"The keeper of PostgreSQL died while it started; see {home}/postgres/log."
        )
