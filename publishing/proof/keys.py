"""Where the desk's private key lives: in the environment, or in a file of its own below ASSAY_HOME.

It is never in the database, so neither a dump nor an export holds it, and whoever can write to the tables still
cannot sign. Each file is named by the key's fingerprint: a rotation that was cut short leaves no doubt which is which.
"""

import base64
import hashlib
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_private_key
from django.conf import settings

from config.safety import write_once


class KeyUnavailable(Exception):
    """There is no key to sign with here. Says why and what to do."""


def public_bytes(key: Ed25519PrivateKey) -> bytes:
    return key.public_key().public_bytes_raw()


def fingerprint(public_key: bytes) -> str:
    return hashlib.sha256(public_key).hexdigest()


def name_of(key: Ed25519PrivateKey) -> str:
    return fingerprint(public_bytes(key))


def pack(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def is_signed(public_key: str, message: str, signature: str) -> bool:
    """Whether the owner of the key (base64) signed the message. Nothing that is stored makes this fail."""
    try:
        key = Ed25519PublicKey.from_public_bytes(base64.b64decode(public_key, validate=True))
        key.verify(base64.b64decode(signature, validate=True), message.encode())
    except (ValueError, InvalidSignature):
        return False
    return True


def read_key(text: str) -> Ed25519PrivateKey:
    """A key from PEM (PKCS 8) or from its 32 bytes in base64. Raises KeyUnavailable."""
    try:
        if "-----BEGIN" in text:
            key = load_pem_private_key(text.strip().encode(), password=None)
        else:
            seed = base64.b64decode("".join(text.split()), validate=True)
            key = Ed25519PrivateKey.from_private_bytes(seed)
    except (ValueError, TypeError) as error:
        raise KeyUnavailable("it is neither PEM nor 32 bytes in base64") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise KeyUnavailable("it is a key of another kind: Ed25519 is wanted")
    return key


def folder() -> Path:
    return Path(settings.ASSAY_HOME) / "signing_keys"


def private_key(wanted: str) -> Ed25519PrivateKey:
    """The private half of the key with this fingerprint, if it is here. Raises KeyUnavailable."""
    key = given_key() or _from_file(folder() / wanted)
    if name_of(key) != wanted:
        raise KeyUnavailable(
            f"The key that is here is not the desk's current one, {wanted}. Put that one in its place; "
            "if it is lost, run `manage.py rotate_signing_key --lost`."
        )
    return key


def find_key() -> Ed25519PrivateKey | None:
    """For a desk that has no key yet: the one it was given, or one left over here. Raises KeyUnavailable."""
    if given := given_key():
        return given
    for path in sorted(folder().glob("[0-9a-f]*")) if folder().is_dir() else ():
        key = _from_file(path)
        if path.name == name_of(key):
            return key
    if settings.PRODUCTION:
        raise KeyUnavailable(
            "The desk has no signing key. Set ASSAY_SIGNING_KEY, or run `manage.py rotate_signing_key` "
            "where ASSAY_HOME is kept."
        )
    return None


def make_key(path: Path | None = None) -> Ed25519PrivateKey:
    """A new key in a file that only its owner reads. Raises KeyUnavailable where nothing can be written."""
    key = Ed25519PrivateKey.generate()
    path = path or folder() / name_of(key)
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if path.exists():
            raise FileExistsError(f"{path} is there already")
        write_once(path, pack(key.private_bytes_raw()) + "\n")
    except OSError as error:
        raise KeyUnavailable(
            f"No signing key could be kept: {error}. Set ASSAY_SIGNING_KEY, or make "
            f"{path.parent} a folder that the desk may write to."
        ) from error
    return key


def forget_key(name: str) -> None:
    """Remove a key that is out of use: nobody shall sign with it again."""
    (folder() / name).unlink(missing_ok=True)


def given_key() -> Ed25519PrivateKey | None:
    """The key of ASSAY_SIGNING_KEY, if it is set. Raises KeyUnavailable where it is none."""
    if not settings.ASSAY_SIGNING_KEY.strip():
        return None
    try:
        return read_key(settings.ASSAY_SIGNING_KEY)
    except KeyUnavailable as error:
        raise KeyUnavailable(f"ASSAY_SIGNING_KEY cannot be used: {error}.") from error


def _from_file(path: Path) -> Ed25519PrivateKey:
    try:
        return read_key(path.read_text())
    except (OSError, UnicodeDecodeError) as error:
        raise KeyUnavailable(
            f"The desk's current signing key, {path.name}, is not on this machine. Copy its file to "
            f"{path.parent}, or set ASSAY_SIGNING_KEY."
        ) from error
    except KeyUnavailable as error:
        raise KeyUnavailable(f"The key in {path} cannot be used: {error}.") from error
