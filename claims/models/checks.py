"""Fact-checks by others: what they found, whose are taken, and how they came in."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.core.validators import RegexValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from uuid_utils.compat import uuid7

from articles.models import ImportState
from claims.kinds import Normalised
from claims.matching import ClaimSearch
from claims.models.claim import Claim

WEB = ("http://", "https://")
HOST = RegexValidator(
    r"^[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*\.[a-z][a-z0-9-]*[a-z0-9]$",
    "Give the name of a site, like checks.example: small letters, no https://, no path.",
)


class ExternalCheckQuerySet(ClaimSearch["ExternalCheck"]):
    words = "claim_reviewed"

    def visible_to(self, user: Any) -> "ExternalCheckQuerySet":
        return self if user.has_perm("claims.view_externalcheck") else self.none()


class ExternalCheck(models.Model):
    """A fact-check by others of a claim like this one.

    One that came in as ClaimReview has an `identity`, by which it is known again, and the `site` that vouches for it.
    What it said before its publisher changed it is in `history`, oldest first.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, null=True, blank=True, related_name="external_checks"
    )
    url = models.URLField(max_length=1000, blank=True)
    site = models.CharField(max_length=253, blank=True, editable=False, help_text="Host of `url`.")
    title = models.CharField(max_length=500, blank=True)
    publisher = models.CharField(max_length=200)
    claim_reviewed = models.TextField()
    claimant = models.CharField(max_length=300, blank=True, help_text="Who said it.")
    rating = models.CharField(max_length=200, help_text="In their words.")
    normalised = models.CharField(
        "comes down to",
        max_length=20,
        choices=Normalised.choices,
        blank=True,
        help_text="Empty where their rating cannot be told.",
    )
    justification = models.TextField(blank=True, help_text="Why, in their words.")
    reviewed_at = models.DateField(null=True, blank=True)
    claim_url = models.CharField(
        "address of the claim", max_length=2000, blank=True, help_text="Where it was made."
    )
    claim_archived_url = models.CharField(
        "its address in an archive", max_length=2000, blank=True, help_text="Kept by others."
    )
    details = models.JSONField(
        default=dict, editable=False, help_text="What else their record says."
    )
    residue = models.JSONField(
        default=dict, editable=False, help_text="How their record had what no field can hold."
    )
    history = models.JSONField(
        default=list, editable=False, help_text="What it said before it changed."
    )
    record_sha256 = models.CharField(
        max_length=64, blank=True, editable=False, help_text="Of the record that it came in with."
    )
    identity = models.CharField(
        max_length=64, blank=True, editable=False, help_text="Of its address and its claim."
    )
    content_sha256 = models.CharField(
        max_length=64, blank=True, editable=False, help_text="Of what its publisher last said."
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    search_vector = models.GeneratedField(
        expression=SearchVector("claim_reviewed", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ExternalCheckQuerySet.as_manager()

    class Meta:
        ordering = ["-reviewed_at", "id"]
        indexes = [
            GinIndex(fields=["search_vector"], name="check_search", fastupdate=False),
            models.Index(fields=["site", "id"], name="check_site"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["url", "claim"],
                condition=~models.Q(url=""),
                name="one_check_an_address_and_claim",
            ),
            models.UniqueConstraint(
                fields=["record_sha256"],
                condition=~models.Q(record_sha256=""),
                name="one_check_a_record",
            ),
            models.UniqueConstraint(
                fields=["identity"], condition=~models.Q(identity=""), name="one_check_an_identity"
            ),
            models.CheckConstraint(
                condition=models.Q(normalised__in=["", *Normalised.values]),
                name="check_normalised_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.rating}"

    def get_absolute_url(self) -> str:
        return reverse("reviews:show-check", args=[self.pk])

    @property
    def link(self) -> str:
        """Its address, if a browser may be sent there."""
        return self.url if self.url.lower().startswith(WEB) else ""

    @property
    def claim_link(self) -> str:
        return self.claim_url if self.claim_url.lower().startswith(WEB) else ""


class TrustedPublisherQuerySet(models.QuerySet["TrustedPublisher"]):
    def visible_to(self, user: Any) -> "TrustedPublisherQuerySet":
        return self if user.has_perm("claims.view_trustedpublisher") else self.none()


class TrustedPublisher(models.Model):
    """A site whose fact-checks the desk takes: those on this host and on hosts below it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    host = models.CharField(
        max_length=253,
        unique=True,
        validators=[HOST],
        help_text="Like checks.example. It stands for hosts below it, too.",
    )
    name = models.CharField(max_length=200, help_text="Who they are.")
    is_active = models.BooleanField(
        "trusted", default=True, help_text="Without this, nothing new of theirs comes in."
    )
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects = TrustedPublisherQuerySet.as_manager()

    class Meta:
        ordering = ["host"]
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(host="") & ~models.Q(name=""), name="publisher_is_named"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class CheckImportQuerySet(models.QuerySet["CheckImport"]):
    def visible_to(self, user: Any) -> "CheckImportQuerySet":
        return self if user.has_perm("claims.view_checkimport") else self.none()

    def light(self) -> "CheckImportQuerySet":
        """With what a list shows, and without the bytes."""
        return self.defer("content").select_related("requested_by")


class CheckImport(models.Model):
    """An address or a file whose fact-checks the worker brings in, and the report of what was in it.

    `content` holds a file's bytes until they are read.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    address = models.CharField(max_length=2000, blank=True)
    file_name = models.CharField(max_length=300, blank=True)
    content = models.BinaryField(null=True)
    state = models.CharField(max_length=10, choices=ImportState.choices, default=ImportState.QUEUED)
    error = models.TextField(blank=True, help_text="Why it failed, in words.")
    report = models.JSONField(default=dict, help_text="What was found in it, and what was odd.")
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    finished_at = models.DateTimeField(null=True)

    objects = CheckImportQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state__in=ImportState.values), name="check_import_state_known"
            ),
            models.CheckConstraint(
                condition=~models.Q(state="failed") | ~models.Q(error=""),
                name="check_import_failed_has_reason",
            ),
            models.CheckConstraint(
                condition=~models.Q(address="") | ~models.Q(file_name=""),
                name="check_import_names_something",
            ),
        ]

    def __str__(self) -> str:
        return self.address or self.file_name

    def get_absolute_url(self) -> str:
        return reverse("reviews:show-check-import", args=[self.pk])

    @property
    def is_waiting(self) -> bool:
        return self.state == ImportState.QUEUED

    @property
    def has_failed(self) -> bool:
        return self.state == ImportState.FAILED
