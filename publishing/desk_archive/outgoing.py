"""Writes a whole desk into one file, as it was at one moment, while people go on working at it.

All tables are read in one transaction that sees the database as it was when it began. The kept files need no such
care: they are named by their hash, never changed, and not removed while a row points at them.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor

from publishing.desk_archive import manifest as manifests
from publishing.desk_archive.contents import TABLES, Table
from publishing.desk_archive.declared import find_gaps
from publishing.desk_archive.errors import ArchiveError, FilesLost
from publishing.desk_archive.kept import pointed_at
from publishing.desk_archive.manifest import FilesEntry, Manifest, TableEntry
from publishing.desk_archive.members import Member, Writer
from publishing.desk_archive.rows import Rows, portions
from sources.archive import files

#: Told after each member: its name, and how many bytes it has.
Told = Callable[[str, int], object]


def quiet(name: str, size: int) -> None:
    """For callers that nobody watches."""


def export_desk(target: Path, *, without_lost: bool = False, told: Told = quiet) -> Manifest:
    """Write all of the desk to a new file, which appears when it is whole. Raises ArchiveError."""
    refuse_unready()
    with _appearing(target) as file, _one_moment():
        writer = Writer(file)
        tables = [_write_table(writer, table, told) for table in TABLES]
        kept = _write_files(writer, told)
        if kept.lost and not without_lost:
            raise FilesLost(_lost(kept.lost))
        manifest = Manifest(manifests.assay_version(), manifests.migrations(), tables, kept)
        _seal(writer, manifest)
    return manifest


def refuse_unready() -> None:
    """Raise ArchiveError if the code does not know all its tables, or the database is not the code's."""
    if gaps := list(find_gaps()):
        raise ArchiveError("It is not settled what goes with a desk:\n" + "\n".join(gaps))
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        raise ArchiveError("The tables are not up to date. Run `manage.py migrate` first.")


@contextmanager
def _appearing(target: Path) -> Iterator[BinaryIO]:
    """A file that only its owner reads, under its name when it is whole. None is written over."""
    if os.path.lexists(target):
        raise ArchiveError(f"{target} is there already. Name another file, or remove this one.")
    part = target.with_name(f"{target.name}.part")
    part.unlink(missing_ok=True)
    try:
        with os.fdopen(os.open(part, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600), "w+b") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        part.rename(target)
    finally:
        part.unlink(missing_ok=True)


@contextmanager
def _one_moment() -> Iterator[None]:
    with transaction.atomic(durable=True):
        with connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


def _write_table(writer: Writer, table: Table, told: Told) -> TableEntry:
    rows, count, digest = Rows(table), 0, hashlib.sha256()

    def counted(lines: Iterator[bytes]) -> Iterator[bytes]:
        nonlocal count
        for line in lines:
            count += 1
            yield line

    with rows.reading() as lines:
        member = writer.write(table.member, _hashed(portions(counted(lines)), digest))
    told(table.name, member.size)
    return TableEntry(table.name, rows.names, count, member.size, digest.hexdigest())


def _write_files(writer: Writer, told: Told) -> FilesEntry:
    count, size, lost = 0, 0, []
    with pointed_at() as names:
        for name in names:
            member = _write_file(writer, name)
            if member is None:
                lost.append(name)
                continue
            count, size = count + 1, size + member.size
            told(name, member.size)
    return FilesEntry(count, size, lost)


def _write_file(writer: Writer, name: str) -> Member | None:
    """None, and nothing written, for a file that is not there with its bytes."""
    if not manifests.FILE_NAME.fullmatch(name):
        raise ArchiveError(f"The kept file {name} is not named by its hash.")
    start, digest = writer.file.tell(), hashlib.sha256()
    try:
        member = writer.write(f"{manifests.FOLDER}{name}", _hashed(files.portions(name), digest))
    except files.FileLost:
        member = None
    if member and digest.hexdigest() == files.hash_in(name):
        return member
    writer.take_back(start)
    return None


def _seal(writer: Writer, manifest: Manifest) -> None:
    content = manifest.as_bytes()
    seal = f"{hashlib.sha256(content).hexdigest()}  {manifests.MEMBER}\n"
    writer.write(manifests.MEMBER, [content])
    writer.write(manifests.SEAL, [seal.encode()])
    writer.close()


def _hashed(parts: Iterable[bytes], digest: "hashlib._Hash") -> Iterator[bytes]:
    for part in parts:
        digest.update(part)
        yield part


def _lost(names: list[str]) -> str:
    shown = "\n".join(names[:20])
    more = f"\nand {len(names) - 20:,} more" if len(names) > 20 else ""
    return (
        f"{len(names):,} kept files are lost or damaged:\n{shown}{more}\n"
        "Put them back from a backup, or export with --without-lost-files: the archive names them, and an import "
        "takes it as it is."
    )
