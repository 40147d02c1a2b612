"""Keys as Google's clients send them: `?key=`, a header of theirs, or as a bearer.

Addresses end up in logs and histories, so a key in one only ever reads what is public. It is never written down here.
"""

from rest_framework.authentication import BaseAuthentication
from rest_framework.exceptions import APIException
from rest_framework.request import Request

from accounts.models import ApiKey, User
from accounts.services import find_key
from api.authentication import ApiKeyAuthentication
from api.google.params import sent_with

HEADER = "X-Goog-Api-Key"


class BadKey(APIException):
    status_code = 400
    default_detail = "API key not valid. Make one at /desk/keys/ and pass that."


class KeyInAddress(BaseAuthentication):
    """`request.auth` is the key of the parameter or the header. For reading what is public."""

    def authenticate(self, request: Request) -> tuple[User, ApiKey] | None:
        secret = (request.headers.get(HEADER) or sent_with(request).get("key") or "").strip()
        if not secret:
            return None
        key = find_key(secret)
        if key is None:
            raise BadKey
        return key.user, key


class BearerKey(ApiKeyAuthentication):
    """The key in `Authorization`, as the API has it."""
