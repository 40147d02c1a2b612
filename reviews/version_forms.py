"""The form that puts a claim on words of a new version: selected, chosen among several places, or typed."""

from django import forms
from django.core.exceptions import ValidationError

from articles.models import Version
from claims.detection.base import Place
from sources.quotes import find_quote

LARGEST = 2**31 - 1


class MoveForm(forms.Form):
    """Two offsets, as scripts and buttons send them, or the words themselves, which needs neither."""

    start = forms.IntegerField(required=False, min_value=0, max_value=LARGEST)
    end = forms.IntegerField(required=False, min_value=1, max_value=LARGEST)
    words = forms.CharField(required=False, max_length=5_000)

    def place(self, version: Version) -> Place:
        """Where the words stand in this version. Raises ValidationError in words."""
        start, end = self.cleaned_data["start"], self.cleaned_data["end"]
        if start is not None and end is not None:
            return Place(start, end)
        if not self.cleaned_data["words"]:
            raise ValidationError("Select some words of the article first, or type them.")
        places = find_quote(self.cleaned_data["words"], version.text)
        if not places:
            raise ValidationError(
                f"These words are not in version {version.number}. Copy them from its text."
            )
        if len(places) > 1:
            raise ValidationError(
                f"These words stand in {len(places)} places. Give some more of the sentence."
            )
        return Place(*places[0])
