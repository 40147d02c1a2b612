"""Later work on accounts."""

from procrastinate.contrib.django import app

from accounts.rates import forget_old_windows


@app.periodic(cron="7 * * * *")
@app.task(queue="upkeep", queueing_lock="forget_rate_windows", pass_context=False)
def forget_rate_windows(timestamp: int) -> None:
    forget_old_windows()
