"""An archive's lines: from `{"id", "text", …}` to a document, and from a detection to a line of JSON.

Whoever analyses an archive has their own text, and counts in it. So every offset here is a code
point of the line's `text` exactly as given, although engines read it tidied, as the desk would
(`articles.ingest.given_text`), and every quote is cut from the text as given.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from articles.document import Block, BlockKind, Document
from articles.ingest.given_text import GivenText, read_given
from articles.ingest.language import guess_language
from articles.ingest.plain_text import read_layout
from claims.detection.base import (
    Attribution,
    Candidate,
    Detection,
    Engine,
    Exchange,
    Mention,
    Place,
    Refused,
)
from claims.detection.validate import validate

Json = dict[str, Any]

TEXTS = ("title", "language", "published_at")


class BadLine(ValueError):
    """A line that is no article. The message says why."""


@dataclass(frozen=True, slots=True)
class ArchiveLine:
    """What a line says. `id` is a string or a number, and is given back as it came.

    A language that the line does not name is guessed from the text.
    """

    id: str | int
    text: str
    title: str = ""
    language: str = "en"
    published_on: date | None = None


def read_line(line: str | bytes) -> ArchiveLine:
    """The article on a line. Names that are not known are passed over. Raises BadLine."""
    try:
        said = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadLine(f"It is not JSON: {error}.") from None
    if not isinstance(said, dict):
        raise BadLine('It is not an object with "id" and "text".')
    name = said.get("id")
    if isinstance(name, bool) or not isinstance(name, str | int):
        raise BadLine('"id" is missing, or neither a string nor a whole number.')
    if not isinstance(said.get("text"), str):
        raise BadLine('"text" is missing, or not a string.')
    for key in TEXTS:
        if not isinstance(said.get(key), str | None):
            raise BadLine(f'"{key}" is not a string.')
    return ArchiveLine(
        name,
        said["text"],
        said.get("title") or "",
        said.get("language") or guess_language(said["text"]),
        _day(said.get("published_at") or ""),
    )


def _day(text: str) -> date | None:
    """The day of `2026-03-01` or of `2026-03-01T12:00:00Z`, as it stands there."""
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).date()
    except ValueError:
        raise BadLine(f'"published_at" is not a date like 2026-03-01: {text[:50]!r}.') from None


@dataclass(frozen=True, slots=True)
class Reading:
    """A line made ready for an engine: the document it reads, and the way back to the text as given."""

    line: ArchiveLine
    text: GivenText
    document: Document


def prepare(line: ArchiveLine) -> Reading:
    """Lay the text out as the desk would. A title is never inserted, only recognised."""
    given = read_given(line.text)
    blocks = read_layout(given.tidied).document.blocks if given.tidied.strip() else ()
    blocks = _with_headline(given.tidied, blocks, line.title)
    return Reading(line, given, Document(given.tidied, blocks, line.language, line.published_on))


def _with_headline(text: str, blocks: tuple[Block, ...], title: str) -> tuple[Block, ...]:
    """The first block is the headline when it says what the title says, however it looks."""
    first = blocks[0] if blocks else None
    if first is None or not _letters(title) or len(blocks) == 1:
        return blocks
    if _letters(text[first.start : first.end]) != _letters(title):
        return blocks
    others = (
        Block(BlockKind.PARAGRAPH, block.start, block.end)
        if block.kind is BlockKind.HEADLINE
        else block
        for block in blocks[1:]
    )
    return (Block(BlockKind.HEADLINE, first.start, first.end), *others)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


def detect_line(line: ArchiveLine, engine: Engine, *, with_trace: bool = False) -> str:
    """What the engine finds in the line's text, checked, as a line of JSON without its end."""
    reading = prepare(line)
    found = engine.detect(reading.document) if reading.document.blocks else Detection(())
    detection, refused = validate(reading.document, found)
    result = {
        "id": line.id,
        "engine": engine.name,
        "engine_version": engine.version,
        "blocks": [
            {"kind": block.kind.value, **_range(reading, Place(block.start, block.end))}
            for block in reading.document.blocks
        ],
        "claims": [_claim(reading, candidate) for candidate in detection.candidates],
        "left_out": [
            {**_range(reading, item.place), "reason": item.reason} for item in detection.left_out
        ],
        "refused": [_refusal(item) for item in refused],
    }
    if with_trace:
        result["trace"] = [_exchange(reading, item) for item in detection.trace]
    return _written(result)


def _written(result: Json) -> str:
    """Readable where it can be; escaped where the text holds half a surrogate pair, which UTF-8 cannot write."""
    text = json.dumps(result, ensure_ascii=False)
    try:
        text.encode()
    except UnicodeEncodeError:
        return json.dumps(result)
    return text


def _claim(reading: Reading, claim: Candidate) -> Json:
    said = claim.attribution
    return {
        "statement": claim.statement,
        "kind": claim.kind,
        "mode": claim.mode,
        "worth": claim.worth,
        "reasons": list(claim.reasons),
        "spans": [_quoted(reading, place) for place in claim.spans],
        "claimant": claim.claimant or None,
        "claimant_role": said.role if said and claim.claimant else "",
        "claimant_is_unnamed": bool(said and claim.claimant and said.is_anonymous),
        "attribution": _attribution(reading, said) if said else None,
        "dates": _mentions(reading, claim.dates),
        "quantities": _mentions(reading, claim.quantities),
        "names": _mentions(reading, claim.names),
        "parts": [
            {"name": part.name, "score": part.score, "reason": part.reason} for part in claim.parts
        ],
    }


def _attribution(reading: Reading, said: Attribution) -> Json:
    return {
        "source": _range(reading, said.source) if said.source else None,
        "cue": _range(reading, said.cue) if said.cue else None,
        "content": [_range(reading, place) for place in said.content],
    }


def _mentions(reading: Reading, mentions: Sequence[Mention]) -> list[Json]:
    return [
        {
            **_quoted(reading, mention.place),
            "value": mention.value,
            "is_relative": mention.is_relative,
        }
        for mention in mentions
    ]


def _refusal(refused: Refused) -> Json:
    return {"statement": refused.statement, "reason": refused.reason}


def _exchange(reading: Reading, item: Exchange) -> Json:
    return {
        "step": item.step,
        **_range(reading, item.passage),
        "question": item.question,
        "answer": item.answer,
        "model": item.model,
        "dialect": item.dialect,
        "fault": item.fault,
        "attempts": item.attempts,
        "tokens_in": item.tokens_in,
        "tokens_out": item.tokens_out,
        "seconds": item.seconds,
    }


def _range(reading: Reading, place: Place) -> Json:
    start, end = reading.text.place(place.start, place.end)
    return {"start": start, "end": end}


def _quoted(reading: Reading, place: Place) -> Json:
    start, end = reading.text.place(place.start, place.end)
    return {"start": start, "end": end, "quote": reading.line.text[start:end]}
