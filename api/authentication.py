"""Who a program is: `Authorization: Bearer assay_…`, a key that its owner made."""

from django.utils import timezone
from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from accounts.models import ApiKey, User
from accounts.services import find_key, hash_key

CHALLENGE = 'Bearer realm="assay"'
HOW = "Send it as “Authorization: Bearer assay_…”."


class ApiKeyAuthentication(BaseAuthentication):
    """`request.auth` is the key. Other schemes are left to others: a proxy may ask for its own."""

    def authenticate(self, request: Request) -> tuple[User, ApiKey] | None:
        scheme, _, secret = request.headers.get("Authorization", "").strip().partition(" ")
        if scheme.lower() != "bearer":
            if "assay_" in scheme + secret:
                raise AuthenticationFailed(f"There is a key, but not as a bearer token. {HOW}")
            return None
        if not (secret := secret.strip()):
            raise AuthenticationFailed(f"The key is missing. {HOW}")
        key = find_key(secret)
        if key is None:
            raise AuthenticationFailed(_why_refused(secret))
        return key.user, key

    def authenticate_header(self, request: Request) -> str:
        return CHALLENGE


def _why_refused(secret: str) -> str:
    """Whoever holds the whole key may know what became of it."""
    key = ApiKey.objects.filter(sha256=hash_key(secret)).first()
    if key is None:
        return f"This key is unknown. {HOW}"
    if key.revoked_at:
        return f"This key was revoked on {key.revoked_at:%-d %B %Y}. Use another."
    if key.expires_at and key.expires_at <= timezone.now():
        return f"This key expired on {key.expires_at:%-d %B %Y}. Use another."
    return "The owner of this key is no longer active."
