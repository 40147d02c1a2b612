"""The one writer of the audit log."""

from collections.abc import Iterable
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db import models

from accounts.models import User
from audit.models import Event


def record(
    verb: str,
    subject: models.Model,
    *,
    actor: User | None,
    before: dict[str, Any] | None = None,
    after: dict[str, Any] | None = None,
    reason: str = "",
) -> Event:
    """Write down what was done, in the transaction that does it. `actor` None means the desk itself."""
    return Event.objects.create(
        actor=actor,
        verb=verb,
        subject_type=subject._meta.label_lower,
        subject_id=subject.pk,
        before=_plain(before),
        after=_plain(after),
        reason=reason,
    )


def record_all(
    verb: str, subjects: Iterable[tuple[models.Model, dict[str, Any]]], *, actor: User | None
) -> None:
    """Write down that the same was done to many, each with what it is now."""
    Event.objects.bulk_create(
        Event(
            actor=actor,
            verb=verb,
            subject_type=subject._meta.label_lower,
            subject_id=subject.pk,
            after=_plain(after),
        )
        for subject, after in subjects
    )


def _plain(values: dict[str, Any] | None) -> dict[str, Any]:
    """JSON of field values: dates and keys become text, as DjangoJSONEncoder writes them."""
    encode = DjangoJSONEncoder().default
    return {
        key: value
        if isinstance(value, str | int | float | bool | list | dict | None)
        else (str(value.pk) if isinstance(value, models.Model) else encode(value))
        for key, value in (values or {}).items()
    }
