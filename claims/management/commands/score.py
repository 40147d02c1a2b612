"""`manage.py score IN.jsonl OUT.jsonl`: how check-worthy lone sentences are, without the database."""

import os
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from tqdm import tqdm

from claims.detection.worth import shipped
from claims.services.scoring import Scorer, ScoringError, Tally, score_file, score_stream

FLOWING = "-"


class Command(BaseCommand):
    help = (
        "Score lone sentences: lines of JSON in, the same with worth and checkworthy out. Resumes."
    )
    requires_system_checks = []

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("source", metavar="IN.jsonl", help="a file, or - for standard input")
        parser.add_argument("target", metavar="OUT.jsonl", help="a file, or - for standard output")
        parser.add_argument("--skip-bad", action="store_true", help="pass over bad lines")

    def handle(self, *args: Any, **options: Any) -> None:
        source, target = options["source"], options["target"]
        try:
            with _progress(source) as bar:
                scorer = Scorer(shipped(), options["skip_bad"], bar.update, self._skipped)
                tally = _run(source, target, scorer)
        except ScoringError as error:
            raise CommandError(str(error)) from error
        except BrokenPipeError:
            # Nobody reads on: end as other filters do, with nothing left to flush into the closed pipe.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return
        except OSError as error:
            raise CommandError(f"{error.filename or target}: {error.strerror}.") from error
        self.stderr.write(_report(tally, target))

    def _skipped(self, message: str) -> None:
        with tqdm.external_write_mode():
            self.stderr.write(message)


def _run(source: str, target: str, scorer: Scorer) -> Tally:
    if FLOWING not in (source, target):
        if Path(target).exists() and Path(source).samefile(target):
            raise CommandError("IN and OUT are the same file.")
        return score_file(Path(source), Path(target), scorer)
    if source == target:
        return score_stream(sys.stdin.buffer, sys.stdout.buffer, scorer)
    if source == FLOWING:
        try:
            with Path(target).open("xb") as out:
                return score_stream(sys.stdin.buffer, out, scorer)
        except FileExistsError:
            raise CommandError(
                f"{target} is there already. Standard input cannot be gone on with: name another file."
            ) from None
    with Path(source).open("rb") as lines:
        return score_stream(lines, sys.stdout.buffer, scorer)


def _progress(source: str) -> Any:
    """A bar over the bytes of the source, when somebody watches."""
    size = Path(source).stat().st_size if source != FLOWING else None
    return tqdm(total=size, unit="B", unit_scale=True, desc=source, disable=None)


def _report(tally: Tally, target: str) -> str:
    parts = [f"{tally.written} sentences scored into {target}"]
    if tally.kept:
        parts.append(f"{tally.kept} were there already")
    if tally.bad:
        parts.append(f"{tally.bad} bad lines passed over")
    return f"{'; '.join(parts)}."
