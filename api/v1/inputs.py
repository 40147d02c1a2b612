"""What every body that is sent has in common: a field that is not known is refused by name, never ignored."""

from typing import Any

from rest_framework import serializers

from api.v1.serializers import Shape


class KnownFieldsInput(Shape):
    """What is sent, with no field that is not known."""

    def to_internal_value(self, data: Any) -> Any:
        unknown = set(data) - set(self.fields) if isinstance(data, dict) else set()
        if unknown:
            known = ", ".join(self.fields) or "none"
            words = [f"There is no such field. Known: {known}."]
            raise serializers.ValidationError(dict.fromkeys(sorted(unknown), words))
        return super().to_internal_value(data)


class NothingInput(KnownFieldsInput):
    """An action that needs no more than its address."""


class ReasonInput(KnownFieldsInput):
    reason = serializers.CharField(max_length=2000, help_text="It stays in the history.")


class PublicReasonInput(KnownFieldsInput):
    reason = serializers.CharField(max_length=2000, help_text="Readers see it.")
