"""The parse keeps to the sentences that were found, and every token knows its place."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.document import Block, BlockKind, Document
from articles.ingest.plain_text import read_layout
from claims.detection.rules import parsing
from claims.detection.rules.masking import mask
from claims.detection.rules.parsing import LONGEST, parse
from claims.detection.segments import read_body

MASKED = [
    ("The PRC [People's Republic of China] said no.", "The PRC said no."),
    ("The council (AHC) met.", "The council met."),
    ("“We told [the mayor] so,” she said.", "“We told the mayor so,” she said."),
    ("“[He] is late,” she said.", "“He is late,” she said."),
    ("“[T]he ship is late,” she said.", "“The ship is late,” she said."),
    ("(The mayor was ill.)", "The mayor was ill."),
    ("It was ‘a robust bond’ of two ports’ crews.", "It was “a robust bond” of two ports' crews."),
    ("The\u00a0ferry \t sank\u200b off\nBrinmouth.", "The ferry sank off Brinmouth."),
    ("THE FERRY SANK OFF BRINMOUTH.", "The ferry sank off brinmouth."),
]


def paragraph(text: str) -> Document:
    blocks = (Block(BlockKind.PARAGRAPH, 0, len(text)),) if text else ()
    return Document(text, blocks)


@pytest.mark.parametrize(("text", "wanted"), MASKED)
def test_what_wrecks_a_parse_is_masked(text: str, wanted: str) -> None:
    assert mask(text, read_body(paragraph(text))[0]).text == wanted


def test_the_sentences_of_a_quotation_are_sentences_of_its_parse() -> None:
    text = "“We lost the pier. We kept the light,” said the keeper."
    (parsed,) = parse(paragraph(text))
    assert [str(sent) for sent in parsed.doc.sents] == [
        "“We lost the pier.",
        "We kept the light,” said the keeper.",
    ]


def test_a_token_knows_its_quotation() -> None:
    (parsed,) = parse(paragraph("He said “yes” and then “no” to them."))
    assert [str(t) for t in parsed.doc if parsed.quoted[t.i] == 1] == ["“", "no", "”"]


def test_a_sentence_too_long_for_one_parse_keeps_all_its_words() -> None:
    text = "the keeper saw a ship, " * 200 + "and slept."
    (parsed,) = parse(paragraph(text))
    assert len(text) > LONGEST
    assert len(parsed.doc) == len(text.replace(",", " ,").replace(".", " .").split())
    assert parsed.place(0, len(parsed.doc)).end == len(text)


def test_nothing_is_kept_of_what_the_pipeline_computed_with() -> None:
    (parsed,) = parse(paragraph("The keeper saw a ship."))
    assert parsed.doc.tensor.size == 0
    assert parsed.doc.tensor.base is None


@settings(deadline=None, max_examples=60)
@given(st.text(st.sampled_from("ab A.,;:!?“”‘’'\"([)]\n\u00a0\u200b\u0301é漢—… 1İß"), max_size=200))
def test_every_token_equals_its_place(text: str) -> None:
    document = read_layout(text).document
    for parsed in parse(document):
        for token, place in zip(parsed.doc, parsed.places, strict=True):
            words = document.text[place.start : place.end]
            assert words
            assert words[0] in (token.text[0], "’", "\n", "\u00a0") or token.text[0] in "“”"
            assert parsed.sentence.start <= place.start < place.end <= parsed.sentence.end


def test_the_lemmas_of_past_documents_are_forgotten_when_there_are_many(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    kept = parsing.pipeline().get_pipe("lemmatizer").cache
    monkeypatch.setattr(parsing, "MOST_LEMMAS", 0)
    with parsing.reading():
        parse(paragraph("The keepers were leaving the harbours."))
        assert kept
    assert not kept
