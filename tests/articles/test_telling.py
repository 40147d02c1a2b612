"""Words that turn a sentence round are the same, or it is another sentence."""

import pytest

from articles.alignment import Words
from articles.telling import is_telling, tell_the_same


def same(one, other):
    return tell_the_same(Words.of(one).texts, Words.of(other).texts)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("The port opens today", "The port opened today"),
        ("He isn’t here", "He is not here"),
        ("They can't come", "They cannot come"),
        ("Minister Andersson spoke", "Minister Anderson spoke"),
        ("Minister Adnersson spoke", "Minister Andersson spoke"),
        ("prices went to $5", "price went to $5"),
        ("So they left. He wept", "So they left. Meanwhile he wept"),
    ],
)
def test_slips_and_other_forms_tell_the_same(one, other):
    assert same(one, other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("rose 4%", "rose 5%"),
        ("from 4 to 5", "from 5 to 4"),
        ("cost $5m", "cost £5m"),
        ("a fall of -5 points", "a fall of 5 points"),
        ("two men came", "ten men came"),
        ("prices rose", "prices fell"),
        ("he will come", "he will never come"),
        ("not guilty", "guilty"),
        ("that Iran agreed", "that Iraq agreed"),
        ("when Blair spoke", "when Brown spoke"),
        ("when he spoke", "when Brown spoke"),
        ("members of Council and Council", "members of Cuoncil and other"),
        ("他 不 去", "他 去"),
    ],
)
def test_what_turns_a_sentence_round_is_seen(one, other):
    assert not same(one, other)


@pytest.mark.parametrize("word", ["harbour", "UK", "7", "我"])
def test_words_with_something_to_say(word):
    assert is_telling(word)


@pytest.mark.parametrize("word", ["of", "the", ",", "A"])
def test_words_that_are_everywhere(word):
    assert not is_telling(word)
