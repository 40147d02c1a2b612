"""In a transcript every paragraph is its speaker's, and so is its first person."""

import pytest

from articles.ingest.plain_text import read_layout
from claims.detection.rules.parsing import parse
from claims.detection.rules.reporting import read_reports
from claims.detection.rules.statements import Teller
from claims.detection.rules.transcripts import read_labels

COLONS = "MAYOR ROE: We closed the pier.\n\nREPORTER: Why?\n\nMAYOR ROE: I saw the cracks."
BRACKETS = (
    "((Desk))  Why was the pier closed?\n\n((Jane Poe))  We closed the pier.\n\n"
    "((Desk))  Who saw it?\n\n((Jane Poe))  I saw the cracks."
)


def told(text: str) -> list[str]:
    document = read_layout(text).document
    parsed = parse(document)
    teller = Teller(document, parsed)
    return [
        teller.statement(sentence, [t.i for t in sentence.doc if sentence.places[t.i].start >= end])
        for sentence in parsed
        if (end := read_labels(text, parsed)[sentence.sentence.block].mark.end)
    ]


@pytest.mark.parametrize(("text", "name"), [(COLONS, "MAYOR ROE"), (BRACKETS, "Jane Poe")])
def test_we_and_i_are_those_of_the_label(text, name) -> None:
    last = name.split()[-1]
    found = told(text)
    assert (
        f"We [{name}’s side] closed the pier." in found
        or f"We [{last}’s side] closed the pier." in found
    )
    assert any(statement.endswith(f"{last} saw the cracks.") for statement in found)


@pytest.mark.parametrize("text", [COLONS, BRACKETS])
def test_a_label_says_all_of_its_paragraph(text) -> None:
    document = read_layout(text).document
    acts = [act for found in read_reports(text, parse(document)) for act in found]
    contents = [text[place.start : place.end] for act in acts for place in act.content]
    assert "We closed the pier." in contents
    assert "I saw the cracks." in contents


@pytest.mark.parametrize(
    "text",
    [
        "((Jane Poe))  We closed the pier.\n\nNobody asked.",
        "((ru))Russian: the pier.\n\n((Jane Poe))  We left.",
    ],
)
def test_a_single_label_makes_no_transcript(text) -> None:
    assert read_labels(text, parse(read_layout(text).document)) == {}
