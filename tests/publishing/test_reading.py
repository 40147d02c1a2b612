"""What a page shows of a document, without a database."""

import pytest

from articles.document import Block, BlockKind, Document
from publishing.marked import draw
from publishing.reading import Reading, safe_link


def make_reading(key="1", spans=(), **changes):
    claim = {
        "statement": "It rained.",
        "kind": "event",
        "mode": "narrator",
        "claimed_on": None,
        "claimant": None,
        "attribution": None,
        "spans": list(spans),
    }
    document = {
        "id": key,
        "seq": 1,
        "kind": "publication",
        "note": "",
        "claim": claim,
        "evidence": [],
    }
    return Reading(document | changes)


def make_span(start, end, quote, version=1, prefix="", suffix="", resolution="exact"):
    return {
        "version": version,
        "start": start,
        "end": end,
        "quote": quote,
        "prefix": prefix,
        "suffix": suffix,
        "resolution": resolution,
    }


def make_evidence(source, **changes):
    item = {
        "question": "",
        "stance": "supports",
        "quote": "",
        "quote_check": "unchecked",
        "note": "",
    }
    return item | {"source": {"kind": "study", "title": "Study"} | source} | changes


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("http://example.org/a", "http://example.org/a"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("//example.org", ""),
        (" https://example.org", ""),
        ("", ""),
    ],
)
def test_only_addresses_that_a_browser_opens_become_links(address, link):
    assert safe_link(address) == link


@pytest.mark.parametrize(
    ("prefix", "suffix", "before", "after"),
    [
        ("", "", "", ""),
        ("rk of the harbour ", " and the oth", "…of the harbour ", " and the…"),
        ("of the last line.\n\nHere ", ".\n\nAnother", "Here ", "."),
        ("\n\n", "\n\n", "", ""),
    ],
)
def test_the_context_of_a_quote_holds_whole_words_of_its_own_line(prefix, suffix, before, after):
    reading = make_reading(spans=[make_span(0, 4, "rain", prefix=prefix, suffix=suffix)])
    passage = reading.passages[0]
    assert (passage.before, passage.after) == (before, after)


def test_passages_are_those_of_the_newest_version():
    spans = [make_span(0, 3, "old", version=1), make_span(5, 8, "new", version=2)]
    assert [passage.quote for passage in make_reading(spans=spans).passages] == ["new"]


def test_words_that_nobody_confirmed_are_not_those_that_were_checked():
    spans = [make_span(0, 3, "old"), make_span(5, 8, "new", version=2, resolution="fuzzy")]
    assert (make_reading(spans=spans).version, make_reading(spans=spans[1:]).version) == (1, None)


def test_evidence_is_grouped_by_stance_in_a_fixed_order():
    evidence = [
        make_evidence({}, stance=stance)
        for stance in ("context", "undermines", "supports", "context")
    ]
    groups = make_reading(evidence=evidence).exhibit_groups
    assert [(group.stance, len(group.exhibits)) for group in groups] == [
        ("supports", 1),
        ("undermines", 1),
        ("context", 2),
    ]


def test_a_kind_that_the_house_no_longer_knows_is_spelt_out():
    group = make_reading(evidence=[make_evidence({"kind": "court_record"})]).exhibit_groups[0]
    assert group.exhibits[0].kind == "court record"


@pytest.mark.parametrize(
    ("kind", "is_in_force"),
    [("publication", True), ("correction", True), ("retraction", False), ("reopening", False)],
)
def test_a_verdict_is_in_force_unless_taken_back(kind, is_in_force):
    assert make_reading(kind=kind).is_in_force is is_in_force


TEXT = "It rained. It snowed."
DOCUMENT = Document(TEXT, (Block(BlockKind.PARAGRAPH, 0, len(TEXT)),))


def test_marks_nest_by_line_and_leave_the_text_as_it_is():
    outer = make_reading("a", [make_span(0, 21, TEXT)])
    inner = make_reading("b", [make_span(3, 9, "rained")])
    (block,) = draw(DOCUMENT, 1, [inner, outer])
    assert [(piece.text, [mark.reading.id for mark in piece.marks]) for piece in block.pieces] == [
        ("It ", ["a"]),
        ("rained", ["a", "b"]),
        (". It snowed.", ["a"]),
    ]


def test_only_the_last_piece_of_a_claim_carries_its_sign():
    reading = make_reading("a", [make_span(0, 2, "It"), make_span(11, 13, "It")])
    (block,) = draw(DOCUMENT, 1, [reading])
    assert [mark.is_last for piece in block.pieces for mark in piece.marks] == [False, True]


@pytest.mark.parametrize(
    "span",
    [
        make_span(0, 2, "It", version=2),
        make_span(0, 2, "Is"),
        make_span(100, 102, "It"),
    ],
)
def test_words_that_are_not_where_the_document_says_are_not_marked(span):
    (block,) = draw(DOCUMENT, 1, [make_reading("a", [span])])
    assert [piece.marks for piece in block.pieces] == [()]


def test_a_document_from_before_answers_were_kept_reads_as_ever():
    document = {
        "evidence": [
            {
                "stance": "supports",
                "question": "Did it?",
                "quote": "",
                "quote_check": "unchecked",
                "note": "So it says.",
                "source": {"kind": "law", "title": "The act"},
            }
        ]
    }
    [group] = Reading(document).exhibit_groups
    assert (group.exhibits[0].note, group.exhibits[0].answer) == ("So it says.", "")
