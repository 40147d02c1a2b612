"""`manage.py check_copies`: is every kept file of every copy there, and whole?"""

from datetime import timedelta
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from sources.inventory import Tally, find_faults, find_unpointed, sweep

YOUNG = timedelta(days=1)


class Command(BaseCommand):
    help = "Look at every kept file of sources: report what is missing, damaged or pointed at by nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--sweep",
            action="store_true",
            help="Remove files that nothing points at and that are older than a day.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        tally, faults = Tally(), 0
        for fault in find_faults(tally):
            faults += 1
            self.stderr.write(f"{fault.health}: {fault.name} (copy {fault.snapshot})")
        try:
            self._tell_unpointed(tally, is_swept=options["sweep"])
        except OSError as error:
            raise CommandError(f"The storage does not answer: {error}") from error
        if faults:
            raise CommandError(f"{faults} of {len(tally.pointed_at)} kept files are not whole.")
        self.stdout.write(f"{tally.copies} copies, {len(tally.pointed_at)} files: all whole")

    def _tell_unpointed(self, tally: Tally, *, is_swept: bool) -> None:
        names = list(find_unpointed(tally))
        removed = set(sweep(names, timezone.now() - YOUNG)) if is_swept else set()
        for name in names:
            self.stdout.write(f"{'removed' if name in removed else 'unpointed'}: {name}")
