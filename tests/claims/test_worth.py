"""What a claim is worth checking: the learned form of a factual statement, and the parts around it."""

import json

import pytest

from claims.detection.base import Attribution, Candidate, Mention, Place
from claims.detection.worth import FactualForm, shipped, weigh
from claims.detection.worth.factual_form import (
    SHIPPED,
    UnreadableWeights,
    describe_form,
    read_form,
)
from claims.detection.worth.measures import accuracy, best_threshold, f1, ndcg
from claims.detection.worth.tokens import tokens
from claims.detection.worth.training import Prior, Recipe, fit, fit_known

HERE = Place(0, 1)


def draft(statement, kind="event", **fields):
    return Candidate(statement, kind, "narrator", (HERE,), 0.0, **fields)


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        ("We met Ida Quell in Brinmouth.", ["we", "met", "<name>", "in", "<name>"]),
        ("It cost $5,000 in 2019.", ["it", "cost", "<money>", "in", "<year>"]),
        ("Up 12% since May", ["up", "<percent>", "since", "<date>"]),
        ("I don’t think so.", ["i", "do", "n't", "think", "so"]),
        ("Yes! Come home?", ["yes", "!", "come", "home", "?"]),
        ("SHIPS CAME IN", ["ships", "came", "in"]),
        ("", []),
    ],
)
def test_names_and_numbers_are_hidden(sentence, read):
    assert tokens(sentence) == read


def test_a_fact_is_told_from_talk():
    fact = "Unemployment fell by 3 percent in the last two years."
    talk = "I hope that we will all work together."
    form = shipped()
    assert form.is_checkworthy(fact)
    assert not form.is_checkworthy(talk)


@pytest.mark.parametrize(
    "text", ["", "…", "1 2 3 4", "港口去年接待了四千艘船。", "\ud83d", "a" * 10_000]
)
def test_any_text_has_a_probability(text):
    assert 0 <= shipped().probability(text) <= 1


def test_shipped_weights_say_where_they_come_from():
    provenance = shipped().provenance
    assert provenance["data"] == "checkworthy_ct24_train.jsonl"
    assert len(provenance["sha256"]) == 64


def test_a_model_survives_its_own_json():
    assert describe_form(read_form(describe_form(shipped()))) == json.loads(SHIPPED.read_text())


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"weights": {"a": "x"}},
        {"weights": None},
        {"threshold": 3},
        {"weights": {"a": float("nan")}},
    ],
)
def test_weights_of_another_kind_are_refused(change):
    with pytest.raises(UnreadableWeights):
        read_form({**describe_form(shipped()), **change})


def test_the_parts_add_up_to_the_score():
    worth = weigh(draft("The fire in Brinmouth began at noon."), shipped())
    assert worth.score == round(sum(part.score for part in worth.parts), 2)


UNNAMED = Attribution("officials", None, None, (), is_anonymous=True)
MENTION = (Mention(HERE, "x"),)


@pytest.mark.parametrize(
    ("given", "reason"),
    [
        (draft("The quay is 4 km long."), "a number"),
        (draft("The quay was finished on Monday."), "a dated event"),
        (draft("The fire killed a sailor."), "words of harm"),
        (draft("He met the mayor of Brinmouth."), "names somebody or somewhere"),
        (draft("The quay is the largest."), "an absolute or a record"),
        (draft("The quay sank.", attribution=UNNAMED), "attributed to an unnamed source"),
        (draft("The quay sank.", "opinion"), "an opinion"),
        (draft("The quay sank.", "prediction"), "about the future"),
        (draft("The quay was closed a while ago.", dates=MENTION), "a dated event"),
        (draft("The quay has room for many.", quantities=MENTION), "a number"),
    ],
)
def test_what_makes_a_claim_worth_checking_is_said(given, reason):
    assert reason in weigh(given).reasons


@pytest.mark.parametrize("kind", ["opinion", "prediction"])
def test_what_cannot_be_checked_is_worth_less_and_not_hidden(kind):
    statement = "The new quay of Brinmouth is a disgrace to the whole town."
    assert 0 < weigh(draft(statement, kind)).score < weigh(draft(statement)).score


def test_without_a_form_its_part_is_absent():
    assert "factual form" not in {part.name for part in weigh(draft("The quay sank.")).parts}


FACTS = [f"The yard built {number} ships in the year {1900 + number}." for number in range(2, 30)]
TALKS = [f"I hope that we will do well {'so ' * (number % 4)}my friends." for number in range(28)]
LABELS = [1] * len(FACTS) + [0] * len(TALKS)


def test_training_tells_two_sorts_apart():
    form = FactualForm(fit([*FACTS, *TALKS], LABELS, Recipe()), 0.5)
    assert form.is_checkworthy("The yard built 70 ships.")
    assert not form.is_checkworthy("I hope that you do well.")


def test_training_twice_gives_the_same_weights():
    one, other = (fit([*FACTS, *TALKS], LABELS, Recipe()) for _ in range(2))
    assert one == other


def test_a_strong_pull_keeps_the_prior():
    before = dict(shipped().weights)
    after = fit_known(TALKS, [1] * len(TALKS), shipped().known, pull=1e9, prior=Prior(before))
    assert max(abs(after[name] - before.get(name, 0.0)) for name in after) < 0.001


def test_measures_of_a_perfect_order_are_one():
    labels, scores = [1, 0, 1, 0], [0.9, 0.2, 0.8, 0.1]
    assert [f1(labels, scores, 0.5), accuracy(labels, scores), ndcg(labels, scores)] == [1, 1, 1]


def test_the_threshold_is_the_middle_of_the_best():
    assert best_threshold([0, 1], [0.2, 0.8]) == pytest.approx(0.51, abs=0.01)
