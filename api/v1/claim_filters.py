"""What lists of articles and claims can be narrowed to, and what may be asked of each row."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.db.models import Exists, OuterRef, QuerySet
from rest_framework.request import Request

from api.paging import Page
from api.v1.filters import (
    AddressField,
    ClaimForm,
    M,
    MomentField,
    PagedForm,
    QueryForm,
    RecordForm,
    TagField,
    known_rating,
)
from api.v1.serializers import ArticleInListShape, ArticleShape, ClaimShape
from api.v1.shaping import Shape, read_selection
from claims.kinds import Status
from publishing.models import CurrentVerdict
from reviews.models import Normalised
from sources.models import Evidence

HISTORY = "`history`: every entry about the claim in the public record, oldest first."
SOURCE = "Those that lean on this source."


class ShapedForm(forms.Form):
    """What is left out of an answer, and put into it. `shape` describes the answer."""

    fields = forms.CharField(  # type: ignore[assignment]  # of the class, until it is collected
        required=False,
        max_length=2000,
        help_text="Only these members, for example `id,verdict.label`.",
    )
    shape: Shape
    includable: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        given = self.cleaned_data
        wanted, more = given.get("fields", ""), given.get("include", "")
        self.selection = read_selection(wanted, more, self.shape, includable=self.includable)
        return given


class UpdatedForm(PagedForm):
    """For those who keep a copy of a list and ask what is new in it."""

    updated_since = MomentField(
        required=False, help_text="What changed at or after this, the first change first."
    )

    def cut(self, request: Request, rows: QuerySet[Any, Any], *, key: str, changed: str) -> Page:
        """The page asked for: the last rows first; or what `changed` since, the first change first."""
        place = self.place(request)
        if self.cleaned_data["updated_since"]:
            return place.cut_upwards(rows, changed, key)
        return place.cut(rows, key=key)


class OneArticleForm(ShapedForm):
    """One article."""

    shape = ArticleShape


class ArticleForm(ShapedForm, UpdatedForm):
    """Articles."""

    shape = ArticleInListShape
    includable = ("claims",)
    include = forms.CharField(required=False, max_length=200, help_text="`claims`: with theirs.")
    q = forms.CharField(required=False, max_length=500, help_text="Words of title, publisher, url.")
    url = AddressField(required=False, max_length=2000, help_text="Where it was published.")
    publisher = forms.CharField(required=False, max_length=200, help_text="The whole name.")
    language = forms.CharField(required=False, max_length=12, help_text="BCP 47, for example en.")
    published_after = MomentField(required=False, help_text="The article, at or after this.")
    published_before = MomentField(required=False, help_text="The article, before this.")
    claimant = forms.CharField(
        required=False, max_length=300, help_text="With a published verdict on a claim of theirs."
    )
    rating = forms.CharField(required=False, max_length=50, help_text="With this verdict: a slug.")
    normalised = forms.ChoiceField(
        required=False, choices=Normalised.choices, help_text="With a verdict that comes to this."
    )
    tag = TagField(required=False, max_length=50, help_text="With a verdict that has this tag.")

    lookups = {
        "url": "url",
        "publisher": "publisher",
        "language": "language",
        "published_after": "published_at__gte",
        "published_before": "published_at__lt",
    }

    def clean_rating(self) -> str:
        return known_rating(self.cleaned_data["rating"])

    def narrow(self, rows: QuerySet[M]) -> QuerySet[M]:
        rows, wanted = super().narrow(rows), _OfVerdicts.lookups_of(self.cleaned_data)
        verdicts = CurrentVerdict.objects.in_force().filter(article=OuterRef("pk"), **wanted)
        return rows.filter(Exists(verdicts)) if wanted else rows


class _OfVerdicts(QueryForm):
    """Filters of articles on the verdicts that they have: on one and the same of them."""

    lookups = {
        "claimant": "claimant",
        "rating": "rating",
        "normalised": "normalised",
        "tag": "tags__contains",
    }


class OneClaimForm(ShapedForm):
    """One claim."""

    shape = ClaimShape
    includable = ("history",)
    include = forms.CharField(required=False, max_length=200, help_text=HISTORY)


class PublicClaimForm(OneClaimForm, UpdatedForm, RecordForm):
    """Claims as everyone reads them, wherever they stand: who keeps a copy must hear of retractions."""

    source = forms.UUIDField(required=False, help_text=SOURCE)
    lookups = {**RecordForm.lookups, "updated_since": "published_at__gte"}

    @classmethod
    def lookups_of(cls, given: Mapping[str, Any]) -> dict[str, Any]:
        found = super().lookups_of(given)
        if source := given.get("source"):
            found["sources__contains"] = [source]
        starts = [given[name] for name in ("published_after", "updated_since") if given.get(name)]
        return {**found, "published_at__gte": max(starts)} if starts else found


class DeskClaimForm(OneClaimForm, UpdatedForm, ClaimForm):
    """Claims as the desk has them, wherever they stand."""

    source = forms.UUIDField(required=False, help_text=SOURCE)
    status = forms.ChoiceField(required=False, choices=Status.choices, help_text="In the workflow.")
    lookups = {
        "status": "status",
        "rating": "current_verdict__rating",
        "normalised": "current_verdict__normalised",
        "claimant": "claimant__name",
        "article": "article_id",
        "article_url": "article__url",
        "publisher": "article__publisher",
        "kind": "kind",
        "language": "language",
        "tag": "tags__contains",
        "published_after": "current_verdict__published_at__gte",
        "published_before": "current_verdict__published_at__lt",
        "updated_since": "changed_at__gte",
    }

    def narrow(self, rows: QuerySet[M]) -> QuerySet[M]:
        rows = super().narrow(rows)
        if (source := self.cleaned_data["source"]) is None:
            return rows
        leaning = Evidence.objects.standing().filter(claim=OuterRef("pk"), source=source)
        return rows.filter(Exists(leaning))
