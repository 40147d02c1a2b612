"""What the pages of an article's versions show: what changed, and what became of each claim's words."""

from collections import Counter
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from accounts.models import User
from articles.difference import compare
from articles.models import Article, Version
from claims.models import SpanFate

LABELS = {"kept": "Kept", "moved": "Moved", "needs_look": "Needs a look", "gone": "Gone"}


@dataclass(frozen=True, slots=True)
class FateView:
    """A span and what became of it. `choices` are places in the new text that a person may choose."""

    fate: SpanFate
    outcome: str
    label: str
    now: str
    choices: tuple[tuple[int, int, str], ...]
    may_decide: bool


def difference_context(user: User, article: Article, old: int, new: int) -> dict[str, Any]:
    versions = {v.number: v for v in article.versions.light().select_related("article")}
    before, after = versions.get(old), versions.get(new)
    if before is None or after is None:
        raise Http404("This article has no such version.")
    fates = fate_views(user, after)
    tally = Counter(view.outcome for view in fates)
    return {
        "article": article,
        "old": before,
        "new": after,
        "versions": list(versions.values()),
        "stretches": compare(before.document, after.document),
        "fates": fates,
        "tally": [(key, label, tally[key]) for key, label in LABELS.items() if tally[key]],
    }


def fate_views(user: User, version: Version) -> list[FateView]:
    """Every span that came to this version, those that wait for a person first."""
    may_decide = version.is_current and user.has_perm("claims.change_claim")
    views = [_view(fate, version, may_decide) for fate in version.span_fates.in_order()]
    return sorted(views, key=lambda view: not view.fate.is_undecided)


def deciding(user: User, version: Version, key: str) -> FateView | None:
    """The span somebody is about to find new words for, if it is still open."""
    views = fate_views(user, version) if key else []
    return next((v for v in views if str(v.fate.pk) == key and v.may_decide), None)


def _view(fate: SpanFate, version: Version, may_decide: bool) -> FateView:
    choices = tuple((start, end, version.text[start:end]) for start, end, _ in fate.candidates)
    return FateView(
        fate=fate,
        outcome=fate.outcome,
        label=LABELS[fate.outcome],
        now=fate.placed.quote if fate.placed else "",
        choices=choices,
        may_decide=may_decide and fate.is_undecided,
    )
