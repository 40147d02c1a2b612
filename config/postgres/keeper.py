"""Owns the process that runs the embedded PostgreSQL for the clients of `config.postgres`.

`python -m config.postgres.keeper HOME` detaches itself, starts the server, writes `ready` (or what
failed) to its output, and sleeps until the server ends or nobody has used it for a while.
"""

import fcntl
import os
import select
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from config.postgres import START_SECONDS, PostgresError, is_held, lock, readable_errors
from config.postgres.server import Server, stop

TICK = 0.5
IDLE_TICKS = 4


def keep(home: Path) -> None:
    """Run the server of `home` until nobody needs it. Does nothing when one already runs."""
    with readable_errors(home):
        starting = lock(home / "postgres" / "start", fcntl.LOCK_EX, START_SECONDS)
        if is_held(home / "postgres" / "ready"):
            report("ready")
            return
        server = Server(home)
        process = server.start()
        ready = lock(home / "postgres" / "ready", fcntl.LOCK_EX, START_SECONDS)
        os.ftruncate(ready, 0)
        os.write(ready, str(os.getpid()).encode())
        os.close(starting)
    report("ready")
    watch(process, ready, home / "postgres" / "users")


def report(word: str) -> None:
    """Tell the client, who waits for the end of our output, and close it."""
    with suppress(BrokenPipeError):  # the client died; others may be waiting for this server
        os.write(1, word.encode())
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)


def watch(process: "subprocess.Popen[bytes]", ready: int, users: Path) -> None:
    """Sleep until the server ends, or is told to stop, or has had no user for two seconds."""
    woken, waker = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
    signal.set_wakeup_fd(waker)
    signal.signal(signal.SIGCHLD, lambda *_: None)
    told: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: told.append(number))
    idle = 0
    while process.poll() is None and not told and idle < IDLE_TICKS:
        if select.select([woken], [], [], TICK)[0]:
            os.read(woken, 512)
        try:
            alone = lock(users, fcntl.LOCK_EX, 0)
        except BlockingIOError:
            idle = 0
        except FileNotFoundError:  # the home was deleted under us
            break
        else:
            idle += 1
            if idle < IDLE_TICKS:  # the last time it is kept, so that a newcomer waits for our end
                os.close(alone)
    os.close(ready)
    stop(process)


def main() -> None:
    if os.fork():  # the client waits for this process only, and never has a child to reap
        return
    os.umask(0o077)
    home = Path(sys.argv[1])
    try:
        with readable_errors(home):
            log = os.open(home / "postgres/log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            os.dup2(log, 2)
            keep(home)
    except PostgresError as error:
        report(str(error))
        sys.exit(1)


if __name__ == "__main__":
    main()
