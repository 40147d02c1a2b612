"""What is sent: the body and the headers of Standard Webhooks 1.0, in pure functions.

The payload is the publication. Its document stands in `data.document` with the bytes that were published, so that
whoever gets it can check `data.sha256` and, with `previous` in it, that none was left out.
"""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import Any

from standardwebhooks import Webhook

#: A document of more bytes is left out (`null`): `url` leads to it.
LARGEST_DOCUMENT = 1_000_000


def message_body(
    event: str, at: datetime, data: dict[str, Any], document: str | None = None
) -> str:
    """The same for every attempt. `document` is canonical JSON already and goes in as it is."""
    head = json.dumps({"type": event, "timestamp": _moment(at)}, separators=(",", ":"))
    facts = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    if document is not None:
        kept = document if len(document.encode()) <= LARGEST_DOCUMENT else "null"
        facts = f'{facts[:-1]},"document":{kept}}}'
    return f'{head[:-1]},"data":{facts}}}'


def message_headers(
    message_id: str, at: datetime, body: str, secrets: Sequence[str]
) -> dict[str, str]:
    """Signed with each secret that is valid: two while one takes the other's place."""
    at = at.astimezone(UTC)
    signatures = [Webhook(secret).sign(message_id, at, body) for secret in secrets]
    return {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


def _moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
