"""Later work on the public record."""

from procrastinate.contrib.django import app

from publishing.proof.heads import sign_again


@app.periodic(cron="17 * * * *")
@app.task(queue="upkeep", queueing_lock="sign_record", pass_context=False)
def sign_record(timestamp: int) -> None:
    sign_again()
