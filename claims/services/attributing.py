"""The attribution tree: which claim a claim may hang on."""

from django.core.exceptions import ValidationError

from claims.models import Claim


def refuse_attribution(claim: Claim) -> None:
    """*Is it true?* hangs on *was it said?*, of the same article, and never on itself by a detour."""
    said = claim.attribution
    if said is None:
        return
    if said.article_id != claim.article_id or not said.is_attribution:
        words = "Name a claim of the same article and of the kind quotation: that it was said."
        raise ValidationError({"attribution": words})
    seen = {claim.pk}
    while said is not None:
        if said.pk in seen:
            raise ValidationError({"attribution": "A claim cannot be attributed to itself."})
        seen.add(said.pk)
        said = said.attribution
