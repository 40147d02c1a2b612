"""Who said what by which word, and what was not said at all."""

import pytest

from articles.document import Block, BlockKind, Document
from claims.detection.attribution import read_clauses
from claims.detection.segments import read_body, skeleton
from claims.detection.speakers import Directory, read_speaker


def acts_of(text):
    document = Document(text, (Block(BlockKind.PARAGRAPH, 0, len(text)),))
    found = []
    for sentence in read_body(document):
        bones = skeleton(text, sentence)
        for clause in read_clauses(bones):
            for act in clause.acts:
                places = [bones.place(*part) for part in act.content]
                said = " … ".join(text[place.start : place.end] for place in places)
                cue = bones.text[slice(*act.cue)] if act.cue else ""
                found.append((act.speaker.name, cue, said))
    return found


@pytest.mark.parametrize(
    ("text", "act"),
    [
        ("The mayor said the bridge was safe.", ("The mayor", "said", "the bridge was safe.")),
        ("Critics say the law has failed.", ("Critics", "say", "the law has failed.")),
        ("“We won,” said Jane Roe.", ("Jane Roe", "said", "“We won,”")),
        ("“We won,” Roe said on Monday.", ("Roe", "said", "“We won,”")),
        ("“We won,” Roe told the Post in a call.", ("Roe", "told", "“We won,”")),
        ("“We won,” she said, “and we stay.”", ("she", "said", "“We won,” … “and we stay.”")),
        ("Roe said: “We won.”", ("Roe", "said", "“We won.”")),
        ("Roe told reporters on Friday that he won.", ("Roe", "told", "he won.")),
        ("He told VOA the army is ready.", ("He", "told", "the army is ready.")),
        ("Two men were held, police said on Monday.", ("police", "said", "Two men were held")),
        ("The fire, police said, killed three.", ("police", "said", "The fire … killed three.")),
        ("The tax rose again, said the ministry.", ("the ministry", "said", "The tax rose again")),
        ("According to the ministry, it rained.", ("the ministry", "According to", "it rained")),
        ("It rained a lot, according to a study.", ("a study", "according to", "It rained a lot")),
        ("Jane Roe, the mayor, said it rained.", ("Jane Roe", "said", "it rained.")),
        ("The mayor, Jane Roe, said it rained.", ("Jane Roe", "said", "it rained.")),
        ("Roe called the plan “reckless” on Monday.", ("Roe", "called", "the plan “reckless”")),
        ("Roe made it clear that nothing changed.", ("Roe", "made it clear", "nothing changed.")),
        ("In a letter, the board warned it would close.", ("board", "warned", "it would close.")),
        ("Roe said Lee “lashed out” at him.", ("Roe", "said", "Lee “lashed out” at him.")),
        ("“We won.” — Jane Roe, mayor of Riverton", ("Jane Roe", "", "“We won.”")),
        ("The WHO's website said: “No cure.”", ("WHO's website", "said", "“No cure.”")),
        ("Basu also stated this was not so.", ("Basu", "stated", "this was not so.")),
    ],
)
def test_one_report_of_speech_is_read(text, act):
    (found,) = acts_of(text)
    assert tuple(part.removeprefix("the ") for part in found) == tuple(
        part.removeprefix("the ") for part in act
    )


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        ("Roe said the tax rose, while Lee said it fell.", ["Roe", "Lee"]),
        ("Roe said it rose, adding that it would fall.", ["Roe", "Roe"]),
        ("Roe resigned, saying he was ill.", ["Roe"]),
        ("Roe said he won, but the board denied that he won.", ["Roe"]),
    ],
)
def test_several_reports_in_a_sentence_are_read_apart(text, speakers):
    assert [name for name, _, _ in acts_of(text)] == speakers


@pytest.mark.parametrize(
    "text",
    [
        "He was asked if a visit came up during the talks.",
        "She asked whether the bridge was safe.",
        "The minister would not say whether the plan was dead.",
        "Roe did not say that he won.",
        "Roe declined to say if it was true.",
        "He is said to be ill.",
        "It was reported that the bridge fell.",
        "He denied that he knew of it.",
        "The company added 20 jobs in May.",
        "The firm reported a loss of 3 million euros.",
        "The city announced a plan for the bridge.",
        "Roe told him to leave the room.",
        "The alleged thief was held.",
        "Everything Roe says is a lie.",
        "The United States has a plan.",
        "THE MAYOR SAID THE TAX ROSE.",
        "The bridge fell.",
    ],
)
def test_nothing_is_attributed_where_nothing_was_asserted(text):
    assert acts_of(text) == []


def test_the_words_of_a_quotation_hold_no_reports():
    assert [name for name, _, _ in acts_of("“He said it rained,” Roe said.")] == ["Roe"]


@pytest.mark.parametrize(
    ("phrase", "name", "role"),
    [
        ("city spokesperson Jane Roe", "Jane Roe", "city spokesperson"),
        ("Assistant Secretary of State for Asian Affairs Jane Roe", "Jane Roe",
         "Assistant Secretary of State for Asian Affairs"),
        ("The city's Roe", "Roe", "The city"),
        ("Mr. Roe", "Roe", ""),
        ("Professor Jane Roe of the University of Riverton", "Jane Roe",
         "Professor of the University of Riverton"),
        ("police chief Maria van der Berg", "Maria van der Berg", "police chief"),
        ("American officials", "American officials", ""),
        ("the White House", "White House", ""),
        ("The New York Times", "New York Times", ""),
        ("a spokesman for the ministry", "a spokesman for the ministry", ""),
    ],
)  # fmt: skip
def test_a_phrase_is_read_as_name_and_role(phrase, name, role):
    speaker = read_speaker(phrase)
    assert (speaker.name, speaker.role) == (name, role)


@pytest.mark.parametrize(
    "phrase", ["The tax rose", "what it is", "The", "who", "12", "", "the word of a b c"]
)
def test_a_phrase_that_names_nobody_is_no_speaker(phrase):
    assert read_speaker(phrase) is None


@pytest.mark.parametrize(
    ("phrase", "is_anonymous"),
    [
        ("a diplomatic source", True),
        ("sources", True),
        ("people familiar with the talks", True),
        ("a senior official", True),
        ("two officials who asked not to be named", True),
        ("someone", True),
        ("American officials", False),
        ("Jane Roe", False),
        ("the police", False),
        ("a spokesman for the ministry", False),
    ],
)
def test_unnamed_sources_are_told_from_groups(phrase, is_anonymous):
    assert read_speaker(phrase).is_anonymous is is_anonymous


def test_a_surname_is_resolved_to_the_one_full_name_before_it():
    text = "Jane Roe met Omar Lee. Ann Lee was there. Roe left, and Lee too. Later came Tom Berg."
    directory = Directory(text)
    place = text.index("Roe left")
    assert [directory.full_name(name, place) for name in ("Roe", "Lee", "Berg")] == [
        "Jane Roe",
        "Lee",
        "Berg",
    ]


@pytest.mark.parametrize("heap", ["A" * 100_000, "A." * 50_000, "A-" * 50_000, "Él’" * 30_000])
def test_a_heap_of_letters_without_blanks_is_read_in_linear_time(heap):
    assert not Directory(f"It was {heap}").knows("Roe")
