#!/usr/bin/env python3
"""Check a download of a desk's public record: nothing altered, nothing missing, and signed for by the desk.

    python verify.py publications.ndjson --proof proof.json --key FINGERPRINT
    curl -s https://desk.example.org/api/v1/exports/publications.ndjson | python verify.py --proof proof.json

The record is one entry a line, {"sha256":"…","document":{…}}, as the desk sends it: the bytes of the document are
what is hashed. Each document holds its number and the hash of the entry before, so an entry that was altered, left
out or put in between breaks the chain. --proof is what the desk answers at /api/v1/keys/ and /api/v1/heads/, in one
file or several: a head is the number and hash of the newest entry, signed with Ed25519 (RFC 8032). It shows a
record that was cut off or written anew as a whole. --key is the fingerprint of the key that you noted once; where
the desk has changed its key since, the old one must have signed the new one.

Needs Python 3.8 or newer and nothing else; no network is used. The record is read line by line, so its size does not
matter. Ends with 0 when everything fits, with 1 when anything does not, with 2 when it cannot be read.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO, Any, Tuple  # noqa: UP035 - read by older Pythons than ours

LINE = re.compile(rb'\{"sha256":"([0-9a-f]{64})","document":(\{.*\})\}\s*', re.DOTALL)
HEX = re.compile("[0-9a-f]{64}")
LONGEST_LINE = 256 * 1024 * 1024
SHOWN = 100


# The chain


@dataclass(frozen=True)
class Link:
    """One entry, with what is said of it beside its document."""

    seq: int
    document: str
    sha256: str
    previous_sha256: str


@dataclass(frozen=True)
class Fault:
    """What is wrong, and with which entry."""

    seq: int
    problem: str


def digest(document: str) -> str:
    """SHA-256 of the document's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(document.encode()).hexdigest()


def find_faults(links: Iterable[Link], after: int = 0, previous: str = "") -> Iterator[Fault]:
    """Walk the record from the entry after a known one and name whatever does not fit, entry by entry."""
    expected = after + 1
    for link in links:
        if link.seq != expected:
            few = link.seq <= expected + 1
            missing = str(expected) if few else f"{expected}–{link.seq - 1}"
            yield Fault(link.seq, f"entries are missing before it: {missing}")
        if digest(link.document) != link.sha256:
            yield Fault(link.seq, "the document does not match its hash")
        if link.previous_sha256 != previous:
            yield Fault(link.seq, "it does not follow from the entry before it")
        yield from _compare_inside(link)
        expected, previous = link.seq + 1, link.sha256


def _compare_inside(link: Link) -> Iterator[Fault]:
    try:
        inside = json.loads(link.document)
    except (ValueError, RecursionError):
        yield Fault(link.seq, "the document is not JSON")
        return
    if not isinstance(inside, dict):
        yield Fault(link.seq, "the document is not a JSON object")
    elif (inside.get("seq"), inside.get("previous")) != (link.seq, link.previous_sha256):
        yield Fault(link.seq, "its number or the previous hash differs inside the document")


# Ed25519, from RFC 8032, section 5.1: only what checking a signature takes

P = 2**255 - 19
ORDER = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P
ROOT = pow(2, (P - 1) // 4, P)  # of -1
#: X, Y, Z, T with x = X/Z, y = Y/Z, xy = T/Z.
Point = Tuple[int, int, int, int]  # noqa: UP006 - read by older Pythons than ours
NEUTRAL: Point = (0, 1, 1, 0)


def _add(one: Point, two: Point) -> Point:
    a = (one[1] - one[0]) * (two[1] - two[0]) % P
    b = (one[1] + one[0]) * (two[1] + two[0]) % P
    c = 2 * D * one[3] * two[3] % P
    d = 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def _decode(encoded: bytes) -> Point | None:
    """The point that these 32 bytes name, if they name one."""
    number = int.from_bytes(encoded, "little")
    y, sign = number & (2**255 - 1), number >> 255
    if y >= P:
        return None
    u, v = (y * y - 1) % P, (D * y * y + 1) % P
    x = u * v**3 * pow(u * v**7, (P - 5) // 8, P) % P
    if (v * x * x - u) % P:
        x = x * ROOT % P
    if (v * x * x - u) % P or (sign and not x):
        return None
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


def _encode(point: Point) -> bytes:
    inverse = pow(point[2], P - 2, P)
    x, y = point[0] * inverse % P, point[1] * inverse % P
    return (y | (x & 1) << 255).to_bytes(32, "little")


BASE = _decode((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")) or NEUTRAL


def is_signed(public_key: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the owner of the key signed the message: R is the encoding of S·B − k·A."""
    key = _decode(public_key) if len(public_key) == 32 else None
    s = int.from_bytes(signature[32:], "little")
    if key is None or len(signature) != 64 or s >= ORDER:
        return False
    hashed = hashlib.sha512(signature[:32] + public_key + message).digest()
    k = int.from_bytes(hashed, "little") % ORDER
    minus: Point = (P - key[0], key[1], 1, P - key[3])
    table = (NEUTRAL, BASE, minus, _add(BASE, minus))
    found = NEUTRAL
    for bit in range(252, -1, -1):
        found = _add(found, found)
        chosen = (s >> bit & 1) | (k >> bit & 1) << 1
        if chosen:
            found = _add(found, table[chosen])
    return _encode(found) == signature[:32]


# Keys and heads


def canonical(content: Any) -> bytes:
    """The bytes that were signed. Of whole numbers and text with plain names this is RFC 8785."""
    return json.dumps(content, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def unpack(text: Any) -> bytes:
    """Base64, or nothing where it is none."""
    try:
        return base64.b64decode(text, validate=True) if isinstance(text, str) else b""
    except ValueError:
        return b""


@dataclass(frozen=True)
class Key:
    """A key of the desk, as it was announced."""

    said: dict[str, Any]
    signature: bytes
    signature_before: bytes

    @property
    def id(self) -> str:
        return str(self.said.get("key"))

    @property
    def before(self) -> str | None:
        before = self.said.get("previous")
        return before if isinstance(before, str) else None

    @property
    def public(self) -> bytes:
        return unpack(self.said.get("public_key"))

    @property
    def place(self) -> tuple[int, str]:
        """Where the record stood when it came into use."""
        return place_of(self.said)

    @property
    def is_sound(self) -> bool:
        """Its fingerprint is its own, and whoever announced it holds it."""
        return (
            self.said.get("type") == "assay.key"
            and hashlib.sha256(self.public).hexdigest() == self.id
            and is_signed(self.public, canonical(self.said), self.signature)
        )

    def is_named_by(self, older: Key) -> bool:
        return self.before == older.id and is_signed(
            older.public, canonical(self.said), self.signature_before
        )


@dataclass(frozen=True)
class Head:
    said: dict[str, Any]
    signature: bytes

    @property
    def key(self) -> str:
        return str(self.said.get("key"))

    @property
    def place(self) -> tuple[int, str]:
        return place_of(self.said)

    def __str__(self) -> str:
        return f"head {self.said.get('number')} (entry {self.said.get('seq')})"


def place_of(said: dict[str, Any]) -> tuple[int, str]:
    """Number and hash of an entry; (-1, "") where they are none."""
    seq, sha256 = said.get("seq"), said.get("sha256")
    if type(seq) is not int or seq < 0 or not isinstance(sha256, str):
        return -1, ""
    return (seq, sha256) if bool(HEX.fullmatch(sha256)) == bool(seq) else (-1, "")


class Proof:
    """Keys and heads, and what does not fit among them. `places` is what the record must hold."""

    def __init__(self, keys: list[Key], heads: list[Head], pinned: str = "") -> None:
        self.keys = {key.id: key for key in keys if key.is_sound}
        self.faults = [f"key {key.id}: it is not what it says" for key in keys if not key.is_sound]
        first = next((key.id for key in keys if key.before is None), "")
        self.pinned = pinned or first
        self.limits: dict[str, int] = {}
        self.places: dict[int, str] = {}
        self.newest: Head | None = None
        self.trusted = self._follow()
        if pinned and pinned not in self.keys:
            self.faults.append(f"key {pinned}: the desk does not show this key")
        for head in heads:
            self._take(head)

    def _follow(self) -> set[str]:
        """Every key that follows from the pinned one: named by its elder, or naming it as its elder."""
        trusted = {self.pinned} & set(self.keys)
        while True:
            more = {new for key in self.keys.values() for new in self._leads_to(key, trusted)}
            if more <= trusted:
                break
            trusted |= more
        for key in self.keys.values():
            if key.id in trusted:
                self._succeed(key)
        return trusted

    def _leads_to(self, key: Key, trusted: set[str]) -> Iterator[str]:
        older = self.keys.get(key.before or "")
        if older and key.id in trusted:
            yield older.id
        if older and older.id in trusted and key.is_named_by(older):
            yield key.id

    def _succeed(self, key: Key) -> None:
        """Where a key came into use, the one before ended."""
        self._add_place(key.place, f"key {key.id}")
        if key.before is None:
            return
        if key.before in self.limits:
            self.faults.append(f"key {key.before}: it has two successors")
        self.limits[key.before] = key.place[0]

    def _take(self, head: Head) -> None:
        key, seq = self.keys.get(head.key), head.place[0]
        if head.said.get("type") != "assay.head" or seq < 1:
            self.faults.append(f"{head}: it is not what it says")
        elif key is None or head.key not in self.trusted:
            self.faults.append(
                f"{head}: its key {head.key} does not follow from {self.pinned or 'any'}"
            )
        elif not is_signed(key.public, canonical(head.said), head.signature):
            self.faults.append(f"{head}: the signature is not of its key")
        elif seq > self.limits.get(head.key, seq):
            self.faults.append(f"{head}: its key was out of use by then")
        else:
            self._add_place(head.place, str(head))
            newest = self.newest.said if self.newest else {}
            if (seq, _number(head.said)) > (newest.get("seq", 0), _number(newest)):
                self.newest = head

    def _add_place(self, place: tuple[int, str], whose: str) -> None:
        seq, sha256 = place
        if seq > 0 and self.places.setdefault(seq, sha256) != sha256:
            self.faults.append(f"{whose}: the desk has signed another entry {seq} as well")


def _number(said: dict[str, Any]) -> int:
    number = said.get("number")
    return number if isinstance(number, int) else 0


def read_proof(text: str) -> tuple[list[Key], list[Head]]:
    """Keys and heads of any answers of the desk, one after the other. Raises ValueError where there is no JSON."""
    keys, heads, at, decoder = [], [], 0, json.JSONDecoder()
    while at < len(text):
        if text[at].isspace():
            at += 1
            continue
        found, at = decoder.raw_decode(text, at)
        for one in _entries(found):
            signature = unpack(one.get("signature"))
            if isinstance(one.get("statement"), dict):
                before = unpack(one.get("previous_signature"))
                keys.append(Key(one["statement"], signature, before))
            elif isinstance(one.get("head"), dict):
                heads.append(Head(one["head"], signature))
            else:
                raise ValueError("there is something that is neither a key nor a head")
    return keys, heads


def _entries(found: Any) -> list[dict[str, Any]]:
    results = found.get("results", [found]) if isinstance(found, dict) else found
    if not isinstance(results, list) or not all(isinstance(one, dict) for one in results):
        raise ValueError("this is no answer of a desk")
    return results


# The download


class Walk:
    """One pass over a download: links out of lines, and what the lines themselves have wrong."""

    def __init__(self, stream: IO[bytes], after: int = 0) -> None:
        self.stream, self.after = stream, after
        self.last, self.sha256, self.count = after, "", 0
        self.unreadable: list[str] = []

    def links(self) -> Iterator[Link]:
        number = 0
        while True:
            line = self.stream.readline(LONGEST_LINE)
            if not line:
                return
            number += 1
            link = _link(line)
            if link is None:
                self.unreadable.append(f"line {number}: it is not an entry as the desk writes them")
                continue
            self.last, self.sha256, self.count = link.seq, link.sha256, self.count + 1
            yield link


def _link(line: bytes) -> Link | None:
    found = LINE.fullmatch(line)
    try:
        document = found[2].decode() if found else ""
        inside = json.loads(document)
    except (ValueError, RecursionError):
        return None
    seq, previous = inside.get("seq"), inside.get("previous")
    if found is None or type(seq) is not int or not isinstance(previous, str):
        return None
    return Link(seq, document, found[1].decode(), previous)


def check(walk: Walk, proof: Proof, previous: str = "") -> Iterator[str]:
    """Everything that is wrong with a download, while it is read."""
    yield from proof.faults
    if walk.after and proof.places.get(walk.after, previous) != previous:
        yield f"entry {walk.after}: the desk has signed another hash"

    def compared() -> Iterator[Link]:
        for link in walk.links():
            if proof.places.get(link.seq, link.sha256) != link.sha256:
                signed.append(f"entry {link.seq}: the desk has signed another hash")
            yield link

    signed: list[str] = []
    for fault in find_faults(compared(), walk.after, previous):
        yield from _emptied(walk.unreadable)
        yield f"entry {fault.seq}: {fault.problem}"
        yield from _emptied(signed)
    yield from _emptied(walk.unreadable, signed)
    newest = max(proof.places, default=0)
    if newest > walk.last:
        yield f"the download ends at entry {walk.last}, but the desk has signed entry {newest}"


def _emptied(*lists: list[str]) -> Iterator[str]:
    for one in lists:
        yield from one
        one.clear()


def _place(text: str) -> tuple[int, str]:
    seq, _, sha256 = text.partition(":")
    if not (seq.isdecimal() and HEX.fullmatch(sha256)):
        raise argparse.ArgumentTypeError("give it as NUMBER:SHA256")
    return int(seq), sha256


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("record", nargs="?", default="-", help="the download; - is standard input")
    parser.add_argument("--proof", nargs="+", default=[], help="what /keys/ and /heads/ answered")
    parser.add_argument("--key", default="", help="fingerprint of the key that you trust")
    parser.add_argument(
        "--after",
        type=_place,
        default=(0, ""),
        metavar="NUMBER:SHA256",
        help="the entry before the first of the download, as you know it",
    )
    return parser


def _summary(walk: Walk, proof: Proof, is_pinned: bool) -> Iterator[str]:
    yield f"{walk.count} entries verify, the newest is {walk.last}: {walk.sha256 or 'none'}"
    head = proof.newest
    if head is None:
        yield "No signed head was given, so a record that was cut off or written anew would not show."
        return
    yield f"Signed for up to entry {head.place[0]} at {head.said.get('signed_at')} by key {head.key}"
    if walk.last > head.place[0]:
        yield f"Entries after {head.place[0]} are not signed for by the heads that were given."
    if not is_pinned:
        yield "The key was taken as shown. Compare it with what the desk says elsewhere, and give it as --key."


def _read(paths: list[str], pinned: str) -> Proof:
    keys: list[Key] = []
    heads: list[Head] = []
    for path in paths:
        with open(path, encoding="utf-8") as file:
            some_keys, some_heads = read_proof(file.read())
        keys += some_keys
        heads += some_heads
    return Proof(keys, heads, pinned)


def _report(faults: Iterable[str]) -> int:
    """Tell the first of them, and how many there are."""
    count = 0
    for count, fault in enumerate(faults, 1):
        if count <= SHOWN:
            sys.stderr.write(fault + "\n")
    return count


def main(arguments: list[str] | None = None) -> int:
    options = _parser().parse_args(arguments)
    pinned = options.key.strip().lower()
    after, previous = options.after
    try:
        proof = _read(options.proof, pinned)
        with sys.stdin.buffer if options.record == "-" else open(options.record, "rb") as stream:
            walk = Walk(stream, after)
            count = _report(check(walk, proof, previous))
    except (OSError, ValueError, RecursionError) as error:
        sys.stderr.write(f"This cannot be read: {error}\n")
        return 2
    if pinned and proof.newest is None:
        count += _report(["no head that follows from your key was given"])
    if count:
        sys.stderr.write(f"This record does NOT verify: {count} fault(s).\n")
        return 1
    sys.stdout.write("\n".join(_summary(walk, proof, bool(pinned))) + "\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
