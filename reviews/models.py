"""The house scale, who reviews what, what each concluded, and what the desk concludes."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone
from uuid_utils.compat import uuid7

from claims.kinds import Normalised as Normalised
from claims.models import Claim
from sources.models import Evidence


class Scale(models.Model):
    """A set of ratings. One is the house scale; a change of meaning is a new version of it."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    slug = models.SlugField(max_length=50)
    name = models.CharField(max_length=100)
    version = models.PositiveIntegerField(default=1)
    is_house = models.BooleanField(default=False, help_text="The scale new reviews use.")

    class Meta:
        ordering = ["name", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "version"], name="scale_version_unique"),
            models.UniqueConstraint(
                fields=["is_house"], condition=models.Q(is_house=True), name="one_house_scale"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Rating(models.Model):
    """One step of a scale. `value` orders it, or is empty where the label is not a degree of truth."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    scale = models.ForeignKey(Scale, on_delete=models.PROTECT, related_name="ratings")
    slug = models.SlugField(max_length=50)
    label = models.CharField(max_length=60)
    definition = models.TextField(help_text="What must hold for this rating; readers see it.")
    value = models.IntegerField(null=True, blank=True)
    normalised = models.CharField(max_length=20, choices=Normalised.choices)
    colour = models.CharField(max_length=7, help_text="For charts and cards, as #rrggbb.")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["scale", "position"]
        constraints = [
            models.UniqueConstraint(fields=["scale", "slug"], name="rating_unique_in_scale"),
            models.CheckConstraint(
                condition=models.Q(normalised__in=Normalised.values), name="rating_normalised_known"
            ),
            models.CheckConstraint(
                condition=models.Q(colour__regex=r"^#[0-9a-f]{6}$"), name="rating_colour_is_hex"
            ),
        ]

    def __str__(self) -> str:
        return self.label


class AssignmentQuerySet(models.QuerySet["Assignment"]):
    def active(self) -> "AssignmentQuerySet":
        """Of the claim's present round, not given back, the review still to come or already in."""
        return self.filter(released_at=None, round=models.F("claim__review_round"))


class Assignment(models.Model):
    """A reviewer has a claim for a round."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="assignments")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="assignments"
    )
    round = models.PositiveIntegerField(default=1)
    assigned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    assigned_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField()
    released_at = models.DateTimeField(null=True, blank=True)

    objects = AssignmentQuerySet.as_manager()

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "reviewer", "round"],
                condition=models.Q(released_at=None),
                name="one_assignment_a_reviewer_and_round",
            )
        ]

    def __str__(self) -> str:
        return f"{self.reviewer}: round {self.round}"


class Confidence(models.TextChoices):
    LOW = "low", "Low"
    MEDIUM = "medium", "Medium"
    HIGH = "high", "High"


class ReviewQuerySet(models.QuerySet["Review"]):
    def visible_to(self, user: Any, claim: Claim) -> "ReviewQuerySet":
        """Blind: while a round is open, only your own review and those of earlier rounds."""
        from reviews.permissions import may_see_round

        if may_see_round(user, claim):
            return self.filter(claim=claim)
        earlier = models.Q(round__lt=claim.review_round)
        return self.filter(earlier | models.Q(reviewer=user), claim=claim)


class Review(models.Model):
    """One reviewer's judgement in a round. Never changed once it is in."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="reviews")
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="reviews"
    )
    round = models.PositiveIntegerField()
    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, related_name="reviews")
    rationale = models.TextField()
    confidence = models.CharField(
        max_length=10, choices=Confidence.choices, default=Confidence.MEDIUM
    )
    conflict_of_interest = models.TextField(
        blank=True, help_text="What ties you to the people or the matter. Empty when nothing does."
    )
    evidence = models.ManyToManyField(Evidence, blank=True, related_name="cited_in")
    submitted_at = models.DateTimeField(default=timezone.now)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        ordering = ["round", "submitted_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["claim", "reviewer", "round"], name="one_review_a_reviewer_and_round"
            ),
            models.CheckConstraint(condition=~models.Q(rationale=""), name="review_has_rationale"),
        ]

    def __str__(self) -> str:
        return f"{self.reviewer}: {self.rating}"


class Verdict(models.Model):
    """What the desk concludes. `decided_by` is empty when the reviewers agreed by themselves."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="verdicts")
    rating = models.ForeignKey(Rating, on_delete=models.PROTECT, related_name="verdicts")
    summary = models.TextField(blank=True, help_text="Why, in one paragraph.")
    justification = models.TextField(blank=True, help_text="The whole reasoning.")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    revision = models.PositiveIntegerField(default=1)
    correction_note = models.TextField(
        blank=True, help_text="What changed and why; readers see it."
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["claim", "-revision"]
        get_latest_by = "revision"
        constraints = [
            models.UniqueConstraint(fields=["claim", "revision"], name="verdict_revision_unique")
        ]

    def __str__(self) -> str:
        return f"{self.rating} (revision {self.revision})"


class Comment(models.Model):
    """A remark between colleagues, never published."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="comments")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="comments"
    )
    text = models.TextField()
    mentions = models.ManyToManyField(
        settings.AUTH_USER_MODEL, blank=True, related_name="mentioned_in"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(condition=~models.Q(text=""), name="comment_has_text")
        ]

    def __str__(self) -> str:
        return self.text[:60]
