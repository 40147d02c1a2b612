"""Workers that are killed at a chosen place of their job: `python killed_worker.py PLACE …`, one worker a place, in turn.

Each is a real procrastinate worker in a process of its own, forked from one that has read everything already. It takes
the next job of the archive's queue and kills itself, as the system would, at its place.
"""

import os
import signal
import sys
from functools import wraps

import django

django.setup()

from procrastinate.contrib.django import app  # noqa: E402

from articles.ingest import fetch  # noqa: E402
from sources import captures  # noqa: E402
from sources.archive import files  # noqa: E402


def die(*_args, **_fields):
    os.kill(os.getpid(), signal.SIGKILL)


def before(owner, name, *, call=1):
    """Die instead of the call: the first of that function, or a later one."""
    real, calls = getattr(owner, name), iter(range(1, 1_000))

    @wraps(real)
    def deadly(*args, **fields):
        return die() if next(calls) == call else real(*args, **fields)

    setattr(owner, name, deadly)


def after(owner, name, *, call=1):
    """Let it be done, then die."""
    real, calls = getattr(owner, name), iter(range(1, 1_000))

    @wraps(real)
    def deadly(*args, **fields):
        done = real(*args, **fields)
        return die() if next(calls) == call else done

    setattr(owner, name, deadly)


PLACES = {
    "before the fetch": lambda: before(fetch.GuardedFetcher, "fetch"),
    "after the fetch": lambda: after(fetch.GuardedFetcher, "fetch"),
    "after reading": lambda: after(captures, "read_copy"),
    "with the bytes half written": lambda: before(files.os, "fsync"),
    "with the bytes in place": lambda: after(files.Path, "replace"),
    "before the WARC record": lambda: before(captures, "write_warc"),
    "with the WARC record half written": lambda: before(files.os, "fsync", call=2),
    "with the WARC record in place": lambda: after(files.Path, "replace", call=2),
    "with the row not committed": lambda: before(captures, "note_newest"),
    "with the row committed": lambda: before(captures, "_finish"),
    "with the source not committed": lambda: after(captures, "schedule"),
    "with all committed and the job not told": lambda: after(captures, "run_capture"),
}


def work_once(arrange, queue):
    arrange()
    worker = app.with_connector(app.connector.get_worker_connector())
    worker.run_worker(queues=[queue], wait=False, install_signal_handlers=False)


def main(chosen, places, queue):
    for place in chosen:
        child = os.fork()
        if child == 0:
            work_once(places[place], queue)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        is_killed = os.WIFSIGNALED(status) and os.WTERMSIG(status) == signal.SIGKILL
        sys.stdout.write(f"{place}: {'killed' if is_killed else 'not killed'}\n")


if __name__ == "__main__":
    main(sys.argv[1:] or list(PLACES), PLACES, "archive")
