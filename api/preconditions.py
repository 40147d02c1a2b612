"""A change to something that is still as the client knows it: the `If-Match` header (RFC 9110).

Who asks must hold the lock of what is changed, and keep it until the change is made: between the look and the
change nobody else comes in.
"""

from collections.abc import Callable

from django.core.exceptions import ValidationError
from django.utils.http import parse_etags
from rest_framework.request import Request

HEADER = "If-Match"


class PreconditionFailed(Exception):
    """It changed since the client read it. Nothing was written."""

    def __init__(self) -> None:
        super().__init__(
            "It changed since you read the ETag that you sent as If-Match, so nothing was done. "
            "Read it again, look at what changed, and send your change with the new ETag."
        )


def check(request: Request, etag: Callable[[], str]) -> None:
    """Go on if there is no `If-Match` or one of its tags is `etag()`. Weak tags never match: bytes are compared."""
    if HEADER not in request.headers:
        return
    known = parse_etags(request.headers[HEADER])
    if not known:
        raise ValidationError({HEADER: "Send the ETag as it came, with its quotes."})
    if "*" not in known and etag() not in known:
        raise PreconditionFailed
