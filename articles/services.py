"""Changes to articles. Text comes in through `articles.ingest` and is frozen as a version."""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone

from accounts.models import User
from articles import ingest
from articles.addresses import BadAddress, normalise
from articles.models import Article, Origin, Version
from articles.same_page import is_same_page
from audit.services import record

DEFAULT_LANGUAGE = "en"
CORRECTABLE = ("url", "title", "publisher", "byline", "published_at", "language")


class AlreadyHere(ValidationError):
    """The address is taken by an article the desk has. `article` is that one."""

    def __init__(self, article: Article) -> None:
        super().__init__(
            f"An article with this address is already here: “{article.title}”. Open it instead."
        )
        self.article = article


@dataclass(frozen=True, slots=True)
class Arrival:
    """What came in: the bytes and what is known of them. Empty fields are filled from the text.

    Without a media type the bytes tell what they are, with the help of the file's name.
    """

    content: bytes
    origin: Origin = Origin.PASTE
    media_type: str = "text/plain"
    url: str = ""
    title: str = ""
    publisher: str = ""
    byline: str = ""
    published_at: datetime | None = None
    language: str = ""
    file_name: str = ""
    hints: ingest.Hints = ingest.NO_HINTS


@transaction.atomic
def add_article(*, actor: User | None, arrival: Arrival) -> Article:
    """A new article with its first version. Raises ValidationError in words for the person who sent it."""
    read = _read(arrival)
    article = Article(
        url=_address(arrival.url or _found_address(arrival, read)),
        title=(arrival.title or read.title or "Untitled")[:500],
        publisher=arrival.publisher or read.publisher,
        byline=(arrival.byline or read.byline)[:300],
        published_at=arrival.published_at or read.published_at,
        language=arrival.language or read.language or DEFAULT_LANGUAGE,
        added_by=actor,
    )
    _refuse_taken(article)
    article.full_clean(exclude=["current", "added_by"], validate_constraints=False)
    _save_new(article)
    record("article.added", article, actor=actor, after={"title": article.title})
    add_version(actor=actor, article=article, arrival=arrival, read=read)
    return article


@transaction.atomic
def add_version(
    *,
    actor: User | None,
    article: Article,
    arrival: Arrival,
    read: ingest.ReadArticle | None = None,
) -> Version:
    """Freeze this text as the article's next version and make it current. Equal bytes make no new one."""
    read = read or _read(arrival)
    article = Article.objects.select_for_update().get(pk=article.pk)
    sha256 = hashlib.sha256(arrival.content).hexdigest()
    if article.current and article.current.sha256 == sha256:
        return article.current
    last = article.versions.aggregate(last=Max("number"))["last"] or 0
    version = Version.objects.create(
        article=article,
        number=last + 1,
        text=read.document.text,
        sha256=sha256,
        blocks=[[block.kind.value, block.start, block.end] for block in read.document.blocks],
        origin=arrival.origin,
        original=arrival.content,
        media_type=read.media_type,
        added_by=actor,
    )
    article.current, article.changed_at = version, timezone.now()
    article.save(update_fields=["current", "changed_at"])
    record(
        "version.added", article, actor=actor, after={"number": version.number, "sha256": sha256}
    )
    return version


@transaction.atomic
def correct_article(*, actor: User, article: Article, **changes: object) -> Article:
    """Correct what is known about the article, never its text."""
    article = Article.objects.select_for_update().get(pk=article.pk)
    if "url" in changes:
        changes["url"] = _address(str(changes["url"] or ""))
    before = {name: getattr(article, name) for name in CORRECTABLE if name in changes}
    after = {name: changes[name] for name in before if changes[name] != before[name]}
    if not after:
        return article
    for name, value in after.items():
        setattr(article, name, value)
    _refuse_taken(article)
    article.full_clean(exclude=["current", "added_by"])
    article.changed_at = timezone.now()
    article.save(update_fields=[*after, "changed_at"])
    record(
        "article.corrected",
        article,
        actor=actor,
        before={name: before[name] for name in after},
        after=after,
    )
    return article


def _refuse_taken(article: Article) -> None:
    others = Article.objects.filter(url=article.url).exclude(pk=article.pk)
    if article.url and (known := others.first()):
        raise AlreadyHere(known)


def _found_address(arrival: Arrival, read: ingest.ReadArticle) -> str:
    """The address that a page names as its own, unless quite another article is there already."""
    named, here = read.address, arrival.hints.address
    if not named or not here:
        return named or here
    known = Version.objects.filter(current_of__url=named).values_list("text", flat=True).first()
    return named if known is None or is_same_page(known, read.document.text) else here


def _save_new(article: Article) -> None:
    """Somebody may bring in the same address at the same moment: the second is told as ever."""
    try:
        with transaction.atomic():
            article.save()
    except IntegrityError:
        _refuse_taken(article)
        raise


def _read(arrival: Arrival) -> ingest.ReadArticle:
    try:
        return ingest.read(
            arrival.content,
            media_type=arrival.media_type or ingest.sniff(arrival.content, name=arrival.file_name),
            max_bytes=settings.ASSAY_MAX_ARTICLE_BYTES,
            hints=arrival.hints,
        )
    except ingest.UnreadableText as error:
        raise ValidationError({"text": str(error)}) from error


def _address(address: str) -> str:
    try:
        return normalise(address)
    except BadAddress as error:
        raise ValidationError({"url": str(error)}) from error
