"""Keys at the API: who they speak for, what their scope allows, and clear words when they do not work."""

from datetime import timedelta

import pytest
from django.utils import timezone

from accounts.models import ApiKey, Scope
from accounts.roles import DESK, Role
from accounts.services import make_key, revoke_key
from tests import factories

pytestmark = pytest.mark.django_db
WORDS = {"text": "The port of Brinmouth handled 1,200 ships last year, the authority says.\n"}


@pytest.fixture
def made(db):
    user = factories.make_user(Role.EDITOR)
    key, secret = make_key(actor=user, name="election site", scope=Scope.WRITE)
    return key, {"Authorization": f"Bearer {secret}"}


def test_a_key_speaks_for_its_owner(client, made):
    claim = factories.make_claim()
    assert client.get(f"/api/v1/claims/{claim.pk}/", headers=made[1]).status_code == 200


def test_the_scheme_is_read_in_any_case(client, made):
    claim = factories.make_claim()
    headers = {"Authorization": made[1]["Authorization"].replace("Bearer", "bearer")}
    assert client.get(f"/api/v1/claims/{claim.pk}/", headers=headers).status_code == 200


def revoked(key):
    revoke_key(actor=key.user, key=key)


def expired(key):
    ApiKey.objects.filter(pk=key.pk).update(expires_at=timezone.now() - timedelta(seconds=1))


def deactivated(key):
    key.user.is_active = False
    key.user.save()


@pytest.mark.parametrize(
    ("spoil", "word"), [(revoked, "revoked"), (expired, "expired"), (deactivated, "owner")]
)
@pytest.mark.parametrize("method", ["get", "post"])
def test_a_key_that_no_longer_works_is_refused_with_the_reason(client, made, spoil, word, method):
    key, headers = made
    spoil(key)
    response = getattr(client, method)("/api/v1/articles/", headers=headers)
    assert response.status_code == 401
    assert response["WWW-Authenticate"].startswith("Bearer")
    assert word in response.json()["detail"]


@pytest.mark.parametrize(
    ("header", "word"),
    [
        ("Bearer assay_nobody_knows_this", "unknown"),
        ("Bearer é🦐", "unknown"),
        ("Bearer", "missing"),
        ("Bearer  ", "missing"),
        ("Token assay_something", "bearer token"),
        ("assay_something", "bearer token"),
    ],
)
def test_a_header_without_a_key_of_ours_is_refused_with_the_reason(client, db, header, word):
    response = client.get("/api/v1/verdicts/", headers={"Authorization": header})
    assert (response.status_code, word in response.json()["detail"]) == (401, True)


def test_credentials_of_a_proxy_are_left_to_it(client, published):
    headers = {"Authorization": "Basic c3RhZ2luZzpzdGFnaW5n"}
    assert client.get("/api/v1/verdicts/", headers=headers).status_code == 200


def test_an_expiry_in_the_future_does_not_matter_yet(client, made):
    key, headers = made
    ApiKey.objects.filter(pk=key.pk).update(expires_at=timezone.now() + timedelta(minutes=1))
    assert client.get("/api/v1/verdicts/", headers=headers).status_code == 200


def test_the_last_use_of_a_key_is_noted(client, made):
    key, headers = made
    client.get("/api/v1/verdicts/", headers=headers)
    key.refresh_from_db()
    assert timezone.now() - key.last_used_at < timedelta(minutes=1)


@pytest.mark.parametrize("role", sorted(Role))
@pytest.mark.parametrize("scope", sorted(Scope))
def test_scope_and_role_must_both_allow_writing(client, key, role, scope):
    response = client.post(
        "/api/v1/articles/", WORDS, content_type="application/json", headers=key(role, scope)
    )
    may = scope == Scope.WRITE and role in DESK
    assert response.status_code == (201 if may else 403)


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
@pytest.mark.parametrize("name", ["articles", "claims", "verdicts", "publications"])
def test_a_key_that_reads_is_refused_every_change(client, key, method, name):
    response = getattr(client, method)(f"/api/v1/{name}/", headers=key(Role.EDITOR, Scope.READ))
    assert response.status_code == 403
    assert "only read" in response.json()["detail"]


def test_a_stranger_who_writes_is_asked_for_a_key(client, db):
    response = client.post("/api/v1/articles/", WORDS, content_type="application/json")
    assert response.status_code == 401


def test_a_browser_session_writes_only_with_the_csrf_token(db):
    from django.test import Client

    client = Client(enforce_csrf_checks=True)
    client.force_login(factories.make_user(Role.EDITOR))
    response = client.post("/api/v1/articles/", WORDS, content_type="application/json")
    assert (response.status_code, "CSRF" in response.json()["detail"]) == (403, True)
