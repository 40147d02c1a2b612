"""The file itself: a tar without anything optional, so that its bytes follow from what it holds.

Archive programs disagree on corner cases, and hostile files live there: two members of one name, sizes that differ
between two places, links, sparse files, headers without end. Here a header has one right form for a name and a size.
The reader makes that form anew and compares all 512 bytes of it; padding must be zero, and after the end nothing may
follow. So every byte is either in such a header, or zero by rule, or covered by a hash that the caller checks.
"""

import os
import tarfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import BinaryIO

from publishing.desk_archive.errors import BadArchive

BLOCK = tarfile.BLOCKSIZE
END = bytes(2 * BLOCK)
LONGEST_NAME = 100
#: Bytes that are read at a time.
PORTION = 1 << 20


@dataclass(frozen=True, slots=True)
class Member:
    """Where a member's bytes are in the file."""

    name: str
    offset: int
    size: int

    @property
    def end(self) -> int:
        return self.offset + self.size + _padding(self.size)


def header_of(name: str, size: int) -> bytes:
    """The one right header. Raises ValueError for a name that does not fit into it."""
    info = tarfile.TarInfo(name)
    info.size, info.mode, info.mtime = size, 0o600, 0
    header = info.tobuf(tarfile.GNU_FORMAT, "ascii", "strict")
    if len(header) != BLOCK:
        raise ValueError(f"The name {name!r} is too long for an archive.")
    return header


class Writer:
    """Members one after the other. Sizes need not be known before: the header is put right afterwards."""

    def __init__(self, file: BinaryIO) -> None:
        self.file = file

    def write(self, name: str, portions: Iterable[bytes]) -> Member:
        start = self.file.tell()
        self.file.write(bytes(BLOCK))
        size = sum(self.file.write(portion) for portion in portions)
        self.file.write(bytes(_padding(size)))
        self.file.seek(start)
        self.file.write(header_of(name, size))
        self.file.seek(0, os.SEEK_END)
        return Member(name, start + BLOCK, size)

    def take_back(self, to: int) -> None:
        """Forget all that was written from this place on."""
        self.file.seek(to)
        self.file.truncate()

    def close(self) -> None:
        self.file.write(END)


def walk(file: BinaryIO) -> Iterator[Member]:
    """Every member in order, headers and padding checked. The bytes of the members are left to the caller."""
    length = file.seek(0, os.SEEK_END)
    at = 0
    while header := _header_at(file, at):
        member = _parse(header, at)
        if member.end > length - len(END):
            raise BadArchive(f"The archive is cut off: it ends within {member.name}.")
        yield member
        file.seek(member.offset + member.size)
        if file.read(_padding(member.size)).strip(b"\0"):
            raise BadArchive(f"The archive is damaged after {member.name}.")
        at = member.end
    if length != at + len(END):
        raise BadArchive("The archive goes on after its end.")


def portions(file: BinaryIO, member: Member) -> Iterator[bytes]:
    """The bytes of a member, a portion at a time."""
    at, end = member.offset, member.offset + member.size
    while at < end:
        file.seek(at)
        portion = file.read(min(PORTION, end - at))
        if not portion:
            raise BadArchive(f"The archive is cut off: it ends within {member.name}.")
        at += len(portion)
        yield portion


def lines(file: BinaryIO, member: Member, longest: int) -> Iterator[bytes]:
    """The lines of a member, without their ends. Raises BadArchive for one that is longer or does not end."""
    begun: list[bytes] = []
    size = 0
    for portion in portions(file, member):
        *whole, rest = portion.split(b"\n")
        if whole:
            yield b"".join([*begun, whole[0]])
            yield from whole[1:]
            begun, size = [], 0
        begun.append(rest)
        size += len(rest)
        if size > longest:
            raise BadArchive(f"{member.name} has a line of more than {longest:,} bytes.")
    if size:
        raise BadArchive(f"{member.name} ends in the middle of a line.")


def _header_at(file: BinaryIO, at: int) -> bytes:
    """The header there, or nothing at the end of the archive."""
    file.seek(at)
    header = file.read(len(END))
    if header == END:
        return b""
    if len(header) < BLOCK or not header[:BLOCK].strip(b"\0"):
        raise BadArchive("The archive is cut off, or no archive of a desk: its end is missing.")
    return header[:BLOCK]


def _parse(header: bytes, at: int) -> Member:
    try:
        name = header[:LONGEST_NAME].rstrip(b"\0").decode("ascii")
        size = int(tarfile.nti(header[124:136]))  # type: ignore[attr-defined]
        is_right = size >= 0 and header == header_of(name, size)
    except (ValueError, tarfile.TarError) as error:
        raise BadArchive(f"No archive of a desk, or damaged: no header at byte {at:,}.") from error
    if not is_right:
        raise BadArchive(f"No archive of a desk, or damaged: the header at byte {at:,} is wrong.")
    return Member(name, at + BLOCK, size)


def _padding(size: int) -> int:
    return -size % BLOCK
