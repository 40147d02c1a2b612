"""Who may do what: the page of roles, the backend that reads it, and what it never lets through."""

import pytest
from django.contrib.auth.models import AnonymousUser

from accounts.backends import PREDICATES, DeskBackend
from accounts.models import User
from accounts.roles import DESK, EVERYONE, PERMISSIONS, Role
from tests.factories import make_user

EDITORS_ONLY = {
    "sources.view_withheld",
    "sources.override_quote",
    "reviews.assign_claim",
    "reviews.adjudicate_claim",
    "reviews.change_verdict",
    "reviews.send_back_claim",
    "reviews.reopen_claim",
    "publishing.publish_verdict",
    "publishing.correct_verdict",
    "publishing.retract_verdict",
    "publishing.override_gate",
    "audit.view_event",
}


def test_nothing_at_the_desk_can_be_deleted():
    assert not [name for name in PERMISSIONS if ".delete_" in name]


def test_an_api_consumer_holds_nothing_but_keys_and_webhooks():
    held = {name for name, roles in PERMISSIONS.items() if Role.CONSUMER in roles}
    keys = {"accounts.add_apikey", "accounts.view_apikey", "accounts.revoke_apikey"}
    webhooks = {f"publishing.{verb}_endpoint" for verb in ("view", "add", "change")}
    assert held == keys | webhooks


def test_an_administrator_may_do_whatever_an_editor_may():
    for roles in PERMISSIONS.values():
        assert Role.EDITOR not in roles or Role.ADMINISTRATOR in roles


@pytest.mark.parametrize("permission", sorted(EDITORS_ONLY))
def test_what_goes_out_and_what_is_withheld_is_the_editors(permission):
    assert PERMISSIONS[permission] == {Role.EDITOR, Role.ADMINISTRATOR}


@pytest.mark.parametrize("permission", ["accounts.view_user", "accounts.change_user"])
def test_people_are_the_administrators(permission):
    assert PERMISSIONS[permission] == {Role.ADMINISTRATOR}


def test_every_predicate_belongs_to_a_permission_that_somebody_holds():
    assert set(PREDICATES) <= set(PERMISSIONS)


@pytest.mark.parametrize("role", Role)
def test_a_person_holds_exactly_the_permissions_of_their_role(role):
    person = User(role=role)
    expected = {name for name, roles in PERMISSIONS.items() if role in roles}
    assert person.get_all_permissions() == expected


@pytest.mark.parametrize("role", Role)
def test_somebody_deactivated_holds_nothing(role):
    assert User(role=role, is_active=False).get_all_permissions() == set()


def test_nobody_signed_in_holds_nothing():
    backend = DeskBackend()
    assert not [name for name in PERMISSIONS if backend.has_perm(AnonymousUser(), name)]


@pytest.mark.parametrize("role", Role)
def test_a_permission_that_is_not_on_the_page_is_held_by_nobody(role):
    assert not User(role=role).has_perm("claims.delete_claim")


@pytest.mark.parametrize("role", Role)
def test_the_admin_opens_for_the_desk_only(role):
    assert User(role=role).is_staff == (role in DESK)
    assert not User(role=role, is_active=False).is_staff


def test_all_of_several_permissions_must_be_held():
    reviewer = User(role=Role.REVIEWER)
    assert reviewer.has_perms(["claims.view_claim", "reviews.take_claim"])
    assert not reviewer.has_perms(["claims.view_claim", "reviews.assign_claim"])


@pytest.mark.parametrize(
    ("role", "app", "sees"),
    [
        (Role.CONTRIBUTOR, "claims", True),
        (Role.CONTRIBUTOR, "audit", False),
        (Role.EDITOR, "audit", True),
        (Role.CONSUMER, "claims", False),
        (Role.CONSUMER, "accounts", True),
    ],
)
def test_an_app_is_shown_to_those_who_hold_something_in_it(role, app, sees):
    assert User(role=role).has_module_perms(app) is sees


@pytest.mark.django_db
def test_the_people_with_a_permission_are_those_of_its_roles_who_are_active():
    people = {role: make_user(role) for role in EVERYONE}
    make_user(Role.EDITOR, is_active=False)
    found = DeskBackend().with_perm("reviews.assign_claim")
    assert set(found) == {people[Role.EDITOR], people[Role.ADMINISTRATOR]}
