"""Engines that read versions, what they found, and weights that the desk taught."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from uuid_utils.compat import uuid7

from articles.models import Version
from claims.models.claim import Claim


class RunState(models.TextChoices):
    QUEUED = "queued", "Waiting"
    RUNNING = "running", "Working"
    DONE = "done", "Done"
    FAILED = "failed", "Failed"


class DetectionRun(models.Model):
    """One engine reading one version. What it left out is kept with the reason."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    version = models.ForeignKey(Version, on_delete=models.PROTECT, related_name="detection_runs")
    engine = models.CharField(max_length=50)
    engine_version = models.CharField(max_length=20)
    state = models.CharField(max_length=10, choices=RunState.choices, default=RunState.QUEUED)
    found = models.PositiveIntegerField(default=0)
    refused = models.JSONField(default=list, help_text="What the validator dropped, and why.")
    left_out = models.JSONField(default=list, help_text="A list of [start, end, reason].")
    trace = models.JSONField(default=list, help_text="What a model was asked, and its answers.")
    error = models.TextField(blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["version", "engine", "engine_version"], name="one_run_an_engine_and_version"
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=RunState.values), name="detection_run_state_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.engine} {self.engine_version}: {self.get_state_display()}"

    @property
    def is_working(self) -> bool:
        return self.state in {RunState.QUEUED, RunState.RUNNING}


class Finding(models.Model):
    """A claim that a run found, in the engine's own words. Several engines may find one claim.

    The claim has the wording of whoever found it first: an engine, if `Claim.engine` names one, or a person.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    run = models.ForeignKey(DetectionRun, on_delete=models.PROTECT, related_name="findings")
    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="findings")
    statement = models.TextField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(fields=["run", "claim"], name="one_finding_a_run_and_claim")
        ]

    def __str__(self) -> str:
        return f"{self.run.engine}: {self.statement[:60]}"


class WorthModel(models.Model):
    """Weights of the factual form that the desk's own decisions taught, with what they did before and after.

    The weights that come with the code are no row: they are in force while no row is in use.
    """

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    name = models.CharField(max_length=50, unique=True)
    document = models.JSONField(help_text="Weights, threshold and where they come from.")
    before = models.JSONField(help_text="The shipped weights on the part that was held out.")
    after = models.JSONField(help_text="These weights on the same part.")
    is_in_use = models.BooleanField(default=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.UniqueConstraint(
                fields=["is_in_use"], condition=models.Q(is_in_use=True), name="one_worth_in_use"
            ),
            models.CheckConstraint(
                condition=~models.Q(name__in=["", "shipped"]), name="worth_model_has_name"
            ),
        ]

    def __str__(self) -> str:
        return self.name
