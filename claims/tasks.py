"""Later work on claims."""

from procrastinate.contrib.django import app

from claims import services
from claims.services.check_imports import run_check_import


@app.task(queue="detection", pass_context=False)
def detect_claims(*, run_id: str) -> None:
    services.run_detection(run_id=run_id)


@app.task(queue="imports", pass_context=False)
def import_article(*, import_id: str) -> None:
    services.run_import(import_id=import_id)


@app.task(queue="imports", pass_context=False)
def bring_in_checks(*, import_id: str) -> None:
    run_check_import(import_id=import_id)


@app.task(queue="imports", pass_context=False)
def look_at_feed(*, feed_id: str) -> None:
    services.check_feed(feed_id=feed_id)


@app.periodic(cron="* * * * *")
@app.task(queue="upkeep", queueing_lock="look_at_due_feeds", pass_context=False)
def look_at_due_feeds(timestamp: int) -> None:
    services.queue_due_feeds()


@app.periodic(cron="* * * * *")
@app.task(queue="upkeep", queueing_lock="retry_stalled", pass_context=False)
async def retry_stalled(timestamp: int) -> None:
    """Give the work of a killed worker to a living one."""
    for job in await app.job_manager.get_stalled_jobs():
        await app.job_manager.retry_job(job)
