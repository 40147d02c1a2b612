"""Articles from addresses and files, by the worker: ask for one, bring it in, call it off, try again."""

import logging
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from articles.addresses import BadAddress, plain_page
from articles.fetching import load_fetcher
from articles.ingest import Hints, UnreadableText, sniff
from articles.ingest.fetch import Fetched, Fetcher
from articles.ingest.fetch_errors import FetchError
from articles.models import Article, Import, ImportState, Origin
from articles.services import AlreadyHere, Arrival
from audit.services import record
from claims.services.detection import bring_in_article

logger = logging.getLogger(__name__)
BROKEN = "Something went wrong on our side, and it was written to the log. Try again."


@transaction.atomic
def start_import(*, actor: User | None, address: str) -> Import:
    """Queue an address. Raises ValidationError when it is none, and AlreadyHere when its article is here."""
    address = plain_address(address)
    if known := Article.objects.filter(url=address).first():
        raise AlreadyHere(known)
    item = Import.objects.create(address=address, requested_by=actor)
    _queue(item, actor)
    return item


@transaction.atomic
def retry_import(*, actor: User | None, item: Import) -> Import:
    """Queue an import again that failed or was called off; one that waits or is done is left alone."""
    item = lock_import(item)
    if item.can_be_retried:
        item.state, item.error, item.finished_at = ImportState.QUEUED, "", None
        item.save(update_fields=["state", "error", "finished_at"])
        _queue(item, actor)
    return item


@transaction.atomic
def cancel_import(*, actor: User | None, item: Import) -> Import:
    """Call a waiting import off. What is being fetched at this moment is dropped when it arrives."""
    item = lock_import(item)
    if item.is_waiting:
        item.state, item.finished_at = ImportState.CANCELLED, timezone.now()
        item.save(update_fields=["state", "finished_at"])
        record("import.cancelled", item, actor=actor)
    return item


def run_import(*, import_id: str, fetcher: Fetcher | None = None) -> Import:
    """Fetch or read, and bring in. Safe to run twice: the second finds it done. A failure is kept, in words."""
    item = Import.objects.get(pk=import_id)
    if not item.is_waiting:
        return item
    try:
        return _bring_in(item, _arrival(item, fetcher))
    except FetchError as error:
        return _fail(item, str(error))
    except ValidationError as error:
        return _fail(item, " ".join(error.messages))
    except Exception:
        logger.exception("import %s failed", import_id)
        return _fail(item, BROKEN)


def arrival_of(fetched: Fetched) -> Arrival:
    """A fetched page as it arrives. What kind it is, its bytes say; the server's word is only a hint."""
    name = urlsplit(fetched.address).path
    try:
        media_type = sniff(fetched.content, name=name, declared=fetched.media_type)
    except UnreadableText as error:
        raise ValidationError(str(error)) from error
    return Arrival(
        content=fetched.content,
        origin=Origin.URL,
        media_type=media_type,
        hints=Hints(address=fetched.address, charset=fetched.charset),
    )


def plain_address(address: str) -> str:
    """The one spelling of an address to be fetched. Raises ValidationError in words."""
    try:
        return plain_page(address)
    except BadAddress as error:
        raise ValidationError({"url": str(error)}) from error


def lock_import(item: Import) -> Import:
    """The import, locked until the transaction ends, without the bytes of a file."""
    return Import.objects.select_for_update().defer("content").get(pk=item.pk)


def _arrival(item: Import, fetcher: Fetcher | None) -> Arrival:
    if not item.file_name:
        return arrival_of((fetcher or load_fetcher()).fetch(item.address))
    content = bytes(item.content or b"")
    return Arrival(content, origin=Origin.FILE, media_type="", file_name=item.file_name)


def _queue(item: Import, actor: User | None) -> None:
    from claims.tasks import import_article

    record("import.queued", item, actor=actor, after={"what": str(item)})
    import_article.defer(import_id=str(item.pk))


@transaction.atomic
def _bring_in(item: Import, arrival: Arrival) -> Import:
    """The article, or the one that is here under the same canonical address."""
    item = lock_import(item)
    if not item.is_waiting:
        return item
    try:
        article = bring_in_article(actor=item.requested_by, arrival=arrival)
    except AlreadyHere as error:
        article = error.article
    item.state, item.article, item.error = ImportState.DONE, article, ""
    item.content, item.finished_at = None, timezone.now()
    item.save()
    record("import.done", item, actor=None, after={"article": article})
    return item


@transaction.atomic
def _fail(item: Import, error: str) -> Import:
    item = lock_import(item)
    if not item.is_waiting:
        return item
    item.state, item.error, item.finished_at = ImportState.FAILED, error[:2000], timezone.now()
    item.save(update_fields=["state", "error", "finished_at"])
    record("import.failed", item, actor=None, after={"error": item.error})
    return item
