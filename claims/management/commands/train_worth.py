"""`manage.py train_worth`: refit worth on the desk's own decisions, and put weights in use."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.models import WorthModel
from claims.services.worth import TooFewDecisions, UnknownWeights, train_worth, use_worth


class Command(BaseCommand):
    help = "Refit the factual form on what the desk accepted and dismissed. It is used once you say so."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--use", metavar="NAME", help="put these weights in use: a name, or shipped"
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            if options["use"]:
                use_worth(actor=None, name=options["use"])
                self.stdout.write(f"In use from now on: {options['use']}.")
            else:
                self._report(train_worth(actor=None))
        except (TooFewDecisions, UnknownWeights) as error:
            raise CommandError(str(error)) from error

    def _report(self, row: WorthModel) -> None:
        self.stdout.write(f"On {row.before['statements']} statements of articles held out:")
        for name in ("f1", "ndcg", "log_loss"):
            self.stdout.write(
                f"  {name:9} before {row.before[name]:.3f}  after {row.after[name]:.3f}"
            )
        self.stdout.write(
            f"Kept as {row.name}; what was in use stays. To switch: manage.py train_worth --use {row.name}"
        )
