"""Who makes claims: found by name, or made on first mention."""

from django.core.exceptions import ValidationError

from claims.models import Claimant, ClaimantKind


def find_claimant(
    name: str, *, role: str = "", kind: str = "", is_anonymous: bool = False
) -> Claimant | None:
    """The claimant of this name, made on first mention. No name, no claimant."""
    name = " ".join(name.split())[:300]
    if not name:
        return None
    known = Claimant.objects.filter(name=name, **({"role": role} if role else {})).first()
    if known is None:
        first = ClaimantKind.ANONYMOUS if is_anonymous else ClaimantKind.PERSON
        known, _ = Claimant.objects.get_or_create(
            name=name, role=role[:300], defaults={"kind": kind or first}
        )
    if kind and known.kind != kind:
        is_known_as = ClaimantKind(known.kind).label.lower()
        raise ValidationError({"claimant": f"“{name}” is known here as: {is_known_as}."})
    return known
