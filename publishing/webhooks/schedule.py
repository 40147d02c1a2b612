"""When a message is tried again, in pure functions.

Standard Webhooks 1.0 proposes ten attempts over three days and a bit, each with jitter, so that many messages that
failed together do not come back together. Besides its messages an endpoint itself rests: one that does not answer at
all is tried with one message at a time, seldom at first after a failure and never less than every half hour, so that
it gets everything soon after it is back, and holds up nobody until then.
"""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

#: How long after an attempt comes the next; the first is made at once.
WAITS = (
    timedelta(seconds=5),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=14),
    timedelta(hours=20),
    timedelta(hours=24),
)
MOST_TRIES = len(WAITS) + 1
#: Jitter adds up to a tenth, so nothing comes earlier than the schedule says.
JITTER = 0.1
#: How long an endpoint rests after so many failures in a row.
RESTS = (
    timedelta(seconds=5),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(minutes=30),
)
LONGEST_REQUEST = timedelta(hours=24)
#: Answers that speak of the endpoint and not of the message.
BUSY = frozenset({429, 502, 503, 504})
ASKS_FOR_PATIENCE = frozenset({429, 503})


def next_wait(tries: int, chance: float) -> timedelta | None:
    """The wait after so many tries, or nothing when that was the last. `chance` is between 0 and 1."""
    if tries >= MOST_TRIES:
        return None
    return WAITS[tries - 1] * (1 + JITTER * chance)


def rest(failures: int) -> timedelta:
    return RESTS[min(failures, len(RESTS)) - 1]


def asked_wait(status: int, headers: Mapping[str, str], now: datetime) -> timedelta | None:
    """What `Retry-After` asks for, at most a day; nothing if it asks for nothing that can be read."""
    said = headers.get("retry-after", "").strip() if status in ASKS_FOR_PATIENCE else ""
    if not said:
        return None
    if said.isascii() and said.isdecimal():
        seconds = min(int(said[:9]), int(LONGEST_REQUEST.total_seconds()))
        return timedelta(seconds=seconds)
    try:
        until = parsedate_to_datetime(said[:100])
    except (ValueError, TypeError, OverflowError):
        return None
    until = until if until.tzinfo else until.replace(tzinfo=UTC)
    return min(max(until - now, timedelta()), LONGEST_REQUEST)
