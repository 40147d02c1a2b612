"""`manage.py rotate_signing_key`: make the key that signs heads, or change it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from publishing.proof.keys import KeyUnavailable
from publishing.proof.rotation import rotate_key


class Command(BaseCommand):
    help = "Make a new key for signing heads. The old one signs it, so that consumers can follow."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--out", type=Path, help="where to write the new key, if it comes from the environment"
        )
        parser.add_argument(
            "--lost", action="store_true", help="the old key is gone, or others may have it"
        )
        parser.add_argument("--reason", default="", help="why, for the history")

    def handle(self, *args: Any, out: Path | None, lost: bool, reason: str, **options: Any) -> None:
        try:
            key = rotate_key(out=out, is_lost=lost, reason=reason)
        except KeyUnavailable as error:
            raise CommandError(str(error)) from error
        self.stdout.write(f"Heads are signed by {key.fingerprint} from now on.")
        if out:
            self.stdout.write(f"Set ASSAY_SIGNING_KEY to what is in {out}, and restart.")
        if key.predecessor and not key.predecessor_signature:
            self.stdout.write(
                "The old key has not signed for it: tell consumers the new fingerprint yourself."
            )
