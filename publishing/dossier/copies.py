"""The kept copies in a dossier, and the names that their files have there."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from sources.archive import files
from sources.models import Snapshot

#: Endings that open nothing on their own; a page is shown as its source, since opening it would run it.
ENDINGS = {
    "application/pdf": "pdf",
    "image/png": "png",
    "image/jpeg": "jpg",
    "image/gif": "gif",
    "image/webp": "webp",
    "text/plain": "txt",
    "text/markdown": "md.txt",
    "text/html": "html.txt",
}


@dataclass(frozen=True, slots=True)
class Copy:
    """A kept copy in the dossier: `path`, `text_path` and `warc_path` are names in it, empty when there is none."""

    snapshot: Snapshot
    health: str
    path: str = ""
    text_path: str = ""
    warc_path: str = ""


def copy_of(snapshot: Snapshot, number: int) -> Copy:
    """What of the copy can be read, under its number. One whose file is lost or damaged has no path."""
    health = files.health_of(str(snapshot.content.name), snapshot.sha256)
    base = f"copies/{number:03}"
    is_whole = health is files.Health.WHOLE
    return Copy(
        snapshot,
        health.value,
        path=f"{base}.{ENDINGS.get(snapshot.media_type, 'bin')}" if is_whole else "",
        text_path=f"{base}.words.txt" if snapshot.text else "",
        warc_path=f"{base}.warc.gz" if snapshot.warc and _is_whole_warc(snapshot) else "",
    )


def about(copy: Copy) -> dict[str, Any]:
    snapshot = copy.snapshot
    return {
        "id": snapshot.pk,
        "source": snapshot.source_id,
        "fetched_at": snapshot.fetched_at,
        "origin": snapshot.origin,
        "address": snapshot.address,
        "status": snapshot.status,
        "media_type": snapshot.media_type,
        "size": snapshot.size,
        "sha256": snapshot.sha256,
        "file": copy.health,
        "path": copy.path,
        "words": copy.text_path,
        "warc": copy.warc_path,
    }


def copy_files(copy: Copy) -> Iterator[tuple[str, bytes]]:
    snapshot = copy.snapshot
    if copy.path:
        yield copy.path, files.read(str(snapshot.content.name))
    if copy.text_path:
        yield copy.text_path, snapshot.text.encode("utf-8", "replace")
    if copy.warc_path:
        yield copy.warc_path, files.read(str(snapshot.warc.name))


def _is_whole_warc(snapshot: Snapshot) -> bool:
    name = str(snapshot.warc.name)
    sha256 = name.rsplit("/", 1)[-1].partition(".")[0]
    return files.health_of(name, sha256) is files.Health.WHOLE
