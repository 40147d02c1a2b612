"""What is sent to make a claim or to change what it says, and how words of a version are named."""

from typing import Any

from django.core.exceptions import ValidationError
from rest_framework import serializers

from accounts.models import User
from api.schema import NamedChoice
from api.v1.inputs import KnownFieldsInput
from api.v1.serializers import LANGUAGE
from articles.models import Article, Version
from articles.places import Candidate
from articles.selectors import NotSelected, Selector, select
from claims.kinds import Kind, Mode, Status
from claims.models import Claim, Claimant, ClaimantKind
from claims.models.claim import MAX_TAG, MAX_TAGS
from claims.services import ClaimDraft, find_claimant

LARGEST = 2**31 - 1
#: Runs of words that one claim may have, and characters of a quote.
MOST_SPANS, LONGEST_QUOTE = 20, 10_000
STATEMENT = "One sentence that stands alone: names for “he”, dates for “last week”."
#: How a date is called outside.
RENAMED = {"claimed_on": "claimed_at"}
WHO = ("name", "role", "kind")


class SpanInput(KnownFieldsInput):
    """A run of words: by place (`start`, `end` in code points), by `quote`, or by both, which must agree.

    A quote alone must lead to one place. `prefix` and `suffix` tell places with the same words apart.
    """

    start = serializers.IntegerField(required=False, min_value=0, max_value=LARGEST)
    end = serializers.IntegerField(required=False, min_value=1, max_value=LARGEST)
    quote = serializers.CharField(
        required=False, max_length=LONGEST_QUOTE, trim_whitespace=False, help_text="The words."
    )
    prefix = serializers.CharField(
        required=False, max_length=1000, trim_whitespace=False, help_text="What stands before them."
    )
    suffix = serializers.CharField(
        required=False, max_length=1000, trim_whitespace=False, help_text="What stands after them."
    )


class FurtherSpanInput(SpanInput):
    version = serializers.IntegerField(
        required=False, min_value=1, max_value=LARGEST, help_text="Of the article; else the newest."
    )


class ClaimantInput(KnownFieldsInput):
    """Somebody who is known by `id`, or a `name`, made on first mention."""

    id = serializers.UUIDField(required=False)
    name = serializers.CharField(required=False, max_length=300)
    role = serializers.CharField(required=False, max_length=300, help_text="Office or title.")
    kind = NamedChoice("ClaimantKind", ClaimantKind.choices, required=False)

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        if ("id" in attrs) == ("name" in attrs) or ("id" in attrs and len(attrs) > 1):
            raise serializers.ValidationError({"name": ["Send an id alone, or a name."]})
        return attrs


class WordingInput(KnownFieldsInput):
    """What a claim says, as far as it is sent."""

    kind = NamedChoice("ClaimKind", Kind.choices, required=False)
    mode = NamedChoice("ClaimMode", Mode.choices, required=False)
    claimant = ClaimantInput(required=False, allow_null=True)
    claimed_on = serializers.DateField(required=False, allow_null=True)
    language = serializers.RegexField(LANGUAGE, required=False, max_length=12)
    attribution = serializers.UUIDField(
        required=False, allow_null=True, help_text="The claim that it was said at all."
    )
    tags = serializers.ListField(
        child=serializers.CharField(max_length=MAX_TAG),
        required=False,
        max_length=MAX_TAGS,
        help_text="What it is about, in the desk's own words.",
    )


class ClaimInput(WordingInput):
    """A claim with its words in a version of an article."""

    article = serializers.UUIDField()
    version = serializers.IntegerField(
        required=False, min_value=1, max_value=LARGEST, help_text="Its number; else the newest."
    )
    spans = serializers.ListSerializer[Any](child=SpanInput(), min_length=1, max_length=MOST_SPANS)
    statement = serializers.CharField(max_length=2000, help_text=STATEMENT)
    status = serializers.ChoiceField(
        ["open", "suggested"], default="open", help_text="Suggested: somebody else decides on it."
    )


class ClaimChangesInput(WordingInput):
    """Only what is to change. Null empties claimant, claimed_on and attribution."""

    statement = serializers.CharField(required=False, max_length=2000, help_text=STATEMENT)


def find_version(user: User, article: Any, number: int | None) -> Version:
    """A version of an article that this person may read, with what a new claim takes of it."""
    heavy = ("current__original", "current__blocks")
    rows = Article.objects.visible_to(user).select_related("current").defer(*heavy)
    if (known := rows.filter(pk=article).first()) is None:
        raise ValidationError({"article": "There is no such article."})
    version = known.current
    if number is not None and (version is None or version.number != number):
        version = known.versions.filter(number=number).defer("original", "blocks").first()
    if version is None:
        raise ValidationError({"version": f"This article has no version {number}."})
    version.article = known
    return version


def place_in(version: Version, span: dict[str, Any], path: str = "") -> Candidate:
    """Where the words stand. What leads to no one place is refused by its part."""
    try:
        return select(version.text, Selector(**span))
    except NotSelected as error:
        raise ValidationError({f"{path}{error.part}": str(error)}) from error


def draft_of(user: User, given: dict[str, Any]) -> ClaimDraft:
    """A new claim. Its claimant is made with it or not at all."""
    claimant, is_suggestion = given.get("claimant") or {}, given["status"] == Status.SUGGESTED
    fields = _fields(user, given)
    fields |= {f"claimant_{part}": claimant[part] for part in WHO if part in claimant}
    if "id" in claimant:
        fields["claimant"] = _known_claimant(claimant["id"])
    return ClaimDraft(**fields, is_suggestion=is_suggestion)


def wording(user: User, given: dict[str, Any]) -> dict[str, Any]:
    """The fields of a claim that are to change, with the records that they name."""
    fields = _fields(user, given)
    if "claimant" in given:
        fields["claimant"] = _claimant(given["claimant"])
    return fields


def _claimant(given: dict[str, Any] | None) -> Claimant | None:
    if given is None:
        return None
    return _known_claimant(given["id"]) if "id" in given else find_claimant(**given)


def _fields(user: User, given: dict[str, Any]) -> dict[str, Any]:
    names = ("statement", "kind", "mode", "language", "claimed_on", "tags")
    fields = {RENAMED.get(name, name): given[name] for name in names if name in given}
    if "attribution" in given:
        fields["attribution"] = _attribution(user, given["attribution"])
    return fields


def _known_claimant(pk: Any) -> Claimant:
    if (known := Claimant.objects.filter(pk=pk).first()) is None:
        raise ValidationError({"claimant.id": "There is no such claimant."})
    return known


def _attribution(user: User, pk: Any) -> Claim | None:
    if pk is None:
        return None
    if (said := Claim.objects.visible_to(user).filter(pk=pk).first()) is None:
        raise ValidationError({"attribution": "There is no such claim."})
    return said
