"""The words that make a claim, and what becomes of them in later versions."""

from django.conf import settings
from django.db import models
from uuid_utils.compat import uuid7

from articles.models import Version
from claims.models.claim import Claim


class Resolution(models.TextChoices):
    EXACT = "exact", "Exact"
    FUZZY = "fuzzy", "Nearly"
    AMBIGUOUS = "ambiguous", "Several places"
    ORPHANED = "orphaned", "Gone"


class Span(models.Model):
    """A run of a version's text that carries a claim: code points, start included, end excluded."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="spans")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="spans")
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    quote = models.TextField(help_text="The words, as the version has them.")
    prefix = models.CharField(max_length=100, blank=True)
    suffix = models.CharField(max_length=100, blank=True)
    resolution = models.CharField(
        max_length=10, choices=Resolution.choices, default=Resolution.EXACT
    )
    score = models.FloatField(default=1.0)

    class Meta:
        ordering = ["version", "start", "end"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(start__gte=0, end__gt=models.F("start")), name="span_in_order"
            ),
            models.UniqueConstraint(
                fields=["claim", "version", "start", "end"], name="span_unique_in_claim"
            ),
            models.CheckConstraint(
                condition=models.Q(score__gte=0, score__lte=1), name="span_score_between_0_and_1"
            ),
            models.CheckConstraint(
                condition=models.Q(resolution__in=Resolution.values), name="span_resolution_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.start}–{self.end}: {self.quote[:60]}"


class Decision(models.TextChoices):
    CONFIRMED = "confirmed", "Confirmed"
    MOVED = "moved", "Moved"
    LET_GO = "let_go", "Let go"


class SpanFateQuerySet(models.QuerySet["SpanFate"]):
    def undecided(self) -> "SpanFateQuerySet":
        """Those a person has yet to look at: not exact, and not decided on."""
        return self.filter(decision="").exclude(resolution=Resolution.EXACT)

    def in_order(self) -> "SpanFateQuerySet":
        """With what a list of them shows, as the claims stood in the older text."""
        rows = self.select_related("span__claim", "span__version", "placed", "decided_by")
        return rows.defer(
            "span__version__text", "span__version__original", "span__version__blocks"
        ).order_by("span__version__number", "span__start", "id")


class SpanFate(models.Model):
    """What became of a span in a later version of its article, as found, and what a person decided on it.

    `placed` is the span that carries the claim there. A span always has the words of its version, so what was
    not found, or in several places, has none; `candidates` are the places a person may choose from.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    span = models.ForeignKey(Span, on_delete=models.PROTECT, related_name="fates")
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="span_fates")
    resolution = models.CharField(max_length=10, choices=Resolution.choices)
    score = models.FloatField()
    has_moved = models.BooleanField(default=False)
    candidates = models.JSONField(default=list, help_text="A list of [start, end, score].")
    placed = models.ForeignKey(Span, on_delete=models.PROTECT, null=True, related_name="came_from")
    decision = models.CharField(max_length=10, choices=Decision.choices, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    objects = SpanFateQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["span", "version"], name="one_fate_a_span_and_version"),
            models.CheckConstraint(
                condition=models.Q(resolution__in=Resolution.values), name="span_fate_known"
            ),
            models.CheckConstraint(
                condition=models.Q(decision="", decided_at=None)
                | models.Q(decision__in=Decision.values, decided_at__isnull=False),
                name="span_fate_decided_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_resolution_display()}: {self.span}"

    @property
    def is_undecided(self) -> bool:
        return not self.decision and self.resolution != Resolution.EXACT

    @property
    def outcome(self) -> str:
        """kept, moved, needs_look or gone: what the list of a version's spans says."""
        if self.decision == Decision.LET_GO:
            return "gone"
        if self.decision:
            return "moved" if self.decision == Decision.MOVED else "kept"
        if self.resolution == Resolution.EXACT:
            return "moved" if self.has_moved else "kept"
        return "gone" if self.resolution == Resolution.ORPHANED else "needs_look"
