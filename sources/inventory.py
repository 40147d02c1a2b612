"""Are the kept files of sources still there, with the bytes that were kept? What lies there that nobody points at?

A row says where its file is and by which hash, so either is found without trusting the storage. A file that nothing
points at is what a killed worker leaves; it does no harm, and may be one whose row is just being written.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from sources.archive import files
from sources.archive.files import Health
from sources.captures import CONTENT, WARC
from sources.models import Snapshot

#: Rows that are read at a time.
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Fault:
    """A kept file that is missing or damaged, and one of the copies that point at it."""

    name: str
    health: Health
    snapshot: str


@dataclass(slots=True)
class Tally:
    """What was seen on the way: how many copies, and which files they point at."""

    copies: int = 0
    pointed_at: set[str] = field(default_factory=set)


def find_faults(tally: Tally) -> Iterator[Fault]:
    """Every kept file that is not as it was kept. Each file is read once, however many copies share it."""
    rows = Snapshot.objects.order_by("pk").values_list("pk", "content", "sha256", "warc")
    for pk, content, sha256, warc in rows.iterator(chunk_size=CHUNK):
        tally.copies += 1
        expected = [(content, sha256), *([(warc, files.hash_in(warc))] if warc else [])]
        for name, its_hash in expected:
            if name in tally.pointed_at:
                continue
            tally.pointed_at.add(name)
            health = files.health_of(name, its_hash)
            if health is not Health.WHOLE:
                yield Fault(name, health, str(pk))


def find_unpointed(tally: Tally) -> Iterator[str]:
    """Files that no copy points at. Asked after all faults were found."""
    for folder in (CONTENT, WARC):
        yield from (name for name in files.kept_files(folder) if name not in tally.pointed_at)


def sweep(names: list[str], before: datetime) -> list[str]:
    """Remove those of these files that were written before a moment and that still nothing points at."""
    old = [name for name in names if files.is_older(name, before)]
    removed = [name for name in old if not _is_pointed_at(name)]
    for name in removed:
        files.remove(name)
    return removed


def _is_pointed_at(name: str) -> bool:
    rows = Snapshot.objects.filter(content=name) | Snapshot.objects.filter(warc=name)
    return rows.exists()
