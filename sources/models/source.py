"""Where evidence comes from, and how it stood when it was last looked at."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from uuid_utils.compat import uuid7


class SourceKind(models.TextChoices):
    OFFICIAL_RECORD = "official_record", "Official record"
    LAW = "law", "Law"
    TRANSCRIPT = "transcript", "Transcript"
    DATASET = "dataset", "Dataset"
    STUDY = "study", "Study"
    NEWS_REPORT = "news_report", "News report"
    INTERVIEW = "interview", "Interview"
    SOCIAL_POST = "social_post", "Social post"
    MEDIA = "media", "Photo, audio or video"
    WITHHELD = "withheld", "Withheld"


class SourceState(models.TextChoices):
    """How the source stood when it was last looked at."""

    UNCHECKED = "unchecked", "Not looked at"
    HERE = "here", "As it was kept"
    CHANGED = "changed", "Changed"
    GONE = "gone", "Gone"
    UNREACHABLE = "unreachable", "Could not be reached"


class SourceQuerySet(models.QuerySet["Source"]):
    def visible_to(self, user: Any) -> "SourceQuerySet":
        """Withheld sources show their details to editors only: `Source.shown_to` blanks them."""
        return self if user.has_perm("sources.view_source") else self.none()

    def counted(self) -> "SourceQuerySet":
        """With how many pieces of evidence and copies each has."""
        standing = models.Q(evidence__withdrawn_at=None, evidence__isnull=False)
        return self.annotate(
            evidence_count=models.Count("evidence", filter=standing, distinct=True),
            copy_count=models.Count("snapshots", distinct=True),
        )

    def due(self, at: datetime) -> "SourceQuerySet":
        """Those whose time to be looked at again has come and on which evidence leans, the longest due first."""
        leaned_on = models.Q(evidence__isnull=False, evidence__withdrawn_at=None)
        rows = self.filter(leaned_on, check_due_at__lte=at).exclude(captures__state="queued")
        return rows.exclude(url="").distinct().order_by("check_due_at", "id")

    def standing(self, state: str, user: Any) -> "SourceQuerySet":
        """Those in this state; how a withheld one stands is known to those who may see it."""
        rows = self.filter(state=state)
        may_see = user.has_perm("sources.view_withheld")
        return rows if may_see else rows.exclude(kind=SourceKind.WITHHELD)

    def search(self, text: str) -> "SourceQuerySet":
        """By address, title or publisher; a withheld source is never found by its details."""
        if not (text := text.strip().replace("\x00", "")):
            return self
        return self.exclude(kind=SourceKind.WITHHELD).filter(
            models.Q(title__icontains=text)
            | models.Q(publisher__icontains=text)
            | models.Q(url__icontains=text)
            | models.Q(doi__iexact=text)
            | models.Q(isbn=text.replace("-", "").replace(" ", ""))
        )


class Source(models.Model):
    """Where evidence comes from. The same source is one record, however many claims lean on it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    url = models.CharField("address", max_length=2000, blank=True)
    title = models.CharField(max_length=500)
    publisher = models.CharField(max_length=200, blank=True)
    author = models.CharField(max_length=300, blank=True)
    published_at = models.DateField("published on", null=True, blank=True)
    kind = models.CharField(max_length=20, choices=SourceKind.choices)
    language = models.CharField(max_length=12, default="en")
    doi = models.CharField("DOI", max_length=200, blank=True)
    isbn = models.CharField("ISBN", max_length=13, blank=True)
    reference = models.CharField(
        max_length=300,
        blank=True,
        help_text="Its number, section, edition or page; of an interview, how it was held.",
    )
    state = models.CharField(
        max_length=12, choices=SourceState.choices, default=SourceState.UNCHECKED, editable=False
    )
    moved_to = models.CharField(
        max_length=4000, blank=True, editable=False, help_text="Where its address leads now."
    )
    checked_at = models.DateTimeField("last looked at", null=True, editable=False)
    check_due_at = models.DateTimeField("to be looked at", null=True, editable=False)
    misses = models.PositiveIntegerField(
        default=0, editable=False, help_text="Looks in a row that did not find it."
    )
    withheld_reason = models.CharField(
        max_length=300, blank=True, help_text="Shown to readers in place of a withheld source."
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = SourceQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["url"],
                condition=~models.Q(url="") & ~models.Q(kind="withheld"),
                name="source_url_unique_when_shown",
            ),
            models.UniqueConstraint(
                fields=["doi"],
                condition=~models.Q(doi="") & ~models.Q(kind="withheld"),
                name="source_doi_unique_when_shown",
            ),
            models.UniqueConstraint(
                fields=["isbn"],
                condition=~models.Q(isbn="") & ~models.Q(kind="withheld"),
                name="source_isbn_unique_when_shown",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=SourceState.values), name="source_state_known"
            ),
            models.CheckConstraint(condition=~models.Q(title=""), name="source_has_title"),
            models.CheckConstraint(
                condition=models.Q(kind__in=SourceKind.values), name="source_kind_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind="withheld") | ~models.Q(withheld_reason=""),
                name="withheld_source_says_why",
            ),
        ]

    def __str__(self) -> str:
        return self.public_title

    def get_absolute_url(self) -> str:
        return reverse("reviews:show-source", args=[self.pk])

    @property
    def is_withheld(self) -> bool:
        return self.kind == SourceKind.WITHHELD

    @property
    def public_title(self) -> str:
        return "Withheld source" if self.is_withheld else self.title

    def is_shown_to(self, user: Any) -> bool:
        """Whether this person may see the details, and not only that there is a source."""
        return not self.is_withheld or user.has_perm("sources.view_withheld")
