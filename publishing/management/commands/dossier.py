"""`manage.py dossier CLAIM OUT.zip`: a claim's dossier, to keep and to check without the desk."""

import uuid
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from claims.models import Claim
from publishing.dossier.service import make_dossier


class Command(BaseCommand):
    help = "Write a claim's dossier (the open edition) as a ZIP: report, record, copies and hashes."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("claim", type=uuid.UUID, help="the claim's number, from its address")
        parser.add_argument("out", type=Path, help="the ZIP to write; it must not be there yet")

    def handle(self, *args: Any, claim: uuid.UUID, out: Path, **options: Any) -> None:
        found = Claim.objects.with_context().filter(pk=claim).first()
        if found is None:
            raise CommandError(f"There is no claim {claim}.")
        try:
            with out.open("xb") as file:
                sealed = make_dossier(file, actor=None, claim=found)
        except OSError as error:
            raise CommandError(f"{out} cannot be written: {error}") from error
        self.stdout.write(f"{out}: {sealed.count} files\nSeal: {sealed.seal}")
