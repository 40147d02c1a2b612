"""Later work on the public record."""

from datetime import UTC, datetime

from procrastinate.contrib.django import app

from publishing.proof.heads import sign_again
from publishing.webhooks import outbox, sending


@app.periodic(cron="17 * * * *")
@app.task(queue="upkeep", queueing_lock="sign_record", pass_context=False)
def sign_record(timestamp: int) -> None:
    sign_again()


@app.task(queue="webhooks", pass_context=False)
def send_webhooks(*, endpoint_id: str) -> None:
    sending.take_turn(endpoint_id=endpoint_id)


@app.task(queue="webhooks", pass_context=False)
def wake_endpoint(*, endpoint_id: str) -> None:
    outbox.queue_turn_once(endpoint_id)


@app.periodic(cron="* * * * *")
@app.task(queue="upkeep", queueing_lock="send_due_webhooks", pass_context=False)
def send_due_webhooks(timestamp: int) -> None:
    outbox.queue_due(datetime.fromtimestamp(timestamp, UTC))
