"""How the desk's people judge what each engine suggests, and what they change in it.

Nothing is counted twice or kept beside the record: a claim's status says what became of a suggestion, the audit
log says whether it was edited before it was accepted, and the database does the counting. A claim that two engines
found counts for both, so that the order in which they read an article gives neither an advantage.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Window
from django.db.models.fields import CharField
from django.db.models.functions import Cast, RowNumber

from audit.models import Event
from claims.kinds import Kind, Mode, Status
from claims.models import Claim, Claimant, Finding
from claims.services.editing import EDITABLE

SHOWN_REASONS = 3
SHOWN_EDITS = 5
LABELS = {"kind": dict(Kind.choices), "mode": dict(Mode.choices)}
Engine = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Edit:
    """One field that a person changed in a suggestion."""

    event: Event
    name: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class EngineView:
    """What became of all that one version of an engine found. `shared` others had found before."""

    name: str
    version: str
    suggested: int
    shared: int
    unchanged: int
    edited: int
    dismissed: int
    reasons: tuple[tuple[str, int], ...]
    edits: tuple[Edit, ...]

    @property
    def waiting(self) -> int:
        return self.suggested - self.accepted - self.dismissed

    @property
    def accepted(self) -> int:
        return self.unchanged + self.edited

    @property
    def rate(self) -> float | None:
        """Of 100 that were decided on, how many were accepted."""
        decided = self.accepted + self.dismissed
        return 100 * self.accepted / decided if decided else None


def engine_views() -> list[EngineView]:
    reasons, edits = _reasons(), _edits()
    views = []
    for row in map(dict, _counts()):
        engine = row.pop("run__engine"), row.pop("run__engine_version")
        views.append(EngineView(*engine, **row, reasons=reasons[engine], edits=edits[engine]))
    return views


def _suggestions() -> QuerySet[Finding]:
    """Findings of claims that an engine worded; those made by hand were never suggestions."""
    return Finding.objects.exclude(claim__engine="").order_by()


def _events(verb: str, claim: str) -> QuerySet[Event]:
    return Event.objects.filter(
        verb=verb, subject_type=Claim._meta.label_lower, subject_id=OuterRef(claim)
    )


def _counts() -> Iterable[Mapping[str, Any]]:
    """One row for each version of an engine, in one query."""
    accepted = _events("claim.accepted", "claim").order_by("at").values("at")[:1]
    edited = _events("claim.edited", "claim").filter(at__lte=OuterRef("accepted_at"))
    is_accepted = ~Q(claim__status__in=[Status.SUGGESTED, Status.DISMISSED])
    is_own = Q(claim__engine=F("run__engine"), claim__engine_version=F("run__engine_version"))

    def count(*conditions: Q) -> Count:
        return Count("claim", distinct=True, filter=Q(*conditions))

    return (
        _suggestions()
        .annotate(accepted_at=Subquery(accepted))
        .annotate(is_edited=Exists(edited))
        .values("run__engine", "run__engine_version")
        .annotate(
            suggested=count(),
            shared=count(~is_own),
            unchanged=count(is_accepted, Q(is_edited=False)),
            edited=count(is_accepted, Q(is_edited=True)),
            dismissed=count(Q(claim__status=Status.DISMISSED)),
        )
        .order_by("run__engine", "run__engine_version")
    )


def _reasons() -> dict[Engine, tuple[tuple[str, int], ...]]:
    """Why suggestions were dismissed: the most common reasons of each engine."""
    last = _events("claim.dismissed", "claim").order_by("-at").values("reason")[:1]
    rows = (
        _suggestions()
        .filter(claim__status=Status.DISMISSED)
        .annotate(reason=Subquery(last))
        .values_list("run__engine", "run__engine_version", "reason")
        .annotate(times=Count("claim", distinct=True))
        .order_by("-times", "reason")
    )
    found: dict[Engine, list[tuple[str, int]]] = defaultdict(list)
    for name, version, reason, times in rows:
        if reason and len(found[name, version]) < SHOWN_REASONS:
            found[name, version].append((reason, times))
    return defaultdict(tuple, {engine: tuple(rows) for engine, rows in found.items()})


def _edits() -> dict[Engine, tuple[Edit, ...]]:
    """The last edits of what each engine worded, newest first."""
    claim = Claim.objects.filter(pk=OuterRef("subject_id")).exclude(engine="")
    events = (
        Event.objects.filter(verb="claim.edited", subject_type=Claim._meta.label_lower)
        .annotate(
            engine=Subquery(claim.values("engine")[:1]),
            version=Subquery(claim.values("engine_version")[:1]),
        )
        .filter(engine__isnull=False)
        .annotate(
            place=Window(
                RowNumber(),
                partition_by=[F("engine"), F("version")],
                order_by=[F("at").desc(), F("id").desc()],
            )
        )
        .filter(place__lte=SHOWN_EDITS)
        .select_related("actor")
    )
    rows: list[Any] = list(events)
    names = _claimants(rows)
    found: dict[Engine, tuple[Edit, ...]] = defaultdict(tuple)
    for event in rows:
        found[event.engine, event.version] += tuple(_edits_of(event, names))
    return found


def _edits_of(event: Event, names: dict[str, str]) -> Iterable[Edit]:
    for name in EDITABLE:
        if name in event.after:
            before, after = event.before.get(name), event.after[name]
            yield Edit(event, _label(name), _words(name, before, names), _words(name, after, names))


def _claimants(events: list[Any]) -> dict[str, str]:
    """Names of the claimants that edits speak of by their keys, in one query."""
    keys = {values.get("claimant") for e in events for values in (e.before, e.after)} - {None, ""}
    known = Claimant.objects.annotate(key=Cast("pk", CharField())).filter(key__in=keys)
    return {str(one.pk): one.name for one in known} if keys else {}


def _label(name: str) -> str:
    return name.replace("_", " ")


def _words(name: str, value: object, names: dict[str, str]) -> str:
    if value is None:
        return ""
    text = str(value)
    return names.get(text, text) if name == "claimant" else LABELS.get(name, {}).get(text, text)
