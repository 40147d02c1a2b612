"""A claim's evidence as its card and page show it: by stance, and both sides at a glance above them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Case, F, Value, When
from django.db.models.functions import Least, Left, Right

from claims.models import Claim
from sources.agencies import EDGE
from sources.balance import Balance, Leaning, Side, Weighed, weigh
from sources.models import Evidence, Snapshot, Source, SourceKind, Stance
from sources.questions import missing_answers

#: Characters of a copy that are compared with other copies. A wire story is shorter.
COMPARED = 12_000


@dataclass(frozen=True, slots=True)
class StanceGroup:
    """What stands on one side. `side` tells of it as a whole, where there is anything."""

    stance: str
    label: str
    items: list[Evidence]
    side: Side | None = None

    @property
    def kinds(self) -> str:
        """“2 news report, law”: what its sources are, the most frequent first."""
        counts = self.side.kinds if self.side else ()
        named = ((SourceKind(kind).label, number) for kind, number in counts)
        return ", ".join(f"{number} × {name}" if number > 1 else name for name, number in named)


def evidence_context(claim: Claim) -> dict[str, Any]:
    rows = claim.evidence.standing().select_related("source", "snapshot", "overridden_by")
    standing = list(rows.with_passage())
    balance = balance_of(standing)
    return {
        "evidence_groups": _groups(standing, balance),
        "balance": balance,
        "open_questions": missing_answers(claim, standing),
    }


def balance_of(evidence: Iterable[Evidence]) -> Balance:
    evidence = list(evidence)
    copies = _newest_copies({item.source_id for item in evidence})
    return weigh(
        [
            Leaning(
                item.stance,
                _weighed(item.source, copies.get(item.source_id)),
                item.has_lost_its_words,
            )
            for item in evidence
        ]
    )


def _groups(standing: list[Evidence], balance: Balance) -> list[StanceGroup]:
    """Every stance is listed, also where it is empty."""
    sides = {side.stance: side for side in balance.sides}
    return [
        StanceGroup(
            value, label, [item for item in standing if item.stance == value], sides.get(value)
        )
        for value, label in Stance.choices
    ]


def _newest_copies(sources: set[UUID]) -> dict[UUID, Snapshot]:
    """The newest copy of each, with as much of its main text as is compared: copies may be long."""
    if not sources:
        return {}
    main = Case(When(main_length__gt=0, then=F("main_length")), default=Value(2**31 - 1))
    rows = Snapshot.objects.filter(source__in=sources).order_by("source_id", "-fetched_at", "-id")
    found = rows.distinct("source_id").annotate(
        opening=Left("text", Least(main, Value(COMPARED))),
        ending=Right(Left("text", main), EDGE),
    )
    return {copy.source_id: copy for copy in found.defer("text", "headers")}


def _weighed(source: Source, copy: Snapshot | None) -> Weighed:
    return Weighed(
        key=source.pk,
        title=source.public_title,
        kind=source.kind,
        publisher=source.publisher,
        author=source.author,
        url=source.url,
        published_at=source.published_at,
        has_copy=copy is not None,
        opening=getattr(copy, "opening", ""),
        ending=getattr(copy, "ending", ""),
        is_withheld=source.is_withheld,
    )
