"""The queue: what wants checking, most worthy first, and the next claim for whoever asks."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from accounts.models import User
from accounts.roles import REVIEWERS
from claims.kinds import Kind, Status
from claims.models import Claim
from claims.services import StaleClaim
from reviews import services
from reviews.claim_queue import WORTHS, filtered
from reviews.paging import read_key, worthiest_first
from reviews.views.access import LONGEST_ADDRESS, DeskRequest, desk_view
from reviews.workflow import InvalidTransition

MOST_AT_ONCE = 500


@require_safe
@desk_view("claims.view_claim")
def show_queue(request: DeskRequest) -> HttpResponse:
    claims = filtered(Claim.objects.visible_to(request.user), request.GET, request.user)
    context = {
        "page": worthiest_first(claims, request.GET),
        "filters": request.GET,
        "statuses": Status.choices,
        "kinds": Kind.choices,
        "worths": WORTHS,
        "reviewers": User.objects.filter(is_active=True, role__in=REVIEWERS),
        "may_take": request.user.has_perm("reviews.take_claim"),
        "may_assign": request.user.has_perm("reviews.assign_claim"),
    }
    return render(request, "reviews/queue.html", context)


@require_POST
@desk_view("reviews.take_claim")
def next_claim(request: DeskRequest) -> HttpResponse:
    claim = services.next_claim(actor=request.user)
    if claim is None:
        messages.info(request, "Nothing is waiting for you: every open claim has its reviewers.")
        return redirect("reviews:queue")
    messages.success(request, "This claim is yours to review.")
    return redirect(claim)


@require_POST
@desk_view("claims.view_claim")
def bulk(request: DeskRequest) -> HttpResponse:
    """Do one thing to the chosen claims; those it does not apply to are named and left as they are."""
    claims = _chosen(request)
    change = _bulk_change(request)
    if change is None or not claims:
        messages.error(request, "Choose claims and what to do with them.")
        return redirect("reviews:queue")
    done, refused = _each(claims, change)
    if done:
        messages.success(request, f"Done for {done} claim{'s' if done != 1 else ''}.")
    for why, count in refused.items():
        messages.warning(
            request, f"{count} left as {'it was' if count == 1 else 'they were'}: {why}"
        )
    query = request.POST.get("query", "")
    return redirect(f"{reverse('reviews:queue')}?{query if len(query) < LONGEST_ADDRESS else ''}")


def _bulk_change(request: DeskRequest) -> Callable[[Claim], Any] | None:
    reason = _words(request, "reason")[:2000]
    match request.POST.get("action"):
        case "accept":
            return lambda claim: services.accept_claim(actor=request.user, claim=claim)
        case "dismiss":
            return lambda claim: services.dismiss_claim(
                actor=request.user, claim=claim, reason=reason
            )
        case "assign":
            reviewer = User.objects.filter(
                email__iexact=_words(request, "reviewer"), is_active=True
            ).first()
            if reviewer:
                return lambda claim: services.assign_claim(
                    actor=request.user, claim=claim, reviewer=reviewer
                )
    return None


def _words(request: DeskRequest, name: str) -> str:
    """Without NUL, which PostgreSQL cannot store."""
    return request.POST.get(name, "").replace("\x00", "")


def _each(claims: list[Claim], change: Callable[[Claim], Any]) -> tuple[int, dict[str, int]]:
    done = 0
    refused: dict[str, int] = {}
    for claim in claims:
        try:
            change(claim)
            done += 1
        except (InvalidTransition, StaleClaim, PermissionDenied) as error:
            refused[str(error)] = refused.get(str(error), 0) + 1
        except ValidationError as error:
            why = " ".join(error.messages)
            refused[why] = refused.get(why, 0) + 1
    return done, refused


def _chosen(request: DeskRequest) -> list[Claim]:
    keys = filter(None, map(read_key, request.POST.getlist("claim")[:MOST_AT_ONCE]))
    return list(Claim.objects.visible_to(request.user).filter(pk__in=keys))
