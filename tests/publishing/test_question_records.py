"""Records as text and as ours: whatever came in goes out equal. Without a database."""

import copy
import json
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publishing.question_records.oddities import find_oddities
from publishing.question_records.parsing import NO_CLAIM, BadRecord, parse_line, parse_record
from publishing.question_records.residue import as_text, put_back, residue_of
from publishing.question_records.shape import write_record

TRAIN = Path("../shared/data/averitec_train.jsonl")
ANSWER = {
    "answer": "40 million crowns",
    "answer_type": "Extractive",
    "source_url": "https://audit.example/2019",
    "source_medium": "PDF",
}
RECORD = {
    "claim": "The works cost 40 million crowns.",
    "required_reannotation": False,
    "label": "Supported",
    "justification": "The audit says so.",
    "claim_date": "25-8-2020",
    "speaker": "Ida Quell",
    "original_claim_url": None,
    "cached_original_claim_url": None,
    "fact_checking_article": "https://checks.example/7",
    "reporting_source": "Harbour Post",
    "location_ISO_code": "NO",
    "claim_types": ["Numerical Claim"],
    "fact_checking_strategies": ["Written Evidence"],
    "questions": [{"question": "What did the works cost?", "answers": [ANSWER]}],
}


def record(**changes):
    return {**copy.deepcopy(RECORD), **changes}


def answering(**changes):
    return record(questions=[{"question": "Why?", "answers": [{**ANSWER, **changes}]}])


def again(given_record):
    return as_text(write_record(parse_record(given_record)))


def kinds(given_record):
    return [(oddity.where, oddity.kind) for oddity in find_oddities(given_record)]


def test_a_clean_record_needs_no_residue_and_has_nothing_odd():
    read = parse_record(record())
    assert (read.residue, read.questions[0].residue, read.questions[0].answers[0].residue) == (
        {},
        {},
        {},
    )
    assert kinds(record()) == []


def test_what_our_models_can_hold_is_in_our_words():
    read = parse_record(record())
    assert (read.kind, read.claimed_on, read.speaker) == (
        "statistic",
        date(2020, 8, 25),
        "Ida Quell",
    )


DIRTY = [
    (record(claim=""), ("claim", "an empty claim")),
    (record(claim=" \n "), ("claim", "an empty claim")),
    (record(claim_date="31-2-2020"), None),
    (record(claim_date="2020"), ("claim_date", "not a date")),
    (record(claim_date=None, speaker=None, reporting_source=None), None),
    (record(claim_date="05-08-2020"), None),
    (record(speaker=" Ida  Quell\n"), ("speaker", "stray white space")),
    (record(justification="One.\x02 Two."), ("justification", "control characters")),
    (record(justification="One.\x00 Two.\ud800"), ("justification", "control characters")),
    (record(label="Mostly so"), ("label", "an unknown label")),
    (record(claim_types=[]), ("claim_types", "an unknown type of claim")),
    (record(claim_types=["Rumour"]), ("claim_types", "an unknown type of claim")),
    (record(claim_types=["Causal Claim", "Causal Claim"]), None),
    (record(claim=7, required_reannotation=1), ("claim", "a value of another type")),
    (record(questions=[]), ("questions", "no question")),
    (
        record(questions=[{"question": "Why?", "answers": []}]),
        ("questions[0].answers", "a question without an answer"),
    ),
    (
        record(questions=[{"question": "W" * 501, "answers": [ANSWER], "asked": 1}]),
        ("questions[0].asked", "an unknown key"),
    ),
    (record(claim_id=17), ("claim_id", "an unknown key")),
    (record(**{"a\x00\ud800": {"b": [1.5, True, None]}}), ("a\ufffd\ufffd", "an unknown key")),
    (
        answering(source_url="Metadata", source_medium="Metadata"),
        ("questions[0].answers[0].source_url", "answered from the record's own metadata"),
    ),
    (
        answering(source_url="file:///C:/audit.pdf"),
        ("questions[0].answers[0].source_url", "a source without an address"),
    ),
    (
        answering(source_url=""),
        ("questions[0].answers[0].source_url", "an answer without a source"),
    ),
    (
        answering(source_url="", answer_type="Boolean", cached_source_url="", source_medium="x"),
        ("questions[0].answers[0].source_url", "an answer without a source"),
    ),
    (
        answering(source_url="", source_medium="", answer="", answer_type="Unanswerable"),
        ("questions[0].answers[0].answer", "an empty answer"),
    ),
    (
        answering(answer_type="extractive"),
        ("questions[0].answers[0].answer_type", "an unknown type of answer"),
    ),
    (answering(source_url="HTTPS://Audit.example:443/2019#page=3"), None),
    (answering(source_url="https://audit.example/" + "a" * 2100), None),
    (answering(cached_source_url=None), None),
    (answering(cached_source_url="", boolean_explanation=""), None),
    (answering(answer_type="Boolean", boolean_explanation="It  does."), None),
    (
        {key: value for key, value in record().items() if key != "label"},
        ("label", "missing"),
    ),
]


@pytest.mark.parametrize(("dirty", "odd"), DIRTY)
def test_a_dirty_record_goes_out_as_it_came(dirty, odd):
    assert again(dirty) == as_text(dirty)


@pytest.mark.parametrize(("dirty", "odd"), [row for row in DIRTY if row[1]])
def test_what_is_odd_is_named_with_its_place(dirty, odd):
    assert odd in kinds(dirty)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(st.text(), inner, max_size=2),
    max_leaves=4,
)
ANSWERS = st.fixed_dictionaries({}, optional={**dict.fromkeys(ANSWER, VALUES), "more": VALUES})
QUESTIONS = st.fixed_dictionaries(
    {"answers": st.lists(ANSWERS, max_size=2)}, optional={"question": VALUES, "more": VALUES}
)
RECORDS = st.fixed_dictionaries(
    {"claim": VALUES, "questions": st.lists(QUESTIONS, max_size=2)},
    optional=dict.fromkeys([*(set(RECORD) - {"claim", "questions"}), "more"], VALUES),
)


@given(RECORDS)
def test_any_values_whatever_go_out_as_they_came(anything):
    assert again(anything) == as_text(anything)
    list(find_oddities(anything))


@given(RECORDS)
def test_what_is_kept_is_fit_for_the_database(anything):
    kept = repr(parse_record(anything))
    assert "\\x00" not in kept
    assert "\\ud" not in kept.replace("\\\\ud", "")


@pytest.mark.skipif(not TRAIN.exists(), reason=f"{TRAIN} is not here")
def test_records_of_a_real_set_go_out_as_they_came():
    with TRAIN.open("rb") as lines:
        records = [parse_line(line) for line in lines]
    assert [one["claim"] for one in records if again(one) != as_text(one)] == []


@pytest.mark.parametrize(
    "line",
    [
        b"",
        b"[1]",
        b'{"claim": 1',
        b"\xff{}",
        b'{"claim": NaN, "questions": []}',
        b"[" * 100_000,
    ],
)
def test_a_line_that_is_no_json_object_is_refused(line):
    with pytest.raises(BadRecord):
        parse_line(line)


@pytest.mark.parametrize(
    "wrong",
    [
        {},
        {"claim": "So."},
        {"questions": []},
        {"claim": "So.", "questions": {}},
        {"claim": "So.", "questions": ["Why?"]},
        {"claim": "So.", "questions": [{"question": "Why?"}]},
        {"claim": "So.", "questions": [{"question": "Why?", "answers": ["Because."]}]},
        {"claim": "S" * 100_001, "questions": []},
    ],
)
def test_what_has_another_form_is_refused(wrong):
    with pytest.raises(BadRecord):
        parse_record(wrong)


def test_a_byte_order_mark_is_no_fault():
    assert parse_line(b"\xef\xbb\xbf" + json.dumps(RECORD).encode()) == RECORD


def test_an_empty_claim_has_words_of_ours():
    assert parse_record(record(claim="")).claim == NO_CLAIM


class TestResidue:
    def test_a_value_is_put_back_while_nothing_else_is_said(self):
        residue = residue_of({"a": 1, "b": "x"}, {"a": True, "c": None})
        assert put_back({"a": 1, "b": "x"}, residue) == {"a": True, "c": None}

    def test_a_change_shows(self):
        residue = residue_of({"a": "tidy"}, {"a": " tidy "})
        assert put_back({"a": "changed"}, residue) == {"a": "changed"}

    def test_what_is_equal_leaves_none(self):
        assert residue_of({"a": 1}, {"a": 1}) == {}
