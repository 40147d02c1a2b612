"""What needs somebody now, and the numbers of the desk, each with the list behind it."""

from collections import Counter
from datetime import timedelta
from typing import Any

from django.db.models import Count, Exists, F, Min, OuterRef
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from claims.kinds import Status
from claims.models import Claim
from reviews.agreement import Agreement, measure
from reviews.models import Assignment, Comment, Rating, Review, Verdict
from reviews.verdicts import with_verdict

SHOWN = 8


def home_context(user: User) -> dict[str, Any]:
    claims = Claim.objects.visible_to(user).with_context()
    done = Review.objects.filter(claim=OuterRef("claim"), reviewer=user, round=OuterRef("round"))
    return {
        "now": timezone.now(),
        "mine": Assignment.objects.active()
        .filter(~Exists(done), reviewer=user, claim__status=Status.IN_REVIEW)
        .select_related("claim__article", "claim__claimant"),
        "disputed": claims.filter(status=Status.DISPUTED).checkworthy()[:SHOWN],
        "to_publish": with_verdict(claims.filter(status=Status.DECIDED)).order_by("changed_at")[
            :SHOWN
        ],
        "flagged": claims.exclude(flag="").order_by("changed_at")[:SHOWN],
        "published": with_verdict(claims.filter(status=Status.PUBLISHED)).order_by("-changed_at")[
            :SHOWN
        ],
        "mentions": Comment.objects.filter(mentions=user)
        .select_related("author", "claim")
        .order_by("-id")[:5],
        "by_status": status_counts(),
        "hours": median_hours_to_publish(),
        "agreement": rating_agreement(),
        "verdict_count": Verdict.objects.values("claim").distinct().count(),
    }


def status_counts() -> list[tuple[str, str, int]]:
    """(status, label, how many), in the order of the workflow."""
    counts = dict(Claim.objects.order_by().values_list("status").annotate(Count("pk")))
    return [(value, label, counts.get(value, 0)) for value, label in Status.choices]


def verdicts_by_rating() -> list[tuple[Rating, int]]:
    """How many claims stand at each rating of the house scale, by the newest verdict of each."""
    newest = Verdict.objects.order_by("claim_id", "-revision").distinct("claim_id")
    counts = Counter(newest.values_list("rating", flat=True))
    ratings = Rating.objects.filter(scale__is_house=True).order_by("position")
    return [(rating, counts[rating.pk]) for rating in ratings]


def median_hours_to_publish() -> float | None:
    """From the claim's arrival to its first publication."""
    published = Event.objects.filter(verb="verdict.published").order_by()
    moments = dict(published.values_list("subject_id").annotate(Min("at")))
    made = Claim.objects.filter(pk__in=moments).values_list("pk", "created_at")
    hours = sorted((moments[pk] - at) / timedelta(hours=1) for pk, at in made)
    return hours[len(hours) // 2] if hours else None


def rating_agreement() -> Agreement | None:
    """Krippendorff's alpha over the last 500 full rounds."""
    rounds: dict[tuple[Any, int], list[Any]] = {}
    rows = Review.objects.order_by("-submitted_at").values_list("claim", "round", "rating")[:1000]
    for claim, number, rating in rows:
        rounds.setdefault((claim, number), []).append(rating)
    return measure(list(rounds.values()))


def claims_by_day(days: int = 30) -> tuple[list[str], dict[str, list[int]]]:
    """The last days, and for each of them how many claims came in, were decided, were published."""
    today = timezone.localdate()
    dates = [today - timedelta(days=back) for back in range(days - 1, -1, -1)]
    came = dict(
        Claim.objects.filter(created_at__date__gte=dates[0])
        .order_by()
        .values_list("created_at__date")
        .annotate(Count("pk"))
    )
    return [f"{day:%-d %b}" for day in dates], {
        "Came in": [came.get(day, 0) for day in dates],
        "Decided": _per_day(["claim.agreed", "claim.adjudicated"], dates),
        "Published": _per_day(["verdict.published", "verdict.corrected"], dates),
    }


def _per_day(verbs: list[str], dates: list[Any]) -> list[int]:
    counts = dict(
        Event.objects.filter(verb__in=verbs, at__date__gte=dates[0])
        .order_by()
        .annotate(day=F("at__date"))
        .values_list("day")
        .annotate(Count("pk"))
    )
    return [counts.get(day, 0) for day in dates]
