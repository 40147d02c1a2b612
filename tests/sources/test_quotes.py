"""A quote is verified only if its words stand in the text: never by likeness."""

import unicodedata

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sources.edges import runs_on
from sources.folding import fold
from sources.quotes import check_quote, find_quote

TEXT = (
    "The audit office said on 3 May that the harbour works did not cost 40 million crowns. "
    "“It was 38.5 million, and the well-known firm of Ida Quell was paid 1,200 crowns a day,” "
    "the report says.\n\nIt names no other firm… The temperature fell to -5 degrees."
)


@pytest.mark.parametrize(
    "quote",
    [
        "the harbour works did not cost 40 million crowns",
        "It was 38.5 million",
        '"It was 38.5 million, and the well-known firm',
        "“It was 38.5 million, and the well-known firm",
        "the well\u2011known firm of Ida Quell",
        "the well–known firm",
        "a day,”\nthe report   says.\tIt names no other firm...",
        "The\u00a0audit office",
        "harb\u00adour works",
        "no other firm…",
        "  paid 1,200 crowns a day  ",
        "fell to −5 degrees",
        "The audit office said",
        "-5 degrees.",
        "“the harbour works”",
        "« the harbour works »",
        "'the harbour works.'",
        "the harbour works,",
        "[t]he audit office said",
        "[T]he harbour works did not cost",
        "… the harbour works did not cost [...]",
        "ﬁrm of Ida Quell",
        "ｔｈｅ harbour works",
        "har\u200bbour works did\ufeff not",
        "paid 1,200 crowns a day,' the report says",
        "names no other firm ... The temperature",
        "names no other firm . . . The temperature",
    ],
)
def test_typography_may_differ(quote):
    assert check_quote(quote, TEXT).check == "verified"


@pytest.mark.parametrize(
    "quote",
    [
        "the harbour works did cost 40 million crowns",
        "the harbour works did not cost 41 million crowns",
        "the harbour works did not cost 4 million crowns",
        "the harbour works did not cost 40 billion crowns",
        "It was 385 million",
        "It was 38 million",
        "firm of Ida Quill was paid",
        "firm of Ada Quell was paid",
        "paid 200 crowns a day",
        "paid 1,20 crowns a day",
        "said on 3 June that",
        "fell to 5 degrees",
        "The Audit Office said",
        "It names another firm",
        "did not cost forty million crowns",
    ],
)
def test_a_changed_word_number_name_or_negation_is_never_verified(quote):
    assert check_quote(quote, TEXT).check != "verified"


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("10 ships", "In 2010 ships came."),
        ("5 million", "It was 1.5 million."),
        ("500 people", "There were 1,500 people."),
        ("1", "There were 1,500 people."),
        ("1.5", "Rule 1.5.2 applies."),
        ("5 degrees", "It fell to -5 degrees."),
        ("art", "They start late."),
        ("he said", "she said so"),
        ("million", "millions of them"),
        ("we can", "Alas, we can't."),
        ("5 million", "It was １．５ million."),
        ("rose 10", "It rose １０％ in May."),
        ("works cost 40", "The works cost 40 million crowns."),
        ("million crowns", "The works cost 40 million crowns."),
        ("rose 5", "Prices rose 5 per cent."),
        ("we can", "Alas, we can’t."),
        ("violent protest", "A non-violent protest."),
        ("S. officials", "Then U.S. officials came."),
        ("10 million", "It cost $10 million."),
        ("$10 million", "It cost US$10 million."),
        ("rose 10", "Prices rose 10%."),
        ("rose 10", "Prices rose 10 % in May."),
        ("5 million", "It was .5 million."),
        ("500 people", "There were 1 500 people."),
        ("15 degrees", "It was 10-15 degrees."),
        ("1/2 percent", "It rose 2 1/2 percent."),
        ("degrees to 10", "From five degrees to 10\u200b5 degrees"),
        ("He resigned.", "Why? He resigned?"),
        ("the workers'", "the workers left"),
        ("[n]ow", "not yet"),
        ("10 2 m", "10² m"),
        ("102 m", "10² m"),
        ('a 5" step', "a 5' step"),
        ("fell to - 5", "It fell to -5 today"),
    ],
)
def test_a_quote_does_not_begin_or_end_inside_a_word_or_a_number(quote, text):
    assert check_quote(quote, text).check != "verified"


@pytest.mark.parametrize(
    ("quote", "text"),
    [
        ("and then", "He left—and then it rained."),
        ("left - and", "He left—and then it rained."),
        ("left -- and", "He left – and then it rained."),
        ("said 'yes' to", 'They said "yes" to it.'),
        ('said "yes" to', "They said « yes » to it."),
        ('said "yes" to', "They said »yes« to it."),
        ("the cafe\u0301 in", "At the café in town."),
        ("the café in", "At the cafe\u0301 in town."),
        ("도시", "그 \u1103\u1169\u1109\u1175 안"),
        ("海港", "这个海港很大。"),
        ("(yes) it's", "“(yes) it’s”"),
        ("he left –", "So he left – [the office"),
        ("– and then", "He left – and then it rained."),
        ("“– and then.”", "He left – and then it rained."),
        ("on ''Sea'' now", "It was on ‘’Sea’’ now."),
        ("think, ‘no?’", 'I think, "no?"’ he said.'),
        ("“[T]hey left.”", "In the end they left, he said."),
        ("[T]hey left", "In the end [T]hey left, he said."),
        ("the plan.”", "It was “the plan.”"),
        ("\u201cthe plan.\u201d", "It was “the plan”, he said."),
    ],
)
def test_what_an_editor_does_to_typography_may_differ(quote, text):
    assert check_quote(quote, text).check == "verified"


PARTS = [
    ("The audit office … did not cost", ["The audit office", "did not cost"]),
    ("The audit office [...] did not cost", ["The audit office", "did not cost"]),
    ("did ... cost 40 million", ["did", "cost 40 million"]),
    ("“The audit … 3 May … 1,200 crowns.”", ["The audit", "3 May", "1,200 crowns"]),
    ("the […] firm of Ida Quell", ["the", "firm of Ida Quell"]),
]


@pytest.mark.parametrize(("quote", "parts"), PARTS)
def test_a_quote_with_something_left_out_is_approximate_with_its_parts_placed(quote, parts):
    found = check_quote(quote, TEXT)
    assert found.check == "approximate"
    assert [TEXT[start:end] for start, end in found.parts] == parts
    assert (found.start, found.end) == (found.parts[0][0], found.parts[-1][1])


def test_parts_draw_together_where_the_words_stand_more_than_once():
    text = "The firm left. The firm paid. The firm was sold."
    found = check_quote("The firm … sold", text)
    assert text[found.start : found.end] == "The firm was sold"


def test_parts_in_another_order_are_no_quote():
    assert check_quote("did not cost … The audit office", TEXT).check == "missing"


def test_a_part_may_stand_only_nearly():
    found = check_quote("The audit office said … did not cost 41 million crowns", TEXT)
    assert found.check == "approximate"
    assert [TEXT[start:end] for start, end in found.parts] == [
        "The audit office said",
        "did not cost 40 million crowns",
    ]


def test_a_text_is_folded_once_for_many_quotes():
    folded = fold(TEXT)
    for quote in ("the harbour works", "'It was 38.5 million'", "not there at all"):
        assert check_quote(quote, folded) == check_quote(quote, TEXT)
    assert find_quote("the", folded) == find_quote("the", TEXT)


def test_a_later_whole_occurrence_counts_where_an_earlier_one_is_part_of_a_word():
    found = check_quote("10 ships", "Of 2010 ships, 10 ships sank.")
    assert (found.check, found.start, found.end) == ("verified", 15, 23)


@pytest.mark.parametrize("quote", ["", "   ", "\u200b", "\n\t"])
def test_no_words_are_found_nowhere(quote):
    assert check_quote(quote, TEXT).check == "missing"


def test_a_nearly_matching_passage_is_returned_for_a_person_to_compare():
    found = check_quote("the harbour works did not cost 41 million crowns", TEXT)
    assert found.check == "approximate"
    assert "did not cost 40 million" in TEXT[found.start : found.end]


@pytest.mark.parametrize("text", ["", "Ice.", "Nothing about any of that is in this text at all."])
def test_what_is_not_there_is_missing_and_has_no_place(text):
    found = check_quote("the harbour works did not cost 40 million crowns", text)
    assert (found.check, found.start, found.end) == ("missing", None, None)


def test_the_place_counts_code_points_of_the_text_as_it_is():
    text = "😀😀  He said:\u00a0“Two —\n ships… sank”."
    found = check_quote('"Two - ships... sank"', text)
    assert text[found.start : found.end] == "“Two —\n ships… sank”"


WORDS = st.lists(
    st.sampled_from(["the", "harbour", "cost", "40", "1,500", "not", "Quell", "38.5", "did", "-5"]),
    min_size=3,
    max_size=25,
)


@given(WORDS, st.data())
def test_any_run_of_whole_words_is_verified_where_it_stands(words, data):
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    quote, text = " ".join(words[first : last + 1]), " ".join(words)
    found = check_quote(quote, text)
    assert (found.check, text[found.start : found.end]) == ("verified", quote)


@given(WORDS, st.data(), st.sampled_from(["42", "never", "Quall", "1,501"]))
def test_a_quote_with_one_word_replaced_is_never_verified(words, data, other):
    place = data.draw(st.integers(0, len(words) - 1))
    quote = " ".join([*words[:place], other, *words[place + 1 :]])
    assert check_quote(quote, " ".join(words)).check != "verified"


@given(WORDS, st.data())
def test_a_quote_with_one_word_left_out_is_not_verified_by_that_text(words, data):
    place = data.draw(st.integers(1, len(words) - 2))
    left = [*words[:place], *words[place + 1 :]]
    assume(" ".join(left) not in " ".join(words))
    assert check_quote(" ".join(left), " ".join(words)).check != "verified"


SENTENCES = st.lists(
    st.text(alphabet=st.characters(categories=["L", "N"]), min_size=1, max_size=8),
    min_size=1,
    max_size=30,
)


@given(SENTENCES, st.sampled_from([" ", "\n\n", "\u00a0", " — "]), st.data())
def test_a_slice_of_any_text_on_word_edges_is_verified_where_it_stands(words, between, data):
    text = between.join(words)
    assume(not any(unicodedata.combining(word[0]) for word in words))
    first = data.draw(st.integers(0, len(words) - 1))
    last = data.draw(st.integers(first, len(words) - 1))
    start = len(between.join([*words[:first], ""])) if first else 0
    end = start + len(between.join(words[first : last + 1]))
    assume(not runs_on(text, start) and not runs_on(text, end))
    places = find_quote(text[start:end], text)
    assert check_quote(text[start:end], text).check == "verified"
    assert (start, end) in places


@given(
    st.lists(
        st.integers(0, 99_999).map(str) | st.sampled_from(["crowns", "a", "of", "-"]), min_size=1
    ),
    st.data(),
)
def test_a_changed_digit_is_never_verified(words, data):
    text = " ".join(["cost", *words, "crowns"])
    digits = [at for at, character in enumerate(text) if character.isdigit()]
    assume(digits)
    at = data.draw(st.sampled_from(digits))
    other = data.draw(st.sampled_from([d for d in "0123456789" if d != text[at]]))
    assert check_quote(text[:at] + other + text[at + 1 :], text).check != "verified"


def test_a_long_quote_is_found_nearly_by_stretches_of_it():
    words = [f"word{number * 7919 % 1000}" for number in range(3000)]
    quote = " ".join([*words[1000:1100], "another", *words[1101:1300]])
    text = " ".join(words)
    found = check_quote(quote, text)
    assert found.check == "approximate"
    assert text[found.start : found.end].split() == words[1000:1300]


def test_a_long_quote_that_is_not_there_is_missing():
    quote = " ".join(f"other{number * 31 % 997}" for number in range(300))
    assert (
        check_quote(quote, " ".join(f"word{number}" for number in range(3000))).check == "missing"
    )


@given(st.text(max_size=60), st.text(max_size=200))
def test_a_place_is_always_inside_the_text(quote, text):
    found = check_quote(quote, text)
    assert found.start is None or 0 <= found.start < found.end <= len(text)


@pytest.mark.parametrize(
    ("quote", "places"),
    [
        ("1,200 crowns", ["1,200 crowns"]),
        ("the", ["the", "the", "the"]),
        ("200 crowns", []),
        ("report says. It names", ["report says.\n\nIt names"]),
        (" ", []),
    ],
)
def test_every_place_of_a_quote_is_found(quote, places):
    assert [TEXT[start:end] for start, end in find_quote(quote, TEXT)] == places
