"""The desk's forms: they parse and explain; services decide."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, cast

from django import forms
from django.conf import settings

from articles.ingest import FILE_FACTOR, FRAGMENT, PLAIN_TEXT
from articles.models import Article, Origin
from articles.services import Arrival
from claims.kinds import Kind, Mode
from claims.models import Claim
from claims.tag_field import TagsField
from sources.models import Source

DATE = forms.DateInput(attrs={"type": "date"})
MOMENT = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def area(rows: int, **attrs: Any) -> forms.Textarea:
    return forms.Textarea(attrs={"rows": rows, **attrs})


class ArticleForm(forms.Form):
    """Give an address, paste a text or choose a file; what is known of it can be given or left to the text."""

    asks_for = "Give an address alone, or the text or a file: one of the two."
    url = forms.CharField(
        required=False,
        max_length=2000,
        label="Address",
        help_text="Alone, it is fetched. With a text or a file, it says where that was published.",
    )

    text = forms.CharField(
        required=False,
        strip=False,
        widget=area(14),
        label="Or the text of the article",
        help_text="Paste it with its headline and paragraphs as they were published.",
    )
    rich = forms.CharField(required=False, strip=False, widget=forms.HiddenInput)
    file = forms.FileField(
        required=False,
        label="Or a file",
        help_text="A web page, Word (.docx), PDF, Markdown or plain text.",
    )
    title = forms.CharField(
        required=False, max_length=500, help_text="Left empty, it is read from the text."
    )
    publisher = forms.CharField(required=False, max_length=200)
    published_at = forms.DateTimeField(required=False, label="Published", widget=MOMENT)
    language = forms.CharField(
        required=False,
        max_length=12,
        help_text="For example en or pt-BR. Left empty, what the article says.",
    )

    @property
    def is_address_alone(self) -> bool:
        data = self.cleaned_data
        return bool(data["url"]) and not data["text"].strip() and not data["file"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        has_text, has_file = bool((data.get("text") or "").strip()), bool(data.get("file"))
        has_nothing = not (has_text or has_file or data.get("url"))
        if (has_nothing or (has_text and has_file)) and not self.errors:
            raise forms.ValidationError(self.asks_for)
        if has_file and data["file"].size > settings.ASSAY_MAX_ARTICLE_BYTES * FILE_FACTOR:
            limit = settings.ASSAY_MAX_ARTICLE_BYTES * FILE_FACTOR / 1_000_000
            self.add_error(
                "file", f"The file is larger than {limit:g} MB. Send the article's text alone."
            )
        return data

    def arrival(self) -> Arrival:
        data = self.cleaned_data
        return replace(
            self.words(),
            url=data["url"],
            title=data["title"],
            publisher=data["publisher"],
            published_at=data["published_at"],
            language=data["language"],
        )

    def words(self) -> Arrival:
        """The file, or what was pasted: with its layout, if the browser sent that beside the plain words."""
        data = self.cleaned_data
        if file := data.get("file"):
            content, name = file.read(), file.name
            return Arrival(content, origin=Origin.FILE, media_type="", file_name=name)
        is_rich = bool(data["rich"].strip())
        pasted = data["rich"] if is_rich else data["text"]
        media_type = FRAGMENT if is_rich else PLAIN_TEXT
        return Arrival(pasted.encode("utf-8", "replace"), media_type=media_type)


class VersionForm(ArticleForm):
    """The article's text as it stands now. What is known of the article stays as it is."""

    asks_for = "Paste the text or choose a file: one of the two."
    url = title = publisher = published_at = language = None  # type: ignore[assignment]  # Django: no such field

    def arrival(self) -> Arrival:
        return self.words()


class CorrectArticleForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    class Meta:
        model = Article
        fields = ("title", "url", "publisher", "byline", "published_at", "language")
        widgets = {"published_at": MOMENT, "url": forms.TextInput()}


class EngineForm(forms.Form):
    """Which engine is to read an article. None chosen is the desk's choice."""

    engine = forms.ChoiceField(
        required=False,
        error_messages={"invalid_choice": "This desk has no such engine for this language."},
    )

    def __init__(self, names: Sequence[str], data: Any = None) -> None:
        super().__init__(data)
        field = cast("forms.ChoiceField", self.fields["engine"])
        field.choices = [(name, name) for name in names]


class ClaimForm(forms.Form):
    """What a claim says. `lock_version` tells whether somebody changed it meanwhile."""

    statement = forms.CharField(
        max_length=2000,
        widget=area(3, **{"class": "input-statement"}),
        help_text="One sentence that stands alone: names for “he”, dates for “last week”.",
    )
    kind = forms.ChoiceField(choices=Kind.choices, initial=Kind.EVENT)
    mode = forms.ChoiceField(choices=Mode.choices, initial=Mode.NARRATOR, label="How it is said")
    claimant = forms.CharField(
        required=False, max_length=300, help_text="Who says so, if not the article."
    )
    role = forms.CharField(required=False, max_length=300, label="Their office")
    claimed_at = forms.DateField(required=False, label="Said on", widget=DATE)
    tags = TagsField()
    lock_version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    @classmethod
    def of(cls, claim: Claim) -> "ClaimForm":
        return cls(
            initial={
                "statement": claim.statement,
                "kind": claim.kind,
                "mode": claim.mode,
                "claimant": claim.claimant.name if claim.claimant else "",
                "role": claim.claimant.role if claim.claimant else "",
                "claimed_at": claim.claimed_at,
                "tags": claim.tags,
                "lock_version": claim.lock_version,
            }
        )


class SpanForm(forms.Form):
    start = forms.IntegerField(min_value=0, max_value=2**31 - 1)
    end = forms.IntegerField(min_value=1, max_value=2**31 - 1)


class ReasonForm(forms.Form):
    reason = forms.CharField(widget=area(3), max_length=2000, help_text="It stays in the history.")
    lock_version = forms.IntegerField(required=False, widget=forms.HiddenInput)


class PublicReasonForm(ReasonForm):
    reason = forms.CharField(widget=area(3), max_length=2000, help_text="Readers see this.")


class SourceForm(forms.ModelForm):  # type: ignore[type-arg]  # generic in the stubs only
    class Meta:
        model = Source
        fields = (
            "title", "url", "publisher", "author", "published_at", "kind", "reference", "language",
            "withheld_reason",
        )  # fmt: skip
        widgets = {"published_at": DATE, "url": forms.TextInput()}


class CommentForm(forms.Form):
    text = forms.CharField(
        max_length=10_000, widget=area(3), label="Comment", help_text="@name tells that person."
    )
