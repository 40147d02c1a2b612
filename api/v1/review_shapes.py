"""Reviews, comments, questions and actions: as they are sent and as they are told, to the desk."""

from typing import Any

from django.core.exceptions import ValidationError
from rest_framework import serializers

from accounts.models import User
from api.refusals import dashed
from api.schema import NamedChoice
from api.v1.documents import Data, moment
from api.v1.inputs import KnownFieldsInput
from api.v1.serializers import Shape
from claims.kinds import Status
from claims.models import Claim
from reviews.abilities import Ability
from reviews.models import Comment, Confidence, Normalised, Rating, Review
from reviews.services import ReviewDraft, VerdictDraft
from reviews.workflow import Action
from sources.models import Evidence, OpenQuestion

RATING = "The slug of a rating of the house scale."


class ReviewInput(KnownFieldsInput):
    """What a reviewer concludes from the evidence alone."""

    rating = serializers.CharField(max_length=50, help_text=RATING)
    rationale = serializers.CharField(max_length=20_000, help_text="Why.")
    confidence = NamedChoice("Confidence", Confidence.choices, required=False)
    conflict_of_interest = serializers.CharField(
        required=False,
        max_length=2000,
        allow_blank=True,
        help_text="What ties you to the people or the matter. Empty when nothing does.",
    )
    evidence = serializers.ListField(
        child=serializers.UUIDField(), required=False, max_length=200, help_text="What it rests on."
    )


class VerdictWordsInput(KnownFieldsInput):
    """The words of a verdict; its rating is decided already."""

    summary = serializers.CharField(max_length=2000, help_text="Why, in one paragraph.")
    justification = serializers.CharField(max_length=50_000, help_text="The whole reasoning.")


class VerdictInput(VerdictWordsInput):
    """What an editor concludes."""

    rating = serializers.CharField(max_length=50, help_text=RATING)


class AssignInput(KnownFieldsInput):
    reviewer = serializers.CharField(max_length=254, help_text="Their e-mail address, or their id.")
    due_at = serializers.DateTimeField(required=False, help_text="When it is wanted.")


class ReleaseInput(KnownFieldsInput):
    reviewer = serializers.CharField(
        required=False, max_length=254, help_text="For editors: who gives it back; else you do."
    )


class CommentInput(KnownFieldsInput):
    text = serializers.CharField(max_length=10_000, help_text="@name tells that person.")


class QuestionInput(KnownFieldsInput):
    text = serializers.CharField(max_length=500, help_text="One question, for a source to answer.")


class PersonShape(Shape):
    id = serializers.UUIDField()
    name = serializers.CharField()


class RatingShape(Shape):
    slug = serializers.CharField()
    label = serializers.CharField()  # type: ignore[assignment]  # a field, not a field's label
    normalised = NamedChoice("Normalised", Normalised.choices)


class ReviewShape(Shape):
    """One reviewer's judgement. Those of an open round are hidden from who has not submitted theirs."""

    id = serializers.UUIDField()
    round = serializers.IntegerField()
    reviewer = PersonShape()
    rating = RatingShape()
    rationale = serializers.CharField()
    confidence = NamedChoice("Confidence", Confidence.choices)
    conflict_of_interest = serializers.CharField()
    evidence = serializers.ListField(child=serializers.UUIDField())
    submitted_at = serializers.DateTimeField()


class CommentShape(Shape):
    id = serializers.UUIDField()
    author = PersonShape()
    text = serializers.CharField()
    created_at = serializers.DateTimeField()


class QuestionShape(Shape):
    id = serializers.UUIDField()
    text = serializers.CharField()
    remark = serializers.CharField(help_text="What is known all the same, without a source.")
    asked_by = PersonShape(allow_null=True)
    asked_at = serializers.DateTimeField()
    closed_at = serializers.DateTimeField(allow_null=True)


class ActionShape(Shape):
    """`allowed` says whether this key can do it now, and `why_not` why it cannot."""

    action = NamedChoice("ActionName", [dashed(action) for action in Action])
    allowed = serializers.BooleanField()
    why_not = serializers.CharField()
    leads_to = NamedChoice("ClaimStatus", Status.choices)
    address = serializers.URLField(help_text="Where it is sent to, as a POST.")


def review_draft(claim: Claim, given: Data) -> ReviewDraft:
    wanted = given.pop("evidence", [])
    cited = list(Evidence.objects.standing().filter(claim=claim, pk__in=wanted))
    if missing := {str(pk) for pk in wanted} - {str(item.pk) for item in cited}:
        words = f"Not evidence that stands of this claim: {', '.join(sorted(missing))}."
        raise ValidationError({"evidence": words})
    return ReviewDraft(**{**given, "rating": house_rating(given["rating"])}, evidence=cited)


def verdict_draft(given: Data) -> VerdictDraft:
    rating = house_rating(given["rating"])
    return VerdictDraft(rating, given["summary"], given["justification"])


def house_rating(slug: str) -> Rating:
    ratings = Rating.objects.filter(scale__is_house=True).select_related("scale")
    if (found := ratings.filter(slug=slug).first()) is None:
        known = ", ".join(ratings.order_by("position").values_list("slug", flat=True))
        raise ValidationError({"rating": f"The house scale has no such rating. It has: {known}."})
    return found


def review_of(review: Review) -> Data:
    rating = review.rating
    return {
        "id": str(review.pk),
        "round": review.round,
        "reviewer": person_of(review.reviewer),
        "rating": {"slug": rating.slug, "label": rating.label, "normalised": rating.normalised},
        "rationale": review.rationale,
        "confidence": review.confidence,
        "conflict_of_interest": review.conflict_of_interest,
        "evidence": sorted(str(item.pk) for item in review.evidence.all()),
        "submitted_at": moment(review.submitted_at),
    }


def comment_of(comment: Comment) -> Data:
    return {
        "id": str(comment.pk),
        "author": person_of(comment.author),
        "text": comment.text,
        "created_at": moment(comment.created_at),
    }


def question_of(question: OpenQuestion) -> Data:
    return {
        "id": str(question.pk),
        "text": question.text,
        "remark": question.remark,
        "asked_by": question.asked_by and person_of(question.asked_by),
        "asked_at": moment(question.created_at),
        "closed_at": moment(question.closed_at),
    }


def action_of(ability: Ability, address: str, why_not: str) -> Data:
    """`why_not` is what stands against it besides the person: their key."""
    reason = ability.why_not or why_not
    return {
        "action": dashed(ability.action),
        "allowed": not reason,
        "why_not": reason,
        "leads_to": str(ability.leads_to),
        "address": address,
    }


def person_of(person: Any) -> Data:
    return {"id": str(person.pk), "name": str(person)}


def find_reviewer(named: str) -> User:
    """Somebody by their e-mail address or id. Whether they review is for the service to say."""
    by_id = User.objects.filter(pk=named) if _is_id(named) else User.objects.none()
    found = by_id.first() or User.objects.filter(email__iexact=named).first()
    if found is None:
        raise ValidationError({"reviewer": "Nobody here has this e-mail address or id."})
    return found


def _is_id(named: str) -> bool:
    try:
        serializers.UUIDField().to_internal_value(named)
    except serializers.ValidationError:
        return False
    return True
