"""`manage.py import_records FILE`: question–answer–source records, one a line, become claims with evidence."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from publishing.question_records.incoming import RecordImport, Tally, import_records, read_lines


class Command(BaseCommand):
    help = "Bring in claims with their questions, answers and sources: lines of JSON. Nothing comes in twice."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", metavar="FILE", type=Path, help="records, one a line")
        parser.add_argument("--language", default="en", help="of the claims (default en)")

    def handle(self, *args: Any, source: Path, **options: Any) -> None:
        try:
            with source.open("rb") as lines, _progress(source) as bar:
                run = RecordImport(language=options["language"], tell=self._tell, passed=bar.update)
                tally = import_records(read_lines(lines), run)
        except KeyboardInterrupt:
            raise CommandError(
                "Stopped. The same command goes on from here.", returncode=130
            ) from None
        except OSError as error:
            raise CommandError(f"{source} cannot be read: {error.strerror}.") from error
        self.stdout.write(report(tally))

    def _tell(self, message: str) -> None:
        with tqdm.external_write_mode():
            self.stdout.write(message)


def report(tally: Tally) -> str:
    lines = [
        f"{tally.made} claims brought in, {tally.here} were here already, {tally.bad} lines were no records."
    ]
    if tally.odd:
        lines.append("Odd, and kept as they came:")
        lines += [f"  {count:>6}  {kind}" for kind, count in tally.odd.most_common()]
    return "\n".join(lines)


def _progress(source: Path) -> Any:
    """A bar over the bytes of the file, when somebody watches."""
    size = source.stat().st_size
    return tqdm(total=size, unit="B", unit_scale=True, desc=source.name, disable=None)
