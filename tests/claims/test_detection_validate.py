"""What an engine found is kept only when the article bears it out."""

from dataclasses import replace

import pytest

from articles.document import Block, BlockKind, Document
from claims.detection.base import Attribution, Candidate, Detection, LeftOut, Place
from claims.detection.validate import validate

TEXT = "Bridge closed\n\nThe mayor, Jane\nRoe, said it was unsafe.\n\nIt rained."
DOCUMENT = Document(
    TEXT,
    (
        Block(BlockKind.HEADLINE, 0, 13),
        Block(BlockKind.PARAGRAPH, 15, TEXT.index("\n\nIt")),
        Block(BlockKind.PARAGRAPH, TEXT.index("It rained"), len(TEXT)),
    ),
)
SAID = Attribution("Jane Roe", Place(26, 34), Place(36, 40), (Place(41, 54),))
GOOD = Candidate("It was unsafe.", "event", "indirect", (Place(15, 55),), 0.5, ("a reason",), SAID)


def check(candidate):
    return validate(DOCUMENT, Detection((candidate,)))


def test_a_sound_candidate_goes_through_unchanged():
    assert check(GOOD) == (Detection((GOOD,)), ())


def test_what_was_left_out_is_kept():
    left_out = (LeftOut(Place(15, 20), "a question"),)
    assert validate(DOCUMENT, Detection((), left_out))[0].left_out == left_out


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"statement": " "}, "statement is empty"),
        ({"statement": "…"}, "statement is empty"),
        ({"kind": "rumour"}, "not known"),
        ({"mode": "sung"}, "not known"),
        ({"worth": 1.2}, "not between"),
        ({"worth": -0.1}, "not between"),
        ({"worth": float("nan")}, "not between"),
        ({"spans": ()}, "no words"),
        ({"spans": (Place(20, 20),)}, "empty or outside"),
        ({"spans": (Place(-3, 4),)}, "empty or outside"),
        ({"spans": (Place(15, len(TEXT) + 1),)}, "empty or outside"),
        ({"spans": (Place(13, 15),)}, "white space"),
        ({"spans": (Place(15, len(TEXT)),)}, "inside one block"),
        ({"spans": (Place(14, 20),)}, "inside one block"),
        ({"spans": (Place(0, 13),)}, "headline"),
        ({"spans": (Place(30, 40), Place(15, 20))}, "not in order"),
        ({"attribution": replace(SAID, name="Omar Lee")}, "not named in the article"),
        ({"attribution": replace(SAID, source=Place(5, 999))}, "outside the text"),
    ],
)
def test_a_candidate_that_breaks_a_rule_is_refused_with_the_rule(change, reason):
    detection, (refused,) = check(replace(GOOD, **change))
    assert detection.candidates == ()
    assert reason in refused.reason


def test_a_name_broken_over_two_lines_is_found():
    assert check(GOOD)[1] == ()


def test_an_unnamed_source_needs_no_name_in_the_article():
    unnamed = replace(SAID, name="an official", is_anonymous=True)
    assert check(replace(GOOD, attribution=unnamed))[1] == ()


def test_a_speaker_whose_name_the_article_does_not_tell_may_stay_without_one():
    assert check(replace(GOOD, attribution=replace(SAID, name="")))[1] == ()


def test_the_good_are_kept_in_order_and_the_bad_are_counted():
    bad = replace(GOOD, worth=9.0)
    second = replace(
        GOOD, statement="It rained.", spans=(Place(DOCUMENT.blocks[2].start, len(TEXT)),)
    )
    detection, refused = validate(DOCUMENT, Detection((GOOD, bad, second)))
    assert (detection.candidates, len(refused)) == ((GOOD, second), 1)


def test_direct_speech_without_quotation_marks_is_refused():
    kept, refused = check(replace(GOOD, mode="direct"))
    assert kept.candidates == ()
    assert "in quotation marks" in refused[0].reason


def test_quoted_words_are_looked_for_in_what_is_said():
    text = "“It is unsafe,” Jane Roe said."
    document = Document(text, (Block(BlockKind.PARAGRAPH, 0, len(text)),))
    said = Attribution("Jane Roe", Place(16, 24), Place(25, 29), (Place(0, 15),))
    spoken = Candidate("It is unsafe.", "event", "direct", (Place(0, 29),), 0.5, (), said)
    elsewhere = replace(spoken, attribution=replace(said, content=(Place(16, 24),)))
    kept, refused = validate(document, Detection((spoken, elsewhere)))
    assert kept.candidates == (spoken,)
    assert len(refused) == 1


def test_a_sentence_makes_only_so_many_claims():
    kept, refused = validate(DOCUMENT, Detection((GOOD,) * 20))
    assert (len(kept.candidates), len(refused)) == (12, 8)
