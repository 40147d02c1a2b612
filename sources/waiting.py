"""Jobs for looks that wait, asked for anew: for a desk whose rows came in without its jobs."""

from typing import Any

from django.db import transaction

from sources.models import Capture

#: Jobs that go to the database at a time.
AT_ONCE = 500


@transaction.atomic
def queue_waiting_looks() -> int:
    """A job for each look that waits. How many. Twice does no harm: the second finds it done."""
    from sources.tasks import capture_source

    keys = list(Capture.objects.waiting().order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), AT_ONCE):
        chunk = keys[start : start + AT_ONCE]
        jobs: list[dict[str, Any]] = [{"capture_id": str(key)} for key in chunk]
        capture_source.batch_defer(*jobs)
    return len(keys)
