"""The form field for a claim's tags, at the desk and in the admin: one line, with commas between them."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from claims.models.claim import MAX_TAG, MAX_TAGS
from claims.services import clean_tags


class TagsField(forms.CharField):
    """Tags as the service keeps them. They are measured as they would be kept, so no repeat is counted twice."""

    def __init__(self, **kwargs: Any) -> None:
        help_text = f"What it is about, separated by commas. At most {MAX_TAGS}, each of at most {MAX_TAG} characters."
        super().__init__(**{"required": False, "help_text": help_text, **kwargs})

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(value) if isinstance(value, list | tuple) else value

    def clean(self, value: Any) -> Any:
        tags = clean_tags(super().clean(value).split(","))
        if too_long := next((tag for tag in tags if len(tag) > MAX_TAG), ""):
            raise ValidationError(
                f"“{too_long[:MAX_TAG]}…” is too long for a tag: use at most {MAX_TAG} characters, "
                "and commas between tags."
            )
        if len(tags) > MAX_TAGS:
            raise ValidationError(
                f"These are {len(tags)} tags. Keep the {MAX_TAGS} that matter most."
            )
        return tags

    def has_changed(self, initial: Any, data: Any) -> bool:
        return super().has_changed(self.prepare_value(initial), data)
