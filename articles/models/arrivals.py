"""What is on its way in: imports, the batches they came in, and the feeds that are followed."""

from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from uuid_utils.compat import uuid7

from articles.models.article import Article


class BatchQuerySet(models.QuerySet["Batch"]):
    def visible_to(self, user: Any) -> "BatchQuerySet":
        return self if user.has_perm("articles.view_batch") else self.none()


class Batch(models.Model):
    """Imports that somebody asked for together: a list of addresses, or several files."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    title = models.CharField(max_length=200, help_text="What it is, for people.")
    repeated = models.PositiveIntegerField(
        default=0, help_text="Lines that named an address of the list once more."
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = BatchQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "batches"

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reviews:show-batch", args=[self.pk])


class FeedKind(models.TextChoices):
    FEED = "feed", "Feed"
    SITEMAP = "sitemap", "Sitemap"


class FeedQuerySet(models.QuerySet["Feed"]):
    def visible_to(self, user: Any) -> "FeedQuerySet":
        return self if user.has_perm("articles.view_feed") else self.none()

    def due(self) -> "FeedQuerySet":
        """Those that are to be looked at now, the longest overdue first."""
        return self.filter(is_active=True, due_at__lte=timezone.now()).order_by("due_at")


class Feed(models.Model):
    """A feed (RSS, Atom) or a sitemap that is looked at again and again for new articles."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    address = models.CharField(max_length=2000, unique=True)
    kind = models.CharField(max_length=10, choices=FeedKind.choices, blank=True)
    title = models.CharField(max_length=300, blank=True)
    every_minutes = models.PositiveIntegerField(default=60)
    takes_all = models.BooleanField(
        default=False, help_text="Also what was there when it was first looked at."
    )
    is_active = models.BooleanField(default=True)
    checked_at = models.DateTimeField(null=True, editable=False)
    due_at = models.DateTimeField(default=timezone.now, editable=False)
    failures = models.PositiveIntegerField(default=0, editable=False)
    error = models.TextField(blank=True, help_text="Why the last look failed, in words.")
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = FeedQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            models.Index(fields=["due_at"], name="feed_due", condition=models.Q(is_active=True))
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(address=""), name="feed_has_address"),
            models.CheckConstraint(
                condition=models.Q(every_minutes__gte=5), name="feed_not_too_often"
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.address

    def get_absolute_url(self) -> str:
        return reverse("reviews:show-feed", args=[self.pk])


class ImportState(models.TextChoices):
    QUEUED = "queued", "Waiting"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"
    CANCELLED = "cancelled", "Called off"


#: States in which an import has ended without an article and may be tried again.
UNDONE = frozenset({ImportState.FAILED, ImportState.CANCELLED})


class ImportQuerySet(models.QuerySet["Import"]):
    def visible_to(self, user: Any) -> "ImportQuerySet":
        return self if user.has_perm("articles.view_import") else self.none()

    def light(self) -> "ImportQuerySet":
        """With what a list shows, and without the bytes of files."""
        return self.defer("content").select_related("article", "requested_by", "batch", "feed")

    def by_state(self) -> Mapping[str, int]:
        """How many there are in each state; states without any are 0."""
        rows = self.order_by().values_list("state").annotate(models.Count("pk"))
        return dict.fromkeys(ImportState.values, 0) | dict(rows)


class Import(models.Model):
    """An address to be fetched, or a file to be read, that the worker brings in.

    `content` holds a file's bytes until they are an article's.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    address = models.CharField(max_length=2000, blank=True)
    file_name = models.CharField(max_length=300, blank=True)
    content = models.BinaryField(null=True)
    line = models.PositiveIntegerField(default=0, help_text="Its place in the batch, from 1.")
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.QUEUED)
    error = models.TextField(blank=True, help_text="Why it failed, in words.")
    article = models.ForeignKey(
        Article, on_delete=models.PROTECT, null=True, related_name="imports"
    )
    batch = models.ForeignKey(Batch, on_delete=models.PROTECT, null=True, related_name="imports")
    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, null=True, related_name="imports")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    finished_at = models.DateTimeField(null=True)

    objects = ImportQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["batch", "state"], name="import_batch_state")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=ImportState.values), name="import_state_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="done") | models.Q(article__isnull=False),
                name="import_done_has_article",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="failed") | ~models.Q(error=""),
                name="import_failed_has_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(address="") | ~models.Q(file_name=""),
                name="import_names_something",
            ),
        ]

    def __str__(self) -> str:
        return self.address or self.file_name

    def get_absolute_url(self) -> str:
        return self.batch.get_absolute_url() if self.batch else reverse("reviews:list-imports")

    @property
    def is_waiting(self) -> bool:
        return self.state == ImportState.QUEUED

    @property
    def has_failed(self) -> bool:
        return self.state == ImportState.FAILED

    @property
    def can_be_retried(self) -> bool:
        return self.state in UNDONE


class FeedEntry(models.Model):
    """An address that a feed has named: known from then on, however often it is repeated."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    feed = models.ForeignKey(Feed, on_delete=models.PROTECT, related_name="entries")
    address = models.CharField(max_length=2000)
    seen_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-id"]
        verbose_name_plural = "feed entries"
        constraints = [
            models.UniqueConstraint(fields=["feed", "address"], name="feed_entry_seen_once")
        ]

    def __str__(self) -> str:
        return self.address
