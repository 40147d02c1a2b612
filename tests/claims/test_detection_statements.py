"""A statement stands alone, and never says what the article does not."""

import re
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.document import Block, BlockKind, Document
from articles.ingest.plain_text import read_layout
from claims.detection.rules.inflection import past, present
from claims.detection.rules.parsing import parse
from claims.detection.rules.pieces import finished
from claims.detection.rules.statements import Teller


def told(text: str, words: str, speaker: str = "") -> str:
    """The statement of these words of the text; parts of them are joined by a bar."""
    blocks = (Block(BlockKind.PARAGRAPH, 0, len(text)),)
    document = Document(text, blocks, published_on=date(2026, 3, 4))
    parsed = parse(document)
    runs = [(text.index(part), text.index(part) + len(part)) for part in words.split("|")]
    for sentence in parsed:
        tokens = [
            index
            for index, place in enumerate(sentence.places)
            if any(start <= place.start < end for start, end in runs)
        ]
        if tokens:
            return Teller(document, parsed).statement(sentence, tokens, speaker)
    raise AssertionError(words)


SHAPES = [
    ("The army shot at a balloon that was seen by the guards.", "a balloon that was seen by the guards", "A balloon was seen by the guards."),
    ("Doe met a delegation led by Jack Roe.", "a delegation led by Jack Roe", "A delegation was led by Jack Roe."),
    ("Jane Doe praised Jack Roe, whose brother sank the ferry.", "Jack Roe, whose brother sank the ferry", "Jack Roe’s brother sank the ferry."),
    ("Jane Doe resigned on Monday, citing her health.", "Jane Doe|citing her health", "Jane Doe cited her health."),
    ("The mayor said that the bridge was closed.", "the bridge was closed", "The bridge was closed."),
    ("If the pier falls, the town will pay.", "If the pier falls, the town will pay", "If the pier falls, the town will pay."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "wanted"), SHAPES)
def test_words_become_a_sentence_with_subject_and_verb(text, words, wanted) -> None:
    assert told(text, words) == wanted


REFUSED = [
    ("There was a clause in the bill that would have forced ministers out.", "the bill that would have forced ministers out"),
    ("No sailor who came back was ill.", "sailor who came back"),
    ("The trouble is, and the mayor knows it, that nobody pays.", "The trouble is"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words"), REFUSED)
def test_what_the_grammar_leaves_open_is_not_asserted(text, words) -> None:
    assert told(text, words) in ("", f"{words}.") or told(text, words).startswith(
        "There is mention"
    )


SPOKEN = [
    ("“I don't know the harbour,” Ned Marsh said.", "I don't know the harbour", "Ned Marsh doesn't know the harbour."),
    ("“I am ill,” Ned Marsh said.", "I am ill", "Ned Marsh is ill."),
    ("“My boat and my crew are safe,” Ned Marsh said.", "My boat and my crew are safe", "Ned Marsh’s boat and Marsh’s crew are safe."),
    ("“We closed the pier,” Ned Marsh said.", "We closed the pier", "We [Ned Marsh’s side] closed the pier."),
    ("“We have, as you know, a bond with the port,” Ned Marsh said.", "We have, as you know, a bond with the port", "We [Ned Marsh’s side] have a bond with the port."),
]  # fmt: skip


@pytest.mark.parametrize(("text", "words", "wanted"), SPOKEN)
def test_the_first_person_of_a_speaker_is_the_speaker(text, words, wanted) -> None:
    assert told(text, words, "Ned Marsh") == wanted


def test_an_unknown_speaker_is_not_made_up() -> None:
    assert told("“I am ill,” someone wrote.", "I am ill") == "I am ill."


PRONOUNS = [
    ("Jane Doe resigned. She was ill.", "She was ill", "Jane Doe was ill."),
    ("Mr Roe met Jane Doe. She was ill.", "She was ill", "Jane Doe was ill."),
    ("Mary Doe met Jane Roe. She was ill.", "She was ill", "She was ill."),
    ("Jack Roe met Tom Doe. He was ill. He left.", "He left", "He left."),
    ("Jane Doe sold her boat.", "Jane Doe sold her boat", "Jane Doe sold her boat."),
    ("The harbour and the ship are old. It burned.", "It burned", "It burned."),
]


@pytest.mark.parametrize(("text", "words", "wanted"), PRONOUNS)
def test_a_pronoun_is_resolved_only_when_one_alone_can_be_meant(text, words, wanted) -> None:
    assert told(text, words) == wanted


def test_the_speaker_is_the_he_of_what_he_is_reported_to_have_said() -> None:
    text = "Jack Roe said he had sold the ferry."
    assert told(text, "he had sold the ferry", "Jack Roe") == "Jack Roe had sold the ferry."


DATES = [
    ("The council met on Monday.", "The council met on Monday [2 March 2026]."),
    ("The ferry sank last year.", "The ferry sank last year [2025]."),
    ("The ferry has been missing for 900 years.", "The ferry has been missing for 900 years."),
    ("The pier was built 900 years ago.", "The pier was built 900 years ago."),
]


@pytest.mark.parametrize(("text", "wanted"), DATES)
def test_a_relative_date_is_shown_with_what_it_means(text, wanted) -> None:
    assert told(text, text[:-1]) == wanted


def test_an_editors_brackets_stay_readable() -> None:
    text = "“The port is concerned [about] the ties,” said Ned Marsh."
    assert (
        told(text, "The port is concerned [about] the ties", "Ned Marsh")
        == "The port is concerned [about] the ties."
    )


FORMS = [("cite", "cited", "cites"), ("carry", "carried", "carries"), ("stop", "stopped", "stops"), ("win", "won", "wins"), ("push", "pushed", "pushes")]  # fmt: skip


@pytest.mark.parametrize(("lemma", "before", "now"), FORMS)
def test_verbs_have_their_forms(lemma, before, now) -> None:
    assert (past(lemma), present(lemma)) == (before, now)


TIDIED = [
    ("the pier , , fell", "The pier, fell."),
    ("“the pier fell", "“The pier fell."),
    ("", ""),
    ("[laughs", "[Laughs]."),
]


@pytest.mark.parametrize(("words", "wanted"), TIDIED)
def test_a_statement_is_one_tidy_line(words, wanted) -> None:
    assert finished(words) == wanted


WORDS = st.lists(
    st.sampled_from(
        [
            "Jane",
            "Doe",
            "Roe",
            "he",
            "she",
            "it",
            "they",
            "we",
            "I",
            "his",
            "the",
            "a",
            "pier",
            "ferry",
            "sank",
            "said",
            "that",
            "who",
            "which",
            "led",
            "by",
            "and",
            ",",
            ".",
            "“",
            "”",
            "[",
            "]",
            "(",
            "last",
            "year",
            "on",
            "Monday",
            "12",
            "was",
            "not",
            "is",
            "don't",
            "citing",
            "whose",
        ]
    ),
    max_size=40,
)


@settings(deadline=None, max_examples=80)
@given(WORDS, st.randoms(use_true_random=False), st.sampled_from(["", "Jane Doe", "officials"]))
def test_any_words_give_statements_without_numbers_or_names_of_their_own(
    words, random, speaker
) -> None:
    document = read_layout(" ".join(words)).document
    parsed = parse(document)
    teller = Teller(document, parsed)
    for sentence in parsed:
        tokens = [index for index in range(len(sentence.doc)) if random.random() < 0.7]
        statement = teller.statement(sentence, tokens, speaker)
        own = re.sub(r"\[[^\]]*\]?", "", statement)
        known = set(
            re.findall(
                r"[A-Z]\w+|\d+", f"{document.text} {document.text.title()} {speaker.title()}"
            )
        )
        assert set(re.findall(r"(?<=\w )[A-Z]\w+|\d+", own)) - known <= {"There"}
