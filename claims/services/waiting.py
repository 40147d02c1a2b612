"""Jobs for what waits, asked for anew: for a desk whose rows came in without its jobs."""

from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from procrastinate.tasks import Task

from articles.models import Import, ImportState
from claims.models import CheckImport, DetectionRun, RunState
from claims.services.batches import chunks


@transaction.atomic
def queue_waiting_claim_work() -> int:
    """A job for each import that waits and each run that did not end. How many. Twice does no harm."""
    from claims.tasks import bring_in_checks, detect_claims, import_article

    imports = Import.objects.filter(state=ImportState.QUEUED)
    checks = CheckImport.objects.filter(state=ImportState.QUEUED)
    runs = DetectionRun.objects.filter(state__in=[RunState.QUEUED, RunState.RUNNING])
    return (
        _queue(import_article, "import_id", imports)
        + _queue(bring_in_checks, "import_id", checks)
        + _queue(detect_claims, "run_id", runs)
    )


def _queue(task: Task[Any, Any, Any], argument: str, rows: QuerySet[Any]) -> int:
    keys = list(rows.order_by("pk").values_list("pk", flat=True))
    for chunk in chunks(keys):
        jobs: list[dict[str, Any]] = [{argument: str(key)} for key in chunk]
        task.batch_defer(*jobs)
    return len(keys)
