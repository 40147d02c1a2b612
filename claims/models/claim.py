"""Claims, who makes them, and what others found."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from uuid_utils.compat import uuid7

from articles.models import Article, Version
from claims.kinds import Kind, Mode, Status
from claims.matching import ClaimSearch

MAX_TAG, MAX_TAGS = 50, 20


class ClaimantKind(models.TextChoices):
    PERSON = "person", "Person"
    ORGANISATION = "organisation", "Organisation"
    ANONYMOUS = "anonymous", "Unnamed"


class Claimant(models.Model):
    """Who makes claims, as the articles name them."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=300)
    role = models.CharField(max_length=300, blank=True, help_text="Office or title.")
    kind = models.CharField(
        max_length=20, choices=ClaimantKind.choices, default=ClaimantKind.PERSON
    )
    same_as = models.URLField(
        max_length=500,
        blank=True,
        help_text="An address that says who this is, for example Wikidata.",
    )

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(fields=["name", "role"], name="claimant_unique"),
            models.CheckConstraint(condition=~models.Q(name=""), name="claimant_has_name"),
            models.CheckConstraint(
                condition=models.Q(kind__in=ClaimantKind.values), name="claimant_kind_known"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ClaimQuerySet(ClaimSearch["Claim"]):
    def visible_to(self, user: Any) -> "ClaimQuerySet":
        """What this person may see at the desk; readers' pages ask `publishing` instead."""
        return self if user.has_perm("claims.view_claim") else self.none()

    def with_context(self) -> "ClaimQuerySet":
        """With what a row of any list shows."""
        return self.select_related("article", "claimant", "attribution__claimant")

    def of_version(self, version: Version) -> "ClaimQuerySet":
        return self.filter(spans__version=version).distinct()

    def checkworthy(self) -> "ClaimQuerySet":
        """Most worth checking first."""
        return self.order_by(models.F("worth").desc(nulls_last=True), "id")


class Claim(models.Model):
    """One assertion, worded to stand alone, with its place in an article.

    `attribution` points at the claim that it was said at all: "officials said Wang lashed out" is that claim
    (was it said?) and this one (is it true?), each with its own evidence and verdict.
    `lock_version` counts changes, so that a stale form is told instead of overwriting.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="claims")
    statement = models.TextField(help_text="Stands alone: no “he”, no “last week”.")
    kind = models.CharField(max_length=20, choices=Kind.choices, default=Kind.EVENT)
    mode = models.CharField(max_length=10, choices=Mode.choices, default=Mode.NARRATOR)
    claimant = models.ForeignKey(
        Claimant, on_delete=models.PROTECT, null=True, blank=True, related_name="claims"
    )
    claimed_at = models.DateField("claimed on", null=True, blank=True)
    language = models.CharField(max_length=12, default="en")
    tags = ArrayField(
        models.CharField(max_length=MAX_TAG),
        size=MAX_TAGS,
        default=list,
        blank=True,
        help_text="What it is about, in the desk's own words.",
    )
    worth = models.FloatField(
        null=True, blank=True, help_text="How much it is worth checking, 0 to 1."
    )
    reasons = models.JSONField(default=list, blank=True)
    engine = models.CharField(max_length=50, blank=True, help_text="Empty when a person found it.")
    engine_version = models.CharField(max_length=20, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    attribution = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="embedded"
    )
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.OPEN)
    review_round = models.PositiveIntegerField(default=1)
    lock_version = models.PositiveIntegerField(default=1)
    flag = models.CharField(
        max_length=300, blank=True, help_text="Why somebody should look at it again."
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    changed_at = models.DateTimeField(default=timezone.now, editable=False)
    search_vector = models.GeneratedField(
        expression=SearchVector("statement", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        indexes = [
            GinIndex(fields=["search_vector"], name="claim_search", fastupdate=False),
            models.Index(fields=["status", "-worth", "id"], name="claim_queue"),
            models.Index(fields=["changed_at", "id"], name="claim_changed"),
        ]
        constraints = [
            models.CheckConstraint(condition=~models.Q(statement=""), name="claim_has_statement"),
            models.CheckConstraint(
                condition=models.Q(worth=None) | models.Q(worth__gte=0, worth__lte=1),
                name="claim_worth_between_0_and_1",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=Kind.values), name="claim_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(mode__in=Mode.values), name="claim_mode_known"
            ),
            models.CheckConstraint(
                condition=models.Q(status__in=Status.values), name="claim_status_known"
            ),
            models.CheckConstraint(
                condition=models.Q(attribution=None) | ~models.Q(attribution=models.F("id")),
                name="claim_not_its_own_attribution",
            ),
        ]

    def __str__(self) -> str:
        return self.statement

    def get_absolute_url(self) -> str:
        return reverse("reviews:show-claim", args=[self.pk])

    @property
    def is_attribution(self) -> bool:
        """Whether this asks *was it said?* rather than *is it true?*"""
        return self.kind == Kind.QUOTATION

    @property
    def found_by(self) -> str:
        return f"{self.engine} {self.engine_version}" if self.engine else str(self.added_by or "")
