"""Terms: one thing said otherwise is one term, and each knows where it stands."""

import pytest

from sources.terms import FUNCTION, NUMBER, TermReader


def keys(text: str, language: str = "en") -> list[str]:
    return [term.key for term in TermReader(language).read(text)]


@pytest.mark.parametrize(
    ("one", "other", "language"),
    [
        ("1,000", "1000", "en"),
        ("1.234,5", "1234,5", "de"),
        ("1\u202f000", "1000", "fr"),
        ("41,3", "41.3", "de"),
        ("2.50", "2.5", "en"),
        ("the 2nd", "the 2", "en"),
        ("three boats", "3 boats", "en"),
        ("27 Sept", "27 September", "en"),
        ("2018 September 7", "2018-09-07", "en"),
        ("decriminalised", "decriminalises", "en"),
        ("Häuser", "Haus", "de"),
        ("лодками", "лодка", "ru"),
        ("CAFÉ", "café", "fr"),
        ("１２３", "123", "ja"),
        ("e\u0301cole", "\u00e9cole", "fr"),
    ],
)
def test_one_thing_said_otherwise_is_one_term(one, other, language):
    assert keys(one, language) == keys(other, language)


@pytest.mark.parametrize(
    "figure", ["$40m", "40 million", "40-million", "40,000,000", "40.0 Million"]
)
def test_a_scaled_number_is_its_value(figure):
    assert keys(f"It cost {figure}")[2] == "40000000"


@pytest.mark.parametrize(
    ("one", "other"), [("40", "41"), ("1.5", "15"), ("0.125", "125"), ("40m", "40 metres")]
)
def test_other_numbers_are_other_terms(one, other):
    assert keys(one)[0] != keys(other)[0]


def test_a_term_knows_where_it_stands():
    text = "On 2018-09-27, 1,000 boats’ crews 會議室."
    terms = TermReader("en").read(text)
    assert [text[term.start : term.end] for term in terms] == [
        "On", "2018", "09", "27", "1,000", "boats", "crews", "會議", "議室",
    ]  # fmt: skip


def test_a_month_that_is_none_is_left_out():
    assert keys("2018-13-01") == ["2018", "1"]


def test_words_of_grammar_weigh_little_and_numbers_more():
    weights = {term.key: term.weight for term in TermReader("en").read("the 40 boats")}
    assert weights == {"the": FUNCTION, "40": NUMBER, "boat": 1.0}


def test_the_name_of_a_country_is_no_word_of_grammar():
    assert [term.weight for term in TermReader("en").read("US us")] == [1.0, FUNCTION]


def test_without_a_list_short_words_are_taken_for_grammar():
    weights = [term.weight for term in TermReader("pt-BR").read("O rio de Janeiro da ONU")]
    assert weights == [1.0, FUNCTION, FUNCTION, 1.0, FUNCTION, 1.0]


def test_scripts_without_spaces_are_read_in_pairs():
    assert keys("惠靈頓", "zh") == ["惠靈", "靈頓"]
    assert keys("水", "zh") == ["水"]


def test_vowel_signs_belong_to_their_word():
    assert len(keys("हिन्दी में", "hi")) == 2


def test_a_language_without_stemmer_is_compared_word_for_word():
    assert keys("Bátar bátar", "xx") == ["bátar", "bátar"]


@pytest.mark.parametrize(
    ("word", "language"), [("Häuser", "de"), ("والكتاب", "ar"), ("boats", "en")]
)
def test_a_narrowed_reader_reads_what_it_looks_for_alike(word, language):
    [wanted] = keys(word, language)
    assert TermReader(language, like=[wanted]).read(word)[0].key == wanted


def test_a_narrowed_reader_leaves_other_words_as_they_are():
    assert TermReader("en", like=["boat"]).read("crossings")[0].key == "crossings"


def test_a_serial_of_many_digits_is_kept_as_it_is():
    assert keys("9" * 5000) == ["9" * 5000]
