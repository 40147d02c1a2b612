"""Forms of reviews, verdicts and assignments."""

from typing import Any

from django import forms

from accounts.models import User
from accounts.roles import REVIEWERS
from claims.models import Claim
from reviews.forms import MOMENT, area
from reviews.models import Confidence, Rating
from reviews.services import ReviewDraft, VerdictDraft
from sources.models import Evidence


class RatingField(forms.ModelChoiceField):  # type: ignore[type-arg]  # generic in the stubs only
    """The house scale, as cards with their definitions."""

    widget = forms.RadioSelect

    def __init__(self, **kwargs: Any) -> None:
        ratings = Rating.objects.filter(scale__is_house=True).order_by("position")
        super().__init__(ratings, empty_label=None, **kwargs)


class ReviewForm(forms.Form):
    rating = RatingField()
    rationale = forms.CharField(
        max_length=20_000, widget=area(6), help_text="Why, from the evidence alone."
    )
    confidence = forms.ChoiceField(choices=Confidence.choices, initial=Confidence.MEDIUM)
    conflict_of_interest = forms.CharField(
        required=False,
        max_length=2000,
        help_text="What ties you to the people or the matter. Leave empty when nothing does.",
    )
    evidence = forms.ModelMultipleChoiceField(
        Evidence.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        label="Evidence you rely on",
    )

    def __init__(self, *args: Any, claim: Claim, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["evidence"]
        assert isinstance(choice, forms.ModelMultipleChoiceField)  # noqa: S101 - for the type checker
        choice.queryset = claim.evidence.standing().select_related("source")

    def draft(self) -> ReviewDraft:
        return ReviewDraft(**self.cleaned_data)


class WordingForm(forms.Form):
    """The words of a verdict; its rating is decided already."""

    summary = forms.CharField(max_length=2000, widget=area(3), help_text="Why, in one paragraph.")
    justification = forms.CharField(
        max_length=50_000, widget=area(8), help_text="The whole reasoning, as readers will see it."
    )
    lock_version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class VerdictForm(WordingForm):
    rating = RatingField()
    field_order = ("rating", "summary", "justification")

    def draft(self) -> VerdictDraft:
        names = ("rating", "summary", "justification")
        return VerdictDraft(**{name: self.cleaned_data[name] for name in names})


class AssignForm(forms.Form):
    reviewer = forms.ModelChoiceField(
        User.objects.filter(is_active=True, role__in=REVIEWERS).order_by("name")
    )
    due_at = forms.DateTimeField(required=False, label="Due", widget=MOMENT)
