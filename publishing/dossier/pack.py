"""Writes a dossier: files in the order of their names, with no times of their own, and the list of their hashes.

The same contents give the same bytes. Pure but for the file that is written to.
"""

import hashlib
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from typing import BinaryIO

SUMS = "SHA256SUMS"
#: The earliest moment that a ZIP can name.
NO_TIME = (1980, 1, 1, 0, 0, 0)
READABLE = 0o100644 << 16


@dataclass(frozen=True, slots=True)
class Sealed:
    """`seal` is the SHA-256 of the list of hashes; `count` is how many files it lists."""

    seal: str
    count: int


def write_dossier(out: BinaryIO, files: Iterable[tuple[str, bytes]]) -> Sealed:
    """Write each (name, bytes) as it comes, and the list at the end."""
    sums: dict[str, str] = {}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for name, content in files:
            if name in sums or name == SUMS:
                raise ValueError(f"{name} is in the dossier already.")
            archive.writestr(_entry(name), content)
            sums[name] = hashlib.sha256(content).hexdigest()
        listed = "".join(f"{sums[name]}  {name}\n" for name in sorted(sums)).encode("ascii")
        archive.writestr(_entry(SUMS), listed)
    return Sealed(hashlib.sha256(listed).hexdigest(), len(sums))


def _entry(name: str) -> zipfile.ZipInfo:
    entry = zipfile.ZipInfo(name, NO_TIME)
    entry.compress_type = zipfile.ZIP_STORED if name.endswith(".gz") else zipfile.ZIP_DEFLATED
    entry.external_attr, entry.create_system = READABLE, 3
    return entry
