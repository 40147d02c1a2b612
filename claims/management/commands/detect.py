"""`manage.py detect IN.jsonl OUT.jsonl`: the claims in an archive of articles, without the database."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from claims.services.archive import ArchiveError, ArchiveRun, Tally, Watcher, detect_archive


class Command(BaseCommand):
    help = "Detect the claims in an archive: lines of JSON in, lines of JSON out. Goes on where it was stopped."
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", metavar="IN.jsonl", type=Path)
        parser.add_argument("target", metavar="OUT.jsonl", type=Path)
        parser.add_argument(
            "--engine", default="", help="its name; without it, the desk's choice for each language"
        )
        parser.add_argument("--workers", type=int, default=1, help="processes (default 1)")
        parser.add_argument("--skip-bad", action="store_true", help="pass over bad lines")
        parser.add_argument("--trace", action="store_true", help="write what a model was asked")

    def handle(self, *args: Any, **options: Any) -> None:
        run = ArchiveRun(
            options["source"],
            options["target"],
            options["engine"],
            options["workers"],
            options["skip_bad"],
            options["trace"],
        )
        _refuse(run)
        try:
            with _progress(run) as bar:
                tally = detect_archive(run, Watcher(bar.update, self._skipped))
        except ArchiveError as error:
            raise CommandError(str(error)) from error
        except KeyboardInterrupt:
            raise CommandError(
                "Stopped. The same command goes on from here.", returncode=130
            ) from None
        except OSError as error:
            raise CommandError(f"{error.filename or run.target}: {error.strerror}.") from error
        self.stdout.write(_report(tally, run))

    def _skipped(self, message: str) -> None:
        with tqdm.external_write_mode():
            self.stderr.write(message)


def _progress(run: ArchiveRun) -> Any:
    """A bar over the bytes of the source, when somebody watches."""
    size = run.source.stat().st_size
    return tqdm(total=size, unit="B", unit_scale=True, desc=run.source.name, disable=None)


def _refuse(run: ArchiveRun) -> None:
    if run.engine and run.engine not in settings.ASSAY_DETECTION_ENGINES:
        known = ", ".join(sorted(settings.ASSAY_DETECTION_ENGINES))
        raise CommandError(f"There is no engine “{run.engine}”. Known: {known}.")
    if run.workers < 1:
        raise CommandError("--workers must be 1 or more.")
    if run.target.exists() and run.source.exists() and run.source.samefile(run.target):
        raise CommandError("IN and OUT are the same file.")


def _report(tally: Tally, run: ArchiveRun) -> str:
    parts = [f"{tally.written} articles read into {run.target}"]
    if tally.kept:
        parts.append(f"{tally.kept} were there already")
    if tally.bad:
        parts.append(f"{tally.bad} bad lines passed over")
    return f"{'; '.join(parts)}."
