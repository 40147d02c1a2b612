"""Passages that bear on a claim: best first, exact, and none where nothing matches."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.passages import COUNT, Passage, find_passages

CLAIM = "Jane Doe, the mayor, said in March 2017 that the crossing took 1,000 hours."
SOURCE = """The harbour
Ferries have run from the harbour since 1920.
Jane Doe became mayor in 2015. She opened the new quay.
The crossings of that spring took 1000 hours in all, the log of March 2017 shows.
The town has a museum and two schools.
"""


def said(passages: list[Passage], text: str) -> list[str]:
    return [text[passage.start : passage.end] for passage in passages]


def marked(passage: Passage, text: str) -> list[str]:
    return [text[start:end] for start, end in passage.places]


def test_the_passage_that_shares_most_comes_first():
    found = find_passages(CLAIM, SOURCE)
    assert said(found, SOURCE)[0].startswith("The crossings of that spring")
    assert said(found, SOURCE)[1] == "Jane Doe became mayor in 2015."


def test_the_words_that_matched_are_told_with_their_places():
    best = find_passages(CLAIM, SOURCE)[0]
    assert {"crossings", "took", "1000", "hours", "March", "2017"} <= set(marked(best, SOURCE))


def test_words_of_grammar_and_of_saying_are_not_marked():
    text = "The mayor said in March that it was the crossing."
    [best] = find_passages(CLAIM, text)
    assert marked(best, text) == ["mayor", "March", "crossing"]


def test_what_is_far_weaker_than_the_best_is_not_offered():
    text = (
        SOURCE + "Hours went by.\n" * 3 + "\n".join(f"The hours of clerk {n}." for n in range(40))
    )
    assert not any("clerk" in words for words in said(find_passages(CLAIM, text), text))


def test_passages_without_a_telling_word_are_not_offered():
    assert "The town has a museum and two schools." not in said(
        find_passages(CLAIM, SOURCE), SOURCE
    )


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        (CLAIM, ""),
        (CLAIM, " \n "),
        ("", SOURCE),
        ("of the", SOURCE),
        ("Penguins swim.", SOURCE),
        (CLAIM, "\x00\u202e\ufffd"),
    ],
)
def test_nothing_is_offered_where_nothing_is_shared(claim, text):
    assert find_passages(claim, text) == []


def test_no_more_are_offered_than_asked_for():
    text = "".join(f"Crossing {number} was long.\n" for number in range(50))
    assert len(find_passages(CLAIM, text)) == COUNT
    assert len(find_passages(CLAIM, text, count=2)) == 2
    assert find_passages(CLAIM, text, count=0) == []


def test_the_same_words_are_offered_once():
    text = SOURCE + "The crossing took hours.\n" * 3
    assert said(find_passages(CLAIM, text), text).count("The crossing took hours.") == 1


def test_together_the_passages_cover_the_claim():
    text = (
        "The mayor took the crossing.\nThe mayor took that crossing.\nA mayor took a crossing.\n"
        "It was in March.\nMuseums are shut.\n"
    )
    assert "It was in March." in said(find_passages(CLAIM, text, count=2), text)


def test_a_sentence_is_helped_by_the_name_before_it():
    text = "He spoke in March.\nThe fair is old.\nJane Doe came.\nShe spoke in March."
    found = said(find_passages("Jane Doe spoke in March.", text), text)
    assert found.index("She spoke in March.") < found.index("He spoke in March.")


@pytest.mark.parametrize(
    ("claim", "text", "language", "word"),
    [
        ("Das Haus kostet 1.000 Euro.", "Es regnet.\nDie Häuser sind alt.", "de", "Häuser"),
        ("議會遷往惠靈頓。", "天氣很好。議會在惠靈頓開會。", "zh", "惠靈頓"),
        ("भारत की राजधानी", "मौसम अच्छा है।\nभारत बड़ा है।", "hi", "भारत"),
        ("Báturinn sökk", "Veðrið er gott.\nBáturinn er gamall.", "is", "Báturinn"),
    ],
)
def test_other_languages_are_read_too(claim, text, language, word):
    best = find_passages(claim, text, language=language)[0]
    assert word in marked(best, text)


def test_a_source_asked_twice_gives_the_same_answer():
    assert find_passages(CLAIM, SOURCE) == find_passages(CLAIM, SOURCE)


@given(st.text(max_size=200), st.text(max_size=400))
def test_whatever_is_given_places_lie_in_order_inside_their_passage(claim, text):
    for passage in find_passages(claim + " 40 a", text + " 40 A"):
        ends = [passage.start, *(edge for place in passage.places for edge in place), passage.end]
        assert ends == sorted(ends)
        assert passage.score > 0
