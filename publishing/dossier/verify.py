#!/usr/bin/env python3
"""Check a dossier: is every file in it, whole, and none added?

    python verify.py                     in the unpacked dossier
    python verify.py dossier.zip         on the ZIP as it came
    python verify.py dossier.zip --seal HEX

SHA256SUMS lists every other file with its SHA-256. The SHA-256 of that list is the seal: compare it with the one that
the desk gave you, and nobody can have changed list and files together. Needs Python 3.8 or newer and nothing else; no
network is used. Ends with 0 when everything fits, with 1 when anything does not.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
import zipfile
import zlib
from pathlib import Path
from typing import IO, Union

SUMS = "SHA256SUMS"
LINE = re.compile(r"([0-9a-f]{64})  ([A-Za-z0-9][A-Za-z0-9._/-]{0,199})")
PUBLICATIONS = "publications.json"
PIECE = 1_048_576
UNREADABLE = (
    OSError,
    KeyError,
    ValueError,
    zipfile.BadZipFile,
    zlib.error,
    EOFError,
    NotImplementedError,
)


class Folder:
    """A dossier that was unpacked."""

    def __init__(self, path: str) -> None:
        self.root = Path(path)

    def names(self) -> list[str]:
        paths = (path for path in self.root.rglob("*") if path.is_file() or path.is_symlink())
        return sorted(path.relative_to(self.root).as_posix() for path in paths)

    def open(self, name: str) -> IO[bytes]:
        return (self.root / name).open("rb")


class Packed:
    """A dossier as it came."""

    def __init__(self, path: str | IO[bytes]) -> None:
        self.archive = zipfile.ZipFile(path)

    def names(self) -> list[str]:
        return sorted(info.filename for info in self.archive.infolist() if not info.is_dir())

    def open(self, name: str) -> IO[bytes]:
        return self.archive.open(name)


Dossier = Union[Folder, Packed]  # noqa: UP007 - read by older Pythons than ours


def digest(dossier: Dossier, name: str) -> str:
    """SHA-256 of one file, read piece by piece."""
    found = hashlib.sha256()
    with dossier.open(name) as file:
        while True:
            piece = file.read(PIECE)
            if not piece:
                return found.hexdigest()
            found.update(piece)


def read_sums(content: bytes) -> tuple[dict[str, str], list[str]]:
    """The list as a mapping from name to hash, and what is wrong with its form."""
    text = content.decode("ascii", "replace")
    listed: dict[str, str] = {}
    faults: list[str] = []
    if not text.endswith("\n"):
        faults.append(SUMS + ": the last line is cut off")
    for number, line in enumerate(text.split("\n")[:-1], 1):
        found = LINE.fullmatch(line)
        if not found or found[2] in listed or found[2] == SUMS:
            faults.append(f"{SUMS}: line {number} is not as it was written")
        else:
            listed[found[2]] = found[1]
    return listed, faults


def compare(dossier: Dossier, listed: dict[str, str]) -> list[str]:
    """What of the files does not fit the list."""
    present = [name for name in dossier.names() if name != SUMS]
    faults = [
        name + ": is there twice" for name in sorted({n for n in present if present.count(n) > 1})
    ]
    faults += [name + ": is not in the list" for name in present if name not in listed]
    for name in sorted(listed):
        if name not in present:
            faults.append(name + ": is missing")
            continue
        try:
            if digest(dossier, name) != listed[name]:
                faults.append(name + ": has been changed")
        except UNREADABLE:
            faults.append(name + ": is damaged")
    return faults


def compare_publications(dossier: Dossier) -> list[str]:
    """Whether each entry of the public record has the hash that the record says."""
    with dossier.open(PUBLICATIONS) as file:
        entries = json.loads(file.read().decode("utf-8"))
    return [
        f"entry {entry['seq']} of the public record does not match its hash"
        for entry in entries
        if hashlib.sha256(entry["document"].encode("utf-8")).hexdigest() != entry["sha256"]
    ]


def check(dossier: Dossier, seal: str = "") -> tuple[str, int, list[str]]:
    """(the seal, how many files are listed, what does not fit)."""
    try:
        with dossier.open(SUMS) as file:
            content = file.read()
    except (
        OSError,
        KeyError,
        ValueError,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        NotImplementedError,
    ):
        return "", 0, [SUMS + ": is missing or damaged"]
    found = hashlib.sha256(content).hexdigest()
    listed, faults = read_sums(content)
    faults += compare(dossier, listed)
    if not faults and PUBLICATIONS in listed:
        faults += compare_publications(dossier)
    if seal and seal.strip().lower() != found:
        faults.append("the seal is another: this is not the dossier that it was given for")
    return found, len(listed), faults


def open_dossier(path: str) -> Dossier:
    return Packed(path) if Path(path).is_file() else Folder(path)


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("dossier", nargs="?", default=str(Path(__file__).resolve().parent))
    parser.add_argument("--seal", default="", help="the seal that the desk gave you")
    options = parser.parse_args(arguments)
    try:
        dossier = open_dossier(options.dossier)
    except (OSError, ValueError, zipfile.BadZipFile, NotImplementedError) as error:
        sys.stderr.write(f"This dossier cannot be opened: {error}\n")
        return 1
    seal, count, faults = check(dossier, options.seal)
    for fault in faults:
        sys.stderr.write(fault + "\n")
    if faults:
        sys.stderr.write(f"This dossier does NOT verify: {len(faults)} fault(s).\n")
        return 1
    sys.stdout.write(f"{count} files verify.\nSeal: {seal}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
