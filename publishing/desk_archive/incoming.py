"""Puts an archive into an empty desk: all of it, proved equal to the archive, or nothing.

Everything is checked first (`checking`). Then one transaction locks the tables, so that the desk stays empty; fills
them by COPY, with every constraint and trigger in force; writes the files; and reads all of it back. Only if each
table gives again the very bytes that the archive has, and the public record verifies, is it kept. A file that an
import left behind when it failed is one that nothing points at: it does no harm, and `check_copies` removes it.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, zip_longest
from pathlib import Path

from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction

from publishing.desk_archive import emptiness, members
from publishing.desk_archive.checking import Checked, check_archive
from publishing.desk_archive.contents import TABLES, Table
from publishing.desk_archive.errors import BadArchive
from publishing.desk_archive.kept import pointed_at
from publishing.desk_archive.manifest import Manifest
from publishing.desk_archive.outgoing import Told, quiet, refuse_unready
from publishing.desk_archive.rows import LONGEST_LINE, Rows, portions
from publishing.desk_archive.waiting import queue_what_waits
from publishing.proof.verification import find_all
from sources.archive import files

#: Of the public record, that one refusal names.
MOST_FAULTS = 20


@dataclass(frozen=True, slots=True)
class Imported:
    """What came in, and how much of it waits for the worker."""

    manifest: Manifest
    waiting: int


def import_desk(source: Path, *, told: Told = quiet) -> Imported:
    """Fill an empty desk with an archive. Raises ArchiveError in words; then nothing was changed."""
    refuse_unready()
    with source.open("rb") as file:
        emptiness.refuse_full()  # before a long check; and again, under the lock, below
        checked = check_archive(file)
        with transaction.atomic(durable=True):
            emptiness.lock_and_clear()
            _load(checked, told)
            _keep_files(checked, told)
            _prove(checked.manifest)
            _go_on_counting()
            waiting = queue_what_waits()
    _analyse()
    return Imported(checked.manifest, waiting)


def _load(checked: Checked, told: Told) -> None:
    entries = zip(TABLES, checked.manifest.tables, checked.tables, strict=True)
    for table, entry, member in entries:
        count = Rows(table).load(members.lines(checked.file, member, LONGEST_LINE))
        if count != entry.rows:
            raise BadArchive(
                f"The manifest tells of {entry.rows:,} rows in {table.member}, and {count:,} are there."
            )
        told(table.name, member.size)
    try:
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    except DatabaseError as error:
        raise BadArchive(f"Rows of the archive do not fit together: {error}") from error


def _keep_files(checked: Checked, told: Told) -> None:
    """Write each file that a row points at. Rows and archive name the same files, in the same order."""
    lost = set(checked.manifest.files.lost)
    with pointed_at() as names:
        wanted = (name for name in names if name not in lost)
        _keep_each(checked, wanted, told)


def _keep_each(checked: Checked, wanted: Iterator[str], told: Told) -> None:
    for name, kept in zip_longest(wanted, checked.kept()):
        found = kept[0] if kept else None
        if kept is None or (name is not None and name < kept[0]):
            raise BadArchive(
                f"A row points at the kept file {name}, which the archive does not have."
            )
        if name != found:
            raise BadArchive(f"The kept file {found} is in the archive, and no row points at it.")
        files.pour(kept[0], members.portions(checked.file, kept[1]))
        told(kept[0], kept[1].size)


def _prove(manifest: Manifest) -> None:
    for table, entry in zip(TABLES, manifest.tables, strict=True):
        if _hash_of(table) != entry.sha256:
            raise BadArchive(
                f"{table.member} holds rows that this desk does not give out as they came in: "
                "no Assay wrote them."
            )
    if faults := list(islice(find_all(), MOST_FAULTS)):
        said = "\n".join(map(str, faults))
        raise BadArchive(f"The public record in the archive does not verify:\n{said}")


def _hash_of(table: Table) -> str:
    digest = hashlib.sha256()
    with Rows(table).reading() as lines:
        for portion in portions(lines):
            digest.update(portion)
    return digest.hexdigest()


def _go_on_counting() -> None:
    """The numbers that the database gives out itself start after those that came in."""
    models = [table.model for table in TABLES]
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)


def _analyse() -> None:
    """Tell the database what is in the tables, so that it finds its ways at once."""
    names = ", ".join(connection.ops.quote_name(table.model._meta.db_table) for table in TABLES)
    with connection.cursor() as cursor:
        cursor.execute(f"ANALYZE {names}")
