"""What people do with endpoints: make, change, give another secret, switch off and on, retire."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import User
from articles.fetching import private_hosts
from articles.ingest.fetch import checked
from articles.ingest.fetch_errors import RefusedAddress
from audit.services import record
from publishing.proof.heads import lock_record
from publishing.webhooks import outbox
from publishing.webhooks.models import (
    CHOSEN,
    LONGEST_ADDRESS,
    DeliveryState,
    Endpoint,
    EndpointState,
    Secret,
)
from publishing.webhooks.sealing import new_secret, seal

#: How long the secret before is still signed with, once there is a new one.
OVERLAP = timedelta(hours=24)
#: Endpoints that one person may have.
MOST_ENDPOINTS = 50
KNOWN = [event for event, _ in CHOSEN]


@dataclass(frozen=True, slots=True)
class EndpointDraft:
    """What people say about an endpoint."""

    address: str
    events: Sequence[str]
    description: str = ""


@transaction.atomic
def make_endpoint(*, actor: User, draft: EndpointDraft) -> tuple[Endpoint, str]:
    """The endpoint, and the secret to show once. It is told of what is published from now on."""
    if not actor.has_perm("publishing.add_endpoint"):
        raise PermissionDenied("Your role does not make webhooks.")
    User.objects.select_for_update().get(pk=actor.pk)  # so that the limit counts
    if Endpoint.objects.standing().filter(owner=actor).count() >= MOST_ENDPOINTS:
        raise ValidationError(f"You have {MOST_ENDPOINTS} webhooks. Retire one first.")
    draft = _checked(draft)
    endpoint = Endpoint.objects.create(
        address=draft.address,
        description=draft.description,
        events=list(draft.events),
        owner=actor,
    )
    record("endpoint.added", endpoint, actor=actor, after=_told(endpoint))
    return endpoint, _add_secret(endpoint)


@transaction.atomic
def change_endpoint(*, actor: User, endpoint: Endpoint, draft: EndpointDraft) -> Endpoint:
    """Another address, description or choice of events. What waits goes to the new address."""
    endpoint, draft = lock_endpoint(actor, endpoint), _checked(draft)
    before = _told(endpoint)
    endpoint.address, endpoint.description = draft.address, draft.description
    endpoint.events = list(draft.events)
    after = _told(endpoint)
    changed = [name for name in after if before[name] != after[name]]
    if not changed:
        return endpoint
    endpoint.rests_until, endpoint.changed_at = None, timezone.now()
    endpoint.save()
    record(
        "endpoint.changed",
        endpoint,
        actor=actor,
        before={name: before[name] for name in changed},
        after={name: after[name] for name in changed},
    )
    outbox.queue_turn_once(endpoint.pk)
    return endpoint


@transaction.atomic
def revise_endpoint(
    *, actor: User, endpoint: Endpoint, draft: EndpointDraft, state: str = ""
) -> Endpoint:
    """Change it, and switch it on or off, in one."""
    if state == EndpointState.ACTIVE:
        lock_record()  # before the endpoint, as `enable_endpoint` does: two that wait for each other never end
    endpoint = change_endpoint(actor=actor, endpoint=endpoint, draft=draft)
    match state:
        case EndpointState.ACTIVE:
            return enable_endpoint(actor=actor, endpoint=endpoint)
        case EndpointState.DISABLED:
            return disable_endpoint(actor=actor, endpoint=endpoint)
    return endpoint


@transaction.atomic
def rotate_secret(*, actor: User, endpoint: Endpoint) -> tuple[Endpoint, str, datetime]:
    """A new secret to show once. The one before is signed with as well for a day; an older one no longer."""
    endpoint, now = lock_endpoint(actor, endpoint), timezone.now()
    until = now + OVERLAP
    endpoint.secrets.filter(expires_at__gt=now).update(expires_at=now)
    endpoint.secrets.filter(expires_at=None).update(expires_at=until)
    secret = _add_secret(endpoint)
    record("endpoint.secret_rotated", endpoint, actor=actor)
    return endpoint, secret, until


@transaction.atomic
def disable_endpoint(*, actor: User, endpoint: Endpoint, reason: str = "") -> Endpoint:
    """Nothing is sent until it is switched on again. What waits keeps waiting."""
    endpoint, now = lock_endpoint(actor, endpoint), timezone.now()
    if not endpoint.is_active:
        return endpoint
    reason = reason.strip() or f"{actor} switched it off."
    endpoint.state, endpoint.reason, endpoint.off_since = EndpointState.DISABLED, reason, now
    endpoint.changed_at = now
    endpoint.save()
    record("endpoint.disabled", endpoint, actor=actor, reason=reason)
    return endpoint


@transaction.atomic
def enable_endpoint(*, actor: User, endpoint: Endpoint, catches_up: bool = True) -> Endpoint:
    """Switch it on again: what waits goes out, and what was published meanwhile too unless it is not wanted."""
    lock_record()  # or what is being published now would be neither in line nor missed
    endpoint, now = lock_endpoint(actor, endpoint), timezone.now()
    if endpoint.is_active or endpoint.off_since is None:
        return endpoint
    missed = outbox.queue_missed(endpoint, endpoint.off_since, now) if catches_up else 0
    endpoint.deliveries.filter(state=DeliveryState.WAITING).update(next_attempt_at=now)
    endpoint.state, endpoint.reason, endpoint.off_since = EndpointState.ACTIVE, "", None
    endpoint.failures, endpoint.failing_since, endpoint.rests_until = 0, None, None
    endpoint.changed_at = now
    endpoint.save()
    record("endpoint.enabled", endpoint, actor=actor, after={"missed": missed})
    outbox.queue_turn_once(endpoint.pk)
    return endpoint


@transaction.atomic
def retire_endpoint(*, actor: User, endpoint: Endpoint) -> Endpoint:
    """For good. Its secrets are worth nothing any more, and what waited is given up; the history stays."""
    endpoint, now = lock_endpoint(actor, endpoint), timezone.now()
    waiting = endpoint.deliveries.filter(state=DeliveryState.WAITING)
    waiting.update(state=DeliveryState.FAILED, next_attempt_at=None, ended_at=now)
    endpoint.secrets.valid(now).update(expires_at=now)
    endpoint.state, endpoint.off_since, endpoint.changed_at = EndpointState.RETIRED, now, now
    endpoint.save()
    record("endpoint.retired", endpoint, actor=actor)
    return endpoint


def _add_secret(endpoint: Endpoint) -> str:
    secret = new_secret()
    keys = [settings.SECRET_KEY]
    Secret.objects.create(endpoint=endpoint, sealed=seal(secret, keys))
    return secret


def lock_endpoint(actor: User, endpoint: Endpoint) -> Endpoint:
    """The row, for this person to change. The lock lets publications name the endpoint meanwhile."""
    if not actor.has_perm("publishing.change_endpoint", endpoint):
        raise PermissionDenied("This webhook belongs to somebody else.")
    endpoint = Endpoint.objects.select_for_update(no_key=True).get(pk=endpoint.pk)
    if endpoint.is_retired:
        raise ValidationError("This webhook is retired. Make another.")
    return endpoint


def _checked(draft: EndpointDraft) -> EndpointDraft:
    """Cleaned. By its form alone: where the name leads is checked each time something is sent."""
    events = [event for event in KNOWN if event in draft.events]
    if not events or set(draft.events) - set(KNOWN):
        raise ValidationError({"events": f"Choose at least one of: {', '.join(KNOWN)}."})
    description = " ".join(draft.description.replace("\x00", "").split())
    address = draft.address.strip()
    try:
        if len(checked(address, private_hosts()).geturl()) > LONGEST_ADDRESS:
            raise RefusedAddress(f"The address is longer than {LONGEST_ADDRESS:,} characters.")
    except RefusedAddress as error:
        raise ValidationError({"address": str(error)}) from error
    return EndpointDraft(address, events, description[:200])


def _told(endpoint: Endpoint) -> dict[str, object]:
    return {
        "address": endpoint.address,
        "description": endpoint.description,
        "events": list(endpoint.events),
    }
