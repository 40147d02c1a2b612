"""Forms that bring in many articles: a list, files, a feed to follow."""

from typing import Any

from django import forms
from django.conf import settings

from articles.ingest import FILE_FACTOR
from articles.models import Feed
from claims.services import NamedFile
from reviews.forms import area

#: Addresses that a list may hold, at their usual length.
MOST_CHARACTERS = 4_000_000
PACES = [
    (15, "every quarter of an hour"),
    (60, "every hour"),
    (360, "every six hours"),
    (1440, "every day"),
]


class ManyFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Any number of files, each with the limit of one."""

    widget = ManyFiles(attrs={"multiple": True})

    def clean(self, data: Any, initial: Any = None) -> list[Any]:
        chosen = [one for one in data or [] if one]
        return [super(FilesField, self).clean(one, initial) for one in chosen]


class BatchForm(forms.Form):
    """Many addresses or many files. What cannot be read is said for each, later."""

    addresses = forms.CharField(
        required=False,
        max_length=MOST_CHARACTERS,
        widget=area(10, spellcheck="false"),
        help_text="One a line. Blank lines, and lines that begin with #, are passed over.",
    )
    uploads = FilesField(
        required=False,
        label="Or files",
        help_text="Web pages, Word (.docx), PDF, Markdown, plain text; as many as you like.",
    )

    def clean_uploads(self) -> list[Any]:
        chosen: list[Any] = self.cleaned_data["uploads"]
        limit = settings.ASSAY_MAX_ARTICLE_BYTES * FILE_FACTOR
        for file in chosen:
            if file.size > limit:
                raise forms.ValidationError(
                    f"“{file.name}” is larger than {limit / 1_000_000:g} MB. Send its text alone."
                )
        return chosen

    @property
    def named_files(self) -> list[NamedFile]:
        return [NamedFile(file.name, file.read()) for file in self.cleaned_data["uploads"]]


class FollowForm(forms.Form):
    url = forms.CharField(
        max_length=2000,
        label="Address",
        help_text="A feed (RSS or Atom), a sitemap, or a page that names its feed.",
    )
    every_minutes = forms.TypedChoiceField(
        choices=PACES, coerce=int, initial=60, label="Look at it"
    )
    takes_all = forms.BooleanField(
        required=False,
        label="Also bring in what is in it already",
        help_text="Without this, only what appears from now on.",
    )


class FeedForm(forms.Form):
    """How often a followed feed is looked at. A pace that is none of ours, set elsewhere, stays a choice."""

    every_minutes = forms.TypedChoiceField(choices=PACES, coerce=int, label="Look at it")

    def __init__(self, *args: Any, feed: Feed, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["every_minutes"]
        assert isinstance(choice, forms.TypedChoiceField)  # noqa: S101 - for the type checker
        choice.initial = feed.every_minutes
        if feed.every_minutes not in dict(PACES):
            choice.choices = [*PACES, (feed.every_minutes, f"every {feed.every_minutes:,} minutes")]
