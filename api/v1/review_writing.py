"""Reviews, comments and questions of a claim, and what can be done with it: under the rules of the desk's pages."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request
from rest_framework.reverse import reverse

from accounts.models import ApiKey, Scope
from api.refusals import dashed
from api.v1 import review_shapes as shapes
from api.v1.changes import actor_of, change_claim, checked, described, desk_user, find_claim
from api.v1.documents import Data
from api.v1.inputs import ReasonInput
from api.v1.serializers import page_of
from api.views import ApiView, list_body, send, to_json
from claims.models import Claim
from reviews import services
from reviews.abilities import abilities
from reviews.models import Review
from reviews.workflow import Action
from sources import questions
from sources.models import OpenQuestion

READ_ONLY = "This key may only read."


class Reviews(ApiView):
    refuses_readers = True
    writes = "reviews.add_review"

    @extend_schema(
        operation_id="list_reviews",
        summary="The reviews of a claim",
        description="For the desk. While a round is open, who has not submitted theirs sees none of its reviews.",
        responses=page_of(shapes.ReviewShape, "reviews"),
        tags=["workflow"],
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        user = desk_user(request)
        rows = Review.objects.visible_to(user, find_claim(request, pk))
        found = rows.select_related("rating", "reviewer").prefetch_related("evidence")
        return _send_list(request, [shapes.review_of(review) for review in found])

    @described(
        "submit_review",
        "Submit a review",
        sent=shapes.ReviewInput,
        gives=shapes.ReviewShape,
        status=201,
        says="It is in. The last of a round decides where the claim goes.",
        description="For who has the claim. One a round; it is never changed once it is in.",
    )
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        given = checked(shapes.ReviewInput, request)

        def submit(claim: Claim) -> Review:
            draft = shapes.review_draft(claim, given)
            return services.submit_review(actor=actor_of(request), claim=claim, draft=draft)

        return change_claim(request, pk, submit, status=201, tell=shapes.review_of)


class Comments(ApiView):
    refuses_readers = True
    writes = "reviews.add_comment"

    @extend_schema(
        operation_id="list_comments",
        summary="What colleagues say about a claim",
        description="For the desk; never published.",
        responses=page_of(shapes.CommentShape, "comments"),
        tags=["workflow"],
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        desk_user(request)
        found = find_claim(request, pk).comments.select_related("author")
        return _send_list(request, [shapes.comment_of(comment) for comment in found])

    @described(
        "add_comment",
        "Say something about a claim",
        sent=shapes.CommentInput,
        gives=shapes.CommentShape,
        status=201,
        says="It is said.",
    )
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        text = checked(shapes.CommentInput, request)["text"]

        def add(claim: Claim) -> Any:
            return services.add_comment(actor=actor_of(request), claim=claim, text=text)

        return change_claim(request, pk, add, status=201, tell=shapes.comment_of)


class Questions(ApiView):
    refuses_readers = True
    writes = "sources.add_evidence"

    @extend_schema(
        operation_id="list_questions",
        summary="What has to be found out about a claim",
        description="For the desk: the questions that stand, as they were asked.",
        responses=page_of(shapes.QuestionShape, "questions"),
        tags=["claims"],
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        desk_user(request)
        rows = find_claim(request, pk).open_questions.standing().select_related("asked_by")
        return _send_list(request, [shapes.question_of(question) for question in rows])

    @described(
        "ask_question",
        "Ask a question",
        sent=shapes.QuestionInput,
        gives=shapes.QuestionShape,
        status=201,
        says="It stands until evidence answers it. The same question is asked once.",
        tag="claims",
    )
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        text = checked(shapes.QuestionInput, request)["text"]

        def ask(claim: Claim) -> OpenQuestion:
            return questions.ask_question(actor=actor_of(request), claim=claim, text=text)

        return change_claim(request, pk, ask, status=201, tell=shapes.question_of)


class CloseQuestion(ApiView):
    writes = "sources.change_evidence"

    @described(
        "close_question",
        "Close a question",
        sent=ReasonInput,
        gives=shapes.QuestionShape,
        says="Closed. It stays in the history.",
        tag="claims",
    )
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        reason = checked(ReasonInput, request)["reason"]
        found = get_object_or_404(OpenQuestion.objects.standing(), pk=pk)

        def close(claim: Claim) -> OpenQuestion:
            return questions.close_question(actor=actor_of(request), question=found, reason=reason)

        return change_claim(request, found.claim_id, close, tell=shapes.question_of)


class Actions(ApiView):
    refuses_readers = True

    @extend_schema(
        operation_id="list_actions",
        summary="What can be done with a claim now",
        description="For the desk: every action of the workflow, whether this key can do it now, and why not.",
        responses=page_of(shapes.ActionShape, "actions"),
        tags=["workflow"],
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        user, why_not = desk_user(request), _why_not_by_key(request)
        claim = find_claim(request, pk)
        found = [
            shapes.action_of(ability, _address_of(request, claim, ability.action), why_not)
            for ability in abilities(user, claim)
        ]
        return _send_list(request, found)


def _address_of(request: Request, claim: Claim, action: Action) -> str:
    if action == Action.REVIEW:
        return reverse("api:list-reviews", args=[claim.pk], request=request)
    here = reverse("api:list-actions", args=[claim.pk], request=request)
    return f"{here}{dashed(action)}/"


def _why_not_by_key(request: Request) -> str:
    is_reading = isinstance(request.auth, ApiKey) and request.auth.scope != Scope.WRITE
    return READ_ONLY if is_reading else ""


def _send_list(request: Request, found: list[Data]) -> HttpResponse:
    return send(request, list_body([to_json(item) for item in found], None), is_public=False)
