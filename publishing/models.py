"""The public record: one append-only row a publication, correction, retraction or reopening.

`Publication` is the log: finished bytes, chained by hash, never changed. `CurrentVerdict` points at the newest
row of each claim and carries the columns that lists filter on, so a read is one index scan over finished bytes.
"""

from typing import Any

import pgtrigger
from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchQuery, SearchVector, SearchVectorField
from django.db import models
from django.urls import reverse
from django.utils import timezone

from articles.models import Article
from claims.models import Claim
from publishing import chain
from publishing.markup_models import Markup, MarkupPage
from publishing.proof.models import SignedHead, SigningKey
from publishing.webhooks.models import Attempt, Delivery, Endpoint, Secret
from reviews.models import Verdict

__all__ = [
    "Attempt",
    "CurrentVerdict",
    "CurrentVerdictQuerySet",
    "Delivery",
    "Endpoint",
    "Markup",
    "MarkupPage",
    "Publication",
    "PublicationKind",
    "Secret",
    "SignedHead",
    "SigningKey",
]


class PublicationKind(models.TextChoices):
    PUBLICATION = "publication", "Publication"
    CORRECTION = "correction", "Correction"
    RETRACTION = "retraction", "Retraction"
    REOPENING = "reopening", "Under re-review"


class Publication(models.Model):
    """One entry of the public record. `document` is canonical JSON (RFC 8785) and names `previous_sha256`."""

    seq = models.BigIntegerField(primary_key=True, help_text="1, 2, 3 … without a gap.")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="publications")
    verdict = models.ForeignKey(Verdict, on_delete=models.PROTECT, related_name="publications")
    kind = models.CharField(max_length=12, choices=PublicationKind.choices)
    document = models.TextField()
    sha256 = models.CharField(max_length=64, unique=True)
    previous_sha256 = models.CharField(max_length=64, help_text="Empty for the first.", blank=True)
    note = models.TextField(blank=True)
    gate = models.JSONField(default=list, help_text="The checklist as it was signed.")
    nonce = models.CharField(
        max_length=32,
        blank=True,
        db_default="",
        help_text="Keeps `private_sha256` from being guessed.",
    )
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    published_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-seq"]
        indexes = [
            models.Index(
                fields=["-seq"],
                condition=models.Q(kind__in=["correction", "retraction", "reopening"]),
                name="publication_changes",
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=models.Q(seq__gte=1), name="publication_seq_from_1"),
            models.CheckConstraint(
                condition=models.Q(kind__in=PublicationKind.values), name="publication_kind_known"
            ),
            models.CheckConstraint(
                condition=models.Q(kind="publication") | ~models.Q(note=""),
                name="publication_change_says_why",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]

    def __str__(self) -> str:
        return f"{self.seq}: {self.get_kind_display()}"

    @property
    def private_sha256(self) -> str:
        """Of what only the desk sees. The document holds it, so the chain proves that as well."""
        return chain.private_digest(
            gate=self.gate,
            published_by=self.published_by_id,
            published_at=self.published_at,
            verdict=self.verdict_id,
            nonce=self.nonce,
        )


class CurrentVerdictQuerySet(models.QuerySet["CurrentVerdict"]):
    def in_force(self) -> "CurrentVerdictQuerySet":
        """What readers are told today: neither retracted nor taken back for re-review."""
        return self.filter(state__in=[PublicationKind.PUBLICATION, PublicationKind.CORRECTION])

    def search(self, text: str) -> "CurrentVerdictQuerySet":
        if not (text := text.strip().replace("\x00", "")):
            return self
        return self.filter(
            search_vector=SearchQuery(text, config="english", search_type="websearch")
        )


class CurrentVerdict(models.Model):
    """The newest publication of a claim, with what lists filter on. Written with it, in one transaction."""

    claim = models.OneToOneField(
        Claim, on_delete=models.PROTECT, primary_key=True, related_name="current_verdict"
    )
    publication = models.OneToOneField(
        Publication, on_delete=models.PROTECT, related_name="current_for"
    )
    state = models.CharField(max_length=12, choices=PublicationKind.choices)
    article = models.ForeignKey(Article, on_delete=models.PROTECT, related_name="+")
    statement = models.TextField()
    claimant = models.CharField(max_length=300, blank=True)
    claimant_key = models.UUIDField(null=True, help_text="The claimant as it was published.")
    kind = models.CharField(max_length=20)
    claimed_on = models.DateField(null=True)
    language = models.CharField(max_length=12)
    tags = ArrayField(models.CharField(max_length=50), default=list)
    article_url = models.CharField(max_length=2000, blank=True)
    publisher = models.CharField(max_length=200, blank=True)
    rating = models.CharField(max_length=50)
    normalised = models.CharField(max_length=20)
    sources = ArrayField(
        models.UUIDField(null=True),
        default=list,
        db_default=[],
        help_text="One for each piece of evidence of the document; none for a withheld source.",
    )
    seq = models.BigIntegerField(unique=True)
    first_published_at = models.DateTimeField()
    published_at = models.DateTimeField()
    search_vector = models.GeneratedField(
        expression=SearchVector("statement", "claimant", config="english"),
        output_field=SearchVectorField(),
        db_persist=True,
    )

    objects = CurrentVerdictQuerySet.as_manager()

    class Meta:
        ordering = ["-seq"]
        indexes = [
            GinIndex(fields=["search_vector"], name="verdict_search", fastupdate=False),
            GinIndex(fields=["tags"], name="verdict_tags", fastupdate=False),
            GinIndex(fields=["sources"], name="verdict_sources", fastupdate=False),
            models.Index(fields=["article", "-seq"], name="verdict_article"),
            models.Index(fields=["rating", "-seq"], name="verdict_rating"),
            models.Index(fields=["normalised", "-seq"], name="verdict_normalised"),
            models.Index(fields=["claimant", "-seq"], name="verdict_claimant"),
            models.Index(fields=["claimant_key", "-seq"], name="verdict_claimant_key"),
            models.Index(fields=["publisher", "-seq"], name="verdict_publisher"),
            models.Index(fields=["article_url", "-seq"], name="verdict_article_url"),
            models.Index(fields=["kind", "-seq"], name="verdict_kind"),
            models.Index(fields=["language", "-seq"], name="verdict_language"),
            models.Index(fields=["state", "-seq"], name="verdict_state"),
            models.Index(fields=["published_at", "seq"], name="verdict_published_at"),
            models.Index(fields=["-first_published_at", "-claim"], name="verdict_first_published"),
        ]

    def __str__(self) -> str:
        return self.statement

    def get_absolute_url(self) -> str:
        return reverse("publishing:show-claim", args=[self.pk])

    @property
    def facts(self) -> dict[str, Any]:
        """The published document, as readers' pages show it."""
        import json

        return dict(json.loads(self.publication.document))
