"""Imports of fact-checks by the worker: ask for one, read it, try it again. The report stays with the import."""

import logging

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from articles.fetching import load_fetcher
from articles.ingest.fetch import Fetcher
from articles.ingest.fetch_errors import FetchError, TooLarge
from articles.models import ImportState
from audit.services import record
from claims.checks.report import Report
from claims.checks.shape import UnreadableChecks
from claims.models import CheckImport
from claims.services.checks import Parcel, import_checks
from claims.services.imports import BROKEN, plain_address

logger = logging.getLogger(__name__)
PASTED = "Pasted markup"
LONGEST_NAME = 300


@transaction.atomic
def start_check_import(
    *, actor: User | None, address: str = "", content: bytes = b"", file_name: str = ""
) -> CheckImport:
    """Queue an address, or the bytes of a file. Raises ValidationError when it is neither, or too much."""
    if bool(address.strip()) == bool(content):
        raise ValidationError("Give an address, a file or the markup itself: one of the three.")
    refuse_too_large(content)
    name = file_name.replace("\x00", "").strip()[-LONGEST_NAME:] or PASTED
    item = CheckImport.objects.create(
        address="" if content else plain_address(address),
        file_name=name if content else "",
        content=content or None,
        requested_by=actor,
    )
    _queue(item, actor)
    return item


@transaction.atomic
def retry_check_import(*, actor: User | None, item: CheckImport) -> CheckImport:
    """Queue again what failed; anything else is left alone."""
    item = _lock(item)
    if item.has_failed:
        item.state, item.error, item.finished_at = ImportState.QUEUED, "", None
        item.save(update_fields=["state", "error", "finished_at"])
        _queue(item, actor)
    return item


def run_check_import(*, import_id: str, fetcher: Fetcher | None = None) -> CheckImport:
    """Fetch or read, and bring in. Safe to run twice: what is here is not brought in again."""
    item = CheckImport.objects.get(pk=import_id)
    if not item.is_waiting:
        return item
    try:
        parcel = _parcel(item, fetcher)
        return _finish(item, import_checks(actor=item.requested_by, parcel=parcel))
    except TooLarge:
        return _fail(item, too_large())
    except (FetchError, UnreadableChecks) as error:
        return _fail(item, str(error))
    except Exception:
        logger.exception("import of checks %s failed", import_id)
        return _fail(item, BROKEN)


def fetch_parcel(address: str, fetcher: Fetcher | None = None) -> Parcel:
    """What is at an address. Raises FetchError."""
    client = fetcher or load_fetcher(settings.ASSAY_MAX_CHECKS_BYTES)
    fetched = client.fetch(address)
    return Parcel(fetched.content, fetched.address, fetched.charset)


def refuse_too_large(content: bytes) -> None:
    if len(content) > settings.ASSAY_MAX_CHECKS_BYTES:
        raise ValidationError(too_large())


def too_large() -> str:
    limit = settings.ASSAY_MAX_CHECKS_BYTES / 1_000_000
    return f"It is larger than {limit:g} MB. Split it, or raise ASSAY_MAX_CHECKS_BYTES."


def _parcel(item: CheckImport, fetcher: Fetcher | None) -> Parcel:
    if item.address:
        return fetch_parcel(item.address, fetcher)
    return Parcel(bytes(item.content or b""))


def _queue(item: CheckImport, actor: User | None) -> None:
    from claims.tasks import bring_in_checks

    record("checkimport.queued", item, actor=actor, after={"what": str(item)})
    bring_in_checks.defer(import_id=str(item.pk))


@transaction.atomic
def _finish(item: CheckImport, report: Report) -> CheckImport:
    item = _lock(item)
    item.state, item.error, item.content = ImportState.DONE, "", None
    item.report, item.finished_at = report.as_data(), timezone.now()
    item.save()
    record("checkimport.done", item, actor=None, after=dict(item.report["counts"]))
    return item


@transaction.atomic
def _fail(item: CheckImport, error: str) -> CheckImport:
    item = _lock(item)
    item.state, item.error, item.finished_at = ImportState.FAILED, error[:2000], timezone.now()
    item.save(update_fields=["state", "error", "finished_at"])
    record("checkimport.failed", item, actor=None, after={"error": item.error})
    return item


def _lock(item: CheckImport) -> CheckImport:
    return CheckImport.objects.select_for_update().defer("content").get(pk=item.pk)
