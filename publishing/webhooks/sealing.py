"""The secrets that messages are signed with: made here, and sealed for the database.

A secret must be known to sign, so it cannot be kept as a hash, as keys of the API are. It is kept sealed (Fernet: AES
and HMAC) under a key derived from the desk's `SECRET_KEY`, so a copy of the database alone signs nothing.
"""

import base64
import secrets
from collections.abc import Sequence

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

PREFIX = "whsec_"
SECRET_BYTES = 32
PURPOSE = b"assay webhook secrets 1"


class UnreadableSecret(ValueError):
    """The desk's key is another than the one the secret was sealed with."""

    def __init__(self) -> None:
        super().__init__(
            "The secret cannot be read: ASSAY_SECRET_KEY is another than when it was made. "
            "Put the old key back, or make a new secret."
        )


def new_secret() -> str:
    """As Standard Webhooks writes them: `whsec_` and base64 of 32 random bytes."""
    return PREFIX + base64.b64encode(secrets.token_bytes(SECRET_BYTES)).decode()


def seal(secret: str, keys: Sequence[str]) -> str:
    return _box(keys).encrypt(secret.encode()).decode()


def unseal(sealed: str, keys: Sequence[str]) -> str:
    """The secret. Raises UnreadableSecret when none of the keys fits."""
    try:
        return _box(keys).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise UnreadableSecret from error


def _box(keys: Sequence[str]) -> MultiFernet:
    """The first key seals; the others still open what they sealed."""
    return MultiFernet([Fernet(_derived(key)) for key in keys])


def _derived(key: str) -> bytes:
    hkdf = HKDF(algorithm=SHA256(), length=32, salt=None, info=PURPOSE)
    return base64.urlsafe_b64encode(hkdf.derive(key.encode()))
