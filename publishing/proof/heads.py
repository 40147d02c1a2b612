"""Signing: after each entry the desk signs how far the record goes.

A head is signed in the transaction that appends the entry, below the same lock, so that no entry is ever seen
without it: a signature takes 20 µs, a job that signs later would cost more. Where there is no key, publishing
goes on unsigned and the log, `manage.py check` and `manage.py verify_publications` say so. The next head that can
be signed covers all before it.
"""

import json
import logging
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.db import connection, transaction
from django.db.models import OuterRef, Subquery
from django.utils import timezone

from audit.services import record
from publishing.chain import canonical
from publishing.models import Publication, SignedHead, SigningKey
from publishing.proof import keys

LOCK = 0x41535341  # "ASSA": writers of the record, one at a time
#: A head older than this is signed again, so that readers can tell an old record from a quiet desk.
FRESH = timedelta(days=1)
REWRITTEN = "Head {} was signed for another record: run `manage.py verify_publications`."
logger = logging.getLogger(__name__)


def lock_record() -> None:
    """Be the one writer until the transaction ends. It ends the lock after what it wrote can be seen."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


def newest_entry() -> tuple[int, str]:
    """Number and hash of the last entry; what the first one follows from when there is none."""
    return Publication.objects.order_by("-seq").values_list("seq", "sha256").first() or (0, "")


def newest_head() -> SignedHead | None:
    """The last one, with `stands`: the hash that its entry has now."""
    stands = Publication.objects.filter(pk=OuterRef("publication_id")).values("sha256")
    return SignedHead.objects.annotate(stands=Subquery(stands)).order_by("-number").first()


def current_key() -> SigningKey | None:
    return SigningKey.objects.filter(successor=None).first()


def sign_head(seq: int, sha256: str) -> SignedHead | None:
    """Sign for the record up to this entry, its newest. The caller holds the lock. None without a key."""
    try:
        key, private = _key_in_use()
        last = newest_head()
        if last and not _still_holds(last):
            raise keys.KeyUnavailable(REWRITTEN.format(last.number))
    except keys.KeyUnavailable as error:
        logger.warning("Entry %s is published without a signature. %s", seq, error)
        return None
    return append_head(key, private, seq, sha256, last.number + 1 if last else 1)


def _still_holds(head: Any) -> bool:
    """Whether the entry that was signed for is still there as it was: nobody shall have a new past signed."""
    try:
        return bool(json.loads(head.document)["sha256"] == head.stands)
    except (ValueError, TypeError, KeyError, RecursionError):
        return False


def append_head(
    key: SigningKey, private: Ed25519PrivateKey, seq: int, sha256: str, number: int
) -> SignedHead:
    now = timezone.now()
    document = canonical(
        {
            "type": "assay.head",
            "format": 1,
            "number": number,
            "seq": seq,
            "sha256": sha256,
            "signed_at": moment(now),
            "key": key.fingerprint,
            "desk": desk(),
        }
    )
    return SignedHead.objects.create(
        number=number,
        publication_id=seq,
        key=key,
        document=document,
        signature=keys.pack(private.sign(document.encode())),
        signed_at=now,
    )


@transaction.atomic
def sign_again() -> SignedHead | None:
    """Sign for the record as it stands, if its newest entry has no head or the newest head is a day old."""
    lock_record()
    (seq, sha256), head = newest_entry(), newest_head()
    is_covered = head is not None and head.publication_id == seq
    if not seq or (is_covered and head and head.signed_at > timezone.now() - FRESH):
        return None
    return sign_head(seq, sha256)


def _key_in_use() -> tuple[SigningKey, Ed25519PrivateKey]:
    if current := current_key():
        return current, keys.private_key(current.fingerprint)
    private = keys.find_key() or keys.make_key()
    return announce(private, before=None), private


def why_unsigned() -> str:
    """Why nothing can be signed here, and what to do; empty where it can."""
    current = current_key()
    try:
        if current:
            keys.private_key(current.fingerprint)
        else:
            keys.find_key()
    except keys.KeyUnavailable as error:
        return str(error)
    head = newest_head()
    if head and not _still_holds(head):
        return REWRITTEN.format(head.number)
    return ""


def announce(
    private: Ed25519PrivateKey,
    *,
    before: SigningKey | None,
    before_private: Ed25519PrivateKey | None = None,
    reason: str = "",
) -> SigningKey:
    """Put a key into use: it says so itself, and so does the one before it. The caller holds the lock."""
    public, now = keys.public_bytes(private), timezone.now()
    seq, sha256 = newest_entry()
    said: dict[str, Any] = {
        "type": "assay.key",
        "format": 1,
        "key": keys.fingerprint(public),
        "public_key": keys.pack(public),
        "previous": before.fingerprint if before else None,
        "is_previous_lost": before is not None and before_private is None,
        "created_at": moment(now),
        "seq": seq,
        "sha256": sha256,
        "desk": desk(),
    }
    statement = canonical(said)
    signed = statement.encode()
    key = SigningKey.objects.create(
        id=UUID(said["key"][:32]),
        fingerprint=said["key"],
        public_key=said["public_key"],
        predecessor=before,
        statement=statement,
        signature=keys.pack(private.sign(signed)),
        predecessor_signature=keys.pack(before_private.sign(signed)) if before_private else "",
        created_at=now,
    )
    after = {"fingerprint": key.fingerprint, "previous": said["previous"]}
    record("signingkey.made", key, actor=None, after=after, reason=reason)
    return key


def desk() -> dict[str, str]:
    return {"name": settings.ASSAY_DESK_NAME, "url": settings.ASSAY_BASE_URL}


def moment(at: datetime) -> str:
    """RFC 3339 in UTC, to the microsecond."""
    return at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
