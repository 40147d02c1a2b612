"""What a page says of itself fills the record of its source, where nobody has said anything."""

from audit.services import record
from sources.archive.reading import ReadCopy
from sources.models import SnapshotOrigin, Source


def fill(source: Source, copy: ReadCopy) -> None:
    """Put in what the page says of itself where nobody has said anything."""
    limits = {"title": 500, "publisher": 200, "author": 300}
    found: dict[str, object] = {
        name: getattr(copy, name)[:most]
        for name, most in limits.items()
        if getattr(copy, name) and getattr(source, name) in ("", source.url)
    }
    if copy.published_at and source.published_at is None:
        found["published_at"] = copy.published_at
    if copy.language and not source.snapshots.exclude(origin=SnapshotOrigin.FETCHED).exists():
        found["language"] = copy.language[:12]
    found = {name: value for name, value in found.items() if getattr(source, name) != value}
    for name, value in found.items():
        setattr(source, name, value)
    if found:
        shown = {"fields": sorted(found)} if source.is_withheld else found
        record("source.filled", source, actor=None, after=shown)
