"""Files named by the hash of their bytes, in Django's file storage: written whole or not at all, never twice.

A file on disk is written beside its place, flushed and then moved there in one step, so a full disk or a killed
process leaves no half file under a good name. Other storages (S3 and like) write whole objects by themselves.
"""

import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import datetime
from enum import StrEnum
from pathlib import Path, PurePosixPath

from django.core.exceptions import SuspiciousOperation
from django.core.files.base import File
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
    mend(name, content)
    return name


def mend(name: str, content: bytes) -> None:
    """See to it that the file is there with these bytes. One that is counts as just written, so no sweep takes it."""
    if health_of(name, sha256_of(content)) is Health.WHOLE:
        _touch(name)
    else:
        _write(name, [content])


def pour(name: str, content: Iterable[bytes]) -> None:
    """See to it that the file is there, from portions of its bytes. Raises FileLost if they are not its own."""
    if health_of(name, hash_in(name)) is Health.WHOLE:
        _touch(name)
    else:
        _write(name, _proved(name, content))


def portions(name: str) -> Iterator[bytes]:
    """The bytes of a kept file, some at a time. Raises FileLost."""
    try:
        with default_storage.open(name) as file:
            yield from file.chunks()
    except (OSError, SuspiciousOperation) as error:
        raise FileLost(f"The kept file {name} is lost or cannot be read.") from error


def read(name: str) -> bytes:
    """The bytes of a kept file. Raises FileLost."""
    try:
        with default_storage.open(name) as file:
            return bytes(file.read())
    except (OSError, SuspiciousOperation) as error:
        raise FileLost(f"The kept file {name} is lost or cannot be read.") from error


def read_whole(name: str, sha256: str) -> bytes:
    """The bytes, if they are still those of the hash. Raises FileLost."""
    content = read(name)
    if sha256_of(content) != sha256:
        raise FileLost(f"The kept file {name} is damaged: its bytes are not those that were kept.")
    return content


def hash_in(name: str) -> str:
    """The hash that a file is named by."""
    return PurePosixPath(name).name.partition(".")[0]


def kept_files(folder: str) -> Iterator[str]:
    """Every file below a folder of the storage, drafts that were left behind included."""
    try:
        folders, names = default_storage.listdir(folder)
    except FileNotFoundError:
        return
    yield from (f"{folder}/{name}" for name in sorted(names))
    for inner in sorted(folders):
        yield from kept_files(f"{folder}/{inner}")


def is_older(name: str, than: datetime) -> bool:
    """Whether a file was last written before this moment. One that is gone by now is not."""
    try:
        return default_storage.get_modified_time(name) < than
    except OSError:
        return False


def remove(name: str) -> None:
    default_storage.delete(name)


def health_of(name: str, sha256: str) -> Health:
    """Whether the file is there with the bytes that its name promises."""
    try:
        if not default_storage.exists(name):
            return Health.MISSING
        return Health.WHOLE if _hash_of(name) == sha256 else Health.DAMAGED
    except (FileLost, OSError, SuspiciousOperation):
        return Health.DAMAGED


def _hash_of(name: str) -> str:
    digest = hashlib.sha256()
    for portion in portions(name):
        digest.update(portion)
    return digest.hexdigest()


def _proved(name: str, content: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes. Raises FileLost after the last if they are not those of the name."""
    digest = hashlib.sha256()
    for portion in content:
        digest.update(portion)
        yield portion
    if digest.hexdigest() != hash_in(name):
        raise FileLost(f"What was given as the kept file {name} is another.")


def _touch(name: str) -> None:
    if path := _path_of(default_storage, name):
        with suppress(OSError):
            path.touch()


def _write(name: str, content: Iterable[bytes]) -> None:
    path = _path_of(default_storage, name)
    if path is None:
        _save_elsewhere(name, content)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.writelines(content)
            file.flush()
            os.fsync(file.fileno())
        Path(draft).chmod(0o644)
        Path(draft).replace(path)
    except BaseException:
        with suppress(OSError):
            Path(draft).unlink()
        raise


def _save_elsewhere(name: str, content: Iterable[bytes]) -> None:
    with tempfile.TemporaryFile() as whole:
        whole.writelines(content)
        whole.seek(0)
        if default_storage.exists(name):
            default_storage.delete(name)
        default_storage.save(name, File(whole))


def _path_of(storage: Storage, name: str) -> Path | None:
    """Where the storage has it on this machine; None for a storage elsewhere."""
    try:
        return Path(storage.path(name))
    except NotImplementedError:
        return None
