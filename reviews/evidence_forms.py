"""Adding evidence: a source named in one paste, or described by its kind, and what it says about the claim."""

from typing import Any

from django import forms
from django.conf import settings

from accounts.models import User
from reviews.forms import DATE, area
from reviews.source_kinds import Ask, short_form
from sources.identify import is_name
from sources.models import Source, SourceKind, Stance
from sources.services import EvidenceDraft, SourceDraft

KINDS = [("", "Choose…"), *SourceKind.choices]
#: Kinds that a file alone can be. A withheld source says first why it is withheld.
FILE_KINDS = [(value, label) for value, label in SourceKind.choices if value != "withheld"]


class NameSourceForm(forms.Form):
    """An address, a DOI, an ISBN or words to look for; or a file of the source."""

    name = forms.CharField(
        max_length=2000,
        error_messages={"required": "Paste an address, or choose a file."},
        label="Address, DOI, ISBN, or words of its title",
        widget=forms.TextInput(attrs={"autocomplete": "off", "autofocus": True}),
        help_text="A page is fetched and kept, and fills in its own record.",
    )
    file = forms.FileField(
        required=False,
        allow_empty_file=True,
        label="A file",
        help_text="A PDF, a Word document, a saved page, a picture: it is kept as it is.",
    )
    kind = forms.ChoiceField(
        choices=FILE_KINDS, required=False, initial=SourceKind.OFFICIAL_RECORD, label="What it is"
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = "file" not in self.files

    @property
    def words(self) -> str:
        """What is to be looked for, when it names no source and no file came."""
        name: str = self.cleaned_data["name"]
        is_search = self.cleaned_data["file"] is None and not is_name(name)
        return name[:300] if is_search else ""


class EvidenceForm(forms.Form):
    """A source, known or described here, and what it says about the claim."""

    source = forms.ModelChoiceField(Source.objects.none(), required=False, widget=forms.HiddenInput)
    kind = forms.ChoiceField(choices=KINDS, required=False)
    title = forms.CharField(required=False, max_length=500)
    url = forms.CharField(required=False, max_length=2000)
    publisher = forms.CharField(required=False, max_length=200)
    author = forms.CharField(required=False, max_length=300)
    published_at = forms.DateField(required=False, widget=DATE)
    reference = forms.CharField(required=False, max_length=300)
    withheld_reason = forms.CharField(required=False, max_length=300)
    copy = forms.CharField(
        required=False,
        strip=False,
        max_length=2_000_000,
        widget=area(6),
        label="What the source says",
        help_text="Paste its text: it is kept as a copy, and the quote is looked for in it.",
    )
    file = forms.FileField(
        required=False,
        allow_empty_file=True,
        label="A file of it",
        help_text="It is kept as it is, once the evidence is added.",
    )
    stance = forms.ChoiceField(choices=Stance.choices, widget=forms.RadioSelect)
    question = forms.CharField(
        required=False,
        max_length=500,
        label="Question it answers",
        widget=forms.TextInput(attrs={"list": "open-questions"}),
    )
    quote = forms.CharField(required=False, max_length=10_000, widget=area(3), label="Exact words")
    note = forms.CharField(required=False, max_length=10_000, widget=area(2))

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["source"]
        assert isinstance(choice, forms.ModelChoiceField)  # noqa: S101 - for the type checker
        choice.queryset = Source.objects.visible_to(user)
        self.asks = short_form(self.described_kind)
        for ask in self.asks:
            self._word(ask)

    def _word(self, ask: Ask) -> None:
        """A field as this kind of source has it. Of a source that is here already nothing is needed."""
        field = self.fields[ask.name]
        field.label, field.help_text = ask.label, ask.help
        field.required = bool(ask.refusal) and not self["source"].value()
        field.error_messages["required"] = ask.refusal or field.error_messages["required"]

    @property
    def described_kind(self) -> str:
        """The kind that is being described, if one is."""
        given = str(self["kind"].value() or "")
        return given if given in SourceKind.values else ""

    @property
    def kind_label(self) -> str:
        return str(SourceKind(self.described_kind).label) if self.described_kind else ""

    @property
    def source_fields(self) -> list[forms.BoundField]:
        return [self[ask.name] for ask in self.asks]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if not data.get("source"):
            self._name_interview(data)
            for name, ask in (("title", "Name the source."), ("kind", "Choose what it is.")):
                if not data.get(name) and not self.errors.keys() & {name, "author"}:
                    self.add_error(name, ask)
        return data

    def _name_interview(self, data: dict[str, Any]) -> None:
        if data.get("kind") == SourceKind.INTERVIEW and data.get("author"):
            data["title"] = data.get("title") or f"Interview with {data['author']}"

    def source_draft(self) -> SourceDraft:
        names = (
            "title", "kind", "url", "publisher", "author", "published_at", "reference", "withheld_reason",
        )  # fmt: skip
        return SourceDraft(**{name: self.cleaned_data[name] for name in names})

    def evidence_draft(self) -> EvidenceDraft:
        names = ("stance", "question", "quote", "note", "copy")
        return EvidenceDraft(**{name: self.cleaned_data[name] for name in names})


def read_file(form: forms.Form) -> tuple[bytes, str] | None:
    """The bytes and name of the file of a form, if there is one: no more than is needed to refuse it."""
    file = form.cleaned_data.get("file")
    return (file.read(settings.ASSAY_MAX_SOURCE_BYTES + 1), file.name) if file is not None else None


class OpenQuestionForm(forms.Form):
    text = forms.CharField(
        max_length=500,
        label="What has to be found out",
        help_text="One question, for a source to answer.",
    )
