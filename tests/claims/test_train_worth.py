"""`manage.py train_worth`: what the desk decided bends the weights, and a person puts them in use."""

import io

import pytest
from django.core.management import CommandError, call_command

from audit.models import Event
from claims.detection.worth import shipped
from claims.kinds import Kind, Status
from claims.models import Claim, WorthModel
from claims.services.detection import load_engine
from claims.services.worth import (
    Decisions,
    TooFewDecisions,
    UnknownWeights,
    form_in_use,
    gather_decisions,
    measure,
    train_worth,
    use_worth,
)
from tests.factories import make_article

pytestmark = pytest.mark.django_db


def decide(article, number, status, **fields):
    words = "landed herring at the quay" if status != Status.DISMISSED else "sang songs by the lamp"
    return Claim(
        article=article,
        statement=f"Crew {number} of the fleet {words} in week {number}.",
        engine="rules",
        engine_version="1",
        status=status,
        **fields,
    )


@pytest.fixture
def decisions():
    """Four articles: three to learn from, one to measure on."""
    rows = []
    for part in range(4):
        article = make_article(f"Harbour news {part}\n\nThe fleet came in on Friday.\n")
        for number in range(12):
            rows += [
                decide(article, f"{part}-{number}", Status.OPEN),
                decide(article, f"{part}-{number}", Status.DISMISSED),
            ]
    Claim.objects.bulk_create(rows)


def test_too_few_decisions_are_refused_with_their_number():
    with pytest.raises(TooFewDecisions, match="0 suggestions taken on and 0 dismissed"):
        train_worth(actor=None)


def test_what_is_measured_was_never_learned(decisions):
    learned, held_out = gather_decisions()
    assert set(learned.statements) & set(held_out.statements) == set()
    assert (len(learned.statements), len(held_out.statements)) == (72, 24)


@pytest.mark.parametrize(
    "change",
    [{"status": Status.SUGGESTED}, {"engine": ""}, {"kind": Kind.QUOTATION}, {"language": "es"}],
    ids=str,
)
def test_only_decisions_on_english_suggestions_count(decisions, change):
    Claim.objects.update(**change)
    assert gather_decisions() == (Decisions([], []), Decisions([], []))


def test_decisions_bend_the_weights(decisions):
    row = train_worth(actor=None)
    assert row.after["log_loss"] < row.before["log_loss"]


def test_figures_are_of_the_weights_that_are_kept(decisions):
    row = train_worth(actor=None)
    use_worth(actor=None, name=row.name)
    assert row.after == measure(form_in_use(), gather_decisions()[1])


def test_new_weights_are_not_used_until_somebody_says_so(decisions):
    train_worth(actor=None)
    assert form_in_use() is None


def test_an_engine_takes_the_weights_it_is_handed():
    assert load_engine("rules-lite", shipped()).name == "rules-lite"


def test_weights_are_put_in_use_and_out_again(decisions):
    one, other = train_worth(actor=None), train_worth(actor=None)
    for name in (one.name, other.name, other.name, "shipped"):
        use_worth(actor=None, name=name)
    changes = Event.objects.filter(verb="worthmodel.chosen").order_by("at", "id")
    assert [(e.before["name"], e.after["name"]) for e in changes] == [
        ("shipped", "desk-1"),
        ("desk-1", "desk-2"),
        ("desk-2", "shipped"),
    ]
    assert not WorthModel.objects.filter(is_in_use=True).exists()


def test_unknown_weights_are_refused_with_those_that_are_known():
    with pytest.raises(UnknownWeights, match="Known: shipped"):
        use_worth(actor=None, name="desk-9")


def test_the_command_shows_before_and_after(decisions):
    out = io.StringIO()
    call_command("train_worth", stdout=out)
    assert "before" in out.getvalue()
    assert "--use desk-1" in out.getvalue()


def test_the_command_refuses_in_words():
    with pytest.raises(CommandError, match="too little to learn from"):
        call_command("train_worth")
