"""A write that is sent again is done once: the `Idempotency-Key` header.

The key is taken in the transaction that does the work, so two requests at the same moment cannot both do it, and a
request that fails leaves the key free. Sent again within a day, the same request gets the same answer.
"""

import hashlib
import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.http import HttpResponse
from django.utils import timezone
from rest_framework.request import Request

from accounts.models import User
from audit.models import Answer

HEADER, LONGEST = "Idempotency-Key", 255
KEPT = timedelta(days=1)


class KeyReused(Exception):
    """The key was sent with another request."""

    def __init__(self) -> None:
        super().__init__(
            "This Idempotency-Key was sent with another request within the last day. "
            "Take a new key for each thing that you want done."
        )


def once(request: Request, work: Callable[[], HttpResponse]) -> HttpResponse:
    """What `work` answers, or what it answered when this key was first sent. Raises KeyReused."""
    if HEADER not in request.headers:
        return work()
    key = request.headers[HEADER].strip()
    if not 0 < len(key) <= LONGEST or not key.isprintable():
        raise ValidationError({HEADER: f"Send 1 to {LONGEST} printable characters."})
    fingerprint = _fingerprint(request)
    actor = cast(User, request.user)
    with transaction.atomic():
        mine = Answer.objects.filter(actor=actor)
        mine.filter(created_at__lt=timezone.now() - KEPT).delete()
        try:
            with transaction.atomic():  # waits while another request holds the key
                row = mine.create(actor=actor, key=key, fingerprint=fingerprint)
        except IntegrityError:
            return _again(mine.get(key=key), fingerprint)
        response = work()
        row.status, row.body = response.status_code, response.content.decode()
        row.location = response.get("Location", "")
        row.save()
        return response


def _again(row: Answer, fingerprint: str) -> HttpResponse:
    if row.fingerprint != fingerprint:
        raise KeyReused
    response = HttpResponse(row.body, status=row.status, content_type="application/json")
    response["Idempotent-Replayed"] = "true"
    if row.location:
        response["Location"] = row.location
    return response


def _fingerprint(request: Request) -> str:
    """Of the address and everything sent to it, files by their bytes."""
    sent = request.data
    fields = dict(sent.lists()) if hasattr(sent, "lists") else sent
    words = json.dumps(
        [request.method, request.get_full_path(), fields], sort_keys=True, default=_of_file
    )
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()


def _of_file(value: Any) -> Any:
    if not isinstance(value, UploadedFile):
        return str(value)
    digest = hashlib.sha256(value.read()).hexdigest()
    value.seek(0)
    return [value.name, digest]
