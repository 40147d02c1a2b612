"""Which scale new reviews use, and which scales are spoken for."""

from collections.abc import Sequence

from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from audit.records import save_record
from audit.services import record
from reviews.models import Rating, Review, Scale, Verdict


def is_used(scale: Scale) -> bool:
    """Whether somebody has rated with it: from then on its words mean what they meant."""
    return any(model.objects.filter(rating__scale=scale).exists() for model in (Review, Verdict))


@transaction.atomic
def choose_house_scale(*, actor: User, scale: Scale) -> Scale:
    """New reviews use this scale; reviews that are in keep theirs."""
    scales = {row.pk: row for row in Scale.objects.select_for_update().order_by("pk")}
    scale = scales[scale.pk]
    if scale.is_house:
        return scale
    if not scale.ratings.exists():
        raise ValidationError("This scale has no ratings yet. Add them first.")
    before = [str(row.pk) for row in scales.values() if row.is_house]
    Scale.objects.filter(is_house=True).update(is_house=False)
    scale.is_house = True
    scale.save(update_fields=["is_house"])
    record("scale.chosen", scale, actor=actor, before={"house_scale": before})
    return scale


@transaction.atomic
def save_rating(*, actor: User, rating: Rating, fields: Sequence[str]) -> Rating:
    """Add a rating to a scale or change it, as long as nobody has rated with that scale."""
    scale = Scale.objects.select_for_update().get(pk=rating.scale_id)
    if is_used(scale):
        raise ValidationError(
            "Somebody has rated with this scale. Add a new version of it for another meaning."
        )
    save_record(actor=actor, row=rating, fields=fields)
    return rating
