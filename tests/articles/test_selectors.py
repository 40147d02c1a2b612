"""Words named by place, by quote, or by both: one place, or a refusal that says what to send."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from articles.selectors import NotSelected, Selector, select

TEXT = (
    "The ferry carried 900 people in May. The ferry carried 900 people in June, said Ida Quell.\n\n"
    "😀 Nobody counted the bicycles that the harbour master let on board every morning.\n"
)
BICYCLES = "Nobody counted the bicycles"


def words(selector):
    place = select(TEXT, selector)
    return TEXT[place.start : place.end]


@pytest.mark.parametrize(
    "selector",
    [
        Selector(*(TEXT.index(BICYCLES), TEXT.index(BICYCLES) + len(BICYCLES))),
        Selector(quote=BICYCLES),
        Selector(quote=BICYCLES, prefix="😀 ", suffix=" that"),
        Selector(TEXT.index(BICYCLES), TEXT.index(BICYCLES) + len(BICYCLES), BICYCLES, "😀 "),
    ],
    ids=["place", "quote", "quote between neighbours", "both"],
)
def test_a_place_and_a_quote_lead_to_the_same_words(selector):
    assert words(selector) == BICYCLES


def test_words_that_stand_twice_are_told_apart_by_what_follows():
    place = select(TEXT, Selector(quote="The ferry carried 900 people", suffix=" in June"))
    assert place.start == TEXT.rindex("The ferry")


def test_words_that_are_nearly_there_are_found_with_a_score():
    almost = "Nobody counted bicycles that the harbour master let on board every morning."
    place = select(TEXT, Selector(quote=almost))
    assert 0.8 <= place.score < 1
    assert TEXT[place.start : place.end].startswith("Nobody counted the bicycles")


@pytest.mark.parametrize(
    ("selector", "part", "says"),
    [
        (Selector(), "quote", "Say which words"),
        (Selector(quote="  "), "quote", "Say which words"),
        (Selector(prefix="The "), "quote", "Say which words"),
        (Selector(start=3), "end", "together"),
        (Selector(end=3), "start", "together"),
        (Selector(5, 5), "end", "code points"),
        (Selector(-1, 5), "end", "code points"),
        (Selector(0, 10**9), "end", f"{len(TEXT)} code points"),
        (Selector(91, 92), "start", "no words"),
        (Selector(0, 3, "Any"), "quote", "Other words stand at 0 to 3: “The”"),
        (Selector(0, 3, "The", prefix="x"), "prefix", "before"),
        (Selector(0, 3, "The", suffix="x"), "suffix", "after"),
        (Selector(quote="The ferry carried"), "quote", "2 places (they start at 0, 37)"),
        (Selector(quote="The mill burnt down on Friday"), "quote", "not in this version"),
    ],
)
def test_what_leads_to_no_one_place_is_refused_by_its_part(selector, part, says):
    with pytest.raises(NotSelected) as refused:
        select(TEXT, selector)
    assert refused.value.part == part
    assert says in str(refused.value)


def test_offsets_in_utf_16_units_are_recognised():
    start = TEXT.index(BICYCLES) + 1  # the emoji before them has two units
    with pytest.raises(NotSelected, match="count code points"):
        select(TEXT, Selector(start, start + len(BICYCLES), BICYCLES))


def test_words_that_stand_everywhere_are_counted_to_an_end():
    with pytest.raises(NotSelected, match="at least 100 places"):
        select("a " * 5_000, Selector(quote="a"))


@given(st.text(max_size=80), st.data())
def test_every_run_of_a_text_is_selected_by_its_own_place_and_quote(text, data):
    text = f"x{text}"
    end = data.draw(st.integers(1, len(text)))
    start = data.draw(st.integers(0, end - 1))
    if text[start:end].strip():
        place = select(text, Selector(start, end, text[start:end], text[:start], text[end:]))
        assert (place.start, place.end) == (start, end)
