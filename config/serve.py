"""Serves the desk: `python -m config.serve` runs the web server and the background worker.

Both are kept running until Ctrl-C, a terminal that closes, or `kill`; then everything ends, the
embedded database too unless somebody else uses it. With `--demo [ARTICLE]` the demo is prepared
first. Children have a session of their own, so that Ctrl-C reaches only this process and they
stop in order, and a death signal, so that they never outlive it.
"""

import signal

if __name__ == "__main__":  # a Ctrl-C while the rest is loaded ends us, and is no error
    signal.signal(signal.SIGINT, signal.SIG_DFL)

import argparse
import ctypes
import errno
import os
import select
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from config import postgres

PROJECT = Path(__file__).resolve().parent.parent
STOP_SECONDS = 15
WORKER_JOBS = 4
START_SECONDS = 60
STEADY_SECONDS = 60
LONGEST_PAUSE = 30
DATABASE_CHECK_SECONDS = 5
PR_SET_PDEATHSIG = 1
libc = ctypes.CDLL(None)


class Stopped(Exception):
    """We were told to stop."""


class Failed(Exception):
    """The desk cannot be served; the message says why."""


class Signals:
    """Turns signals into a wait that ends early, so that no handler interrupts other work."""

    def __init__(self) -> None:
        self.told = False
        self.woken, waker = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
        signal.signal(signal.SIGCHLD, lambda *_: None)
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self.stop)

    def stop(self, *_: object) -> None:
        self.told = True

    def wait(self, seconds: float) -> None:
        """Sleep, or less when a child ends; raise Stopped when told to stop."""
        if not self.told and select.select([self.woken], [], [], max(seconds, 0))[0]:
            os.read(self.woken, 512)
        if self.told:
            raise Stopped


@dataclass
class Service:
    """A child that is started again, ever later, when it ends by itself."""

    name: str
    command: list[str]
    process: "subprocess.Popen[bytes] | None" = None
    began_at: float = 0.0
    due_at: float = 0.0
    failures: int = 0

    def start(self) -> None:
        self.process = spawn(self.command)
        self.began_at = time.monotonic()

    def look_after(self) -> None:
        now = time.monotonic()
        if self.process is None:
            if now >= self.due_at:
                self.start()
        elif (status := self.process.poll()) is not None:
            end(self.process)
            self.process = None
            self.failures = 0 if now - self.began_at > STEADY_SECONDS else self.failures + 1
            pause = min(2**self.failures, LONGEST_PAUSE)
            self.due_at = now + pause
            say(f"The {self.name} ended ({status}); it starts again in {pause} s.")


def say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def spawn(command: list[str]) -> "subprocess.Popen[bytes]":
    supervisor = os.getpid()

    def die_with_us() -> None:
        if sys.platform == "linux":
            libc.prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)
        if os.getppid() != supervisor:
            os._exit(1)

    return subprocess.Popen(  # noqa: S603 (our own commands)
        [sys.executable, *command],
        cwd=PROJECT,
        stdin=subprocess.DEVNULL,
        start_new_session=True,
        preexec_fn=die_with_us,
    )


def end(*processes: "subprocess.Popen[bytes]") -> None:
    """Ask them to stop, wait, and kill what is left of their families."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + STOP_SECONDS
    for process in processes:
        with suppress(subprocess.TimeoutExpired):
            process.wait(max(deadline - time.monotonic(), 0.1))
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def chosen_port() -> int:
    text = os.environ.get("PORT") or "8000"
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise Failed(f"PORT is {text!r}; it must be a number up to 65535.")
    return int(text)


def check_port(host: str, port: int) -> None:
    try:
        family, kind, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            raise Failed(
                f"Port {port} is in use; choose another: PORT={port + 1} make demo"
            ) from None
        raise Failed(f"Cannot listen on {host}, port {port}: {error.strerror}.") from None


def prepare_demo(article: str | None, signals: Signals) -> None:
    process = spawn(["-m", "config.demo", *([article] if article else [])])
    try:
        while process.poll() is None:
            signals.wait(1)
    finally:
        end(process)
    if process.returncode:
        raise Failed("The demo could not be prepared, see above.")


def await_answer(services: list[Service], host: str, port: int, signals: Signals) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        for service in services:
            if service.process and service.process.poll() is not None:
                raise Failed(f"The {service.name} did not start, see above.")
        with suppress(OSError), socket.create_connection((host, port), 1):
            return
        signals.wait(0.1)
    raise Failed(f"The web server did not answer within {START_SECONDS} seconds.")


def look_after(services: list[Service], home: Path | None, signals: Signals) -> None:
    """Until told to stop: start again what ended, the database included."""
    while True:
        for service in services:
            service.look_after()
        if home:
            try:
                postgres.hold(home)
            except postgres.PostgresError as error:
                say(str(error))
        due = min((s.due_at - time.monotonic() for s in services if not s.process), default=60.0)
        signals.wait(min(due, DATABASE_CHECK_SECONDS))


def serve(host: str, port: int, options: argparse.Namespace, signals: Signals) -> None:
    from config import settings

    home = None if settings.DATABASE_URL else settings.ASSAY_HOME
    listen = ["--host", host, "--port", str(port), "--workers", "1", "--blocking-threads", "4"]
    quiet = ["--interface", "wsgi", "--no-ws", "--log-level", "warning"]
    web = Service("web server", ["-m", "granian", *listen, *quiet, "config.wsgi:application"])
    jobs_at_once = ["--concurrency", str(WORKER_JOBS)]  # a slow site must not hold up the rest
    worker = Service("worker", ["manage.py", "procrastinate", "worker", *jobs_at_once])
    check_port(host, port)
    try:
        if home:
            postgres.hold(home)
        signals.wait(0)
        if options.demo:
            prepare_demo(options.article, signals)
        web.start()
        worker.start()
        await_answer([web, worker], host, port, signals)
        say(f"Assay is at http://{host}:{port} (Ctrl-C stops it)")
        look_after([web, worker], home, signals)
    finally:
        end(*[service.process for service in (web, worker) if service.process])
        if home:
            with suppress(postgres.PostgresError), postgres.alone(home):
                pass


def main() -> int:
    signals = Signals()
    parser = argparse.ArgumentParser(prog="python -m config.serve", description="Serve the desk.")
    parser.add_argument("--demo", action="store_true", help="prepare the demo first")
    parser.add_argument("article", nargs="?", help="bring this article in (with --demo)")
    options = parser.parse_args()
    try:
        serve(os.environ.get("HOST") or "127.0.0.1", chosen_port(), options, signals)
    except Stopped:
        say("Stopped.")
    except (Failed, postgres.PostgresError, ImproperlyConfigured) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
