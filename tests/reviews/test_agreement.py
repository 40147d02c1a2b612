"""Krippendorff's alpha: the worked example of the literature, its limits, and its properties."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviews.agreement import measure, nominal_alpha

#: Fifteen units, three coders, with gaps. The literature gives 0.691 for the nominal scale.
CODERS = (
    "_ _ _ _ _ 3 4 1 2 1 1 3 3 _ 3",
    "1 _ 2 1 3 3 4 3 _ _ _ _ _ _ _",
    "_ _ 2 1 3 4 4 _ 2 1 1 3 3 _ 4",
)
EXAMPLE = [
    [value for value in unit if value != "_"]
    for unit in zip(*(line.split() for line in CODERS), strict=True)
]


def test_the_worked_example_gives_its_published_value():
    assert nominal_alpha(EXAMPLE) == pytest.approx(0.691, abs=0.0005)


@pytest.mark.parametrize(
    ("units", "alpha"),
    [
        ([], None),
        ([["a"], ["b"]], None),
        ([["a", "a"]], 1.0),
        ([["a", "a"], ["b", "b"]], 1.0),
        ([["a", "b"], ["b", "a"]], -0.5),
        ([["a", "a"], ["b", "b"], ["c"]], 1.0),
    ],
    ids=["nothing", "one each", "no variation", "agreement", "opposition", "a lone rating drops"],
)
def test_alpha_at_its_limits(units, alpha):
    assert nominal_alpha(units) == alpha


RATINGS = st.lists(st.lists(st.sampled_from("abcd"), max_size=4), max_size=12)


@given(RATINGS)
def test_alpha_is_at_most_one(units):
    alpha = nominal_alpha(units)
    assert alpha is None or alpha <= 1


@given(RATINGS, st.randoms())
def test_alpha_does_not_depend_on_the_order_of_units_or_reviewers(units, random):
    shuffled = [random.sample(unit, len(unit)) for unit in units]
    random.shuffle(shuffled)
    assert nominal_alpha(shuffled) == pytest.approx(nominal_alpha(units))


def test_a_measure_holds_alpha_inside_its_interval():
    agreement = measure(EXAMPLE)
    assert agreement.low < agreement.alpha < agreement.high <= 1
    assert agreement.units == 12


def test_a_measure_is_the_same_every_time():
    assert measure(EXAMPLE) == measure(EXAMPLE)


def test_perfect_agreement_leaves_no_interval():
    agreement = measure([["a", "a"], ["b", "b"]])
    assert (agreement.low, agreement.high) == (1.0, 1.0)


def test_there_is_no_measure_where_nobody_rated_the_same_claim():
    assert measure([["a"], ["b"]]) is None
