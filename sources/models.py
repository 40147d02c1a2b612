"""Sources, what they said when we looked, and what that says about a claim."""

from typing import Any

import pgtrigger
from django.conf import settings
from django.db import models
from django.db.models.functions import Substr
from django.urls import reverse
from django.utils import timezone
from uuid_utils.compat import uuid7

from claims.models import Claim
from sources.differing import Piece, compare_quote


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

    def search(self, text: str) -> "SourceQuerySet":
        """By address, title or publisher; a withheld source is never found by its details."""
        if not (text := text.strip().replace("\x00", "")):
            return self
        return self.exclude(kind=SourceKind.WITHHELD).filter(
            models.Q(title__icontains=text)
            | models.Q(publisher__icontains=text)
            | models.Q(url__icontains=text)
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
                fields=["url"], condition=~models.Q(url=""), name="source_url_unique_when_given"
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


class Snapshot(models.Model):
    """What the source said when it was looked at. Frozen by a trigger."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="snapshots")
    fetched_at = models.DateTimeField(default=timezone.now)
    status = models.PositiveIntegerField(
        null=True, help_text="The HTTP status, or nothing for a copy added by hand."
    )
    media_type = models.CharField(max_length=100, default="text/plain")
    sha256 = models.CharField(max_length=64)
    content = models.FileField(upload_to="snapshots", max_length=200)
    text = models.TextField()
    warc = models.FileField(upload_to="warc", max_length=200, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )

    class Meta:
        ordering = ["-fetched_at", "-id"]
        triggers = [
            pgtrigger.Protect(name="immutable", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.fetched_at:%Y-%m-%d %H:%M}"


class Stance(models.TextChoices):
    SUPPORTS = "supports", "Supports"
    UNDERMINES = "undermines", "Undermines"
    CONTEXT = "context", "Context"


class QuoteCheck(models.TextChoices):
    VERIFIED = "verified", "Found in the copy"
    APPROXIMATE = "approximate", "Found nearly"
    MISSING = "missing", "Not in the copy"
    UNCHECKED = "unchecked", "No copy to check against"


class EvidenceQuerySet(models.QuerySet["Evidence"]):
    def standing(self) -> "EvidenceQuerySet":
        return self.filter(withdrawn_at=None)

    def with_passage(self) -> "EvidenceQuerySet":
        """With the words of the copy that a quote is nearly, cut out by the database: copies may be long."""
        length = models.F("quote_end") - models.F("quote_start")
        words = Substr("snapshot__text", models.F("quote_start") + 1, length)
        is_nearly = models.Q(quote_check=QuoteCheck.APPROXIMATE, quote_start__isnull=False)
        return self.annotate(
            passage=models.Case(models.When(is_nearly, then=words), default=models.Value(""))
        ).defer("snapshot__text")


class Evidence(models.Model):
    """What a source says about a claim: the question it answers, its stance, the exact words."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="evidence")
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="evidence")
    snapshot = models.ForeignKey(
        Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="evidence"
    )
    question = models.CharField(max_length=500, blank=True, help_text="The question it answers.")
    stance = models.CharField(max_length=12, choices=Stance.choices)
    quote = models.TextField(blank=True, help_text="The source's exact words.")
    quote_start = models.PositiveIntegerField(null=True, blank=True, editable=False)
    quote_end = models.PositiveIntegerField(null=True, blank=True, editable=False)
    quote_check = models.CharField(
        max_length=12, choices=QuoteCheck.choices, default=QuoteCheck.UNCHECKED
    )
    override_reason = models.CharField(max_length=300, blank=True)
    overridden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.TextField(blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["id"]
        verbose_name_plural = "evidence"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(stance__in=Stance.values), name="evidence_stance_known"
            ),
            models.CheckConstraint(
                condition=models.Q(quote_check__in=QuoteCheck.values),
                name="evidence_quote_check_known",
            ),
            models.CheckConstraint(
                condition=models.Q(quote_start=None, quote_end=None)
                | models.Q(quote_start__gte=0, quote_end__gt=models.F("quote_start")),
                name="evidence_quote_in_order",
            ),
            models.CheckConstraint(
                condition=models.Q(overridden_by=None) | ~models.Q(override_reason=""),
                name="evidence_override_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_stance_display()}: {self.source}"

    @property
    def difference(self) -> tuple[Piece, ...]:
        """How the quote and the copy differ, where it was found nearly; of rows taken `with_passage`."""
        passage: str = getattr(self, "passage", "")
        return compare_quote(self.quote, passage) if passage else ()

    @property
    def is_quote_settled(self) -> bool:
        """Verified, taken on by name, or no words quoted at all."""
        return (
            not self.quote
            or self.quote_check == QuoteCheck.VERIFIED
            or self.overridden_by_id is not None
        )
