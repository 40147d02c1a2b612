"""The workflow's actions on a claim, one address each: what is sent is checked, and one service does it."""

from collections.abc import Callable
from typing import Any, ClassVar
from uuid import UUID

from django.http import HttpResponse
from drf_spectacular.utils import extend_schema_view
from rest_framework.request import Request

from accounts.models import User
from api.v1 import review_shapes as shapes
from api.v1.changes import actor_of, change_claim, checked, described
from api.v1.documents import Data
from api.v1.inputs import KnownFieldsInput, NothingInput, ReasonInput
from api.views import ApiView
from claims.models import Claim
from claims.services import unflag_claim
from reviews import services


class ClaimAction(ApiView):
    """`act` calls the service with what was sent. The answer is the claim as it is then."""

    sent: ClassVar[type[KnownFieldsInput]] = NothingInput

    def post(self, request: Request, pk: UUID) -> HttpResponse:
        given = checked(self.sent, request)
        return change_claim(request, pk, lambda claim: self.act(actor_of(request), claim, given))

    def act(self, actor: User, claim: Claim, given: Data) -> Any:
        raise NotImplementedError


def action(
    operation_id: str, summary: str, description: str = ""
) -> Callable[[type[ClaimAction]], type[ClaimAction]]:
    """The action for the OpenAPI document."""

    def decorate(view: type[ClaimAction]) -> type[ClaimAction]:
        words = described(operation_id, summary, sent=view.sent, description=description)
        return extend_schema_view(post=words)(view)

    return decorate


@action("accept_claim", "Take a suggestion on", "The claim is open then.")
class Accept(ClaimAction):
    writes = "claims.accept_claim"

    def act(self, actor: User, claim: Claim, given: Data) -> Any:
        return services.accept_claim(actor=actor, claim=claim)


@action("dismiss_claim", "Dismiss a claim", "Suggested or open. An editor can reopen it.")
class Dismiss(ClaimAction):
    writes = "claims.dismiss_claim"
    sent = ReasonInput

    def act(self, actor: User, claim: Claim, given: Data) -> Any:
        return services.dismiss_claim(actor=actor, claim=claim, reason=given["reason"])


@action("unflag_claim", "Take the flag off", "Somebody has looked at it again.")
class Unflag(ClaimAction):
    writes = "claims.change_claim"

    def act(self, actor: User, claim: Claim, given: Data) -> Any:
        return unflag_claim(actor=actor, claim=claim)


@action("take_claim", "Take a claim to review it", "Taking what one has changes nothing.")
class Take(ClaimAction):
    writes = "reviews.take_claim"

    def act(self, actor: User, claim: Claim, given: Data) -> Any:
        return services.take_claim(actor=actor, claim=claim)


@action("release_claim", "Give a claim back", "Before the review; an editor for somebody else too.")
class Release(ClaimAction):
    writes = "reviews.take_claim"
    sent = shapes.ReleaseInput

    def act(self, actor: User, claim: Claim, given: Data) -> Any:
        named = given.get("reviewer")
        reviewer = shapes.find_reviewer(named) if named else None
        return services.release_claim(actor=actor, claim=claim, reviewer=reviewer)


@action("assign_claim", "Give a claim to a reviewer")
class Assign(ClaimAction):
    writes = "reviews.assign_claim"
    sent = shapes.AssignInput

    def act(self, actor: User, claim: Claim, given: Data) -> Any:
        reviewer, due_at = shapes.find_reviewer(given["reviewer"]), given.get("due_at")
        return services.assign_claim(actor=actor, claim=claim, reviewer=reviewer, due_at=due_at)


@action("adjudicate_claim", "Settle a dispute", "By an editor who wrote none of the reviews.")
class Adjudicate(ClaimAction):
    writes = "reviews.adjudicate_claim"
    sent = shapes.VerdictInput

    def act(self, actor: User, claim: Claim, given: Data) -> Any:
        draft = shapes.verdict_draft(given)
        return services.adjudicate(actor=actor, claim=claim, draft=draft)


@action("write_verdict", "Word a verdict that is decided", "The rating stays as it is.")
class Write(ClaimAction):
    writes = "reviews.change_verdict"
    sent = shapes.VerdictWordsInput

    def act(self, actor: User, claim: Claim, given: Data) -> Any:
        return services.write_verdict(actor=actor, claim=claim, **given)


@action("send_back_claim", "Send a claim back for another round of reviews")
class SendBack(ClaimAction):
    writes = "reviews.send_back_claim"
    sent = ReasonInput

    def act(self, actor: User, claim: Claim, given: Data) -> Any:
        return services.send_back(actor=actor, claim=claim, reason=given["reason"])
