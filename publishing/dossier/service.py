"""Making a dossier for somebody, and telling whether one was made here."""

from typing import BinaryIO

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.models import Event
from audit.services import record
from claims.models import Claim
from publishing.dossier.contents import Dossier
from publishing.dossier.pack import Sealed, write_dossier


@transaction.atomic
def make_dossier(
    out: BinaryIO, *, actor: User | None, claim: Claim, is_internal: bool = False
) -> Sealed:
    """Write the claim's dossier and put its seal into the history. Who may see less may not have the internal one."""
    if is_internal and not (actor and may_have_internal(actor)):
        raise PermissionDenied("The internal edition names withheld sources: ask an editor.")
    dossier = Dossier(claim, timezone.now(), reader=actor, is_internal=is_internal)
    sealed = write_dossier(out, dossier.files())
    edition = "internal" if is_internal else "open"
    record(
        "claim.dossier_made", claim, actor=actor, after={"seal": sealed.seal, "edition": edition}
    )
    return sealed


def may_have_internal(user: User) -> bool:
    return user.has_perm("sources.view_withheld") and user.has_perm("audit.view_event")


def made_here(seal: str) -> Event | None:
    """The entry of the history that says that this desk made it."""
    return (
        Event.objects.filter(verb="claim.dossier_made", after__seal=seal)
        .select_related("actor")
        .first()
    )
