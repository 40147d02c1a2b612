"""The queue's filters: each is a parameter of the address, so a view of the queue can be shared."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Prefetch, Q, QuerySet
from django.http import QueryDict

from claims.kinds import Kind, Status
from claims.models import Claim
from reviews.models import Assignment
from reviews.verdicts import with_verdict

#: The thresholds a filter offers, as (value, words).
WORTHS = (("0.3", "0.3"), ("0.5", "0.5"), ("0.7", "0.7"))
#: What the queue shows when no status is asked for: all that wants somebody's hand.
WAITING = (Status.SUGGESTED, Status.OPEN, Status.IN_REVIEW, Status.DISPUTED, Status.DECIDED)


def filtered(claims: Any, query: QueryDict, user: Any) -> QuerySet[Claim]:
    """The claims the address asks for, each with who has it. An unknown value shows nothing wrong: it is ignored."""
    status, kind = query.get("status", ""), query.get("kind", "")
    rows = claims.search(query.get("q", ""))
    if status in Status.values:
        rows = rows.filter(status=status)
    elif status != "any":
        rows = rows.filter(status__in=WAITING)
    if kind in Kind.values:
        rows = rows.filter(kind=kind)
    if claimant := query.get("claimant", "").replace("\x00", ""):
        rows = rows.filter(claimant__name__icontains=claimant)
    if article := query.get("article", "").replace("\x00", ""):
        rows = rows.filter(article__title__icontains=article)
    if (worth := _number(query.get("worth", ""))) is not None:
        rows = rows.filter(worth__gte=worth)
    return _with_holders(_held_by(rows, query.get("who", ""), user))


def _held_by(rows: Any, who: str, user: Any) -> Any:
    active = Assignment.objects.filter(
        claim=OuterRef("pk"), round=OuterRef("review_round"), released_at=None
    )
    match who:
        case "me":
            return rows.filter(Exists(active.filter(reviewer=user)))
        case "nobody":
            return rows.filter(~Exists(active))
        case "flagged":
            return rows.filter(~Q(flag=""))
        case _:
            return rows


def _with_holders(rows: Any) -> QuerySet[Claim]:
    active = Assignment.objects.filter(
        released_at=None, round=F("claim__review_round")
    ).select_related("reviewer")
    return with_verdict(rows.with_context()).prefetch_related(
        Prefetch("assignments", queryset=active, to_attr="holders")
    )


def _number(text: str) -> float | None:
    try:
        return float(text)
    except ValueError:
        return None
