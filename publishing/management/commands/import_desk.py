"""`manage.py import_desk FILE`: fill an empty desk with the export of another."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from publishing.desk_archive.errors import ArchiveError
from publishing.desk_archive.incoming import Imported, import_desk


class Command(BaseCommand):
    help = "Fill an empty desk with the export of another: all of it, or nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", metavar="FILE", help="what `export_desk` wrote")

    def handle(self, *args: Any, source: str, **options: Any) -> None:
        with tqdm(unit="B", unit_scale=True, desc=source, disable=None) as bar:
            try:
                imported = import_desk(Path(source), told=lambda name, size: bar.update(size))
            except ArchiveError as error:
                raise CommandError(f"{error}\nNothing was changed.") from error
            except KeyboardInterrupt:
                raise CommandError("Stopped. Nothing was changed.", returncode=130) from None
            except (OSError, ValueError) as error:
                raise CommandError(
                    f"{source} was not imported: {error}. Nothing was changed."
                ) from error
        self._report(imported)

    def _report(self, imported: Imported) -> None:
        manifest = imported.manifest
        rows = {entry.name: entry.rows for entry in manifest.tables}
        self.stdout.write(
            f"{sum(rows.values()):,} rows and {manifest.files.count:,} kept files came in, equal to the export. "
            f"{imported.waiting:,} pieces of work wait for the worker."
        )
        self.stdout.write(
            f"{rows['accounts.User']:,} people came without their passwords: each chooses a new one with “Forgot your "
            "password?”, or you set it with `manage.py changepassword`. API keys and second factors are made anew."
        )
        if manifest.files.lost:
            self.stderr.write(
                f"{len(manifest.files.lost):,} kept files were lost at the old desk: "
                "`manage.py check_copies` names them."
            )
