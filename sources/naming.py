"""Sources from one paste: what an address, a DOI, an ISBN or a file names is found, or made and looked at."""

from pathlib import PurePath

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from articles.addresses import BadAddress
from sources.archive.files import sha256_of
from sources.captures import read_upload, request_first_capture, upload_copy
from sources.identify import Identified, identify, is_name
from sources.models import Snapshot, Source, SourceKind
from sources.services import SourceDraft, add_source, find_known


def find_named(name: str, user: User) -> Source | None:
    """The source that this names, if it is here and this person may know of it. Words name none."""
    try:
        return find_known(_draft(identify(name)), user) if is_name(name) else None
    except BadAddress:
        return None


@transaction.atomic
def add_source_named(*, actor: User, name: str) -> Source:
    """The source that a pasted address, DOI or ISBN names. A new one is looked at, and the page fills its record."""
    try:
        draft = _draft(identify(name))
    except BadAddress as error:
        raise ValidationError({"name": str(error)}) from error
    source = find_known(draft, actor) or add_source(actor=actor, draft=draft)
    request_first_capture(actor=actor, source=source)
    return source


@transaction.atomic
def add_source_file(*, actor: User, content: bytes, file_name: str, kind: str) -> Source:
    """The source that a file is a copy of. The same bytes again are the source that they were before."""
    if known := _source_of(actor, content):
        return known
    copy = read_upload(content, file_name)
    title = copy.title or PurePath(file_name.replace("\x00", "")).stem or "A file"
    draft = SourceDraft(
        title=title[:500],
        kind=kind,
        publisher=copy.publisher[:200],
        author=copy.author[:300],
        published_at=copy.published_at,
        language=copy.language[:12] or "en",
    )
    source = add_source(actor=actor, draft=draft)
    upload_copy(actor=actor, source=source, content=content, file_name=file_name, copy=copy)
    return source


def _draft(named: Identified) -> SourceDraft:
    title = named.url or f"ISBN {named.isbn}"
    return SourceDraft(title, named.kind, url=named.url, doi=named.doi, isbn=named.isbn)


def _source_of(actor: User, content: bytes) -> Source | None:
    same = Snapshot.objects.filter(sha256=sha256_of(content)).select_related("source")
    if not actor.has_perm("sources.view_withheld"):
        same = same.exclude(source__kind=SourceKind.WITHHELD)
    found = same.order_by("id").first()
    return found.source if found else None
