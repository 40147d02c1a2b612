"""Lone sentences scored: lines of JSON in, the same lines with `worth` and `checkworthy` out, without the database.

One line is held at a time. What is in the output already is compared with the input, line by line, and the run goes
on after it; a last line that was cut short is written again.
"""

import json
import os
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO

from claims.detection.worth import FactualForm

LONGEST_LINE = 4_000_000
DIGITS = 6
FLUSHED_EVERY = 1000


class ScoringError(Exception):
    """Why the run stopped, and what to do."""


class BadLine(ValueError):
    """A line that is no sentence. The message says why."""


@dataclass(slots=True)
class Tally:
    """How many lines were there before, were written now, and were passed over as bad."""

    kept: int = 0
    written: int = 0
    bad: int = 0


@dataclass(frozen=True, slots=True)
class Scorer:
    """How to score: the model, whether bad lines are passed over, and who is told of bytes read and lines skipped."""

    form: FactualForm
    skips_bad: bool = False
    passed: Callable[[int], object] = lambda size: None
    skipped: Callable[[str], object] = lambda message: None


def score_line(content: bytes, form: FactualForm) -> dict[str, Any]:
    """The object of a line with its scores. Other names are kept as they are. Raises BadLine."""
    said = read_line(content)
    worth = form.probability(said["text"])
    return {**said, "worth": round(worth, DIGITS), "checkworthy": worth >= form.threshold}


def read_line(content: bytes) -> dict[str, Any]:
    """The object of a line. Raises BadLine."""
    if len(content) > LONGEST_LINE:
        raise BadLine(f"It is longer than {LONGEST_LINE} bytes.")
    try:
        said = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise BadLine(f"It is not JSON: {error}.") from None
    if not isinstance(said, dict):
        raise BadLine('It is not an object with "id" and "text".')
    if isinstance(said.get("id"), bool) or not isinstance(said.get("id"), str | int):
        raise BadLine('"id" is missing, or neither a string nor a whole number.')
    if not isinstance(said.get("text"), str):
        raise BadLine('"text" is missing, or not a string.')
    return said


def score_file(source: Path, target: Path, scorer: Scorer) -> Tally:
    """Score a file into another, after what is there already. Raises ScoringError; what was written stays."""
    with source.open("rb") as lines, _opened(target) as out:
        reading = _Reading(lines, scorer, str(source))
        end = 0
        for result in out:
            if not result.endswith(b"\n"):
                if not result.startswith(b"{"):
                    raise ScoringError(
                        f"{target} ends in something that is no score. Name another file."
                    )
                break
            _check_same(reading, result, target)
            end += len(result)
        out.seek(end)
        out.truncate()
        return _score(reading, out)


def score_stream(source: BinaryIO, target: BinaryIO, scorer: Scorer) -> Tally:
    """Score what flows by."""
    return _score(_Reading(source, scorer, "the input"), target)


class _Reading:
    """The sentences of the input, in order, with the count of bad lines."""

    def __init__(self, lines: BinaryIO, scorer: Scorer, name: str) -> None:
        self.scorer, self.name, self.tally = scorer, name, Tally()
        self._lines = _numbered(lines, scorer.passed)

    def next(self) -> dict[str, Any] | None:
        """The next good line's object, scored; None at the end."""
        for number, content in self._lines:
            try:
                return score_line(content, self.scorer.form)
            except BadLine as error:
                message = f"Line {number} of {self.name}: {error}"
                if not self.scorer.skips_bad:
                    raise ScoringError(
                        f"{message} Mend it, or pass over such lines with --skip-bad."
                    ) from None
                self.scorer.skipped(message)
                self.tally.bad += 1
        return None


def _numbered(lines: BinaryIO, passed: Callable[[int], object]) -> Iterator[tuple[int, bytes]]:
    """The lines that hold anything, with their numbers. Of one that is too long only the beginning is kept."""
    number = 0
    while content := lines.readline(LONGEST_LINE + 1):
        number += 1
        size, rest = len(content), content
        while not rest.endswith(b"\n") and (rest := lines.readline(LONGEST_LINE)):
            size += len(rest)
        if number == 1:
            content = content.removeprefix(b"\xef\xbb\xbf")
        if content.strip():
            yield number, content
        passed(size)


def _score(reading: _Reading, out: BinaryIO) -> Tally:
    try:
        while (scored := reading.next()) is not None:
            out.write(_written(scored))
            reading.tally.written += 1
            if reading.tally.written % FLUSHED_EVERY == 0:
                out.flush()
    finally:
        out.flush()
    return reading.tally


def _check_same(reading: _Reading, result: bytes, target: Path) -> None:
    """That this result is what this input and these weights give."""
    scored = reading.next()
    place = reading.tally.kept + 1
    if scored is None:
        raise ScoringError(
            f"{target} has more lines than {reading.name} has sentences. Name another file."
        )
    if result != _written(scored):
        raise ScoringError(
            f"{target} holds something else than the scores of {reading.name}, at its line {place}. "
            "Name another file, or remove this one."
        )
    reading.tally.kept += 1


def _written(scored: dict[str, Any]) -> bytes:
    """Readable where it can be; escaped where the text holds half a surrogate pair, which UTF-8 cannot write."""
    try:
        return (json.dumps(scored, ensure_ascii=False) + "\n").encode()
    except UnicodeEncodeError:
        return (json.dumps(scored) + "\n").encode()


def _opened(path: Path) -> BinaryIO:
    """The output, to be read and then written on."""
    number = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise ScoringError(f"{path} is not a file that can be gone on with. Name a plain file.")
    return open(number, "r+b")
