"""Who says what: sentences of our own with the source, cue and content that a reader finds in them."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.document import Block, BlockKind, Document
from articles.ingest.plain_text import read_layout
from claims.detection.rules.acts import Act, Family
from claims.detection.rules.parsing import parse
from claims.detection.rules.reporting import read_reports
from claims.detection.words import word_set


def article(text: str) -> Document:
    """Paragraphs, an empty line between them."""
    blocks: list[Block] = []
    start = 0
    for paragraph in text.split("\n\n"):
        blocks.append(Block(BlockKind.PARAGRAPH, start, start + len(paragraph)))
        start += len(paragraph) + 2
    return Document(text, tuple(blocks))


def acts_of(text: str) -> list[Act]:
    document = article(text)
    return [act for acts in read_reports(text, parse(document)) for act in acts]


def words(text: str, places) -> str:
    return " | ".join(text[place.start : place.end] for place in places)


#: A sentence with one act: source, cue, content.
FORMS = [
    ("The harbour board said the pier was shut.", "The harbour board", "said", "the pier was shut"),
    ("Doe said that the pier was shut.", "Doe", "said", "that the pier was shut"),
    ("“The pier is shut,” said the mayor, Jane Doe.", "the mayor, Jane Doe", "said", "“The pier is shut,”"),
    ("“The pier is shut,” Jane Doe, the mayor, said.", "Jane Doe, the mayor", "said", "“The pier is shut,”"),
    ("“The sea,” the captain said, “always wins.”", "the captain", "said", "“The sea,” | “always wins.”"),
    ("«The pier is shut», said Doe.", "Doe", "said", "«The pier is shut»"),
    ("''The pier is shut,'' said Doe.", "Doe", "said", "''The pier is shut,''"),
    ("“Is it safe?” asked the boy.", "the boy", "asked", "“Is it safe?”"),
    ("“Will it sail?” the 43-year-old pilot asked.", "the 43-year-old pilot", "asked", "“Will it sail?”"),
    ("“It sank.” Doe said.", "Doe", "said", "“It sank.”"),
    ("As the captain put it, “The sea always wins.”", "the captain", "put", "“The sea always wins.”"),
    ("Doe said: “We lost. We rebuilt.”", "Doe", "said", "“We lost. We rebuilt.”"),
    ("Mayor Doe: “The pier is safe.”", "Mayor Doe", ":", "“The pier is safe.”"),
    ("Roe tweeted: “No deal.”", "Roe", "tweeted", "“No deal.”"),
    ("The ferry, Doe said, sank in May.", "Doe", "said", "The ferry | sank in May"),
    ("The ferry sank in May, Doe said.", "Doe", "said", "The ferry sank in May"),
    ("The pier is unsafe, say residents.", "residents", "say", "The pier is unsafe"),
    ("The ferry sank, according to two officials.", "two officials", "according to", "The ferry sank"),
    ("According to the coastguard, the ferry sank.", "the coastguard", "According to", "the ferry sank"),
    ("The ferry, according to Doe, sank in May.", "Doe", "according to", "The ferry | sank in May"),
    ("In Doe's view, the pier is unsafe.", "Doe", "view", "the pier is unsafe"),
    ("A survey found that residents want a pier.", "A survey", "found", "that residents want a pier"),
    ("The board said it “regrets” the delay.", "The board", "said", "it “regrets” the delay"),
    ("He told the Echo that he saw a light.", "He", "told", "that he saw a light"),
    ("Residents were told that the pier would be shut.", "", "were told", "that the pier would be shut"),
    ("Roe is reported to have left the town.", "", "is reported", "Roe | to have left the town"),
    ("The plan was described by Roe as a disaster.", "Roe", "was described", "The plan | as a disaster"),
    ("Doe resigned, saying the board had lied.", "Doe", "saying", "the board had lied"),
    ("The board issued a statement saying the pier was safe.", "The board", "issued a statement saying", "the pier was safe"),
    ("Doe made it clear that she would not resign.", "Doe", "made it clear", "that she would not resign"),
    ("Roe went on to say that nobody had asked him.", "Roe", "went on to say", "that nobody had asked him"),
    ("Doe has repeatedly said the pier is safe.", "Doe", "has repeatedly said", "the pier is safe"),
    ("Doe said only that the pier was shut.", "Doe", "said", "that the pier was shut"),
    ("Sen. Joan Poe (Ind.) said the crane had failed.", "Sen. Joan Poe (Ind.)", "said", "the crane had failed"),
    ("Critics fear the pier will collapse.", "Critics", "fear", "the pier will collapse"),
    ("The council urged the mayor to rebuild the pier.", "The council", "urged", "the mayor to rebuild the pier"),
    ("The mayor promised to rebuild the pier.", "The mayor", "promised", "to rebuild the pier"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "source", "cue", "content"), FORMS)
def test_a_form_of_reporting_is_read(text: str, source: str, cue: str, content: str) -> None:
    (act,) = acts_of(text)
    found = (words(text, act.source), words(text, act.cue), words(text, act.content))
    assert found == (source, cue, content)


#: Sentences with several acts: source and content of each.
SEVERAL = [
    (
        "While Doe said the pier was safe, Roe said it was not.",
        [("Doe", "the pier was safe"), ("Roe", "it was not")],
    ),
    (
        "Doe said the pier was safe and Roe said it was not.",
        [("Doe", "the pier was safe"), ("Roe", "it was not")],
    ),
    (
        "Experts say it could take years, while residents fear it will never be built.",
        [("Experts", "it could take years"), ("residents", "it will never be built")],
    ),
    (
        "“We will sail,” she told the Echo, adding that “nobody will stop us.”",
        [("she", "“We will sail,”"), ("she", "that “nobody will stop us.”")],
    ),
    (
        "The Echo reported that Roe would resign, citing two officials.",
        [("The Echo", "that Roe would resign"), ("The Echo", "two officials")],
    ),
    (
        "Doe said she would resign and called the vote a fraud.",
        [("Doe", "she would resign"), ("Doe", "the vote a fraud")],
    ),
    (
        "Two keepers spoke. “We saw a light,” said one. “It was green,” said the other.",
        [("one", "“We saw a light,”"), ("the other", "“It was green,”")],
    ),
]


@pytest.mark.parametrize(("text", "wanted"), SEVERAL)
def test_several_reports_in_one_sentence_are_told_apart(text: str, wanted: list) -> None:
    found = [(words(text, act.source), words(text, act.content)) for act in acts_of(text)]
    assert found == wanted


#: Whose words they are, over sentences and paragraphs: the name of each act.
VOICES = [
    ("Jane Doe opened the pier. She said it was safe.", ["Jane Doe"]),
    ("Jack Roe, a pilot, met Jane Doe. “It is old,” he said. “It leaks.”", ["Jack Roe", "Jack Roe"]),
    ("Mr. Roe met Ms. Doe at the pier. She said it was safe. He said it was not.", ["Doe", "Roe"]),
    ("“It is sound,” said Roe. “It has stood for years,” he added.", ["Roe", "Roe"]),
    ("Foreign Minister Joan Poe met the board. The minister said all went well.", ["Joan Poe"]),
    ("A spokesman for the port, Jack Roe, said it was shut. Roe said no more work was planned.", ["Jack Roe", "Jack Roe"]),
    ("Residents said they were tired. They said nobody listened.", ["residents", "residents"]),
    ("“It is shut.\n\n“We will mend it,” Jane Doe said.", ["Jane Doe", "Jane Doe"]),
    ("Jane Doe said it was old. “It leaks.\n\n“It will be mended.”\n\nRoe left.", ["Jane Doe"] * 3),
    ("Doe went on:\n\n“It is old. Nobody cares.”", ["Doe"]),
    ("Captain Jack Roe disagreed. “It is sound.”", ["Jack Roe"]),
    ("Doe was blunt: “The pier leaks.”", ["Doe"]),
    ("He said the pier was shut.", [""]),
    ("ROE: The pier is quite safe.\n\nDOE: It is not safe. You know it.", ["ROE", "DOE", "DOE"]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "wanted"), VOICES)
def test_the_speaker_is_known_over_sentences(text: str, wanted: list[str]) -> None:
    assert [act.name for act in acts_of(text)] == wanted


#: Nothing is asserted in these, whatever is said.
UNASSERTED = [
    ("The mayor was asked if the pier was safe.", Family.ASK),
    ("Asked whether the pier was safe, Doe left.", Family.ASK),
    ("The mayor would not say whether the pier was safe.", Family.REFUSE),
    ("Doe refused to say who had paid.", Family.REFUSE),
    ("Doe declined to comment on the leak.", Family.REFUSE),
    ("The board neither confirmed nor denied that the pier was unsafe.", Family.REFUSE),
    ("If the mayor says the pier is safe, nobody will believe it.", Family.SAY),
    ("The mayor may say that the pier is safe.", Family.SAY),
    ("Doe did not say that the pier was safe.", Family.SAY),
    ("“Is it safe?” asked the boy.", Family.ASK),
]


#: An article and the name of who speaks last in it.
NAMES = [
    ("Gloria La Riva said the pier was shut.", "Gloria La Riva"),
    ("Gloria La Riva won. The pier was shut, La Riva said.", "Gloria La Riva"),
    ("The harbour met Jan van Roe. On Monday, van Roe said the pier was shut.", "Jan van Roe"),
    ("The pier, Roe today said, was shut.", "Roe"),
    ("Officials met Jane Roe, who said “the pier is shut.”", "Jane Roe"),
    ("About 4 in 10 say they want the pier shut.", "4 in 10"),
    (
        "A Brinmouth University poll found last week that the pier would be shut.",
        "a Brinmouth University poll",
    ),
    ("Said Roe: “The pier is shut.”", "Roe"),
    ("Jane Roe called the pier a danger. Adding, “It must be shut.”", "Jane Roe"),
    ("Jane Roe sent out a statement that the pier was shut.", "Jane Roe"),
    ("Jane Roe was more likely to say that the pier was shut.", "Jane Roe"),
    (
        "Jane Roe told the Echo that Jack Doe “had a mad plan for it,” adding, “He lost the port.”",
        "Jane Roe",
    ),
]


@pytest.mark.parametrize(("text", "name"), NAMES)
def test_who_speaks_is_named(text: str, name: str) -> None:
    assert acts_of(text)[-1].name == name


def test_a_not_inside_the_quotation_does_not_deny_that_it_was_said() -> None:
    (act,) = acts_of("“Are we safe? Probably not,” Doe said.")
    assert act.is_asserted


@pytest.mark.parametrize(("text", "family"), UNASSERTED)
def test_what_nobody_asserted_is_marked(text: str, family: Family) -> None:
    (act,) = acts_of(text)
    assert (act.is_asserted, act.family) == (False, family)


@pytest.mark.parametrize(
    "text",
    [
        "Who said the pier was safe?",
        "Roe claimed responsibility for the leak.",
        "The council added two posts.",
        "“I am no thief”, “a liar” and “a cheat” were chalked on the wall.",
        "The new bridge made it easy to cross.",
        "UPDATE: The pier is now shut.",
    ],
)
def test_no_report_is_read_where_nobody_speaks(text: str) -> None:
    assert acts_of(text) == []


def test_a_chain_of_sources_is_kept() -> None:
    text = "He told the Brinmouth Echo the board thinks the pier is unsafe."
    outer, inner = acts_of(text)
    assert (outer.outer, inner.outer) == (None, 0)
    assert words(text, [outer.addressee]) == "the Brinmouth Echo"
    assert words(text, inner.source) == "the board"


def test_the_target_of_an_accusation_is_not_its_source() -> None:
    text = "Doe accused the captain of lying."
    (act,) = acts_of(text)
    assert words(text, act.source) == "Doe"
    assert words(text, [act.target]) == "the captain"


def test_a_denial_is_a_family_of_its_own() -> None:
    (act,) = acts_of("The mayor denied that the pier was unsafe.")
    assert act.family is Family.DENY


@pytest.mark.parametrize(
    "text",
    [
        "An official who asked not to be named said the crane had failed.",
        "Sources close to the board say Roe will resign.",
        "Officials have said, on condition of anonymity, that the pier is unsafe.",
        "The diplomatic source told the Echo that Roe had left.",
    ],
)
def test_an_unnamed_source_is_anonymous(text: str) -> None:
    assert [act.is_anonymous for act in acts_of(text)] == [True]


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("The mayor, Jane Doe, said it was shut.", "mayor"),
        ("A spokesman for the port, Jack Roe, said it was shut.", "spokesman for the port"),
        ("Foreign Minister Joan Poe said it was shut.", "Foreign Minister"),
        ("Jack Roe, a harbour pilot, said it was shut.", "harbour pilot"),
    ],
)
def test_the_office_of_a_speaker_is_read(text: str, role: str) -> None:
    (act,) = acts_of(text)
    assert act.role == role


PIECES = [
    *sorted(
        word_set(
            """
            Doe Jane she he They said “ ” ‘ ’ " '' , . ? : ; — that whether and the pier (so) [it] asked told us
            according to denied not ROE: claim Mr. was called it shut while adding é 漢字
            """
        )
    ),
    "\n\n",
    "\u00a0",
    "\u200b",
]


@settings(deadline=None, max_examples=150)
@given(
    st.lists(
        st.sampled_from(PIECES),
        max_size=40,
    ).map(" ".join)
)
def test_any_text_gives_exact_places(text: str) -> None:
    document = read_layout(text).document
    for acts in read_reports(document.text, parse(document)):
        for act in acts:
            for place in (*act.source, *act.cue, *act.content):
                found = document.text[place.start : place.end]
                assert found.strip()
                assert found == found.strip()
            assert act.cue
            assert act.content
            assert act.outer is None or 0 <= act.outer < len(acts)
