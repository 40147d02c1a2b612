"""A statement never says what the article does not: causes that were found by reading, each with its example."""

import pytest

from articles.ingest.plain_text import read_layout
from claims.detection.rules.engine import RulesEngine


def statements(text: str) -> list[str]:
    return [
        found.statement for found in RulesEngine().detect(read_layout(text).document).candidates
    ]


ACTIVE = "The blaze on Monday killed nine people and injured at least 50 more."
FOUNDER = (
    "Oakes failed to tell investors about the loss. Roy Oakes left the board. "
    "Walt Oakes has settled charges with the state."
)
HOURS = (
    "Hours after the port restored the public access to the pier, Doe wrote that the town had won."
)


def test_a_joined_past_with_an_object_is_not_made_passive() -> None:
    assert "The blaze on Monday injured at least 50 more." in statements(ACTIVE)


def test_a_name_that_several_bear_is_not_told_in_full() -> None:
    assert "Oakes failed to tell investors about the loss." in statements(FOUNDER)


def test_no_measure_is_left_of_an_after_that_goes() -> None:
    found = statements(HOURS)
    assert "The port restored the public access to the pier." in found


@pytest.mark.parametrize("text", ["Two hours after the ferry left, the pier burned."])
def test_a_measure_stays_where_its_after_does(text) -> None:
    assert not any(statement.startswith("Hours") for statement in statements(text))
