"""Dates as pages and documents write them: ISO 8601, RFC 2822, and the ways between."""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

FIRST_YEAR = 1600
#: “2024-05-03T09:00:00+0200”, “2024-05-03 09:00:00.1234567Z”: zones and fractions that Python does not take.
LOOSE = re.compile(
    r"(?P<day>\d{4}-\d{2}-\d{2})[T ](?P<time>\d{2}:\d{2}(?::\d{2})?)(?:[.,]\d+)?\s*"
    r"(?P<zone>Z|UTC|GMT|[+-]\d{2}:?\d{2})?"
)


def read_moment(text: str) -> datetime | None:
    """The moment, or None when the text is no date. Without a zone it is UTC."""
    moment = _read(text.strip())
    if moment is None or not FIRST_YEAR <= moment.year < 9999:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _read(text: str) -> datetime | None:
    loose = LOOSE.fullmatch(text)
    if loose:
        zone = {"Z": "+00:00", "UTC": "+00:00", "GMT": "+00:00", None: ""}
        given = loose["zone"]
        text = f"{loose['day']}T{loose['time']}{zone.get(given, given)}"
    for parse in (datetime.fromisoformat, parsedate_to_datetime):
        try:
            return parse(text)
        except (ValueError, TypeError, IndexError, OverflowError):
            continue
    return None
