"""The hash chain of the public record, in pure functions.

Each document is canonical JSON (RFC 8785) and holds `seq` and `previous`, the SHA-256 of the document
before it (the empty string in the first). Its own SHA-256 is over its bytes, so changing any earlier
document breaks every later one.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

import rfc8785


@dataclass(frozen=True, slots=True)
class Link:
    """One stored entry, as the database has it."""

    seq: int
    document: str
    sha256: str
    previous_sha256: str


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and with which entry."""

    seq: int
    problem: str


def canonical(document: dict[str, Any]) -> str:
    return rfc8785.dumps(document).decode()


def digest(document: str) -> str:
    """SHA-256 of the document's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(document.encode()).hexdigest()


def find_faults(links: Iterable[Link]) -> Iterator[Fault]:
    """Walk the record from its first entry and name whatever does not fit, entry by entry."""
    expected_seq, previous = 1, ""
    for link in links:
        if link.seq != expected_seq:
            missing = (
                f"{expected_seq}"
                if link.seq == expected_seq + 1
                else f"{expected_seq}–{link.seq - 1}"
            )
            yield Fault(link.seq, f"entries are missing before it: {missing}")
        if digest(link.document) != link.sha256:
            yield Fault(link.seq, "the document does not match its hash")
        if link.previous_sha256 != previous:
            yield Fault(link.seq, "it does not follow from the entry before it")
        yield from _compare_inside(link)
        expected_seq, previous = link.seq + 1, link.sha256


def _compare_inside(link: Link) -> Iterator[Fault]:
    try:
        inside = json.loads(link.document)
    except ValueError:
        yield Fault(link.seq, "the document is not JSON")
        return
    if not isinstance(inside, dict):
        yield Fault(link.seq, "the document is not a JSON object")
    elif (inside.get("seq"), inside.get("previous")) != (link.seq, link.previous_sha256):
        yield Fault(link.seq, "its number or the previous hash differs inside the document")
