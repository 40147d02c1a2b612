"""What the desk's decisions teach: the factual form refitted, measured on articles held out, put in use by a person.

What engines suggested and people took on stands for worth checking, what they dismissed for not. The weights are
drawn to the shipped ones, so that a few hundred decisions bend them and do not replace them. Every fourth article
is held out and never learned from, and the weights that are kept are the ones that were measured.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from itertools import chain

from django.db import transaction

from accounts.models import User
from audit.services import record
from claims.detection.worth import FactualForm, shipped
from claims.detection.worth.factual_form import describe_form, read_form
from claims.detection.worth.features import features
from claims.detection.worth.measures import f1, log_loss, ndcg
from claims.detection.worth.training import Prior, Recipe, fit_known
from claims.kinds import Kind, Status
from claims.models import Claim, WorthModel

SHIPPED = "shipped"
HELD_OUT = 4
FEWEST_LEARNED, FEWEST_HELD_OUT = 30, 10


class TooFewDecisions(Exception):
    """The desk has not decided on enough suggestions to learn from. Says how many there are and are wanted."""


class UnknownWeights(Exception):
    """There are no weights of this name."""


@dataclass(frozen=True, slots=True)
class Decisions:
    """Statements, and whether each was taken on (1) or dismissed (0)."""

    statements: Sequence[str]
    labels: Sequence[int]


def form_in_use() -> FactualForm | None:
    """The desk's own weights, if a person put some in use; None stands for the shipped ones."""
    row = WorthModel.objects.filter(is_in_use=True).first()
    return read_form(row.document) if row else None


def gather_decisions() -> tuple[Decisions, Decisions]:
    """What to learn from, and what to measure on: other articles and other words."""
    rows = (
        Claim.objects.exclude(engine="")
        .exclude(kind=Kind.QUOTATION)
        .exclude(status=Status.SUGGESTED)
        .filter(language__startswith="en")
        .order_by("article_id", "id")
        .values_list("article_id", "statement", "status")
    )
    places: dict[object, int] = {}
    learned: dict[str, int] = {}
    held_out: dict[str, int] = {}
    for article, statement, status in rows.iterator():
        place = places.setdefault(article, len(places))
        part = held_out if place % HELD_OUT == HELD_OUT - 1 else learned
        part[statement] = int(status != Status.DISMISSED)
    measured = {words: label for words, label in held_out.items() if words not in learned}
    return (
        Decisions(list(learned), list(learned.values())),
        Decisions(list(measured), list(measured.values())),
    )


@transaction.atomic
def train_worth(*, actor: User | None) -> WorthModel:
    """Refit and keep beside what is in use, which stays. Raises TooFewDecisions."""
    learned, held_out = gather_decisions()
    _require("to learn from", learned, FEWEST_LEARNED)
    _require("to measure on, in other articles", held_out, FEWEST_HELD_OUT)
    form = _refit(learned)
    row = WorthModel.objects.create(
        name=_next_name(),
        document=describe_form(form),
        before=measure(shipped(), held_out),
        after=measure(form, held_out),
        created_by=actor,
    )
    record("worthmodel.trained", row, actor=actor, before=row.before, after=row.after)
    return row


def measure(form: FactualForm, decisions: Decisions) -> dict[str, float]:
    """How well these weights tell what was taken on from what was dismissed."""
    labels = decisions.labels
    scores = [form.probability(statement) for statement in decisions.statements]
    return {
        "statements": len(labels),
        "f1": round(f1(labels, scores, form.threshold), 3),
        "ndcg": round(ndcg(labels, scores), 3),
        "log_loss": round(log_loss(labels, scores), 3),
    }


@transaction.atomic
def use_worth(*, actor: User | None, name: str) -> None:
    """Put weights in use, by name; `shipped` goes back to those of the code. Raises UnknownWeights."""
    rows = {row.name: row for row in WorthModel.objects.select_for_update().order_by("id")}
    if name != SHIPPED and name not in rows:
        known = ", ".join([SHIPPED, *rows])
        raise UnknownWeights(f"There are no weights called “{name}”. Known: {known}.")
    before = next((row for row in rows.values() if row.is_in_use), None)
    if (before.name if before else SHIPPED) == name:
        return
    WorthModel.objects.filter(is_in_use=True).update(is_in_use=False)
    WorthModel.objects.filter(name=name).update(is_in_use=True)
    subject = rows.get(name) or before
    if subject:
        was = before.name if before else SHIPPED
        record(
            "worthmodel.chosen", subject, actor=actor, before={"name": was}, after={"name": name}
        )


def _refit(decisions: Decisions) -> FactualForm:
    recipe, before = Recipe(), shipped()
    often = Counter(chain.from_iterable(features(words)[0] for words in decisions.statements))
    frequent = {name for name, times in often.items() if times >= recipe.least_often}
    weights = fit_known(
        decisions.statements,
        decisions.labels,
        before.known | frequent,
        pull=recipe.pull,
        prior=Prior(before.weights),
    )
    provenance = {
        "made_by": "manage.py train_worth",
        "data": "this desk's accepted and dismissed suggestions",
        "rows": len(decisions.labels),
        "positive": sum(decisions.labels),
        "settings": asdict(recipe),
        "prior": dict(before.provenance),
    }
    return FactualForm(weights, before.threshold, provenance)


def _require(purpose: str, decisions: Decisions, fewest: int) -> None:
    taken = sum(decisions.labels)
    dismissed = len(decisions.labels) - taken
    if min(taken, dismissed) < fewest:
        raise TooFewDecisions(
            f"There is too little {purpose}: {taken} suggestions taken on and {dismissed} dismissed, where "
            f"{fewest} of each are wanted. Nothing changed. Go on accepting and dismissing, and run this again."
        )


def _next_name() -> str:
    return f"desk-{WorthModel.objects.count() + 1}"
