"""How often somebody has asked of late: one statement in PostgreSQL, so that all processes count together.

A window begins with the first request and lasts a minute. The table is not logged: after a crash everybody
starts anew, and counting writes nothing that a disk must keep.
"""

import ipaddress
from dataclasses import dataclass
from datetime import timedelta

from django.db import connections, router
from django.utils import timezone
from django.utils.crypto import salted_hmac

from accounts.models import RateWindow

SECONDS = 60
#: Windows this old say nothing any more.
KEPT = timedelta(hours=1)
COUNT = """
INSERT INTO accounts_ratewindow AS known (caller, started_at, used) VALUES (%(caller)s, statement_timestamp(), 1)
ON CONFLICT (caller) DO UPDATE SET (used, started_at) = (
    SELECT CASE WHEN is_open THEN known.used + 1 ELSE 1 END,
        CASE WHEN is_open THEN known.started_at ELSE excluded.started_at END
    FROM (SELECT known.started_at > excluded.started_at - make_interval(secs => %(length)s)) AS now (is_open)
)
RETURNING used,
    ceil(extract(epoch FROM started_at + make_interval(secs => %(length)s) - statement_timestamp()))::int
"""


@dataclass(frozen=True, slots=True)
class Use:
    """Where a caller stands in their window of this `policy`."""

    policy: str
    limit: int
    used: int
    resets_in: int

    @property
    def is_within(self) -> bool:
        return self.used <= self.limit

    @property
    def remaining(self) -> int:
        return max(self.limit - self.used, 0)


def count_request(*, policy: str, caller: str, limit: int) -> Use:
    """Count one request of this caller, and say where they stand now."""
    using = router.db_for_write(RateWindow)
    with connections[using].cursor() as cursor:
        cursor.execute(COUNT, {"caller": f"{policy}:{caller}", "length": SECONDS})
        used, resets_in = cursor.fetchone()
    return Use(policy, limit, used, max(resets_in, 1))


def caller_at(address: str) -> str:
    """Who asks from this address, without keeping it. One household has a whole /64 of the sixth version."""
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        network = address
    else:
        network = str(ipaddress.ip_network((ip, 64 if ip.version == 6 else 32), strict=False))
    return salted_hmac("accounts.rates", network, algorithm="sha256").hexdigest()[:32]


def forget_old_windows() -> None:
    RateWindow.objects.filter(started_at__lt=timezone.now() - KEPT).delete()
