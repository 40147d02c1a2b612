"""Workers that are killed at a chosen place of their job: one worker a place, in turn.

Each is a real procrastinate worker in a process of its own, forked from one that has read everything already. It takes
the next turn of the webhooks' queue and kills itself, as the system would, at its place.
"""

import sys

import django

django.setup()

from articles.ingest.post import GuardedPoster  # noqa: E402
from publishing.webhooks import sending  # noqa: E402
from tests.sources.killed_worker import after, before, main  # noqa: E402

PLACES = {
    "before the turn": lambda: before(sending, "take_turn"),
    "before it is sent": lambda: before(GuardedPoster, "post"),
    "after it was sent": lambda: after(GuardedPoster, "post"),
    "with nothing committed": lambda: before(sending, "_write_down"),
    "with all committed and the job not told": lambda: after(sending, "take_turn"),
}

if __name__ == "__main__":
    main(sys.argv[1:] or list(PLACES), PLACES, "webhooks")
