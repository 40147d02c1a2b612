"""Verdicts as lines of JSON: the documents, byte for byte as they were published."""

from collections.abc import Iterator
from typing import BinaryIO

from publishing.record import Entry


def write_lines(out: BinaryIO, batches: Iterator[list[Entry]]) -> int:
    count = 0
    for batch in batches:
        out.write(b"".join(one.document + b"\n" for one in batch))
        count += len(batch)
    return count
