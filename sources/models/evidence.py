"""What a source says about a claim."""

from django.conf import settings
from django.db import models
from django.db.models.functions import Substr
from django.utils import timezone
from uuid_utils.compat import uuid7

from claims.models import Claim
from sources.differing import Piece, compare_quote
from sources.models.copies import Snapshot
from sources.models.source import Source


class Stance(models.TextChoices):
    SUPPORTS = "supports", "Supports"
    UNDERMINES = "undermines", "Undermines"
    CONTEXT = "context", "Context"


class AnswerType(models.TextChoices):
    """How the source answers the question."""

    BOOLEAN = "boolean", "Yes or no"
    EXTRACTIVE = "extractive", "In the source's words"
    ABSTRACTIVE = "abstractive", "In our words"
    UNANSWERABLE = "unanswerable", "Not to be answered"


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
    answer = models.TextField(blank=True, help_text="What the source answers to it.")
    answer_type = models.CharField(max_length=12, choices=AnswerType.choices, blank=True)
    explanation = models.TextField(blank=True, help_text="Why yes, or why no.")
    medium = models.CharField(
        max_length=100, blank=True, help_text="What the answer was read from."
    )
    archived_url = models.CharField(
        "address in an archive", max_length=4000, blank=True, help_text="Of a copy kept by others."
    )
    position = models.PositiveIntegerField(
        null=True,
        editable=False,
        help_text="In the record that it came from: 1,000 a question, and 1 an answer.",
    )
    stance = models.CharField(max_length=12, choices=Stance.choices)
    quote = models.TextField(blank=True, help_text="The source's exact words.")
    quote_start = models.PositiveIntegerField(null=True, blank=True, editable=False)
    quote_end = models.PositiveIntegerField(null=True, blank=True, editable=False)
    quote_check = models.CharField(
        max_length=12, choices=QuoteCheck.choices, default=QuoteCheck.UNCHECKED
    )
    newest_check = models.CharField(
        max_length=12,
        choices=QuoteCheck.choices,
        blank=True,
        editable=False,
        help_text="Whether the newest copy still has the words, when that is a later one.",
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
    residue = models.JSONField(
        default=dict, editable=False, help_text="How its record had what no field can hold."
    )

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
                condition=models.Q(answer_type__in=["", *AnswerType.values]),
                name="evidence_answer_type_known",
            ),
            models.CheckConstraint(
                condition=models.Q(newest_check__in=["", *QuoteCheck.values]),
                name="evidence_newest_check_known",
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
    def has_lost_its_words(self) -> bool:
        """Whether the words that were found in the copy are no longer in the newest one."""
        return self.quote_check == QuoteCheck.VERIFIED and self.newest_check in {
            QuoteCheck.MISSING,
            QuoteCheck.APPROXIMATE,
        }

    @property
    def is_quote_settled(self) -> bool:
        """Verified, taken on by name, or no words quoted at all."""
        return (
            not self.quote
            or self.quote_check == QuoteCheck.VERIFIED
            or self.overridden_by_id is not None
        )


class OpenQuestionQuerySet(models.QuerySet["OpenQuestion"]):
    def standing(self) -> "OpenQuestionQuerySet":
        return self.filter(closed_at=None)


class OpenQuestion(models.Model):
    """A question about a claim that no source answers: asked and not answered yet, or not to be answered."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="open_questions")
    text = models.TextField("question")
    remark = models.TextField(blank=True, help_text="What is known all the same, without a source.")
    is_unanswerable = models.BooleanField(
        default=False, help_text="An answer was looked for and cannot be found."
    )
    position = models.PositiveIntegerField(
        null=True, editable=False, help_text="In the record that it came from."
    )
    residue = models.JSONField(
        default=dict, editable=False, help_text="How its record had what no field can hold."
    )
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(
        null=True, blank=True, editable=False, help_text="When it was answered or given up."
    )

    objects = OpenQuestionQuerySet.as_manager()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.text
