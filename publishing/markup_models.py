"""Markup of fact checks that the desk published elsewhere, which a client looks after through the API.

A page is what the client sent, whole. Its markups are the same taken apart, one row a ClaimReview, with what lists
filter on and the finished content: written with the page, and gone from lists with it.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorField
from django.db import models
from django.utils import timezone
from uuid_utils.compat import uuid7


class MarkupPageQuerySet(models.QuerySet["MarkupPage"]):
    def standing(self) -> "MarkupPageQuerySet":
        return self.filter(removed_at=None)


class MarkupPage(models.Model):
    """The ClaimReview markup of one page of the desk's own site. Never deleted: removed."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    url = models.CharField(max_length=2000, help_text="The page that the fact check is on.")
    site = models.CharField(max_length=253, help_text="Its host, without www.")
    published_on = models.DateField(null=True, blank=True)
    author = models.CharField(max_length=300, blank=True, help_text="Empty: the desk.")
    author_image = models.CharField(max_length=2000, blank=True)
    markups = models.JSONField(default=list, help_text="One for each claim, as the client sent it.")
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    changed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    changed_at = models.DateTimeField(default=timezone.now, db_index=True)
    removed_at = models.DateTimeField(null=True, blank=True)

    objects = MarkupPageQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["url"],
                condition=models.Q(removed_at=None),
                name="markup_page_once_an_address",
            ),
            models.CheckConstraint(
                condition=models.Q(version__gte=1), name="markup_page_version_from_1"
            ),
        ]

    def __str__(self) -> str:
        return self.url


class MarkupQuerySet(models.QuerySet["Markup"]):
    def search(self, text: str) -> "MarkupQuerySet":
        if not (text := text.strip().replace("\x00", "")):
            return self
        return self.filter(
            search_vector=SearchQuery(text, config="english", search_type="websearch")
        )


class Markup(models.Model):
    """One ClaimReview of a markup page."""

    page = models.ForeignKey(MarkupPage, on_delete=models.PROTECT, related_name="rows")
    position = models.PositiveIntegerField()
    added_at = models.DateTimeField(help_text="When its page came: a place in lists that stays.")
    site = models.CharField(max_length=253)
    statement = models.TextField()
    claimant = models.CharField(max_length=300, blank=True)
    language = models.CharField(max_length=12)
    published_on = models.DateField()
    claimed_on = models.DateField(null=True)
    addresses = ArrayField(models.CharField(max_length=2000), default=list)
    content = models.TextField(help_text="The finished ClaimReview, as JSON.")
    search_vector = models.GeneratedField(
        expression=SearchVector("statement", "claimant", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = MarkupQuerySet.as_manager()

    class Meta:
        ordering = ["page", "position"]
        constraints = [
            models.UniqueConstraint(fields=["page", "position"], name="markup_once_a_position")
        ]
        indexes = [
            GinIndex(fields=["search_vector"], name="markup_search", fastupdate=False),
            models.Index(fields=["-added_at", "-page", "position"], name="markup_place"),
        ]

    def __str__(self) -> str:
        return self.statement
