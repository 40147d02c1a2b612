"""Articles and their frozen versions."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from uuid_utils.compat import uuid7

from articles.document import Block, BlockKind, Document


class ArticleQuerySet(models.QuerySet["Article"]):
    def visible_to(self, user: Any) -> "ArticleQuerySet":
        """What this person may see at the desk; readers' pages ask `publishing` instead."""
        return self if user.has_perm("articles.view_article") else self.none()

    def search(self, text: str) -> "ArticleQuerySet":
        if not (text := text.strip().replace("\x00", "")):
            return self
        return self.filter(
            models.Q(title__icontains=text)
            | models.Q(publisher__icontains=text)
            | models.Q(url__icontains=text)
        )


class Article(models.Model):
    """Something published that the desk checks. Its text is in its versions; one of them is current."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    url = models.CharField(
        "address", max_length=2000, blank=True, help_text="Where it was published, if anywhere."
    )
    title = models.CharField(max_length=500)
    publisher = models.CharField(max_length=200, blank=True)
    byline = models.CharField(max_length=300, blank=True)
    published_at = models.DateTimeField("published", null=True, blank=True)
    language = models.CharField(max_length=12, default="en", help_text="BCP 47, for example en.")
    current = models.OneToOneField(
        "Version", on_delete=models.PROTECT, null=True, editable=False, related_name="current_of"
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(
        default=timezone.now, editable=False, help_text="When its text or what is known of it did."
    )

    objects = ArticleQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [models.Index(fields=["changed_at", "id"], name="article_changed")]
        constraints = [
            models.UniqueConstraint(
                fields=["url"], condition=~models.Q(url=""), name="article_url_unique_when_given"
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="article_has_title"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("reviews:show-article", args=[self.pk])


class Origin(models.TextChoices):
    PASTE = "paste", "Pasted"
    FILE = "file", "File"
    URL = "url", "Address"
    RECORD = "record", "A claim on record elsewhere"


class VersionQuerySet(models.QuerySet["Version"]):
    def light(self) -> "VersionQuerySet":
        """Without the original bytes, which few pages need."""
        return self.defer("original")


class Version(models.Model):
    """The text of an article as it stood at one moment. Frozen by a trigger: a change is a new version."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    text = models.TextField()
    sha256 = models.CharField(max_length=64, help_text="Of the original bytes.")
    blocks = models.JSONField(help_text="A list of [kind, start, end], in code points.")
    origin = models.CharField(max_length=10, choices=Origin.choices)
    original = models.BinaryField()
    media_type = models.CharField(max_length=100, default="text/plain")
    fetched_at = models.DateTimeField(default=timezone.now)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    objects = VersionQuerySet.as_manager()

    class Meta:
        ordering = ["article", "number"]
        constraints = [
            models.UniqueConstraint(fields=["article", "number"], name="version_number_unique"),
            models.CheckConstraint(condition=~models.Q(text=""), name="version_has_text"),
            models.CheckConstraint(
                condition=models.Q(origin__in=Origin.values), name="version_origin_known"
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="immutable", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.article_id}"

    @property
    def is_current(self) -> bool:
        """Whether the article, loaded with it, has no newer one."""
        return self.article.current_id == self.pk

    @property
    def previous(self) -> int:
        """The number of the version before, 0 for the first: they are counted without a gap."""
        return self.number - 1

    @property
    def document(self) -> Document:
        """What engines and renderers take. Reads the article's language and date from the loaded row."""
        article = self.article
        return Document(
            text=self.text,
            blocks=tuple(Block(BlockKind(kind), start, end) for kind, start, end in self.blocks),
            language=article.language,
            published_on=article.published_at.date() if article.published_at else None,
        )
