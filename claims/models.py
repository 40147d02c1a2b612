"""Claims, the words that make them, who makes them, and how they were found."""

from typing import Any

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVector, SearchVectorField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from uuid_utils.compat import uuid7

from articles.models import Article, Version
from claims.kinds import Kind, Mode, Status
from claims.matching import ClaimSearch


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


class ExternalCheck(models.Model):
    """A fact-check by others of a claim like this one."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    claim = models.ForeignKey(
        Claim, on_delete=models.PROTECT, null=True, blank=True, related_name="external_checks"
    )
    url = models.URLField(max_length=1000, blank=True)
    title = models.CharField(max_length=500, blank=True)
    publisher = models.CharField(max_length=200)
    claim_reviewed = models.TextField()
    rating = models.CharField(max_length=200, help_text="In their words.")
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
    record_sha256 = models.CharField(
        max_length=64, blank=True, editable=False, help_text="Of the record that it came in with."
    )

    class Meta:
        ordering = ["-reviewed_at", "id"]
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
        ]

    def __str__(self) -> str:
        return f"{self.publisher}: {self.rating}"
