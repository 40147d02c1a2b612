"""Evidence that is attached to a claim, taken off it, and quotes that an editor takes on by name."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from rest_framework.request import Request

from accounts.models import User
from api.v1 import source_shapes, source_views
from api.v1.changes import actor_of, change_claim, checked, described
from api.v1.inputs import ReasonInput
from api.views import ApiView
from claims.models import Claim
from sources import services
from sources.models import Evidence, Source


class ClaimEvidence(source_views.ClaimEvidence):
    writes = "sources.add_evidence"

    @described(
        "add_evidence",
        "Add evidence to a claim",
        sent=source_shapes.EvidenceInput,
        gives=source_shapes.DeskEvidenceShape,
        status=201,
        says="It is added.",
        tag="claims",
    )
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        wanted = source_shapes.EvidenceInput(data=request.data)
        wanted.is_valid(raise_exception=True)
        actor = actor_of(request)

        def add(claim: Claim) -> Evidence:
            known = Source.objects.visible_to(actor).filter(pk=wanted.validated_data["source"])
            if (source := known.first()) is None:
                raise ValidationError({"source": "There is no such source. Add it first."})
            return services.add_evidence(
                actor=actor, claim=claim, source=source, draft=wanted.draft
            )

        def tell(item: Evidence) -> dict[str, Any]:
            return source_shapes.evidence_in_full(item, actor)

        return change_claim(request, pk, add, status=201, tell=tell)


class WithdrawEvidence(ApiView):
    writes = "sources.change_evidence"

    @described(
        "withdraw_evidence",
        "Withdraw evidence",
        sent=ReasonInput,
        description="It is taken off its claim, and stays in the history.",
        tag="claims",
    )
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        return _change(request, pk, services.withdraw_evidence)


class OverrideQuote(ApiView):
    writes = "sources.override_quote"

    @described(
        "override_quote",
        "Take on a quote that was not found",
        sent=ReasonInput,
        description="By name and with the reason: the publish gate takes it as settled then.",
        tag="claims",
    )
    def post(self, request: Request, pk: UUID) -> HttpResponse:
        return _change(request, pk, services.override_quote)


def _change(request: Request, pk: UUID, service: Callable[..., Evidence]) -> HttpResponse:
    reason = checked(ReasonInput, request)["reason"]
    rows = Evidence.objects.standing().filter(claim__in=Claim.objects.visible_to(request.user))
    item = get_object_or_404(rows.select_related("claim", "source"), pk=pk)
    actor: User = actor_of(request)
    return change_claim(
        request, item.claim_id, lambda _: service(actor=actor, evidence=item, reason=reason)
    )
