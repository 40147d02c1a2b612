"""Later work on sources."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from sources import captures, outside, rechecks


@app.task(queue="archive", pass_context=False)
def capture_source(*, capture_id: str) -> None:
    captures.run_capture(capture_id=capture_id)


@app.task(queue="archive", pass_context=False)
def keep_outside(*, capture_id: str) -> None:
    outside.keep_outside(capture_id=capture_id)


@app.periodic(cron="*/10 * * * *")
@app.task(queue="upkeep", queueing_lock="look_at_due_sources", pass_context=False)
def look_at_due_sources(timestamp: int) -> None:
    rechecks.queue_due_looks(datetime.fromtimestamp(timestamp, UTC))
