"""`manage.py score`: lone sentences in, the same with their scores out."""

import io
import json
import sys

import pytest
from django.core.management import CommandError, call_command

from claims.detection.worth import shipped

FACT = "The harbour of Brinmouth handled 4,200 ships in 2019, 12 percent more than the year before."
TALK = "Let me thank you all, and let us hope for better days."


@pytest.fixture
def files(tmp_path):
    return tmp_path / "in.jsonl", tmp_path / "out.jsonl"


def lines(*rows):
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)


def score(source, target, *options):
    errors = io.StringIO()
    call_command("score", str(source), str(target), *options, stderr=errors)
    return errors.getvalue()


def scored(target):
    return [json.loads(line) for line in target.read_text().splitlines()]


SENTENCES = [{"id": "a", "text": FACT}, {"id": 2, "text": TALK}]


def test_each_line_comes_back_with_its_scores(files):
    source, target = files
    source.write_text(lines({**SENTENCES[0], "place": "Brinmouth"}))
    score(source, target)
    assert scored(target) == [
        {
            **SENTENCES[0],
            "place": "Brinmouth",
            "worth": round(shipped().probability(FACT), 6),
            "checkworthy": True,
        }
    ]


def test_talk_is_not_checkworthy(files):
    source, target = files
    source.write_text(lines(*SENTENCES))
    score(source, target)
    assert [row["checkworthy"] for row in scored(target)] == [True, False]


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        ("no JSON", "not JSON"),
        ("[1]", "not an object"),
        ('{"text": "x"}', '"id" is missing'),
        ('{"id": true, "text": "x"}', '"id" is missing'),
        ('{"id": 1, "text": null}', '"text" is missing'),
        ("[" * 100_000, "not JSON"),
    ],
)
def test_a_bad_line_stops_the_run_with_its_number(files, bad, why):
    source, target = files
    source.write_text(lines(SENTENCES[0], bad, SENTENCES[1]))
    with pytest.raises(CommandError, match=rf"Line 2 of .*{why}"):
        score(source, target)
    assert [row["id"] for row in scored(target)] == ["a"]


def test_bad_lines_are_passed_over_when_asked(files):
    source, target = files
    source.write_text(lines(SENTENCES[0], "no JSON", SENTENCES[1]))
    assert "Line 2" in score(source, target, "--skip-bad")
    assert [row["id"] for row in scored(target)] == ["a", 2]


@pytest.mark.parametrize("cut", [1, 40, 200, 340])
def test_a_run_that_was_cut_short_goes_on_to_the_same_bytes(files, cut):
    source, target = files
    source.write_text(lines(*SENTENCES, "", *SENTENCES))
    score(source, target)
    whole = target.read_bytes()
    target.write_bytes(whole[:cut])
    score(source, target)
    assert target.read_bytes() == whole


def test_the_output_of_other_sentences_is_left_alone(files):
    source, target = files
    source.write_text(lines(*SENTENCES))
    target.write_text(lines({"id": "other"}))
    with pytest.raises(CommandError, match="holds something else"):
        score(source, target)
    assert scored(target) == [{"id": "other"}]


def test_a_file_is_not_scored_into_itself(files):
    source, _ = files
    source.write_text(lines(*SENTENCES))
    with pytest.raises(CommandError, match="same file"):
        score(source, source)


def test_a_file_is_not_scored_into_another_of_its_names(files):
    source, target = files
    source.write_text(lines(*SENTENCES))
    target.hardlink_to(source)
    with pytest.raises(CommandError, match="same file"):
        score(source, target)


@pytest.mark.parametrize("device", ["/dev/full", "/dev/null"])
def test_scores_go_to_a_plain_file(files, device):
    source, _ = files
    source.write_text(lines(*SENTENCES))
    with pytest.raises(CommandError, match="Name a plain file"):
        score(source, device)


def test_a_file_that_ends_in_something_else_is_left_alone(files):
    source, target = files
    source.write_text(lines(*SENTENCES))
    target.write_bytes(b"my notes, in one line")
    with pytest.raises(CommandError, match="no score"):
        score(source, target)
    assert target.read_bytes() == b"my notes, in one line"


def test_a_missing_file_is_named(files):
    source, target = files
    with pytest.raises(CommandError, match=r"in\.jsonl: No such file"):
        score(source, target)


def test_half_a_surrogate_pair_is_written_escaped(files):
    source, target = files
    source.write_text('{"id": 1, "text": "Odd \\ud83d sign"}\n')
    score(source, target)
    assert scored(target)[0]["text"] == "Odd \ud83d sign"


class Bytes:
    """A standard stream that holds bytes."""

    def __init__(self, content=b""):
        self.buffer = io.BytesIO(content)


def test_sentences_flow_through(monkeypatch):
    given, taken = Bytes(lines(*SENTENCES).encode()), Bytes()
    monkeypatch.setattr(sys, "stdin", given)
    monkeypatch.setattr(sys, "stdout", taken)
    score("-", "-")
    assert [json.loads(line)["id"] for line in taken.buffer.getvalue().splitlines()] == ["a", 2]


def test_standard_input_never_writes_over_a_file(files, monkeypatch):
    _, target = files
    target.write_text("mine")
    monkeypatch.setattr(sys, "stdin", Bytes(lines(*SENTENCES).encode()))
    with pytest.raises(CommandError, match="there already"):
        score("-", target)
    assert target.read_text() == "mine"
