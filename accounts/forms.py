"""The form that makes an API key."""

from datetime import datetime, time

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.models import Scope

LONGEST_YEARS = 10


class KeyForm(forms.Form):
    name = forms.CharField(
        max_length=100, help_text="What uses it, for example: election site. Only you see this."
    )
    scope = forms.ChoiceField(
        choices=Scope.choices,
        initial=Scope.READ,
        widget=forms.RadioSelect,
        help_text="A key never may more than your role does.",
    )
    expires_at = forms.DateField(
        label="Last day it works",
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        help_text="Without one it works until you revoke it.",
    )

    def clean_expires_at(self) -> datetime | None:
        """The end of that day, where the desk is."""
        day = self.cleaned_data["expires_at"]
        if day is None:
            return None
        if day.year > timezone.localdate().year + LONGEST_YEARS:
            raise ValidationError(f"Choose a day within the next {LONGEST_YEARS} years.")
        return timezone.make_aware(datetime.combine(day, time.max))
