"""A file that a command writes: it appears when it is whole, and one that is there is never written over."""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.core.management.base import CommandError

FLOWING = "-"


@contextmanager
def new_file(target: str) -> Iterator[BinaryIO]:
    """`-` is standard output."""
    if target == FLOWING:
        yield sys.stdout.buffer
        return
    if os.path.lexists(target):
        raise CommandError(f"{target} is there already. Name another file, or remove this one.")
    part = Path(f"{target}.part")
    try:
        with part.open("wb") as out:
            yield out
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)
