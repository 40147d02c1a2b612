"""`manage.py detect` over an archive: resumable, in order, without the database."""

import fcntl
import json

import pytest
from django.core.management import CommandError, call_command

from claims.detection.base import EngineUnusable
from claims.detection.lite import LiteEngine

TEXT = "The harbour of Brinmouth was closed on Monday.\r\n\r\n“It is not safe,” Jane Roe said."


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "in.jsonl"
    lines = [{"id": number, "text": f"{TEXT} It was {number} metres deep."} for number in range(6)]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


@pytest.fixture
def target(tmp_path):
    return tmp_path / "out.jsonl"


def detect(source, target, engine="rules-lite", **options):
    call_command("detect", str(source), str(target), engine=engine, **options)
    return target.read_bytes()


def ids(written):
    return [json.loads(line)["id"] for line in written.splitlines()]


def add(path, text):
    path.write_bytes(path.read_bytes() + text)


def test_every_article_gets_a_line_in_its_order(source, target):
    assert ids(detect(source, target)) == [0, 1, 2, 3, 4, 5]


def test_more_workers_write_the_same_bytes(source, target, tmp_path):
    assert detect(source, target, workers=2) == detect(source, tmp_path / "other.jsonl")


def test_the_engine_is_the_desks_choice_for_each_language(source, target, settings):
    settings.ASSAY_DETECTION_ENGINE = "rules"
    add(source, b'{"id": "es", "text": "El puerto fue cerrado.", "language": "es"}\n')
    engines = [json.loads(line)["engine"] for line in detect(source, target, "").splitlines()]
    assert engines == ["rules"] * 6 + ["rules-lite"]


def test_the_database_is_not_touched(source, target):
    """Nor can it be: a test that does not ask for the database has none."""
    assert ids(detect(source, target, "")) == [0, 1, 2, 3, 4, 5]


@pytest.mark.parametrize("kept", [0, 1, 700, -1, -40], ids=str)
def test_a_run_that_was_cut_short_goes_on(source, target, kept):
    whole = detect(source, target)
    target.write_bytes(whole[:kept])
    assert detect(source, target) == whole


def test_a_run_that_is_done_reads_nothing_again(source, target, monkeypatch):
    whole = detect(source, target)
    monkeypatch.setattr(LiteEngine, "detect", lambda engine, document: 1 / 0)
    assert detect(source, target) == whole


def test_an_archive_that_grew_is_read_on(source, target):
    detect(source, target)
    add(source, b'{"id": "new", "text": "The pier was closed."}')
    assert ids(detect(source, target)) == [0, 1, 2, 3, 4, 5, "new"]


@pytest.mark.parametrize(
    "change",
    [
        lambda line: {**line, "id": 77},
        lambda line: {**line, "engine": "other"},
        lambda line: {**line, "engine_version": "0"},
        lambda line: {**line, "claims": [{"spans": [{"start": 0, "end": 3, "quote": "New"}]}]},
        lambda line: {"id": 0},
        lambda line: [],
    ],
)
def test_results_of_something_else_are_not_gone_on_with(source, target, change):
    first, *rest = detect(source, target).splitlines()
    target.write_bytes(b"\n".join([json.dumps(change(json.loads(first))).encode(), *rest]))
    with pytest.raises(CommandError, match="holds something else"):
        detect(source, target)


def test_more_results_than_articles_are_not_gone_on_with(source, target):
    detect(source, target)
    source.write_bytes(source.read_bytes().splitlines(keepends=True)[0])
    with pytest.raises(CommandError, match="more results"):
        detect(source, target)


BAD = b'{"id": 6}\n{"id": 7, "text": "The pier was closed on Monday."}\n'


def test_a_bad_line_stops_the_run_and_is_named(source, target):
    add(source, b"\n" + BAD)
    with pytest.raises(CommandError, match=r"Line 8 of .*in.jsonl.*text.*--skip-bad"):
        detect(source, target)
    assert ids(target.read_bytes()) == [0, 1, 2, 3, 4, 5]


def test_bad_lines_are_passed_over_and_reported(source, target, capsys):
    add(source, BAD)
    assert ids(detect(source, target, skip_bad=True)) == [0, 1, 2, 3, 4, 5, 7]
    assert "Line 7" in capsys.readouterr().err


def test_a_run_with_bad_lines_goes_on(source, target):
    source.write_bytes(BAD + source.read_bytes())
    whole = detect(source, target, skip_bad=True)
    target.write_bytes(whole[:-20])
    assert detect(source, target, skip_bad=True) == whole


def test_an_article_on_which_the_engine_fails_is_passed_over_once(source, target, monkeypatch):
    genuine = LiteEngine.detect

    def fails(engine, document):
        return genuine(engine, document) if "2 m" not in document.text else 1 / 0

    monkeypatch.setattr(LiteEngine, "detect", fails)
    whole = detect(source, target, skip_bad=True)
    target.write_bytes(whole[:-20])
    assert ids(detect(source, target, skip_bad=True)) == [0, 1, 3, 4, 5]


def test_an_engine_that_cannot_work_stops_the_run(source, target, monkeypatch):
    def fails(engine, document):
        raise EngineUnusable("The endpoint is asleep. Wake it.")

    monkeypatch.setattr(LiteEngine, "detect", fails)
    with pytest.raises(CommandError, match=r"Line 1 of .* asleep. Wake it. Then run"):
        detect(source, target, skip_bad=True)


def test_a_line_that_is_too_long_is_bad(source, target, settings, capsys):
    settings.ASSAY_MAX_ARTICLE_BYTES = 300
    add(source, b'{"id": "long", "text": "' + b"x" * 200_000 + b'"}\n')
    add(source, b'{"id": "large", "text": "' + b"x" * 400 + b'"}\n{"id": "last", "text": "x"}\n')
    assert ids(detect(source, target, skip_bad=True))[-2:] == [5, "last"]
    assert capsys.readouterr().err.count("larger than 300 bytes") == 2


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"engine": "oracle"}, "no engine “oracle”"),
        ({"workers": 0}, "1 or more"),
    ],
)
def test_what_cannot_be_done_is_refused(source, target, options, complaint):
    with pytest.raises(CommandError, match=complaint):
        detect(source, target, **options)


def test_the_input_is_not_written_over(source):
    with pytest.raises(CommandError, match="same file"):
        detect(source, source)


def test_the_input_is_not_written_over_by_another_of_its_names(source, tmp_path):
    (tmp_path / "other.jsonl").hardlink_to(source)
    with pytest.raises(CommandError, match="same file"):
        detect(source, tmp_path / "other.jsonl")


@pytest.mark.parametrize("device", ["/dev/full", "/dev/null"])
def test_what_is_no_plain_file_is_not_written_to(source, device):
    with pytest.raises(CommandError, match="Name a plain file"):
        call_command("detect", str(source), device, engine="rules-lite")


def test_a_file_that_ends_in_something_else_is_left_alone(source, target):
    target.write_bytes(b"my notes, in one line")
    with pytest.raises(CommandError, match="no result"):
        detect(source, target)
    assert target.read_bytes() == b"my notes, in one line"


def test_two_runs_do_not_write_at_once(source, target):
    with target.open("wb") as other:
        fcntl.flock(other, fcntl.LOCK_EX)
        with pytest.raises(CommandError, match="Another run"):
            detect(source, target)


def test_a_missing_file_is_named(target, tmp_path):
    with pytest.raises(CommandError, match=r"absent\.jsonl"):
        detect(tmp_path / "absent.jsonl", target)
