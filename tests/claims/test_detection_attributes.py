"""The table of attribute rules says of every token what the pipeline's own rules say."""

import pytest
import spacy
from spacy.language import Language

from claims.detection.rules.attributes import AttributeTable, attribute_table
from claims.detection.rules.parsing import MODEL, pipeline

SENTENCES = (
    "The keeper's brothers didn't leave, did they?",
    "Let's go all the way, y'all, said the best men.",
    "There is more than one of them, and there's nothin' we ain't gonna do.",
    "“That which I have is mine,” she had said; he'd gotten it himself.",
    "In 2019 the U.S. paid $3 to 'em.",
    "A line\n\nand   another.",
    "",
)
COMPARED = ["TAG", "POS", "MORPH", "LEMMA", "DEP"]


@pytest.fixture(scope="module")
def packaged() -> Language:
    return spacy.load(MODEL, exclude=["ner", "lemmatizer"], disable=["attribute_ruler"])


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_table_gives_what_the_packaged_rules_give(packaged: Language, sentence: str) -> None:
    table = attribute_table(packaged, "")
    by_rules = packaged.get_pipe("attribute_ruler")(packaged(sentence))
    for _ in ("asked", "kept"):
        by_table = table(packaged(sentence))
        assert by_table.to_array(COMPARED).tolist() == by_rules.to_array(COMPARED).tolist()


def test_rules_that_look_at_anything_else_are_left_to_the_pipeline() -> None:
    blank = spacy.blank("en")
    words = blank("the Pier")
    ruler = blank.add_pipe("attribute_ruler")
    ruler.add([[{"SHAPE": "Xxxx"}]], {"POS": "X"})
    doc = AttributeTable(ruler)(words)
    assert [token.pos_ for token in doc] == ["", "X"]


def test_the_engine_reads_by_the_table() -> None:
    assert "attribute_table" in pipeline().pipe_names
    assert "attribute_ruler" not in pipeline().pipe_names
