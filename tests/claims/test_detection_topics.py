"""Whom a pronoun goes on about: the subject, where it is the only subject that fits, and nobody else."""

import pytest

from articles.ingest.plain_text import read_layout
from claims.detection.rules.parsing import parse
from claims.detection.rules.statements import Teller


def told(text: str, words: str, speaker: str = "") -> str:
    """The statement of these words of the text."""
    document = read_layout(text).document
    parsed = parse(document)
    start = text.index(words)
    for sentence in parsed:
        tokens = [i for i, p in enumerate(sentence.places) if start <= p.start < start + len(words)]
        if tokens:
            return Teller(document, parsed).statement(sentence, tokens, speaker)
    raise AssertionError(words)


GOING_ON = [
    ("Jane Doe ran against Mary Roe on Monday. She later left the party.", "She later left the party", "Jane Doe later left the party."),
    ("Jack Roe spoke of Tom Doe in London. In May he left the party.", "In May he left the party", "In May Jack Roe left the party."),
    ("Jack Roe spoke of Tom Doe. He was ill. Then he left.", "Then he left", "Then Jack Roe left."),
    ("Jack Roe spoke to Tom Doe before he left the party.", "he left the party", "Jack Roe left the party."),
    ("When he left the party, Jack Roe was ill.", "he left the party", "Jack Roe left the party."),
    ("The ferry left the harbour on Monday. It carried coal.", "It carried coal", "The ferry carried coal."),
    ("The ferry left the harbour. It carried coal. It sank in May.", "It sank in May", "The ferry sank in May."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "wanted"), GOING_ON)
def test_a_subject_goes_on_in_the_next_clause(text, words, wanted) -> None:
    assert told(text, words) == wanted


LEFT = [
    ("Jane Doe met Mary Roe on Monday. She later left the party.", "She later left the party"),
    ("Jack Roe smiled and Tom Doe laughed. He left the party.", "He left the party"),
    ("Jack Roe met Tom Doe, who thought that he was ill.", "he was ill"),
    ("Jack Roe saw Tom Doe and his brother.", "his brother"),
    ("The ferry left the harbour. It took two days to find the crew.", "It took two days to find the crew"),
    ("The ferry left the harbour. It is a shame that nobody came.", "It is a shame that nobody came"),
    ("The ferry left the harbour. It happened in May.", "It happened in May"),
    ("The company’s income fell. It blamed the weather.", "It blamed the weather"),
    ("The ferry left the harbour because it was full.", "it was full"),
    ("The man said he [Tom Doe] was ill.", "he [Tom Doe] was ill"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), LEFT)
def test_the_articles_words_stay_where_another_may_be_meant(text, words) -> None:
    statement = told(text, words).rstrip(".").lower()
    assert statement == words.lower() or statement.endswith(f" {words.lower()}")


def test_in_a_quotation_he_is_the_one_person_beside_the_speaker() -> None:
    text = "Jane Doe praised Jack Roe. “He is a good man,” Doe said."
    assert told(text, "He is a good man", "Jane Doe") == "Jack Roe is a good man."


def test_in_a_quotation_he_stays_where_two_were_named() -> None:
    text = "Jane Doe praised Jack Roe and met Tom Poe. “He is a good man,” Doe said."
    assert told(text, "He is a good man", "Jane Doe") == "He is a good man."


SAID = [
    ("Much was said. She said she was not aware of a backlash.", "she was not aware of a backlash", "Jane Doe", "Jane Doe was not aware of a backlash."),
    ("Doe told Jack Roe he was ill.", "he was ill", "Tom Doe", "He was ill."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "speaker", "wanted"), SAID)
def test_what_somebody_is_reported_to_have_said_is_of_them(text, words, speaker, wanted) -> None:
    assert told(text, words, speaker) == wanted


def test_the_country_is_not_the_first_person() -> None:
    text = "“The pier got help from the US army,” Ned Marsh said."
    assert "[" not in told(text, "The pier got help from the US army", "Ned Marsh")


def test_what_runs_on_with_a_pronoun_is_spelt_out() -> None:
    text = "The divers left. They've found the wreck."
    assert told(text, "They've found the wreck") == "The divers have found the wreck."
