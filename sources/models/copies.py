"""What sources said when we looked, and the looks themselves."""

import pgtrigger
from django.conf import settings
from django.db import models
from django.utils import timezone
from uuid_utils.compat import uuid7

from sources.models.source import Source


class SnapshotOrigin(models.TextChoices):
    FETCHED = "fetched", "Fetched"
    UPLOADED = "uploaded", "Uploaded"
    PASTED = "pasted", "Pasted"


class Snapshot(models.Model):
    """What the source said when it was looked at. Frozen by a trigger.

    `text` begins with the main text, `main_length` code points long; what else a page shows follows it.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="snapshots")
    fetched_at = models.DateTimeField(default=timezone.now)
    status = models.PositiveIntegerField(
        null=True, help_text="The HTTP status, or nothing for a copy added by hand."
    )
    media_type = models.CharField(max_length=100, default="text/plain")
    sha256 = models.CharField(max_length=64)
    content = models.FileField(upload_to="snapshots", max_length=200)
    size = models.PositiveBigIntegerField(default=0, help_text="Bytes.")
    origin = models.CharField(
        max_length=10, choices=SnapshotOrigin.choices, default=SnapshotOrigin.PASTED
    )
    address = models.CharField(
        max_length=4000, blank=True, help_text="Where the bytes came from in the end."
    )
    file_name = models.CharField(max_length=300, blank=True)
    headers = models.JSONField(default=list, help_text="Of the answer: pairs of name and value.")
    text = models.TextField(blank=True)
    main_length = models.PositiveIntegerField(default=0)
    trouble = models.CharField(max_length=500, blank=True, help_text="Why there is no text.")
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

    @property
    def main_text(self) -> str:
        """What tells whether the source has changed; all of a text that was pasted."""
        return self.text[: self.main_length] if self.main_length else self.text


class CaptureState(models.TextChoices):
    QUEUED = "queued", "Waiting"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"


class CaptureQuerySet(models.QuerySet["Capture"]):
    def waiting(self) -> "CaptureQuerySet":
        return self.filter(state=CaptureState.QUEUED)


class Capture(models.Model):
    """One look at a source by the worker, asked for or due. What it kept, or why it kept nothing."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    source = models.ForeignKey(Source, on_delete=models.PROTECT, related_name="captures")
    state = models.CharField(
        max_length=10, choices=CaptureState.choices, default=CaptureState.QUEUED
    )
    is_recheck = models.BooleanField(default=False)
    status = models.PositiveIntegerField(null=True, help_text="The HTTP status, if one came.")
    error = models.TextField(blank=True, help_text="Why it failed, in words.")
    snapshot = models.ForeignKey(
        Snapshot, on_delete=models.PROTECT, null=True, related_name="captures"
    )
    is_new = models.BooleanField(default=False, help_text="Whether the copy was not here before.")
    outside_address = models.CharField(
        max_length=4000, blank=True, help_text="Where an archive outside keeps it as well."
    )
    outside_error = models.CharField(
        max_length=500, blank=True, help_text="Why an archive outside does not, in words."
    )
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    finished_at = models.DateTimeField(null=True)

    objects = CaptureQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["source"],
                condition=models.Q(state="queued"),
                name="one_waiting_capture_a_source",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=CaptureState.values), name="capture_state_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="failed") | ~models.Q(error=""),
                name="capture_failed_has_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="done") | models.Q(snapshot__isnull=False),
                name="capture_done_has_snapshot",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.created_at:%Y-%m-%d %H:%M}"

    @property
    def is_waiting(self) -> bool:
        return self.state == CaptureState.QUEUED

    @property
    def has_failed(self) -> bool:
        return self.state == CaptureState.FAILED
