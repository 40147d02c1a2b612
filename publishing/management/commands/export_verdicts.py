"""`manage.py export_verdicts FILE --format csv`: the published verdicts as a file, of one moment."""

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from publishing.exports import WRITERS, write_verdicts
from publishing.management.new_file import new_file
from publishing.models import PublicationKind

IN_FORCE = (PublicationKind.PUBLICATION, PublicationKind.CORRECTION)


class Command(BaseCommand):
    help = "Write the verdicts in force as CSV, Parquet or lines of JSON, as the record stands."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("target", metavar="FILE", help="a new file, or - for standard output")
        parser.add_argument("--format", choices=sorted(WRITERS), required=True)
        parser.add_argument(
            "--all", action="store_true", help="also retracted ones and those under re-review"
        )

    def handle(self, *args: Any, target: str, **options: Any) -> None:
        lookups = {} if options["all"] else {"state__in": IN_FORCE}
        try:
            with new_file(target) as out:
                count, head = write_verdicts(out, options["format"], lookups)
        except KeyboardInterrupt:
            raise CommandError("Stopped. Nothing was written.", returncode=130) from None
        except OSError as error:
            raise CommandError(f"{target} cannot be written: {error.strerror}.") from error
        self.stderr.write(f"{count} verdicts written to {target}, as of entry {head or 'none'}.")
