"""Page tokens: opaque, signed, and good for the filters of the list they were cut from."""

import hashlib
from datetime import datetime
from uuid import UUID

from django.core import signing

from api.google.params import Params, wrong
from publishing.checked import Place

SIGNER = signing.Signer(salt="api.google.tokens")
#: What may differ between the pages of one list.
OF_THE_PAGE = frozenset({"pageSize", "pageToken", "offset"})
USUAL_SIZE, MOST, FARTHEST = 10, 100, 10_000


def page_size(params: Params) -> int:
    """Up to 100; what asks for more gets that, as the protocol has it."""
    return min(params.number("pageSize") or USUAL_SIZE, MOST)


def page_start(params: Params, names: tuple[str, ...]) -> tuple[Place | None, int]:
    """Where the page begins: after a place, or so many lines from the start."""
    offset = params.number("offset")
    token = params.text("pageToken")
    if token:
        return _read(token, _mark(params, names)), 0
    if offset > FARTHEST:
        raise wrong("offset", f"Send at most {FARTHEST}. Go on with pageToken, which has no end.")
    return None, offset


def token_after(place: Place, params: Params, names: tuple[str, ...]) -> str:
    mark = _mark(params, names)
    return SIGNER.sign_object([mark, place.at.isoformat(), place.key.hex, place.position])


def _read(token: str, mark: str) -> Place:
    try:
        known, at, key, position = SIGNER.unsign_object(token)
        place = Place(datetime.fromisoformat(at), UUID(key), int(position))
    except (signing.BadSignature, ValueError, TypeError, AttributeError) as error:
        raise wrong("pageToken", "This is not a token of ours. Start again without it.") from error
    if known != mark:
        raise wrong(
            "pageToken",
            "This token belongs to other filters. Send those it came with, or start again without it.",
        )
    return place


def _mark(params: Params, names: tuple[str, ...]) -> str:
    filters = [(name, params.text(name)) for name in sorted(names) if name not in OF_THE_PAGE]
    return hashlib.sha256(repr(filters).encode()).hexdigest()[:16]
