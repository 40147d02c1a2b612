"""`manage.py export_records FILE`: claims with evidence as question–answer–source records, one a line."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from claims.models import Claim
from publishing.management.new_file import new_file
from publishing.question_records.outgoing import record_lines, recorded


class Command(BaseCommand):
    help = "Write every claim that has evidence or questions as a record: lines of JSON."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("target", metavar="FILE", help="a new file, or - for standard output")

    def handle(self, *args: Any, target: str, **options: Any) -> None:
        claims = Claim.objects.all()
        try:
            with new_file(target) as out, _progress(recorded(claims).count(), target) as bar:
                count = 0
                for count, line in enumerate(record_lines(claims), 1):  # noqa: B007 - told below
                    out.write(line)
                    bar.update()
            self.stderr.write(f"{count} records written to {target}.")
        except KeyboardInterrupt:
            raise CommandError("Stopped. Nothing was written.", returncode=130) from None
        except OSError as error:
            raise CommandError(f"{target} cannot be written: {error.strerror}.") from error


def _progress(total: int, target: str) -> Any:
    return tqdm(total=total, unit=" records", desc=target, disable=None)
