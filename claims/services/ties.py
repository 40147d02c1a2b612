"""A fact-check by others and the claim of ours that it is about: a person says so, and takes it back."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from audit.services import record
from claims.models import Claim, ExternalCheck
from claims.services.editing import lock_claim


@transaction.atomic
def tie_check(*, actor: User, check: ExternalCheck, claim: Claim) -> ExternalCheck:
    """Say that this check is about this claim. Raises ValidationError when it, or its page, is tied already."""
    claim = lock_claim(claim)
    check = _lock(check)
    if check.claim_id == claim.pk:
        return check
    if check.claim_id:
        raise ValidationError("This check is tied to another claim. Untie it there first.")
    if check.url and claim.external_checks.filter(url=check.url).exists():
        raise ValidationError("Another check of the same page is tied to this claim already.")
    return _move(actor, check, claim)


@transaction.atomic
def untie_check(*, actor: User, check: ExternalCheck) -> ExternalCheck:
    """Say that it is about none of ours."""
    check = _lock(check)
    return _move(actor, check, None) if check.claim_id else check


def _lock(check: ExternalCheck) -> ExternalCheck:
    return ExternalCheck.objects.select_for_update().defer("search_vector").get(pk=check.pk)


def _move(actor: User, check: ExternalCheck, claim: Claim | None) -> ExternalCheck:
    before = {"claim": str(check.claim_id) if check.claim_id else None}
    check.claim, check.changed_at = claim, timezone.now()
    check.save(update_fields=["claim", "changed_at"])
    after = {"claim": str(claim.pk) if claim else None}
    record("externalcheck.tied", check, actor=actor, before=before, after=after)
    return check
