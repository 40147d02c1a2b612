"""Everything that can be wrong with the public record as the database has it, each fault with its place.

Triggers refuse changes, but whoever owns the database can switch them off. So every column is compared with what was
hashed or signed: the chain proves the documents, the documents their columns and, by `private_sha256`, what only the
desk sees; signatures prove heads and keys. Rows come as text and by pieces, so that no value stops the search and no
record is too long for it.
"""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db.models import Max, Min, OuterRef, QuerySet, Subquery, TextField
from django.db.models.functions import Cast

from publishing import chain
from publishing.models import CurrentVerdict, Publication, SignedHead, SigningKey
from publishing.proof import keys
from publishing.proof.heads import moment

Row = dict[str, Any]
PIECE = 500


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and where."""

    place: str
    problem: str

    def __str__(self) -> str:
        return f"{self.place}: {self.problem}"


def find_all() -> Iterator[Fault]:
    yield from check_entries()
    known = list(SigningKey.objects.values(*KEY_COLUMNS, at=_text("created_at")))
    yield from check_keys(known)
    yield from check_heads(known)
    yield from check_current()


# Entries


def check_entries() -> Iterator[Fault]:
    """The chain, and each entry's columns against its document."""
    beside: list[Fault] = []

    def links() -> Iterator[chain.Link]:
        for row in _rows(Publication.objects.order_by("seq"), *ENTRY_COLUMNS, at="published_at"):
            beside.extend(_compare_entry(row))
            yield chain.Link(row["seq"], row["document"], row["sha256"], row["previous_sha256"])

    for fault in chain.find_faults(links()):
        yield Fault(f"entry {fault.seq}", fault.problem)
        yield from _emptied(beside)
    yield from _emptied(beside)


ENTRY_COLUMNS = (
    *("seq", "document", "sha256", "previous_sha256", "kind", "note", "gate", "nonce"),
    *("claim_id", "verdict_id", "published_by_id"),
)


def _compare_entry(row: Row) -> Iterator[Fault]:
    said, at = _parse(row["document"]), _moment(row["at"])
    found = {
        "kind": row["kind"],
        "note": row["note"],
        "id": str(row["claim_id"]),
        "published_at": at and f"{at:%Y-%m-%dT%H:%M:%SZ}",
    }
    yield from _differences(f"entry {row['seq']}", found, said)
    if said.get("private_sha256", "") != (_private_digest(row, at) if row["nonce"] else ""):
        yield Fault(
            f"entry {row['seq']}",
            "who published it, when, which verdict or the signed checklist is not as it was published",
        )


def _private_digest(row: Row, at: datetime | None) -> str | None:
    if at is None:
        return None
    return chain.private_digest(
        gate=row["gate"],
        published_by=row["published_by_id"],
        published_at=at,
        verdict=row["verdict_id"],
        nonce=row["nonce"],
    )


# Keys and heads


KEY_COLUMNS = (
    *("id", "fingerprint", "public_key", "predecessor_id", "statement", "signature"),
    "predecessor_signature",
)


def check_keys(known: list[Row]) -> Iterator[Fault]:
    """Each key against the statement that announced it, and the statement against both signatures."""
    by_id = {row["id"]: row for row in known}
    for row in known:
        place, said = f"key {row['fingerprint']}", _parse(row["statement"])
        before = by_id.get(row["predecessor_id"], {})
        at = _moment(row["at"])
        found = {
            "type": "assay.key",
            "key": row["fingerprint"],
            "public_key": row["public_key"],
            "previous": before.get("fingerprint"),
            "created_at": at and moment(at),
        }
        yield from _differences(place, found, said)
        if _id_of(str(said.get("key"))) != row["id"]:
            yield Fault(place, "it stands under another id")
        if not keys.is_signed(row["public_key"], row["statement"], row["signature"]):
            yield Fault(place, "its own signature is not of it")
        signed = row["predecessor_signature"]
        if bool(signed) == bool(said.get("is_previous_lost") or not said.get("previous")):
            yield Fault(place, "the signature of the key before is missing, or too many")
        elif signed and not keys.is_signed(before.get("public_key", ""), row["statement"], signed):
            yield Fault(place, "the signature is not of the key before it")


HEAD_COLUMNS = ("number", "publication_id", "key_id", "document", "signature")


def check_heads(known: list[Row]) -> Iterator[Fault]:
    """Each head against its signature, its columns, and the entry that it was signed for."""
    by_id = {row["id"]: row for row in known}
    stands = Publication.objects.filter(pk=OuterRef("publication_id")).values("sha256")
    heads = SignedHead.objects.order_by("number").annotate(stands=Subquery(stands))
    for expected, row in enumerate(_rows(heads, *HEAD_COLUMNS, "stands", at="signed_at"), 1):
        place, key = f"head {row['number']}", by_id.get(row["key_id"], {})
        said, at = _parse(row["document"]), _moment(row["at"])
        found = {
            "type": "assay.head",
            "number": row["number"],
            "seq": row["publication_id"],
            "key": key.get("fingerprint"),
            "signed_at": at and moment(at),
        }
        yield from _differences(place, found, said)
        if row["number"] != expected:
            yield Fault(place, f"{expected} is expected there: heads are missing or added")
        if not keys.is_signed(key.get("public_key", ""), row["document"], row["signature"]):
            yield Fault(place, "the signature is not of its key")
        if said.get("sha256") != row["stands"]:
            yield Fault(place, f"entry {row['publication_id']} is not the one that was signed for")


# What lists are made from


def check_current() -> Iterator[Fault]:
    """The columns that lists filter on, against the newest document of each claim."""
    entries = Publication.objects.filter(claim=OuterRef("pk")).order_by().values("claim")
    pointed = Publication.objects.filter(pk=OuterRef("publication_id"))
    rows = CurrentVerdict.objects.order_by("pk").annotate(
        document=Subquery(pointed.values("document")),
        written=Subquery(pointed.values("published_at")),
        newest=Subquery(entries.annotate(newest=Max("seq")).values("newest")),
        first=Subquery(entries.annotate(first=Min("published_at")).values("first")),
    )
    times = {"at": "published_at", "of_entry": "written"}
    times |= {"began": "first_published_at", "of_first": "first", "day": "claimed_on"}
    for row in _rows(rows, *CURRENT_COLUMNS, "document", "newest", **times):
        yield from _compare_current(row)
    missing = Publication.objects.filter(claim__current_verdict=None).order_by("claim_id")
    for pk in missing.values_list("claim_id", flat=True).distinct().iterator(PIECE):
        yield Fault(f"claim {pk}", "it is on the record and not among the verdicts")


CURRENT_COLUMNS = (
    *("claim_id", "publication_id", "seq", "state", "article_id", "statement", "claimant"),
    *(
        "claimant_key",
        "sources",
        "kind",
        "language",
        "tags",
        "publisher",
        "article_url",
        "rating",
        "normalised",
    ),
)


def _compare_current(row: Row) -> Iterator[Fault]:
    said = _parse(row["document"])
    claim, article, verdict = (_part(said, name) for name in ("claim", "article", "verdict"))
    published = {
        "claim_id": said.get("id"),
        "state": said.get("kind"),
        "statement": claim.get("statement"),
        "claimant": _part(claim, "claimant").get("name", ""),
        "kind": claim.get("kind"),
        "language": claim.get("language"),
        "tags": claim.get("tags", []),
        "day": claim.get("claimed_on"),
        "article_id": article.get("id"),
        "publisher": article.get("publisher"),
        "article_url": article.get("address"),
        "rating": verdict.get("rating"),
        "normalised": verdict.get("normalised"),
        "publication_id": row["newest"],
        "seq": row["newest"],
        "at": row["of_entry"],
        "began": row["of_first"],
        **_named(said),
    }
    found = {name: _plain(row[name]) for name in published}
    yield from _differences(f"verdict on claim {row['claim_id']}", found, published)


def _named(said: Row) -> Row:
    """The ids that a document gives; those from before they were given have none to compare with."""
    claimant = _part(_part(said, "claim"), "claimant")
    sources = [_part(item, "source") for item in said.get("evidence", [])]
    named = {"claimant_key": claimant.get("id")} if "id" in claimant or not claimant else {}
    if all("id" in source or "reason" in source for source in sources):
        named["sources"] = [source.get("id") for source in sources]
    return named


# The parts


def _rows(rows: QuerySet[Any], *names: str, **times: str) -> Iterator[Row]:
    """The rows as dictionaries. Times come as text, because Python has no year 10,000."""
    return rows.values(*names, **{name: _text(time) for name, time in times.items()}).iterator(
        PIECE
    )


def _text(time: str) -> Cast:
    return Cast(time, TextField())


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _differences(place: str, found: Row, said: Row) -> Iterator[Fault]:
    names = {"at": "published_at", "began": "first_published_at", "day": "claimed_on"}
    for name, value in found.items():
        if value != said.get(name):
            yield Fault(
                place, f"{names.get(name, name)} is {value!r} where {said.get(name)!r} stood"
            )


def _parse(text: str) -> Row:
    """What a document says; nothing where it is none, which the chain or the signature tells."""
    try:
        said = json.loads(text or "")
    except (ValueError, RecursionError):
        return {}
    return said if isinstance(said, dict) else {}


def _part(said: Row, name: str) -> Row:
    part = said.get(name)
    return part if isinstance(part, dict) else {}


def _plain(value: Any) -> Any:
    """As a document has it."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    return str(value) if isinstance(value, UUID) else value


def _id_of(fingerprint: str) -> UUID | None:
    try:
        return UUID(fingerprint[:32])
    except ValueError:
        return None


def _emptied(faults: list[Fault]) -> Iterable[Fault]:
    yield from faults
    faults.clear()
