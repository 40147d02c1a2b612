"""Changing the key that signs heads. The old key signs the new one, so whoever noted the first can follow."""

from functools import partial
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.db import transaction

from publishing.models import SigningKey
from publishing.proof import heads, keys


def rotate_key(*, out: Path | None = None, is_lost: bool = False, reason: str = "") -> SigningKey:
    """Make a new key, have the old one sign for it, and sign for the record with it. Raises KeyUnavailable.

    `out` is the new key's file where keys come from the environment. `is_lost`: the old one cannot sign.
    """
    with transaction.atomic():
        heads.lock_record()
        before = heads.current_key()
        old = None if before is None or is_lost else keys.private_key(before.fingerprint)
        new = _new_key(before, out)
        key = heads.announce(new, before=before, before_private=old, reason=reason)
        entry, head = heads.newest_entry(), heads.newest_head()
        if entry[0]:
            heads.append_head(key, new, *entry, head.number + 1 if head else 1)
        if before:
            transaction.on_commit(partial(keys.forget_key, before.fingerprint))
    return key


def _new_key(before: SigningKey | None, out: Path | None) -> Ed25519PrivateKey:
    given = keys.given_key()
    if given and (before is None or before.fingerprint != keys.name_of(given)):
        return given
    if given and out is None:
        raise keys.KeyUnavailable(
            "The key comes from ASSAY_SIGNING_KEY, which the desk cannot change. Say with --out where "
            "the new one shall be written, and set ASSAY_SIGNING_KEY to what is in that file."
        )
    return keys.make_key(out)
