"""The audit log: what is written, in plain JSON, and how a history reads."""

from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction

from accounts.models import User
from accounts.roles import Role
from audit.models import Event
from audit.records import save_person, save_record
from audit.services import record
from claims.kinds import Status
from claims.models import Claimant
from tests.factories import make_claim, make_user

pytestmark = pytest.mark.django_db


def test_an_event_names_who_what_to_which_and_why():
    claim, actor = make_claim(), make_user()
    event = record("claim.flagged", claim, actor=actor, after={"flag": "Look."}, reason="Old.")
    event.refresh_from_db()
    assert (event.actor, event.subject_type, event.subject_id) == (actor, "claims.claim", claim.pk)
    assert (event.after, event.before, event.reason) == ({"flag": "Look."}, {}, "Old.")


@pytest.mark.parametrize(
    ("value", "kept"),
    [
        ("text", "text"),
        (None, None),
        (True, True),
        (0.5, 0.5),
        ([1, "two"], [1, "two"]),
        (Status.OPEN, "open"),
        (date(2024, 5, 3), "2024-05-03"),
        (datetime(2024, 5, 3, 9, tzinfo=UTC), "2024-05-03T09:00:00Z"),
        (UUID(int=7), "00000000-0000-0000-0000-000000000007"),
    ],
)
def test_values_are_kept_as_plain_json(value, kept):
    event = record("claim.edited", make_claim(), actor=None, after={"field": value})
    event.refresh_from_db()
    assert event.after == {"field": kept}


def test_another_record_is_kept_by_its_key():
    claimant = Claimant.objects.create(name="Ida Quell")
    event = record("claim.edited", make_claim(), actor=None, after={"claimant": claimant})
    assert event.after == {"claimant": str(claimant.pk)}


def test_a_history_is_of_its_subjects_only_and_oldest_first():
    one, two = make_claim(), make_claim()
    record("claim.flagged", one, actor=None)
    record("claim.flagged", two, actor=None)
    verbs = [event.verb for event in Event.objects.about(one)]
    assert verbs == ["claim.added", "claim.flagged"]


def test_a_history_of_several_subjects_is_one_story():
    one, two = make_claim(), make_claim()
    assert Event.objects.about(one, two).count() == 2


def test_the_history_of_nothing_is_empty():
    make_claim()
    assert not Event.objects.about().exists()


def test_what_was_undone_left_no_event():
    claim = make_claim()
    with transaction.atomic():
        record("claim.flagged", claim, actor=None)
        transaction.set_rollback(True)
    assert not Event.objects.filter(verb="claim.flagged").exists()


class TestPlainRecords:
    def test_a_new_record_is_written_and_recorded(self):
        actor = make_user()
        row = save_record(
            actor=actor, row=Claimant(name="Ida Quell"), fields=["name", "role", "kind"]
        )
        event = Event.objects.about(row).get()
        assert (event.verb, event.actor) == ("claimant.added", actor)
        assert event.after == {"name": "Ida Quell", "role": "", "kind": "person"}

    def test_a_change_records_only_what_changed(self):
        row = Claimant.objects.create(name="Ida Quell")
        row.role = "Harbour master"
        save_record(actor=make_user(), row=row, fields=["name", "role"])
        event = Event.objects.about(row).get()
        assert (event.verb, event.before, event.after) == (
            "claimant.changed",
            {"role": ""},
            {"role": "Harbour master"},
        )

    def test_no_change_writes_nothing(self):
        row = Claimant.objects.create(name="Ida Quell")
        save_record(actor=make_user(), row=row, fields=["name"])
        assert not Event.objects.exists()

    def test_what_its_constraints_refuse_is_not_written(self):
        with pytest.raises(ValidationError):
            save_record(actor=make_user(), row=Claimant(name="X", kind="ghost"), fields=["name"])
        assert not Claimant.objects.exists()


class TestPeople:
    fields = ("email", "name", "role", "is_active")

    def test_a_change_of_role_is_recorded_and_no_password_is(self):
        person = make_user(Role.CONTRIBUTOR)
        person.role = Role.EDITOR
        save_person(actor=make_user(Role.ADMINISTRATOR), person=person, fields=self.fields)
        event = Event.objects.about(person).get()
        assert (event.before, event.after) == ({"role": "contributor"}, {"role": "editor"})

    @pytest.mark.parametrize("change", [{"role": Role.EDITOR}, {"is_active": False}])
    def test_nobody_shuts_themselves_out(self, change):
        actor = make_user(Role.ADMINISTRATOR)
        mirror = User.objects.get(pk=actor.pk)
        for name, value in change.items():
            setattr(mirror, name, value)
        with pytest.raises(ValidationError, match="Ask another administrator"):
            save_person(actor=actor, person=mirror, fields=self.fields)

    def test_an_administrator_may_correct_their_own_name(self):
        actor = make_user(Role.ADMINISTRATOR)
        actor.name = "Rae Moss"
        assert save_person(actor=actor, person=actor, fields=self.fields).name == "Rae Moss"
