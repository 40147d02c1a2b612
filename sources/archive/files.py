"""Files named by the hash of their bytes, in Django's file storage: written whole or not at all, never twice.

A file on disk is written beside its place, flushed and then moved there in one step, so a full disk or a killed
process leaves no half file under a good name. Other storages (S3 and like) write whole objects by themselves.
"""

import hashlib
import os
import tempfile
from contextlib import suppress
from enum import StrEnum
from pathlib import Path

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, default_storage


class Health(StrEnum):
    WHOLE = "whole"
    MISSING = "missing"
    DAMAGED = "damaged"


class FileLost(Exception):
    """A kept file is not where it was put, or cannot be read."""


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def place_of(folder: str, sha256: str, ending: str = "") -> str:
    """Where a file with this hash stands: in one of 256 folders, so that none grows too large."""
    return f"{folder}/{sha256[:2]}/{sha256}{ending}"


def keep(content: bytes, folder: str, ending: str = "") -> str:
    """The name under which these bytes are kept from now on. A damaged copy of them is replaced."""
    sha256 = sha256_of(content)
    name = place_of(folder, sha256, ending)
    if health_of(name, sha256) is not Health.WHOLE:
        _write(name, content)
    return name


def read(name: str) -> bytes:
    """The bytes of a kept file. Raises FileLost."""
    try:
        with default_storage.open(name) as file:
            return bytes(file.read())
    except OSError as error:
        raise FileLost(f"The kept file {name} is lost or cannot be read.") from error


def health_of(name: str, sha256: str) -> Health:
    """Whether the file is there with the bytes that its name promises."""
    if not default_storage.exists(name):
        return Health.MISSING
    try:
        return Health.WHOLE if sha256_of(read(name)) == sha256 else Health.DAMAGED
    except FileLost:
        return Health.DAMAGED


def _write(name: str, content: bytes) -> None:
    path = _path_of(default_storage, name)
    if path is None:
        if default_storage.exists(name):
            default_storage.delete(name)
        default_storage.save(name, ContentFile(content))
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).chmod(0o644)
        Path(draft).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(draft).unlink()
        raise


def _path_of(storage: Storage, name: str) -> Path | None:
    """Where the storage has it on this machine; None for a storage elsewhere."""
    try:
        return Path(storage.path(name))
    except NotImplementedError:
        return None
