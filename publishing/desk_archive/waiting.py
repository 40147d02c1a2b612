"""What waited for the worker of the old desk waits for that of the new one.

Jobs do not go with a desk, since rows say what is to be done: an import that is queued, a run that did not end, a look
that was asked for. Feeds and sources that are due need nothing: the clock asks for them.
"""

from claims.services.waiting import queue_waiting_claim_work
from sources.waiting import queue_waiting_looks


def queue_what_waits() -> int:
    """A job for each. How many."""
    return queue_waiting_claim_work() + queue_waiting_looks()
