"""`manage.py verify_dossier FILE`: is this dossier whole, and did this desk make it?"""

import zipfile
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from publishing.dossier.service import made_here
from publishing.dossier.verify import check, open_dossier


class Command(BaseCommand):
    help = "Check a dossier (a ZIP or an unpacked folder) and look its seal up in the history."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("dossier", help="the ZIP, or the folder that it was unpacked to")

    def handle(self, *args: Any, dossier: str, **options: Any) -> None:
        try:
            opened = open_dossier(dossier)
        except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError) as error:
            raise CommandError(f"This dossier cannot be opened: {error}") from error
        seal, count, faults = check(opened)
        for fault in faults:
            self.stderr.write(fault)
        if faults:
            raise CommandError(f"This dossier does not verify: {len(faults)} fault(s).")
        self.stdout.write(f"{count} files verify.\nSeal: {seal}")
        event = made_here(seal)
        if event is None:
            raise CommandError("It is whole, but this desk has not made it.")
        self.stdout.write(f"Made here {event.at:%Y-%m-%d %H:%M} by {event.actor or 'the desk'}.")
