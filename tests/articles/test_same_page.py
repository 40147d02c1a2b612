"""One page at two moments shares runs of words; two articles do not."""

import pytest

from articles.same_page import is_same_page
from tests.articles.pages import LEDE, SECOND, THIRD


@pytest.mark.parametrize(
    ("one", "other", "is_same"),
    [
        (LEDE, LEDE, True),
        (f"{LEDE} {SECOND}", f"{SECOND} {THIRD}", True),
        (LEDE, f"{LEDE} {SECOND} {THIRD}", True),
        (LEDE.upper(), LEDE, True),
        (LEDE, THIRD, False),
        (f"{LEDE} {SECOND} Sign up now.", f"{THIRD} Sign up now.", False),
        ("港は月曜日に再開した。", "港は月曜日に再開した。", True),
        ("港は月曜日に再開した。", "市長は火曜日に述べた。", False),
        ("Yes", "No", False),
        ("", "", True),
    ],
)
def test_texts_are_told_apart(one, other, is_same):
    assert is_same_page(one, other) == is_same_page(other, one) == is_same
