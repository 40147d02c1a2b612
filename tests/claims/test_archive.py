"""A line of an archive, read and written back in the offsets of its own text."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.document import BlockKind
from claims.detection.archive import ArchiveLine, BadLine, detect_line, prepare, read_line
from claims.detection.base import Attribution, Candidate, Detection, Exchange, Mention, Place
from claims.detection.lite import LiteEngine
from claims.detection.rules.engine import RulesEngine

TEXT = (
    "\ufeffHarbour of Brinmouth closed\r\n\r\nThe harbour of Brinmouth was closed on\u00a0Monday.\r\n\r\n"
    "“It is no\x00t safe,” the mayor, Jane Roe, said. 😀 Nobody\tknows for how long.\r\n"
)
LINE = ArchiveLine("a1", TEXT)


def found(line, engine=None):
    return json.loads(detect_line(line, engine or LiteEngine()))


def places(value):
    """Every object with a start and an end, however deep."""
    if isinstance(value, dict):
        if "start" in value:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for item in value:
            yield from places(item)


def test_quotes_are_cut_from_the_text_as_given():
    quotes = [span for claim in found(LINE)["claims"] for span in claim["spans"]]
    assert any("no\x00t safe" in span["quote"] for span in quotes)
    assert [TEXT[span["start"] : span["end"]] for span in quotes] == [s["quote"] for s in quotes]


def test_blocks_stand_in_the_text_as_given():
    blocks = found(LINE)["blocks"]
    first = TEXT[blocks[0]["start"] : blocks[0]["end"]]
    assert (blocks[0]["kind"], first) == ("headline", "Harbour of Brinmouth closed")


def test_the_speaker_stands_in_the_text_as_given():
    said = next(claim for claim in found(LINE)["claims"] if claim["attribution"])
    assert said["claimant"] == "Jane Roe"
    assert TEXT[slice(*said["attribution"]["source"].values())] == "Jane Roe"
    assert TEXT[slice(*said["attribution"]["cue"].values())] == "said"


PIECES = st.sampled_from(
    [
        "The harbour of Brinmouth was closed on Monday.", "“It is not safe,” Jane Roe said.", "Jane Roe", "said",
        " ", " ", "\t", "\n", "\n\n", "\r\n", "\r", "\u00a0", "\u200b", "\ufeff", "\x00", "é", "e\u0301", "😀", "👩‍🚒",
        "\ud800", "\udc00", "“", "”", "‘", "’", '"', "'", "(", "]", "-", "•", "1,200", "%", ".", "?", "港口已关闭。", "El", "De", "\x85", "\u2028",
    ]
)  # fmt: skip


ODD_TEXTS = st.one_of(st.lists(PIECES, max_size=25).map("".join), st.text(max_size=60))


@settings(max_examples=300, deadline=None)
@given(ODD_TEXTS)
def test_every_quote_equals_its_slice_in_any_text(text):
    refute_drift(text, LiteEngine())


@settings(max_examples=60, deadline=None)
@given(ODD_TEXTS)
def test_every_quote_of_the_parsing_engine_equals_its_slice(text):
    refute_drift(text, RulesEngine())


def refute_drift(text, engine):
    line = read_line(json.dumps({"id": 1, "text": text}))
    result = found(line, engine)
    everywhere = list(places(result))
    assert all(0 <= item["start"] < item["end"] <= len(line.text) for item in everywhere)
    assert all(
        line.text[item["start"] : item["end"]] == item["quote"]
        for item in everywhere
        if "quote" in item
    )


class Told:
    """An engine that finds what it is told to."""

    name, version, languages = "told", "3", frozenset()

    def __init__(self, detection):
        self.detection = detection

    def detect(self, document):
        return self.detection


CLAIM = Candidate(
    "It was closed.",
    "event",
    "narrator",
    (Place(2, 3),),
    0.5,
    ("a reason",),
    dates=(Mention(Place(4, 5), "d", "2026-03-01", is_relative=True),),
)


def test_a_claim_has_every_field():
    line = ArchiveLine(7, "a\r\nb c d e f\r\ng")
    said = Attribution("e", None, Place(6, 7), (Place(2, 3),), "mayor", is_anonymous=True)
    result = found(line, Told(Detection((replace(CLAIM, attribution=said),))))
    assert result == {
        "id": 7,
        "engine": "told",
        "engine_version": "3",
        "blocks": result["blocks"],
        "claims": [
            {
                "statement": "It was closed.",
                "kind": "event",
                "mode": "narrator",
                "worth": 0.5,
                "reasons": ["a reason"],
                "spans": [{"start": 3, "end": 4, "quote": "b"}],
                "claimant": "e",
                "claimant_role": "mayor",
                "claimant_is_unnamed": True,
                "attribution": {
                    "source": None,
                    "cue": {"start": 7, "end": 8},
                    "content": [{"start": 3, "end": 4}],
                },
                "dates": [
                    {"start": 5, "end": 6, "quote": "c", "value": "2026-03-01", "is_relative": True}
                ],
                "quantities": [],
                "names": [],
                "parts": [],
            }
        ],
        "left_out": [],
        "refused": [],
    }


def test_a_claim_that_breaks_a_rule_is_refused_with_the_reason():
    result = found(ArchiveLine(7, "a\nb c d"), Told(Detection((replace(CLAIM, worth=9),))))
    assert (result["claims"], len(result["refused"])) == ([], 1)
    assert "not between" in result["refused"][0]["reason"]


def test_the_trace_is_written_when_it_is_asked_for():
    told = Told(Detection((), trace=(Exchange("selection", Place(0, 1), "?", "!"),)))
    result = json.loads(detect_line(ArchiveLine(7, "a\nb c d"), told, with_trace=True))
    assert [(item["step"], item["answer"]) for item in result["trace"]] == [("selection", "!")]


@pytest.mark.parametrize("text", ["", " \r\n", "\ufeff", "…"])
def test_a_text_without_words_has_no_claims(text):
    assert found(ArchiveLine("a", text))["claims"] == []


def test_a_text_with_half_a_surrogate_pair_can_be_written():
    result = detect_line(
        ArchiveLine("a", "Closed.\n\nThe harbour \ud83d was closed on Monday."), LiteEngine()
    )
    assert "\ud83d" in json.loads(result.encode())["claims"][0]["spans"][0]["quote"]


def test_a_text_that_begins_with_its_title_has_that_headline():
    text = "The ferry is back. Again.\n\nThe ferry to Brinmouth sailed on Monday."
    kinds = [
        block.kind
        for block in prepare(ArchiveLine("a", text, "The ferry is back! Again")).document.blocks
    ]
    assert kinds == [BlockKind.HEADLINE, BlockKind.PARAGRAPH]


def test_a_title_is_not_inserted():
    document = prepare(ArchiveLine("a", "The ferry sailed on Monday.", "Ferry back")).document
    assert document.text == "The ferry sailed on Monday."


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"published_at": "2026-03-01"}, "2026-03-01"),
        ({"published_at": "2026-03-01T23:30:00Z"}, "2026-03-01"),
        ({"published_at": None}, "None"),
        ({}, "None"),
    ],
)
def test_the_day_of_publication_is_read(given, expected):
    assert str(read_line(json.dumps({"id": 1, "text": "x", **given})).published_on) == expected


@pytest.mark.parametrize(
    ("line", "complaint"),
    [
        ("{", "not JSON"),
        (b"\xff\xfe{", "not JSON"),
        ("[" * 100_000, "not JSON"),
        ("[]", "not an object"),
        ("{}", '"id"'),
        ('{"id": null, "text": "x"}', '"id"'),
        ('{"id": true, "text": "x"}', '"id"'),
        ('{"id": 1.5, "text": "x"}', '"id"'),
        ('{"id": 1}', '"text"'),
        ('{"id": 1, "text": ["x"]}', '"text"'),
        ('{"id": 1, "text": "x", "title": 1}', '"title"'),
        ('{"id": 1, "text": "x", "language": 1}', '"language"'),
        ('{"id": 1, "text": "x", "published_at": "yesterday"}', "2026-03-01"),
        ('{"id": 1, "text": "x", "published_at": 20260301}', '"published_at"'),
    ],
)
def test_a_bad_line_is_refused_in_words(line, complaint):
    with pytest.raises(BadLine, match=complaint):
        read_line(line)


def test_the_documented_example_is_what_comes_out():
    page = Path(__file__).parents[2] / "docs" / "how-to" / "analyse-an-archive.md"
    article, shown = re.findall(r"```json\n(.*?)```", page.read_text(), re.DOTALL)
    result = found(read_line(article))
    for claim in result["claims"]:
        del claim["parts"]
    assert result == json.loads(shown)
