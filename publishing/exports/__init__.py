"""Published verdicts as files: lines of JSON, a table for spreadsheets, a typed table for programs that compute.

Each file is of one moment. It is written as quickly as the database gives, inside one read-only transaction that sees
the record as it stood, and sent afterwards: whoever takes hours to fetch it holds a file, not a transaction. Memory is
that of a batch, however long the record is.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import Any, BinaryIO

from django.db import DEFAULT_DB_ALIAS, connections, router, transaction

from publishing import record
from publishing.exports.lines import write_lines
from publishing.exports.parquet import write_parquet
from publishing.exports.spreadsheet import write_csv
from publishing.models import Publication

Write = Callable[[BinaryIO, Iterator[list[record.Entry]]], int]
WRITERS: dict[str, Write] = {"csv": write_csv, "ndjson": write_lines, "parquet": write_parquet}


def write_verdicts(out: BinaryIO, form: str, lookups: Mapping[str, Any]) -> tuple[int, str]:
    """All verdicts that the look-ups fit, oldest first. How many there were, and the hash of the newest entry then."""
    with _one_moment():
        head = record.head()
        return WRITERS[form](out, record.each_verdict(lookups)), head


@contextmanager
def _one_moment() -> Iterator[None]:
    """Every read inside sees the record as the first one did. Inside another transaction it is as that one is."""
    alias = router.db_for_read(Publication) or DEFAULT_DB_ALIAS
    is_outermost = not connections[alias].in_atomic_block
    with transaction.atomic(using=alias):
        if is_outermost:
            with connections[alias].cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield
