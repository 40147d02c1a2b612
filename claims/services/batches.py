"""Many articles at once: a list of addresses or several files become the imports of one batch."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from articles.address_list import AddressList, Line, read_list
from articles.models import Article, Batch, Feed, Import, ImportState
from audit.services import record

T = TypeVar("T")
#: Rows, jobs and look-ups that go to the database at a time.
AT_ONCE = 500
MOST_ADDRESSES = 50_000


@dataclass(frozen=True, slots=True)
class NamedFile:
    """A file as somebody sent it."""

    name: str
    content: bytes


@transaction.atomic
def start_batch(
    *, actor: User | None, addresses: str = "", files: Sequence[NamedFile] = ()
) -> Batch:
    """Queue every address of a list, one a line, and every file. Lines that are none fail, with their number.

    Raises ValidationError when there is nothing to bring in.
    """
    read = read_list(addresses)
    _refuse_unusable(read, files)
    batch = Batch.objects.create(
        title=_title(read, files), repeated=read.repeated, requested_by=actor
    )
    rows = [*_of_lines(batch, read.lines), *_of_files(batch, files, len(read.lines))]
    counts = queue_imports(rows)
    record("batch.queued", batch, actor=actor, after={"repeated": read.repeated, **counts})
    return batch


@transaction.atomic
def cancel_batch(*, actor: User | None, batch: Batch) -> int:
    """Call off all that waits. What is in is in; the rest can be taken up again with `retry_batch`."""
    waiting = batch.imports.filter(state=ImportState.QUEUED).select_for_update(of=("self",))
    keys = list(waiting.values_list("pk", flat=True))
    Import.objects.filter(pk__in=keys).update(
        state=ImportState.CANCELLED, finished_at=timezone.now()
    )
    if keys:
        record("batch.cancelled", batch, actor=actor, after={"cancelled": len(keys)})
    return len(keys)


@transaction.atomic
def retry_batch(*, actor: User | None, batch: Batch, state: str = ImportState.FAILED) -> int:
    """Queue again all that failed, or all that was called off."""
    undone = batch.imports.filter(state=state).select_for_update(of=("self",))
    rows = [item for item in undone.defer("content") if item.can_be_retried]
    Import.objects.filter(pk__in=[item.pk for item in rows]).update(
        state=ImportState.QUEUED, error="", finished_at=None
    )
    _defer(rows)
    if rows:
        record("batch.retried", batch, actor=actor, after={"retried": len(rows)})
    return len(rows)


def queue_imports(rows: list[Import]) -> dict[str, int]:
    """Write these imports, and a job for each that waits. Those whose article is here are done at once."""
    for chunk in chunks(rows):
        _mark_known(chunk)
        Import.objects.bulk_create(chunk)
        _defer([item for item in chunk if item.is_waiting])
    return {
        state: sum(item.state == state for item in rows)
        for state in (ImportState.QUEUED, ImportState.DONE, ImportState.FAILED)
    }


def imports_of_feed(feed: Feed, addresses: Iterable[str]) -> list[Import]:
    return [
        Import(address=address, feed=feed, requested_by_id=feed.added_by_id)
        for address in addresses
    ]


def _refuse_unusable(read: AddressList, files: Sequence[NamedFile]) -> None:
    if not read.lines and not files:
        raise ValidationError("Give addresses, one a line, or choose files.")
    if len(read.lines) > MOST_ADDRESSES:
        raise ValidationError(
            {"addresses": f"A list holds at most {MOST_ADDRESSES:,} addresses. Split it."}
        )
    if not files and all(line.fault for line in read.lines):
        raise ValidationError({"addresses": [line.fault for line in read.lines[:3]]})


def _title(read: AddressList, files: Sequence[NamedFile]) -> str:
    counts = ((len(read.lines), "address", "addresses"), (len(files), "file", "files"))
    return " and ".join(f"{n:,} {one if n == 1 else many}" for n, one, many in counts if n)


def _of_lines(batch: Batch, lines: Sequence[Line]) -> Iterable[Import]:
    for number, line in enumerate(lines, start=1):
        item = Import(
            batch=batch, line=number, address=line.address, requested_by_id=batch.requested_by_id
        )
        if line.fault:
            item.address, item.error = line.words, line.fault
            item.state, item.finished_at = ImportState.FAILED, timezone.now()
        yield item


def _of_files(batch: Batch, files: Sequence[NamedFile], before: int) -> Iterable[Import]:
    for number, file in enumerate(files, start=before + 1):
        name = file.name.replace("\x00", "").strip()[-300:] or "file"
        yield Import(
            batch=batch, line=number, file_name=name, content=file.content,
            requested_by_id=batch.requested_by_id,
        )  # fmt: skip


def _mark_known(rows: Sequence[Import]) -> None:
    addresses = {item.address for item in rows if item.address and item.is_waiting}
    known = {article.url: article for article in Article.objects.filter(url__in=addresses)}
    for item in rows:
        if item.is_waiting and item.address in known:
            item.state, item.article = ImportState.DONE, known[item.address]
            item.finished_at = timezone.now()


def _defer(rows: Sequence[Import]) -> None:
    from claims.tasks import import_article

    for chunk in chunks(rows):
        jobs: list[dict[str, Any]] = [{"import_id": str(item.pk)} for item in chunk]
        import_article.batch_defer(*jobs)


def chunks(rows: Sequence[T]) -> Iterable[list[T]]:
    """As many at a time as the database takes well."""
    return (list(rows[at : at + AT_ONCE]) for at in range(0, len(rows), AT_ONCE))
