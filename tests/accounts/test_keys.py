"""API keys: made, shown once, stored hashed, revoked; and the pages that do it."""

import hashlib
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from accounts.models import ApiKey, Scope
from accounts.roles import Role
from accounts.services import find_key, make_key, revoke_key
from tests import factories

pytestmark = pytest.mark.django_db
KEYS = "/desk/keys/"


@pytest.fixture
def user(db):
    return factories.make_user(Role.CONTRIBUTOR)


@pytest.fixture
def signed_in(client, user):
    client.force_login(user)
    return client


def test_only_a_hash_of_the_secret_is_stored(user):
    key, secret = make_key(actor=user, name="site")
    key.refresh_from_db()
    assert key.sha256 == hashlib.sha256(secret.encode()).hexdigest()
    stored = [str(getattr(key, field.attname)) for field in key._meta.concrete_fields]
    assert not any(secret in value for value in stored)


def test_two_keys_never_have_the_same_secret(user):
    assert make_key(actor=user, name="a")[1] != make_key(actor=user, name="b")[1]


@pytest.mark.parametrize(
    "fields",
    [
        {"name": "  "},
        {"name": "a", "scope": "everything"},
        {"name": "a" * 101},
        {"name": "a", "expires_at": timezone.now() - timedelta(days=1)},
    ],
)
def test_a_key_that_makes_no_sense_is_refused(user, fields):
    with pytest.raises(ValidationError):
        make_key(actor=user, **fields)


def test_a_key_is_found_by_its_secret(user):
    key, secret = make_key(actor=user, name="site")
    assert find_key(secret) == key


def test_a_revoked_key_is_found_no_more(user):
    key, secret = make_key(actor=user, name="site")
    revoke_key(actor=user, key=key)
    assert find_key(secret) is None


def test_a_key_is_found_no_more_from_the_moment_it_expires(user):
    key, secret = make_key(actor=user, name="site")
    ApiKey.objects.filter(pk=key.pk).update(expires_at=timezone.now())
    assert find_key(secret) is None


def test_revoking_twice_keeps_the_first_time(user):
    key, _ = make_key(actor=user, name="site")
    first = revoke_key(actor=user, key=key).revoked_at
    assert revoke_key(actor=user, key=key).revoked_at == first


@pytest.mark.parametrize(
    ("role", "may"), [(Role.EDITOR, False), (Role.ADMINISTRATOR, True), (Role.CONSUMER, False)]
)
def test_only_an_administrator_revokes_the_key_of_somebody_else(user, role, may):
    key, _ = make_key(actor=user, name="site")
    other = factories.make_user(role)
    if may:
        assert revoke_key(actor=other, key=key).revoked_at
    else:
        with pytest.raises(PermissionDenied):
            revoke_key(actor=other, key=key)


@pytest.mark.parametrize("role", sorted(Role))
def test_everybody_who_signs_in_has_a_page_of_keys(client, role):
    client.force_login(factories.make_user(role))
    assert client.get(KEYS).status_code == 200


@pytest.mark.parametrize("address", [KEYS, f"{KEYS}make/"])
def test_the_pages_ask_strangers_to_sign_in(client, address):
    assert client.get(address).status_code == 302


def test_the_list_shows_my_keys_and_nobody_elses(signed_in, user):
    make_key(actor=user, name="my own site")
    make_key(actor=factories.make_user(), name="their site")
    page = signed_in.get(KEYS).content.decode()
    assert ("my own site" in page, "their site" in page) == (True, False)


@pytest.mark.parametrize("count", [1, 4])
def test_the_list_asks_the_same_number_of_queries_however_long_it_is(
    signed_in, user, django_assert_num_queries, count
):
    for number in range(count):
        make_key(actor=user, name=f"site {number}")
    with django_assert_num_queries(3):  # the session, the person, the keys
        signed_in.get(KEYS)


def test_a_new_key_is_shown_once_and_works(signed_in):
    page = signed_in.post(f"{KEYS}make/", {"name": "site", "scope": Scope.READ}).content.decode()
    key = ApiKey.objects.get()
    secret = page.split('<p class="secret"><code>')[1].split("</code>")[0]
    assert find_key(secret) == key
    assert secret not in signed_in.get(KEYS).content.decode()


def test_the_page_with_the_secret_is_kept_nowhere(signed_in):
    response = signed_in.post(f"{KEYS}make/", {"name": "site", "scope": Scope.READ})
    assert "no-store" in response["Cache-Control"]


def test_a_key_works_until_the_end_of_its_last_day(signed_in):
    today = timezone.localdate()
    signed_in.post(f"{KEYS}make/", {"name": "site", "scope": "read", "expires_at": today})
    expires = timezone.localtime(ApiKey.objects.get().expires_at)
    assert (expires.date(), expires.hour, expires.minute) == (today, 23, 59)


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"name": ""}, "This field is required"),
        ({"scope": "everything"}, "Select a valid choice"),
        ({"expires_at": "yesterday"}, "Enter a valid date"),
        ({"expires_at": "2020-01-01"}, "This moment has passed"),
        ({"expires_at": "9999-12-31"}, "within the next 10 years"),
        ({"name": "a\x00b"}, "Null characters"),
    ],
)
def test_a_form_that_is_wrong_says_so_and_keeps_what_was_typed(signed_in, fields, words):
    form = {"name": "my site", "scope": "read", **fields}
    response = signed_in.post(f"{KEYS}make/", form)
    assert (response.status_code, words in response.content.decode()) == (400, True)
    assert not ApiKey.objects.exists()


def test_html_in_a_name_is_shown_as_text(signed_in, user):
    make_key(actor=user, name="<script>alert(1)</script>")
    assert b"<script>alert(1)" not in signed_in.get(KEYS).content


def test_revoking_asks_first(signed_in, user):
    key, secret = make_key(actor=user, name="site")
    assert signed_in.get(f"{KEYS}{key.pk}/revoke/").status_code == 200
    assert find_key(secret) == key


def test_a_key_is_revoked_from_its_page(signed_in, user):
    key, secret = make_key(actor=user, name="site")
    response = signed_in.post(f"{KEYS}{key.pk}/revoke/", follow=True)
    assert "is revoked" in response.content.decode()
    assert find_key(secret) is None


@pytest.mark.parametrize("method", ["get", "post"])
def test_the_key_of_somebody_else_is_not_there(signed_in, method):
    key, secret = make_key(actor=factories.make_user(), name="theirs")
    assert getattr(signed_in, method)(f"{KEYS}{key.pk}/revoke/").status_code == 404
    assert find_key(secret) == key


def test_revoking_needs_the_csrf_token(user):
    from django.test import Client

    key, secret = make_key(actor=user, name="site")
    client = Client(enforce_csrf_checks=True)
    client.force_login(user)
    assert client.post(f"{KEYS}{key.pk}/revoke/").status_code == 403
    assert find_key(secret) == key
