"""Reads an archive from end to end before anything is changed: is it whole, unaltered, and of this version?

The order of members is fixed, so nothing has to be remembered: a table after the other, then the files by name, then
the manifest. A member that is missing, twice, or nobody's is out of order.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, BinaryIO

from django.db import connection
from django.db.migrations.loader import MigrationLoader

from publishing.desk_archive import manifest as manifests
from publishing.desk_archive.contents import TABLES
from publishing.desk_archive.errors import BadArchive, OtherVersion
from publishing.desk_archive.manifest import FILE_NAME, FOLDER, MEMBER, SEAL, Manifest
from publishing.desk_archive.members import Member, portions, walk
from publishing.desk_archive.rows import Rows
from sources.archive import files


@dataclass(frozen=True, slots=True)
class Checked:
    """An archive in which every byte is right."""

    manifest: Manifest
    tables: list[Member]
    file: BinaryIO

    def kept(self) -> Iterator[tuple[str, Member]]:
        """The kept files by name. Walks the archive again: there may be millions."""
        for member in walk(self.file):
            if member.name.startswith(FOLDER):
                yield member.name.removeprefix(FOLDER), member


def check_archive(file: BinaryIO) -> Checked:
    """Raises BadArchive, or OtherVersion for a good archive that this version does not read."""
    manifest = _find_manifest(file)
    members = walk(file)
    tables = [_check_table(file, next(members, None), entry) for entry in manifest.tables]
    _check_files(file, members, manifest)
    return Checked(manifest, tables, file)


def _find_manifest(file: BinaryIO) -> Manifest:
    before: Member | None = None
    last: Member | None = None
    for member in walk(file):
        before, last = last, member
    if before is None or last is None or (before.name, last.name) != (MEMBER, SEAL):
        raise BadArchive("The file is no archive of a desk: its manifest is missing.")
    if before.size > manifests.LARGEST or last.size > manifests.LARGEST:
        raise BadArchive("The manifest is larger than any that Assay writes.")
    content = b"".join(portions(file, before))
    seal = f"{hashlib.sha256(content).hexdigest()}  {MEMBER}\n".encode()
    if b"".join(portions(file, last)) != seal:
        raise BadArchive("The manifest was altered or is damaged.")
    refuse_other(manifests.read_kind(content))
    manifest = manifests.parse(content)
    if [(entry.name, entry.columns) for entry in manifest.tables] != _ours():
        raise BadArchive("The manifest names other tables or columns than this version has.")
    return manifest


def _ours() -> list[tuple[str, list[str]]]:
    return [(table.name, Rows(table).names) for table in TABLES]


def refuse_other(said: Any) -> None:
    """Raise OtherVersion unless these tables are ours: an archive is read by the version that made it."""
    made_by = f"Assay {said.get('assay', '(unknown)')}"
    if said["format"] > manifests.FORMAT:
        raise OtherVersion(
            f"{made_by} made this archive, in a newer format. Update Assay, then import it."
        )
    ours, theirs = manifests.migrations(), said.get("migrations")
    if theirs == ours:
        return
    known = MigrationLoader(connection).graph.nodes
    if not isinstance(theirs, dict) or not {*map(str, theirs.items())} <= {*map(str, known)}:
        raise OtherVersion(f"A newer {made_by} made this archive. Update Assay, then import it.")
    raise OtherVersion(
        f"An older {made_by} made this archive. Update the old desk and export it again, or import it with that "
        "version and update afterwards."
    )


def _check_table(file: BinaryIO, member: Member | None, entry: manifests.TableEntry) -> Member:
    expected = f"rows/{entry.name}.ndjson"
    if member is None or member.name != expected:
        found = member.name if member else "the end"
        raise BadArchive(f"{expected} should come next in the archive, and there is {found}.")
    if member.size != entry.size or _hash(file, member) != entry.sha256:
        raise BadArchive(f"{expected} was altered or is damaged.")
    return member


def _check_files(file: BinaryIO, members: Iterator[Member], manifest: Manifest) -> None:
    before, count, size = "", 0, 0
    for member in members:
        if member.name == MEMBER:
            break
        name = member.name.removeprefix(FOLDER)
        if member.name == name or not FILE_NAME.fullmatch(name) or name <= before:
            raise BadArchive(f"{member.name} does not belong into the archive, or not there.")
        if _hash(file, member) != files.hash_in(name):
            raise BadArchive(f"{member.name} was altered or is damaged.")
        before, count, size = name, count + 1, size + member.size
    if (count, size) != (manifest.files.count, manifest.files.size):
        raise BadArchive(
            f"The manifest tells of {manifest.files.count:,} kept files, and {count:,} are there, or of another size."
        )


def _hash(file: BinaryIO, member: Member) -> str:
    digest = hashlib.sha256()
    for portion in portions(file, member):
        digest.update(portion)
    return digest.hexdigest()
