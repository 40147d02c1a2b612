"""The forms of webhooks."""

from datetime import datetime, timedelta

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from publishing.webhooks.models import CHOSEN, LONGEST_ADDRESS, Endpoint
from publishing.webhooks.services import EndpointDraft


class EndpointForm(forms.Form):
    address = forms.CharField(
        max_length=LONGEST_ADDRESS,
        widget=forms.URLInput(attrs={"placeholder": "https://"}),
        help_text="Where your program listens. It begins with https://.",
    )
    description = forms.CharField(
        required=False, max_length=200, help_text="What it is, for example: election site."
    )
    events = forms.MultipleChoiceField(
        label="Told when a verdict is",
        choices=CHOSEN,
        widget=forms.CheckboxSelectMultiple,
        initial=[event for event, _ in CHOSEN],
    )

    @classmethod
    def of(cls, endpoint: Endpoint) -> dict[str, object]:
        return {
            "address": endpoint.address,
            "description": endpoint.description,
            "events": endpoint.events,
        }

    def draft(self) -> EndpointDraft:
        return EndpointDraft(**self.cleaned_data)


class DisableForm(forms.Form):
    reason = forms.CharField(
        required=False, max_length=500, help_text="Whoever looks at it later reads this."
    )


class EnableForm(forms.Form):
    catches_up = forms.BooleanField(
        required=False, initial=True, label="Also send what was published while it was off"
    )


class ReplayForm(forms.Form):
    """Since when. Without a moment: the last three days."""

    since = forms.DateTimeField(
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
    )

    def clean_since(self) -> datetime:
        now: datetime = timezone.now()
        since: datetime = self.cleaned_data["since"] or now - timedelta(days=3)
        if since > now:
            raise ValidationError("This moment has not come yet. Choose an earlier one.")
        return since
