"""`manage.py export_desk FILE`: the whole desk in one file, to move it or to keep it."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from publishing.desk_archive.errors import ArchiveError
from publishing.desk_archive.outgoing import export_desk


class Command(BaseCommand):
    help = "Write the whole desk, kept files included, into one file. People can go on working."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("target", metavar="FILE", help="a new file, for example desk.tar")
        parser.add_argument(
            "--without-lost-files",
            action="store_true",
            help="go on where kept files are lost or damaged, and name them in the archive",
        )

    def handle(self, *args: Any, target: str, **options: Any) -> None:
        without_lost: bool = options["without_lost_files"]
        with tqdm(unit="B", unit_scale=True, desc=target, disable=None) as bar:
            try:
                manifest = export_desk(
                    Path(target),
                    without_lost=without_lost,
                    told=lambda name, size: bar.update(size),
                )
            except ArchiveError as error:
                raise CommandError(f"{error}\nNothing was written.") from error
            except KeyboardInterrupt:
                raise CommandError("Stopped. Nothing was written.", returncode=130) from None
            except (OSError, ValueError) as error:
                raise CommandError(f"{target} cannot be written: {error}.") from error
        rows = sum(entry.rows for entry in manifest.tables)
        self.stdout.write(
            f"{rows:,} rows and {manifest.files.count:,} kept files are in {target}. "
            "Unpublished work and people's addresses are in it: keep it as you keep the desk."
        )
        if manifest.files.lost:
            self.stderr.write(f"{len(manifest.files.lost):,} kept files are lost, and not in it.")
