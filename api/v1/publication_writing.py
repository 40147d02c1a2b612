"""Onto the public record, and what is taken back from it: through the same gate as from the desk."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema
from rest_framework.request import Request

from accounts.models import User
from api.v1 import publication_shapes as shapes
from api.v1.changes import desk_user, find_claim
from api.v1.claim_actions import ClaimAction, action
from api.v1.documents import Data
from api.v1.inputs import PublicReasonInput
from api.v1.review_shapes import verdict_draft
from api.views import ApiView, send, to_json
from claims.models import Claim
from publishing import services
from publishing.gate import Attested


class Gate(ApiView):
    refuses_readers = True

    @extend_schema(
        operation_id="show_gate",
        summary="What the publish gate asks of a claim",
        description="For the desk: the checklist as the claim stands, before anything is attested.",
        responses=shapes.GateShape,
        tags=["workflow"],
    )
    def get(self, request: Request, pk: UUID) -> HttpResponse:
        desk_user(request)
        checks = services.check_gate(find_claim(request, pk), Attested())
        return send(request, to_json(shapes.gate_of(checks)), is_public=False)


@action(
    "publish_verdict",
    "Publish a verdict",
    "Through the gate: what it still misses is answered with 409 and the checklist.",
)
class Publish(ClaimAction):
    writes = "publishing.publish_verdict"
    sent = shapes.PublishInput

    def act(self, actor: User, claim: Claim, given: Data) -> Any:
        signature, note = shapes.signature_of(given), given.get("note", "")
        return services.publish_verdict(actor=actor, claim=claim, signature=signature, note=note)


@action("correct_verdict", "Correct a published verdict", "Readers see the note beside it.")
class Correct(ClaimAction):
    writes = "publishing.correct_verdict"
    sent = shapes.CorrectInput

    def act(self, actor: User, claim: Claim, given: Data) -> Any:
        draft = verdict_draft(given)
        return services.correct_verdict(actor=actor, claim=claim, draft=draft, note=given["note"])


@action("retract_verdict", "Retract a published verdict", "What was published stays on the record.")
class Retract(ClaimAction):
    writes = "publishing.retract_verdict"
    sent = PublicReasonInput

    def act(self, actor: User, claim: Claim, given: Data) -> Any:
        return services.retract_verdict(actor=actor, claim=claim, reason=given["reason"])


@action(
    "reopen_claim",
    "Reopen a claim",
    "Published, retracted or dismissed. Readers of what was public see that it is under re-review, and why.",
)
class Reopen(ClaimAction):
    writes = "reviews.reopen_claim"
    sent = PublicReasonInput

    def act(self, actor: User, claim: Claim, given: Data) -> Any:
        return services.reopen_claim(actor=actor, claim=claim, reason=given["reason"])
