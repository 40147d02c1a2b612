"""Forms that add a copy of a source by hand."""

from django import forms
from django.conf import settings

from reviews.forms import area


class UploadCopyForm(forms.Form):
    """A file that somebody has of the source."""

    file = forms.FileField(
        allow_empty_file=True,
        help_text="A web page you saved, a PDF, a Word document, a picture: whatever it is, it is kept as it is.",
    )

    def read(self) -> tuple[bytes, str]:
        """Its bytes and name. No more is read than the service needs to refuse it."""
        file = self.cleaned_data["file"]
        return file.read(settings.ASSAY_MAX_SOURCE_BYTES + 1), file.name


class PasteCopyForm(forms.Form):
    """What the source says, as a person copied it."""

    copy = forms.CharField(
        strip=False,
        widget=area(8),
        label="Its text",
        help_text="All of it, word for word: quotes are looked for in it.",
    )
