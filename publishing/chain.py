"""The hash chain of the public record, in pure functions.

Each document is canonical JSON (RFC 8785) and holds `seq` and `previous`, the SHA-256 of the document
before it (the empty string in the first). Its own SHA-256 is over its bytes, so changing any earlier
document breaks every later one. Whoever has a download walks it with the same code: `publishing.proof.verify_record`.
"""

import hashlib
from datetime import UTC, datetime
from typing import Any

import rfc8785

from publishing.proof.verify_record import Fault, Link, digest, find_faults

__all__ = ["Fault", "Link", "canonical", "digest", "find_faults", "private_digest"]


def canonical(document: dict[str, Any]) -> str:
    return rfc8785.dumps(document).decode()


def private_digest(
    *, gate: Any, published_by: object, published_at: datetime, verdict: object, nonce: str
) -> str:
    """SHA-256 over what only the desk sees of an entry. The nonce keeps others from guessing who published it.

    It stands in the document, so that the chain proves the signed checklist as well, and shows none of it.
    """
    hidden = {
        "gate": gate,
        "nonce": nonce,
        "published_at": published_at.astimezone(UTC).isoformat(timespec="microseconds"),
        "published_by": str(published_by),
        "verdict": str(verdict),
    }
    return hashlib.sha256(rfc8785.dumps(hidden)).hexdigest()
