"""The service of plain records: those with no rules but their own constraints (a claimant, a rating, a person).

What has rules has a service of its own. Either way the change and its history are one transaction.
"""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model

from accounts.models import User
from audit.services import record


@transaction.atomic
def save_record(*, actor: User, row: Model, fields: Sequence[str]) -> Model:
    """Add the row, or write these fields of it, as `claimant.added` and `claimant.changed`."""
    name = row._meta.model_name
    known = type(row)._default_manager.select_for_update().filter(pk=row.pk).first()
    row.full_clean()
    if known is None:
        row.save(force_insert=True)
        after = {field: getattr(row, field) for field in fields}
        record(f"{name}.added", row, actor=actor, after=after)
        return row
    changed = [field for field in fields if getattr(known, field) != getattr(row, field)]
    if changed:
        row.save(update_fields=changed)
        before = {field: getattr(known, field) for field in changed}
        after = {field: getattr(row, field) for field in changed}
        record(f"{name}.changed", row, actor=actor, before=before, after=after)
    return row


@transaction.atomic
def save_person(*, actor: User, person: User, fields: Sequence[str]) -> User:
    """Add or change somebody. Nobody shuts themselves out: another administrator does that."""
    if person.pk == actor.pk and not (person.is_active and person.role == actor_role(actor)):
        raise ValidationError(
            "You cannot deactivate yourself or change your own role. Ask another administrator."
        )
    save_record(actor=actor, row=person, fields=fields)
    return person


def actor_role(actor: User) -> str:
    """The role as it is stored: the form may have written on the same row."""
    return User.objects.values_list("role", flat=True).get(pk=actor.pk)
