"""Making and revoking API keys. The key itself leaves this module once, when it is made."""

import hashlib
import secrets
from datetime import datetime, timedelta

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import ApiKey, Scope, User

#: How often a key's last use is written down: not on every request.
USE_NOTED_EVERY = timedelta(minutes=5)


@transaction.atomic
def make_key(
    *, actor: User, name: str, scope: str = Scope.READ, expires_at: datetime | None = None
) -> tuple[ApiKey, str]:
    """The stored key and the secret to show once. Scope limits what the owner's role allows."""
    if not name.strip():
        raise ValidationError({"name": "Say what will use the key."})
    if expires_at and expires_at <= timezone.now():
        raise ValidationError({"expires_at": "This moment has passed. Choose a later one."})
    secret = f"assay_{secrets.token_urlsafe(32)}"
    key = ApiKey(
        user=actor,
        name=name.strip(),
        scope=scope,
        prefix=secret[:12],
        sha256=hash_key(secret),
        expires_at=expires_at,
    )
    key.full_clean(exclude=["user"])
    key.save()
    return key, secret


@transaction.atomic
def revoke_key(*, actor: User, key: ApiKey) -> ApiKey:
    """The key stops working at once. Its owner or an administrator may."""
    if key.user_id != actor.pk and not actor.has_perm("accounts.change_user"):
        raise PermissionDenied("This key belongs to somebody else.")
    if key.revoked_at is None:
        key.revoked_at = timezone.now()
        key.save(update_fields=["revoked_at"])
    return key


def find_key(secret: str) -> ApiKey | None:
    """The usable key with this secret, its use noted. None for unknown, revoked and expired ones."""
    rows = ApiKey.objects.select_related("user").filter(sha256=hash_key(secret)).order_by()
    key = next(iter(rows), None)  # there is one at most; every request comes by here
    if key is None or key.state != "active" or not key.user.is_active:
        return None
    _note_use(key)
    return key


def _note_use(key: ApiKey) -> None:
    now = timezone.now()
    if key.last_used_at is None or key.last_used_at < now - USE_NOTED_EVERY:
        ApiKey.objects.filter(pk=key.pk).update(last_used_at=now)


def hash_key(secret: str) -> str:
    """SHA-256 suffices: the secret has 256 random bits, so there is nothing to guess slowly."""
    return hashlib.sha256(secret.encode()).hexdigest()
