"""Claims never slide to other words: every rule of anchoring, and what must hold for any text."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from articles import alignment
from articles.anchoring import FLOOR, GONE, Anchor, Resolution, anchor, anchor_all

LEAD = "The harbour of Brinmouth reopened on Monday after two years of works."
COST = "It cost the town council 40 million crowns, the treasurer Ida Quell told reporters."
NOISE = "Fishermen said the noise had driven the herring away from the northern bank."
TRAFFIC = "The authority counted 1,200 ships last year and expects many thousand passengers."
END = "A second quay will open in spring if the weather permits the remaining works."
TEXT = f"{LEAD} {COST}\n\n{NOISE} {TRAFFIC}\n\n{END}\n"
FOREIGN = "Elsewhere a bakery won a prize for its rye bread and its owner thanked the guild."


def at(quote, text=TEXT):
    start = text.index(quote)
    return Anchor.at(text, start, start + len(quote))


def found(new, quote, old=TEXT):
    """The resolution and the words it is on."""
    answer = anchor(new, at(quote, old), old)
    return answer.resolution, answer.place and new[answer.place.start : answer.place.end]


@pytest.mark.parametrize("quote", [LEAD, COST, "40 million crowns", "herring", "Monday", END])
@pytest.mark.parametrize(
    "new",
    [
        TEXT,
        f"{FOREIGN}\n\n{TEXT}",
        TEXT.replace(f"\n\n{END}", f" {FOREIGN}\n\n{END}"),
        f"{END}\n\n{LEAD} {COST}\n\n{NOISE} {TRAFFIC}\n",
        f"{NOISE} {TRAFFIC}\n\n{END}\n\n{LEAD} {COST}\n",
    ],
    ids=["nothing", "added before", "added within", "last paragraph first", "first paragraph last"],
)
def test_words_that_are_still_there_are_found_exactly(new, quote):
    assert found(new, quote) == ("exact", quote)


@pytest.mark.parametrize(
    ("words", "others"),
    [
        ("treasurer", "tresurer"),
        ("told reporters", "told the reporters"),
        ("It cost the town council", "It cost the council"),
        ("Quell", "Quel"),
        ("treasurer Ida", "treasurer  Ida"),
    ],
    ids=["slip", "word more", "word fewer", "slip in a name", "white space"],
)
def test_small_changes_are_fuzzy_and_scored(words, others):
    changed = COST.replace(words, others)
    answer = anchor(TEXT.replace(COST, changed), at(COST), TEXT)
    assert answer.resolution == Resolution.FUZZY
    assert FLOOR <= answer.score < 1
    assert TEXT.replace(COST, changed)[answer.place.start : answer.place.end] == changed


@pytest.mark.parametrize(
    ("words", "others"),
    [
        ("40", "45"),
        ("40", "4"),
        ("million", "billion"),
        ("It cost", "It never cost"),
        ("It cost", "It did not cost"),
        ("It cost", "It didn’t cost"),
        ("crowns", "$"),
        ("Ida Quell", "Ida Quand"),
        ("Ida Quell", "Eva Quell"),
        ("the town council", "the Brinmouth council"),
    ],
)
def test_another_number_negation_or_name_makes_another_claim(words, others):
    assert found(TEXT.replace(COST, COST.replace(words, others)), COST) == ("orphaned", None)


@pytest.mark.parametrize(("was", "now"), [("tripled", "doubled"), ("halved", "doubled")])
def test_another_multiple_makes_another_claim(was, now):
    words = f"Karrow said that exports of sand through the harbour had {was} since the spring."
    text = TEXT + "\n" + words + "\n"
    assert found(text.replace(was, now), words, text) == ("orphaned", None)


@pytest.mark.parametrize(("words", "others"), [("driven", "lured"), ("away", "up")])
def test_less_alike_than_the_floor_is_gone(words, others):
    heavy = "Anglers " + NOISE.replace(words, others).replace("Fishermen said the noise", "say no")
    assert found(TEXT.replace(NOISE, heavy), NOISE) == ("orphaned", None)


@pytest.mark.parametrize("quote", [COST, "40 million crowns", "told reporters"])
def test_a_deleted_sentence_is_gone(quote):
    assert found(TEXT.replace(COST, FOREIGN), quote) == ("orphaned", None)


def test_a_look_alike_that_was_there_before_is_another_sentence():
    other = COST.replace("town council", "port council")
    old = f"{TEXT}\n{FOREIGN} {other}\n"
    assert found(old.replace(COST, ""), COST, old) == ("orphaned", None)


def test_a_look_alike_that_was_there_before_and_moved_is_another_sentence():
    other = COST.replace("town council", "port council")
    old = f"{TEXT}\n{FOREIGN} {other}\n"
    assert found(f"{other}\n\n{TEXT}".replace(f" {COST}", ""), COST, old) == ("orphaned", None)


@pytest.mark.parametrize("which", [0, 1])
def test_of_words_said_twice_each_keeps_its_own(which):
    old = f"{LEAD} {COST}\n\n{NOISE} {COST} {END}\n"
    start = [old.index(COST), old.rindex(COST)][which]
    span = Anchor.at(old, start, start + len(COST))
    new = f"{FOREIGN} {old}"
    assert anchor(new, span, old).place.start == start + len(FOREIGN) + 1


def test_of_words_said_twice_the_one_that_went_does_not_slide_to_the_other():
    old = f"{LEAD} {COST}\n\n{NOISE} {TRAFFIC} {COST} {END}\n"
    new = old.replace(f" {COST}\n", "\n")
    assert anchor(new, at(COST, old), old) == GONE


@pytest.mark.parametrize("denied", ["did not cost", "never cost", "didn’t cost"])
def test_the_very_words_after_a_new_negation_are_another_claim(denied):
    quote = "the town council 40 million crowns, the treasurer Ida Quell told reporters."
    changed = TEXT.replace("It cost", f"It {denied}")
    assert found(changed, f"cost {quote}") == ("orphaned", None)


def test_words_said_twice_move_with_their_neighbours():
    old = f"{LEAD} {COST}\n\n{NOISE} {TRAFFIC}\n\n{END} {FOREIGN} {COST}\n"
    new = f"{NOISE} {TRAFFIC}\n\n{LEAD} {COST}\n\n{END} {FOREIGN}\n"
    answer = anchor(new, at(COST, old), old)
    assert (answer.resolution, answer.place.start) == ("exact", new.index(COST))


def test_a_sentence_said_twice_in_a_row_is_ambiguous_with_both_places():
    new = TEXT.replace(COST, f"{COST} {COST}")
    answer = anchor(new, at(COST), TEXT)
    first = new.index(COST)
    assert answer.resolution == Resolution.AMBIGUOUS
    assert {c.start for c in answer.candidates} == {first, first + len(COST) + 1}


def test_the_very_words_elsewhere_and_nearly_the_words_at_home_is_for_a_person_to_choose():
    new = f"{TEXT.replace(COST, COST.replace('treasurer', 'tresurer'))}\n{COST}\n"
    assert found(new, COST) == ("ambiguous", None)


def test_a_copy_where_the_words_stood_does_not_win_while_the_words_stand_elsewhere():
    """The neighbours before are the copy's, and nothing is left of those after."""
    new = f"{LEAD} {COST} {FOREIGN}\n\n{NOISE} {TRAFFIC}\n\n{FOREIGN} {COST} {END}\n"
    assert found(new, COST) == ("ambiguous", None)


def test_a_copy_elsewhere_does_not_matter_while_the_words_stand_between_their_neighbours():
    new = f"{TEXT}\n{COST}\n"
    answer = anchor(new, at(COST), TEXT)
    assert (answer.resolution, answer.place.start) == ("exact", TEXT.index(COST))


@pytest.mark.parametrize("quote", [COST, "the treasurer Ida Quell told", "40 million"])
def test_a_copy_beside_the_old_neighbour_does_not_win_over_the_words_with_a_slip(quote):
    slipped = COST.replace("reporters", "reproters").replace("treasurer", "tresurer")
    new = TEXT.replace(COST, f"{slipped} {FOREIGN} {COST}")
    assert found(new, quote) == ("ambiguous", None)


def test_a_copy_beside_one_neighbour_does_not_win_over_a_rewording_beside_the_other():
    reworded = (
        "It did cost that town council 40 million crowns, so treasurer Ida Quell told a reporter."
    )
    assert found(TEXT.replace(COST, f"{reworded} {FOREIGN} {COST}"), COST) == ("ambiguous", None)


def test_words_stay_in_their_own_sentence_when_another_figure_of_a_copy_changed():
    """The copy says “would never”, outside the span and its neighbours: only the sentence tells."""
    own = "The band will also answer questions that were sent in early by radio listeners."
    old, copy = f"{LEAD} {own}\n", own.replace("will also", "will never also")
    slipped = own.replace("listeners", "listenres")
    new = f"{LEAD} {slipped} {copy}\n"
    quote = "by radio listeners"
    answer = anchor(new, at(quote, old), old)
    assert answer.resolution in ("ambiguous", "orphaned") or answer.place.end < new.index(copy)


def test_a_moved_copy_of_the_sentence_does_not_take_words_that_still_stand_in_the_rewritten_one():
    rewritten = "Bakers praised a herring away from the northern bank while eating it."
    new = f"{LEAD} {COST}\n\n{rewritten} {TRAFFIC}\n\n{END}\n\n{FOREIGN} {NOISE}\n"
    assert found(new, "herring away from the northern bank") == ("ambiguous", None)


def test_nor_does_a_copy_of_it_with_a_slip():
    rewritten = "Bakers praised a herring awey from the northern bank while eating it."
    copy = NOISE.replace("northern", "northren")
    new = f"{LEAD} {COST}\n\n{rewritten} {TRAFFIC}\n\n{END}\n\n{FOREIGN} {copy}\n"
    assert found(new, "herring away from the northern bank") == ("ambiguous", None)


def test_words_that_their_sentence_says_twice_do_not_slide_from_the_one_to_the_other():
    """In the moved sentence there is only the second “she was a”, and the first has become a denial."""
    own = (
        "Before the long strike she was a pilot in the port of Karrow, where she was a famous cook."
    )
    old = f"{LEAD} {COST}\n\n{NOISE} {TRAFFIC}\n\n{own}\n\n{END}\n"
    denied = own.replace("she was a pilot", "she was not a pilot")
    new = f"{denied}\n\n{LEAD} {COST}\n\n{NOISE} {TRAFFIC}\n\n{END}\n"
    assert found(new, "she was a", old) == ("orphaned", None)


def test_nearly_the_words_in_their_sentence_and_the_very_words_elsewhere_are_ambiguous():
    new = f"{TEXT.replace('northern', 'norhtern')}\n{FOREIGN} He saw herring away from the northern bank.\n"
    assert found(new, "herring away from the northern bank") == ("ambiguous", None)


def test_one_of_many_that_look_the_same_with_their_neighbours_is_for_a_person_to_choose():
    line = "Image: Ida Quell of the Gazette."
    old = "\n\n".join([LEAD, *[line] * 6, END])
    start = old.index(line) + 2 * (len(line) + 2)
    span = Anchor.at(old, start, start + len(line))
    assert anchor(old.replace(f"{line}\n\n", "", 1), span, old).resolution != "exact"


def test_a_few_words_of_a_sentence_said_twice_are_ambiguous_too():
    new = TEXT.replace(COST, f"{COST} {COST}")
    answer = anchor(new, at("40 million"), TEXT)
    assert [new[c.start : c.end] for c in answer.candidates] == ["40 million", "40 million"]


def test_a_few_words_in_another_sentence_are_not_the_claim():
    assert found(TEXT.replace(COST, "Sand weighs 40 million tons in all."), "40 million")[0] == (
        "orphaned"
    )


def test_the_place_where_the_words_stood_competes_however_many_others_look_like_them():
    places = ["Brinmouth", "Karrow", "Tolk", "Anvers", "Dunmere", "Ostrey"]
    lines = [f"Scene {place}. Photo: {place}s." for place in places]
    old = "\n\n".join([LEAD, *lines, "Scene north. Photo: Quellor.", END])
    new = old.replace("Photo: Quellor.", "Photo: Quellorr. Photo: Quellor.")
    assert found(new, "Photo: Quellor.", old) == ("ambiguous", None)


def test_words_said_once_are_nobody_elses_though_all_around_them_is_said_again():
    """The words of one line are counted as those of the next when the two change places."""
    vote = "play, The Quay; director, Ida Quell; singer, Tom Karrow; dancer, Eva Brandt"
    one, other, third = (f"- {who}, {vote}." for who in ("The Gazette", "The Courier", "The Echo"))
    old = "\n\n".join([LEAD, one, other, third, END])
    new = "\n\n".join([LEAD, other, one, third, END])
    start = old.index("Ida Quell;")
    span = Anchor.at(old, start, old.index(".", start))
    answer = anchor(new, span, old)
    own = range(new.index(one), new.index(third))
    assert answer.resolution == "ambiguous" or answer.place.start in own


@pytest.mark.parametrize(
    "own",
    [
        f"{NOISE} {COST.replace('reporters', 'reproters')} {TRAFFIC}",
        f"{NOISE} {FOREIGN} {COST} {TRAFFIC}",
    ],
    ids=["the words have a slip", "they have lost a neighbour"],
)
def test_a_copy_of_a_paragraph_does_not_win_over_the_words(own):
    old = f"{LEAD}\n\n{NOISE} {COST} {TRAFFIC}\n\n{END}\n"
    new = f"{LEAD}\n\n{NOISE} {COST} {TRAFFIC}\n\n{own}\n\n{END}\n"
    assert found(new, COST, old) == ("ambiguous", None)


def test_a_copy_at_the_end_of_the_text_beside_a_copied_neighbour_does_not_win():
    old = f"{LEAD} {NOISE}\n\n{TRAFFIC} {COST}"
    new = f"{LEAD} {NOISE} {COST}\n\n{FOREIGN} {TRAFFIC} {END}\n\n{TRAFFIC} {COST}"
    assert found(new, COST, old) == ("ambiguous", None)


def test_a_few_words_that_left_two_copies_of_their_sentence_are_gone():
    cut = COST.replace("town council", "council")
    assert found(TEXT.replace(COST, f"{cut} {cut}"), "town") == ("orphaned", None)


def test_a_few_words_stay_when_another_figure_of_their_sentence_changes():
    assert found(TEXT.replace("1,200", "1,300"), "many thousand passengers") == (
        "exact",
        "many thousand passengers",
    )


def test_words_stay_in_their_sentence_when_another_takes_many_of_them_over():
    taken = "young and unheralded player Sherwood is ranked 264th in the world this year and"
    own = f"Last week on the eve of the long final in Lisbon the {taken} hopes for more."
    other = f"Meanwhile others wonder why this {taken} nobody from Kent ever was."
    old = f"{LEAD}\n\n{own}\n\n{END}\n"
    new = f"{other}\n\n{old}"
    answer = anchor(new, at("ranked 264th in", old), old)
    assert (answer.resolution, answer.place.start) == ("exact", new.rindex("ranked 264th in"))


def test_places_that_overlap_are_one():
    answer = anchor("bla bla bla", Anchor(0, 7, "bla bla"))
    assert (answer.resolution, answer.place.start) == ("exact", 0)


def test_a_few_words_stay_when_another_sentence_says_them_too():
    new = f"{TEXT}\nSand weighs 40 million tons in all.\n"
    assert found(new, "40 million") == ("exact", "40 million")


@pytest.mark.parametrize(
    ("old", "new", "quote"),
    [
        ("In 10 towns", "In 2010 towns", "10"),
        ("It lost 5 million", "It lost 1.5 million", "5 million"),
        ("It rose 5 so far", "It rose 5.2 so far", "5"),
        ("The art was sold", "The party was sold", "art"),
    ],
)
def test_words_are_not_found_inside_longer_words_and_numbers(old, new, quote):
    assert found(new, quote, old)[0] != "exact"


def test_it_says_when_words_moved():
    moved = f"{END}\n\n{LEAD} {COST}\n\n{NOISE} {TRAFFIC}\n"
    answers = anchor_all(TEXT, moved, [at(END), at(COST)])
    assert [answer.has_moved for answer in answers] == [True, False]


@pytest.mark.parametrize("quote", ["", "  "])
def test_nothing_is_found_nowhere(quote):
    assert anchor(TEXT, Anchor(0, len(quote), quote), TEXT) == GONE


def test_an_empty_new_text_has_nothing():
    assert anchor("", at(COST), TEXT) == GONE


class TestWithoutTheOldText:
    def test_the_quote_between_its_neighbours_is_found(self):
        assert anchor(f"{FOREIGN}\n\n{TEXT}", at("40 million")).resolution == "exact"

    def test_enough_words_are_found_without_neighbours(self):
        assert anchor(f"{FOREIGN} {COST}", at(COST)).resolution == "exact"

    def test_a_few_words_without_neighbours_are_not(self):
        assert anchor("Sand weighs 40 million tons in all.", at("40 million")) == GONE


def test_texts_too_large_to_align_are_still_searched(monkeypatch):
    monkeypatch.setattr(alignment, "LARGEST", 10)
    new = f"{END}\n\n{FOREIGN}\n\n{LEAD} {COST}\n\n{NOISE}\n"
    assert found(new, COST) == ("exact", COST)


WORDS = st.text(st.sampled_from("abcdefg éאب我👩🏽‍\u0301\u200b“”-.,\n 0123456789"), max_size=120)


@st.composite
def texts_with_a_span(draw):
    text = draw(WORDS)
    assume(text.strip())
    start = draw(st.integers(0, len(text) - 1))
    end = draw(st.integers(start + 1, len(text)))
    assume(text[start:end].strip())
    return text, Anchor.at(text, start, end)


@given(texts_with_a_span())
def test_in_the_same_text_every_span_stays_where_it_is(drawn):
    text, span = drawn
    answer = anchor(text, span, text)
    assert (answer.resolution, answer.place.start, answer.place.end) == (
        "exact",
        span.start,
        span.end,
    )


@given(texts_with_a_span(), WORDS)
def test_an_answer_says_what_the_text_has(drawn, new):
    text, span = drawn
    answer = anchor(new, span, text)
    match answer.resolution:
        case Resolution.EXACT:
            assert new[answer.place.start : answer.place.end] == span.quote
        case Resolution.FUZZY:
            assert FLOOR <= answer.score < 1
            assert 0 <= answer.place.start < answer.place.end <= len(new)
        case Resolution.AMBIGUOUS:
            assert len({(c.start, c.end) for c in answer.candidates}) == len(answer.candidates)
            assert all(0 <= c.start < c.end <= len(new) for c in answer.candidates)
        case _:
            assert answer == GONE


@given(
    st.lists(st.sampled_from([FOREIGN, END, NOISE]), unique=True),
    st.permutations([LEAD, COST, TRAFFIC]),
)
def test_whatever_comes_and_moves_no_claim_lands_on_other_words(added, order):
    new = "\n\n".join([*added, *order])
    for quote in (LEAD, COST, TRAFFIC):
        resolution, words = found(new, quote, f"{LEAD}\n\n{COST}\n\n{TRAFFIC}\n")
        assert (resolution, words) == ("exact", quote)


@given(texts_with_a_span(), WORDS)
def test_many_spans_are_found_as_each_alone(drawn, new):
    text, span = drawn
    assert anchor_all(text, new, [span, span]) == [anchor(new, span, text)] * 2
