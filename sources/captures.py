"""Looks at sources: asked for, done by the worker, and what they change.

Files are written first and the row last, in one transaction, so a worker that is killed anywhere in between leaves at
most a file that nothing points at. Its job is done again by another, finds the file, and goes on.
"""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from articles.fetching import load_fetcher
from articles.ingest.base import Hints
from articles.ingest.fetch import Fetched, Fetcher
from articles.ingest.fetch_errors import BadAnswer, FetchError
from audit.services import record
from sources.archive import files
from sources.archive.reading import ReadCopy, Wall, read_copy
from sources.archive.warc import ENDING, write_warc
from sources.filling import fill
from sources.models import Capture, CaptureState, Snapshot, SnapshotOrigin, Source, SourceState
from sources.outside import is_wanted
from sources.rechecks import note_gone, note_newest, schedule

logger = logging.getLogger(__name__)
BROKEN = "Something went wrong on our side, and it was written to the log. Try again."
UNWRITTEN = (
    "The copy could not be written: the disk may be full. Make room, and try again. "
    "Nothing that was kept before is touched."
)
GONE = frozenset({404, 410})
CONTENT, WARC = "snapshots", "warc"


@transaction.atomic
def request_capture(*, actor: User | None, source: Source, is_recheck: bool = False) -> Capture:
    """Queue a look at the source. One that waits already is enough. Raises ValidationError without an address."""
    from sources.tasks import capture_source

    source = Source.objects.select_for_update().get(pk=source.pk)
    if not source.url:
        raise ValidationError("This source has no address. Upload a copy, or paste its text.")
    waiting = source.captures.waiting().first()
    if waiting:
        return waiting
    capture = Capture.objects.create(source=source, requested_by=actor, is_recheck=is_recheck)
    if not is_recheck:
        record("source.capture_asked", source, actor=actor)
    capture_source.defer(capture_id=str(capture.pk))
    return capture


def request_first_capture(*, actor: User, source: Source) -> None:
    """A look at a source that has an address and no copy. A withheld one waits for a person to ask."""
    if source.url and not source.is_withheld and not source.snapshots.exists():
        request_capture(actor=actor, source=source)


def run_capture(*, capture_id: str, fetcher: Fetcher | None = None) -> Capture:
    """Fetch, keep and compare. Safe to run twice: the second finds it done. A failure is kept, in words."""
    capture = Capture.objects.select_related("source").get(pk=capture_id)
    if not capture.is_waiting:
        return capture
    try:
        fetched = (fetcher or load_fetcher(settings.ASSAY_MAX_SOURCE_BYTES)).fetch(
            capture.source.url
        )
        return _keep_fetched(capture, fetched)
    except BadAnswer as error:
        return _miss(capture, str(error), status=error.status)
    except (FetchError, Wall) as error:
        return _miss(capture, str(error))
    except OSError:
        logger.exception("capture %s could not be written", capture_id)
        return _miss(capture, UNWRITTEN, is_ours=True)
    except Exception:
        logger.exception("capture %s failed", capture_id)
        return _miss(capture, BROKEN, is_ours=True)


def read_upload(content: bytes, file_name: str) -> ReadCopy:
    """What a file says, if it may be kept. Raises ValidationError in words."""
    if not content:
        raise ValidationError({"file": "The file is empty. Choose another."})
    if len(content) > settings.ASSAY_MAX_SOURCE_BYTES:
        most = settings.ASSAY_MAX_SOURCE_BYTES / 1_000_000
        raise ValidationError({"file": f"The file is larger than {most:g} MB. Send a part of it."})
    try:
        return _read(content, name=file_name)
    except Wall as error:
        raise ValidationError({"file": str(error)}) from error


def upload_copy(
    *, actor: User, source: Source, content: bytes, file_name: str, copy: ReadCopy | None = None
) -> Snapshot:
    """Keep a file that a person has of the source. Raises ValidationError in words."""
    copy = copy or read_upload(content, file_name)
    draft = Snapshot(
        source=source,
        origin=SnapshotOrigin.UPLOADED,
        file_name=file_name.replace("\x00", "")[:300],
        added_by=actor,
    )
    return keep_copy(actor=actor, draft=draft, content=content, copy=copy)[0]


def keep_copy(
    *,
    actor: User | None,
    draft: Snapshot,
    content: bytes,
    copy: ReadCopy,
    warc: Callable[[], bytes] | None = None,
) -> tuple[Snapshot, bool]:
    """The snapshot of these bytes, and whether it is new: the same words again make no second one."""
    with _writing_for(actor):
        if known := _same(draft.source, content, copy):
            _mend(known, content)
            return known, False
        draft.content.name = files.keep(content, CONTENT)
        draft.warc.name = files.keep(warc(), WARC, ENDING) if warc else ""
    _describe(draft, content, copy)
    with transaction.atomic():
        source = Source.objects.select_for_update().get(pk=draft.source_id)
        if known := _same(source, content, copy):
            return known, False
        draft.save(force_insert=True)
        after = {"sha256": draft.sha256, "origin": draft.origin}
        record("source.snapshot_added", source, actor=actor, after=after)
        note_newest(source, draft)
    return draft, True


@contextmanager
def _writing_for(actor: User | None) -> Iterator[None]:
    """What a person asked to keep and cannot be written is said to them; the worker says it in its own way."""
    try:
        yield
    except OSError as error:
        if actor is None:
            raise
        raise ValidationError(UNWRITTEN) from error


def _describe(draft: Snapshot, content: bytes, copy: ReadCopy) -> None:
    draft.sha256, draft.size = files.sha256_of(content), len(content)
    draft.media_type, draft.text = copy.media_type[:100], copy.text
    draft.main_length, draft.trouble = copy.main_length, copy.trouble[:500]


def _mend(known: Snapshot, content: bytes) -> None:
    """The same bytes again: a copy whose file was lost or damaged in the meantime is whole again."""
    if known.sha256 == files.sha256_of(content):
        files.mend(str(known.content.name), content)


def _keep_fetched(capture: Capture, fetched: Fetched) -> Capture:
    hints = Hints(address=fetched.address, charset=fetched.charset)
    name = urlsplit(fetched.address).path
    copy = _read(fetched.content, name=name, declared=fetched.media_type, hints=hints)
    at = timezone.now()
    draft = Snapshot(
        source=capture.source,
        fetched_at=at,
        origin=SnapshotOrigin.FETCHED,
        status=fetched.status,
        address=fetched.address[:4000],
        headers=[[name, value] for name, value in fetched.headers],
    )
    snapshot, is_new = keep_copy(
        actor=None,
        draft=draft,
        content=fetched.content,
        copy=copy,
        warc=lambda: write_warc(fetched, at, settings.ASSAY_USER_AGENT),
    )
    return _finish(capture, copy, fetched, snapshot, is_new)


@transaction.atomic
def _finish(
    capture: Capture, copy: ReadCopy, fetched: Fetched, snapshot: Snapshot, is_new: bool
) -> Capture:
    source = Source.objects.select_for_update().get(pk=capture.source_id)
    capture = Capture.objects.select_for_update().get(pk=capture.pk)
    if not capture.is_waiting:
        return capture
    fill(source, copy)
    had_others = source.snapshots.exclude(pk=snapshot.pk).exists()
    source.state = SourceState.CHANGED if is_new and had_others else SourceState.HERE
    moved = _plain(fetched.address) != _plain(source.url)
    source.moved_to = fetched.address[:4000] if moved else ""
    source.misses = 0
    schedule(source, timezone.now())
    source.save()
    capture.state, capture.snapshot, capture.is_new = CaptureState.DONE, snapshot, is_new
    capture.status, capture.finished_at = fetched.status, timezone.now()
    capture.save()
    if is_wanted(capture):
        _ask_outside(capture)
    return capture


def _ask_outside(capture: Capture) -> None:
    from sources.tasks import keep_outside

    keep_outside.defer(capture_id=str(capture.pk))


@transaction.atomic
def _miss(
    capture: Capture, error: str, *, status: int | None = None, is_ours: bool = False
) -> Capture:
    """Nothing was kept. Only what the source's own side says counts against it."""
    source = Source.objects.select_for_update().get(pk=capture.source_id)
    capture = Capture.objects.select_for_update().get(pk=capture.pk)
    if not capture.is_waiting:
        return capture
    capture.state, capture.error, capture.status = CaptureState.FAILED, error[:2000], status
    capture.finished_at = timezone.now()
    capture.save()
    record("source.capture_failed", source, actor=None, after={"error": capture.error})
    if not is_ours:
        was = source.state
        source.state = SourceState.GONE if status in GONE else SourceState.UNREACHABLE
        source.misses += 1
        note_gone(source, was)
    schedule(source, timezone.now())
    source.save()
    return capture


def _same(source: Source, content: bytes, copy: ReadCopy) -> Snapshot | None:
    """The newest copy, when it says the same: the same bytes, or a page with the same main text."""
    newest = source.snapshots.first()
    known = source.snapshots.filter(sha256=files.sha256_of(content)).first()
    if newest is None or (known and known.pk == newest.pk):
        return known
    is_page = copy.main_length and newest.media_type == copy.media_type
    return newest if is_page and newest.main_text == copy.main else None


def _read(
    content: bytes, *, name: str = "", declared: str = "", hints: Hints | None = None
) -> ReadCopy:
    return read_copy(
        content,
        max_bytes=settings.ASSAY_MAX_SOURCE_BYTES,
        name=name,
        declared=declared,
        hints=hints or Hints(),
    )


def _plain(address: str) -> tuple[str, str, str]:
    """What is left of an address when the differences do not count that every site has."""
    parts = urlsplit(address)
    return (parts.hostname or "").removeprefix("www."), parts.path.rstrip("/"), parts.query
