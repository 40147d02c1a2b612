"""What lists can be narrowed to. A parameter that is not here is refused by name, never ignored."""

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, TypeVar
from urllib.parse import unquote_to_bytes

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.dateparse import parse_date, parse_datetime
from rest_framework.request import Request

from api.paging import Place
from articles.addresses import BadAddress, normalise
from articles.models import ImportState
from claims.kinds import Kind
from claims.services import clean_tags
from publishing.models import PublicationKind
from reviews.models import Normalised, Rating

M = TypeVar("M", bound=Model)
F = TypeVar("F", bound=forms.Form)
LARGEST = 2**63 - 1

#: What readers are told of a claim today, by the kinds of its newest publication.
STANDINGS: dict[str, tuple[str, ...]] = {
    "published": (PublicationKind.PUBLICATION, PublicationKind.CORRECTION),
    "retracted": (PublicationKind.RETRACTION,),
    "reopened": (PublicationKind.REOPENING,),
    "any": tuple(PublicationKind.values),
}


class MomentField(forms.Field):
    """2026-03-01 or 2026-03-01T12:00:00Z; without a zone it is UTC."""

    def to_python(self, value: Any) -> datetime | None:
        if value in self.empty_values:
            return None
        try:
            moment = parse_datetime(value) if "T" in value else None
            day = parse_date(value) if moment is None else None
        except ValueError:
            moment = day = None
        if day:
            moment = datetime(day.year, day.month, day.day)
        if moment is None:
            raise ValidationError(
                "Give a date like 2026-03-01 or a time like 2026-03-01T12:00:00Z."
            )
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


class AddressField(forms.CharField):
    """An address, in the one spelling that the desk keeps."""

    def clean(self, value: Any) -> str:
        try:
            return normalise(super().clean(value))
        except BadAddress as error:
            raise ValidationError(str(error)) from error


class TagField(forms.CharField):
    """One tag, as the list that holds it."""

    def clean(self, value: Any) -> Any:
        return clean_tags([super().clean(value)])


class QueryForm(forms.Form):
    """The parameters every list takes. `lookups` names the column that each filter compares."""

    limit = forms.IntegerField(
        required=False, min_value=1, max_value=200, initial=50, help_text="Rows a page, 1 to 200."
    )
    lookups: dict[str, str] = {}

    def narrow(self, rows: QuerySet[M]) -> QuerySet[M]:
        return rows.filter(**self.lookups_of(self.cleaned_data))

    @classmethod
    def lookups_of(cls, given: Mapping[str, Any]) -> dict[str, Any]:
        """What these parameters narrow a list to."""
        return {
            column: given[name]
            for name, column in cls.lookups.items()
            if given.get(name) not in (None, "", [])
        }

    @classmethod
    def limit_of(cls, given: Mapping[str, Any]) -> int:
        return given.get("limit") or int(cls.base_fields["limit"].initial)

    @property
    def limit_given(self) -> int:
        return self.limit_of(self.cleaned_data)


class PagedForm(QueryForm):
    cursor = forms.CharField(
        required=False, max_length=2000, help_text="From `next`: opaque, good for the same filters."
    )

    def place(self, request: Request) -> Place:
        audience, cursor = type(self).__name__, self.cleaned_data["cursor"]
        return Place(request, audience, self.limit_given, cursor)


class ImportForm(PagedForm):
    """What is on its way in."""

    batch = forms.UUIDField(required=False, help_text="Those of this batch.")
    feed = forms.UUIDField(required=False, help_text="Those that this feed named.")
    state = forms.ChoiceField(
        required=False, choices=ImportState.choices, help_text="What became of them."
    )

    lookups = {"batch": "batch", "feed": "feed", "state": "state"}


class ClaimForm(PagedForm):
    """What claims and verdicts have in common."""

    q = forms.CharField(
        required=False, max_length=500, help_text="Words; quotes, `or` and `-` are understood."
    )
    rating = forms.CharField(required=False, max_length=50, help_text="The rating's slug.")
    normalised = forms.ChoiceField(
        required=False, choices=Normalised.choices, help_text="What the rating comes down to."
    )
    claimant = forms.CharField(required=False, max_length=300, help_text="The whole name.")
    article = forms.UUIDField(required=False, help_text="The article's id.")
    article_url = AddressField(required=False, max_length=2000, help_text="Where it was published.")
    publisher = forms.CharField(required=False, max_length=200, help_text="Of the article.")
    kind = forms.ChoiceField(required=False, choices=Kind.choices, help_text="What is asserted.")
    language = forms.CharField(required=False, max_length=12, help_text="BCP 47, for example en.")
    tag = TagField(required=False, max_length=50, help_text="One of the desk's tags.")
    published_after = MomentField(required=False, help_text="The verdict, at or after this.")
    published_before = MomentField(required=False, help_text="The verdict, before this.")

    def clean_rating(self) -> str:
        return known_rating(self.cleaned_data["rating"])


class RecordForm(ClaimForm):
    """Claims as the public record has them. Any standing, unless one is asked for."""

    status = forms.ChoiceField(
        required=False,
        choices=[(name, name) for name in STANDINGS],
        initial="any",
        help_text="What readers are told today.",
    )
    lookups = {
        "rating": "rating",
        "normalised": "normalised",
        "claimant": "claimant",
        "article": "article_id",
        "article_url": "article_url",
        "publisher": "publisher",
        "kind": "kind",
        "language": "language",
        "tag": "tags__contains",
        "published_after": "published_at__gte",
        "published_before": "published_at__lt",
    }

    @classmethod
    def lookups_of(cls, given: Mapping[str, Any]) -> dict[str, Any]:
        standing = given.get("status") or str(cls.base_fields["status"].initial)
        return {**super().lookups_of(given), "state__in": STANDINGS[standing]}


class CurrentForm(RecordForm):
    """What holds today, unless one catches up: then also what was taken back since."""

    status = forms.ChoiceField(
        required=False,
        choices=[(name, name) for name in STANDINGS],
        help_text="What readers are told today: `published`, unless `since` or `updated_since` is given.",
    )
    since = forms.IntegerField(
        required=False,
        min_value=0,
        max_value=LARGEST,
        help_text="Only claims with an entry after this place in the record, oldest first, also retracted ones.",
    )
    updated_since = MomentField(
        required=False,
        help_text="Only claims with an entry at or after this time, oldest first, also retracted ones.",
    )
    lookups = {**RecordForm.lookups, "since": "seq__gt", "updated_since": "published_at__gte"}

    @classmethod
    def lookups_of(cls, given: Mapping[str, Any]) -> dict[str, Any]:
        usual = "any" if cls.is_catching_up(given) else "published"
        found = super().lookups_of({**given, "status": given.get("status") or usual})
        starts = [given[name] for name in ("published_after", "updated_since") if given.get(name)]
        return {**found, "published_at__gte": max(starts)} if starts else found

    @staticmethod
    def is_catching_up(given: Mapping[str, Any]) -> bool:
        return given.get("since") is not None or given.get("updated_since") is not None


class VerdictForm(CurrentForm):
    """Verdicts, a page at a time."""

    fields = forms.CharField(  # type: ignore[assignment]  # of the class, until it is collected
        required=False,
        max_length=2000,
        help_text="Only these members, for example `id,verdict.label`.",
    )
    include = forms.CharField(
        required=False,
        max_length=200,
        help_text="`history`: every entry about the claim, oldest first.",
    )


class ExportForm(CurrentForm):
    """All of them at once."""

    limit = cursor = None  # type: ignore[assignment]  # Django: no such field


class FeedForm(QueryForm):
    """The append-only feed. Its numbers have no gaps, so they are its cursors."""

    since = forms.IntegerField(
        required=False, min_value=0, max_value=LARGEST, initial=0, help_text="Entries after this."
    )
    claim = forms.UUIDField(required=False, help_text="Only entries about this claim.")
    lookups = {"since": "seq__gt", "claim": "claim_id"}


class FeedExportForm(FeedForm):
    """All of it at once."""

    limit = None  # type: ignore[assignment]  # Django: no such field


class HeadForm(PagedForm):
    """Signed heads, newest first."""

    since = forms.IntegerField(
        required=False, min_value=0, max_value=LARGEST, help_text="Heads of entries after this."
    )
    lookups = {"since": "publication_id__gt"}


def read_query(form_class: type[F], request: Request) -> F:
    """The query, checked. Raises ValidationError that names every parameter that is wrong."""
    _refuse_garbled(request)
    errors: dict[str, list[str]] = {}
    for name, values in request.GET.lists():
        if name not in form_class.base_fields:
            known = ", ".join(sorted(form_class.base_fields))
            errors[name] = [f"There is no such parameter. Known here: {known}."]
        elif len(values) > 1:
            errors[name] = ["Give it once."]
    form = form_class(request.GET)
    if not form.is_valid():
        errors |= {name: [str(word) for word in words] for name, words in form.errors.items()}
    if errors:
        raise ValidationError(errors)
    return form


def known_rating(slug: str) -> str:
    known = set(Rating.objects.values_list("slug", flat=True)) if slug else {""}
    if slug not in known:
        raise ValidationError(f"There is no rating “{slug}”, only {', '.join(sorted(known))}.")
    return slug


def _refuse_garbled(request: Request) -> None:
    try:
        unquote_to_bytes(request.META.get("QUERY_STRING", "")).decode()
    except UnicodeDecodeError as error:
        raise ValidationError("The query is not UTF-8.") from error
