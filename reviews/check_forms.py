"""Forms about fact-checks by others: bring them in, narrow a list of them, say whose are taken."""

from typing import Any

from django import forms
from django.conf import settings

from claims.services.check_imports import PASTED, too_large
from reviews.forms import area

MOST_PASTED = 2_000_000


class CheckImportForm(forms.Form):
    """An address, a file, or the markup itself: one of the three."""

    url = forms.CharField(
        required=False,
        max_length=2000,
        label="Address",
        help_text="A page with ClaimReview markup, or a DataFeed. It is fetched.",
    )
    file = forms.FileField(
        required=False, label="Or a file", help_text="A saved page, JSON, JSON-LD or a DataFeed."
    )
    markup = forms.CharField(
        required=False,
        strip=False,
        max_length=MOST_PASTED,
        widget=area(8, spellcheck="false"),
        label="Or the markup itself",
        help_text="JSON-LD, or a piece of the page.",
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file and file.size > settings.ASSAY_MAX_CHECKS_BYTES:
            raise forms.ValidationError(too_large())
        return file

    def clean(self) -> dict[str, Any]:
        data = self.cleaned_data
        given = [data.get("url"), data.get("file"), (data.get("markup") or "").strip()]
        given = [one for one in given if one]
        if len(given) != 1 and not self.errors:
            raise forms.ValidationError("Give an address, a file or the markup: one of the three.")
        return data

    def read(self) -> dict[str, Any]:
        """What `start_check_import` asks for."""
        data = self.cleaned_data
        if data["url"]:
            return {"address": data["url"]}
        if data["file"]:
            return {"content": data["file"].read(), "file_name": data["file"].name}
        return {"content": data["markup"].encode("utf-8", "replace"), "file_name": PASTED}


class TrustForm(forms.Form):
    """Whose checks are taken from now on."""

    host = forms.CharField(
        max_length=253,
        label="Site",
        help_text="Like checks.example. It stands for sites below it, too.",
    )
    name = forms.CharField(max_length=200, help_text="Who they are.")
