"""An archive through an engine: lines of articles in, lines of claims out, in order, without the database.

The output is written line by line, so that a run that was cut short goes on where it stopped. What
is there already is compared with the input as it is passed over: its ids, its engine, its quotes.
With more workers the lines are read by several processes and still written in their order, so that
the output is the same, byte for byte, whatever their number.
"""

import fcntl
import json
import os
import stat
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import ExitStack
from dataclasses import dataclass
from functools import cache, partial
from multiprocessing import get_context
from pathlib import Path
from typing import BinaryIO

from django.conf import settings

from claims import workers
from claims.detection.archive import ArchiveLine, BadLine, detect_line, read_line
from claims.detection.base import Engine, EngineUnusable
from claims.services.detection import choose_engine, load_engine

#: JSON may write each byte of a text as six.
ESCAPED, ROOM = 6, 65_536
#: How each result begins.
BEGINNING = b'{"id": '
#: Lines that wait for each worker, so that none is idle while the first of them is slow.
WAITING = 4


class ArchiveError(Exception):
    """Why the run stopped, and what to do."""


@dataclass(frozen=True, slots=True)
class ArchiveRun:
    """What is asked for. Without an engine, each line is read by the one the desk would choose for its language."""

    source: Path
    target: Path
    engine: str = ""
    workers: int = 1
    skips_bad: bool = False
    with_trace: bool = False


@dataclass(slots=True)
class Tally:
    """How many lines were there before, were written now, and were passed over as bad."""

    kept: int = 0
    written: int = 0
    bad: int = 0


@dataclass(frozen=True, slots=True)
class Line:
    number: int
    content: bytes
    size: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a line: the result, or why there is none. `is_final` when no other line will have one."""

    line: Line
    text: str = ""
    fault: str = ""
    is_final: bool = False


@dataclass(frozen=True, slots=True)
class Watcher:
    """Who is told of each line that is done with: of its bytes, and of bad ones that are passed over."""

    passed: Callable[[int], None]
    skipped: Callable[[str], None]


def detect_archive(run: ArchiveRun, watcher: Watcher) -> Tally:
    """Read the source to its end. Raises ArchiveError; what was written until then stays."""
    with ExitStack() as stack:
        source = stack.enter_context(run.source.open("rb"))
        target = stack.enter_context(_opened(run.target))
        lines = _lines(source)
        tally = Tally()
        _pass_over(run, watcher, tally, lines, target)
        for outcome in _outcomes(run, lines, stack):
            if outcome.fault:
                _bad(run, watcher, tally, outcome)
            else:
                target.write(outcome.text.encode() + b"\n")
                target.flush()
                tally.written += 1
            watcher.passed(outcome.line.size)
        return tally


def _opened(path: Path) -> BinaryIO:
    """The output, to be read and then written on, by nobody else meanwhile."""
    number = os.open(path, os.O_RDWR | os.O_CREAT, 0o666)
    try:
        fcntl.flock(number, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        os.close(number)
        raise ArchiveError(f"Another run is writing {path}. Wait for it, or stop it.") from None
    if not stat.S_ISREG(os.fstat(number).st_mode):
        os.close(number)
        raise ArchiveError(f"{path} is not a file that can be gone on with. Name a plain file.")
    return open(number, "r+b")


def _limit() -> int:
    return ESCAPED * settings.ASSAY_MAX_ARTICLE_BYTES + ROOM


def _lines(file: BinaryIO) -> Iterator[Line]:
    """The lines that hold anything. Of one that is too long only the beginning is kept."""
    number = 0
    while content := file.readline(_limit() + 1):
        number += 1
        size = len(content)
        rest = content
        while not rest.endswith(b"\n") and (rest := file.readline(ROOM)):
            size += len(rest)
        if content.strip():
            yield Line(number, content, size)


def _bad(run: ArchiveRun, watcher: Watcher, tally: Tally, outcome: Outcome) -> None:
    message = f"Line {outcome.line.number} of {run.source}: {outcome.fault}"
    if outcome.is_final:
        raise ArchiveError(f"{message} Then run the command again: it goes on where it stopped.")
    if not run.skips_bad:
        raise ArchiveError(f"{message} Mend it, or pass over such lines with --skip-bad.")
    watcher.skipped(message)
    tally.bad += 1


# What is there already


def _pass_over(
    run: ArchiveRun, watcher: Watcher, tally: Tally, lines: Iterator[Line], target: BinaryIO
) -> None:
    """Go through the results that are there and the lines they came from; drop one that was cut short."""
    end = 0
    for result in target:
        if not result.endswith(b"\n"):
            _refuse_foreign_end(run, result)
            break
        _pass_one(run, watcher, tally, lines, result)
        end += len(result)
    target.seek(end)
    target.truncate()


def _refuse_foreign_end(run: ArchiveRun, end: bytes) -> None:
    """A last line that was cut short is written again, but only one of ours."""
    if end[: len(BEGINNING)] != BEGINNING[: len(end)]:
        raise ArchiveError(f"{run.target} ends in something that is no result. Name another file.")


def _pass_one(
    run: ArchiveRun, watcher: Watcher, tally: Tally, lines: Iterator[Line], result: bytes
) -> None:
    for line in lines:
        watcher.passed(line.size)
        try:
            article = _article(line)
            fault = _foreign(run, article, result)
        except BadLine as error:
            _bad(run, watcher, tally, Outcome(line, fault=str(error)))
            continue
        if not fault:
            tally.kept += 1
            return
        raise ArchiveError(
            f"{run.target} holds something else than results for {run.source}: at its line "
            f"{tally.kept + 1}, {fault}. Name another file, or remove this one."
        )
    raise ArchiveError(
        f"{run.target} has more results than {run.source} has articles. Name another file."
    )


def _foreign(run: ArchiveRun, article: ArchiveLine, result: bytes) -> str:
    """Why this result does not come from this article and engine, or nothing.

    Raises BadLine for an article that was passed over because the engine failed on it.
    """
    engine = _engine(run.engine or choose_engine(article.language))
    try:
        found = json.loads(result)
        if found["id"] != article.id and run.skips_bad:
            raise BadLine("It was passed over before.")
        if found["id"] != article.id:
            return f"the id is {found['id']!r} where {article.id!r} was expected"
        made_by = (found["engine"], found["engine_version"])
        if made_by != (engine.name, engine.version):
            return (
                f"the engine is {' '.join(map(str, made_by))}, not {engine.name} {engine.version}"
            )
        spans = [span for claim in found["claims"] for span in claim["spans"]]
        is_same = all(article.text[s["start"] : s["end"]] == s["quote"] for s in spans)
        return "" if is_same else f"the quotes are not those of the text of {article.id!r}"
    except BadLine:
        raise
    except (ValueError, KeyError, TypeError, RecursionError):
        return "there is no result of this command"


# The work


def _outcomes(run: ArchiveRun, lines: Iterator[Line], stack: ExitStack) -> Iterator[Outcome]:
    """The outcome of each line, in their order."""
    work = partial(_work, engine=run.engine, with_trace=run.with_trace)
    if run.workers == 1:
        yield from map(work, lines)
        return
    pool = ProcessPoolExecutor(run.workers, get_context("spawn"), initializer=workers.start)
    stack.callback(pool.shutdown, cancel_futures=True)
    waiting: deque[Future[Outcome]] = deque()
    try:
        for line in lines:
            waiting.append(pool.submit(work, line))
            if len(waiting) > WAITING * run.workers:
                yield waiting.popleft().result()
        while waiting:
            yield waiting.popleft().result()
    except BrokenProcessPool:
        raise ArchiveError(
            "A worker ended without a word, perhaps for want of memory. Run the command again: it "
            "goes on where it stopped."
        ) from None


def _work(line: Line, *, engine: str, with_trace: bool) -> Outcome:
    try:
        article = _article(line)
        chosen = _engine(engine or choose_engine(article.language))
        return Outcome(line, detect_line(article, chosen, with_trace=with_trace))
    except BadLine as error:
        return Outcome(line, fault=str(error))
    except EngineUnusable as error:
        return Outcome(line, fault=str(error), is_final=True)
    except Exception as error:  # one article must not end the run over an archive unseen
        return Outcome(
            line, fault=f"The engine failed: {type(error).__name__}: {str(error).rstrip('.')}."
        )


def _article(line: Line) -> ArchiveLine:
    if len(line.content) > _limit():
        raise BadLine(_too_large())
    article = read_line(line.content)
    if len(article.text.encode("utf-8", "surrogatepass")) > settings.ASSAY_MAX_ARTICLE_BYTES:
        raise BadLine(_too_large())
    return article


def _too_large() -> str:
    return f"Its text is larger than {settings.ASSAY_MAX_ARTICLE_BYTES} bytes (ASSAY_MAX_ARTICLE_BYTES)."


@cache
def _engine(name: str) -> Engine:
    return load_engine(name)
