"""People, scales and plain records: who changes them, and that each change is in the history."""

import pytest

from accounts.models import User
from accounts.roles import Role
from audit.models import Event
from claims.models import Claimant, ExternalCheck
from reviews.models import Rating, Scale
from sources.models import Source
from tests.admin.pages import form_data, page
from tests.factories import house_rating, make_reviewed_claim, make_source, make_user

pytestmark = pytest.mark.django_db
PASSWORD = "a quite long pass phrase"


@pytest.fixture
def add(client):
    def fill_in(model, **fields):
        form = form_data(client.get(page(model, "add")))
        return client.post(page(model, "add"), {**form, **fields})

    return fill_in


@pytest.fixture
def change(client):
    def fill_in(row, **fields):
        form = form_data(client.get(page(row)))
        return client.post(page(row), {**form, **fields})

    return fill_in


def errors(response):
    form = response.context["adminform"].form
    return " ".join(str(message) for messages in form.errors.values() for message in messages)


class TestPeople:
    new = {
        "email": "ida@example.org",
        "name": "Ida Quell",
        "role": "reviewer",
        "usable_password": "true",
        "password1": PASSWORD,
        "password2": PASSWORD,
    }

    def test_an_administrator_adds_somebody_who_can_sign_in(self, sign_in, add):
        actor = sign_in(Role.ADMINISTRATOR)
        add(User, **self.new)
        person = User.objects.get(email="ida@example.org")
        event = Event.objects.about(person).get()
        assert (person.role, person.check_password(PASSWORD)) == ("reviewer", True)
        assert (event.verb, event.actor) == ("user.added", actor)

    def test_no_password_is_in_the_history(self, sign_in, add):
        sign_in(Role.ADMINISTRATOR)
        add(User, **self.new)
        logged = str(list(Event.objects.values("before", "after", "reason")))
        assert PASSWORD not in logged
        assert User.objects.get(email="ida@example.org").password not in logged

    def test_an_address_that_is_taken_in_another_case_is_refused(self, sign_in, add):
        sign_in(Role.ADMINISTRATOR)
        make_user(email="IDA@example.org")
        response = add(User, **self.new)
        assert response.status_code in {200, 400}
        assert User.objects.filter(email__iexact="ida@example.org").count() == 1

    def test_a_person_is_deactivated_and_the_history_says_by_whom(self, client, sign_in, change):
        actor, person = sign_in(Role.ADMINISTRATOR), make_user()
        form = form_data(client.get(page(person)))
        del form["is_active"]
        client.post(page(person), form)
        person.refresh_from_db()
        event = Event.objects.about(person).get()
        assert (person.is_active, event.actor) == (False, actor)
        assert (event.before, event.after) == ({"is_active": True}, {"is_active": False})

    def test_nobody_takes_their_own_role_away(self, sign_in, change):
        actor = sign_in(Role.ADMINISTRATOR)
        response = change(actor, role="reviewer")
        actor.refresh_from_db()
        assert (response.status_code, actor.role) == (400, Role.ADMINISTRATOR)
        assert "Ask another administrator" in errors(response)

    def test_a_new_password_works_and_is_recorded(self, client, sign_in):
        sign_in(Role.ADMINISTRATOR)
        person = make_user()
        data = {"usable_password": "true", "password1": PASSWORD, "password2": PASSWORD}
        client.post(page(person).replace("change", "password"), {**data, "set-password": "1"})
        person.refresh_from_db()
        assert person.check_password(PASSWORD)
        assert Event.objects.about(person).get().verb == "user.password_set"

    def test_a_password_that_was_refused_is_not_recorded(self, client, sign_in):
        sign_in(Role.ADMINISTRATOR)
        person = make_user()
        data = {"usable_password": "true", "password1": "short", "password2": "other"}
        client.post(page(person).replace("change", "password"), {**data, "set-password": "1"})
        assert not Event.objects.about(person).exists()

    @pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.REVIEWER, Role.EDITOR])
    def test_nobody_else_sets_a_password(self, client, sign_in, role):
        sign_in(role)
        person = make_user()
        assert client.get(page(person).replace("change", "password")).status_code == 403


class TestScales:
    rating = {
        "slug": "so",
        "label": "So",
        "definition": "It is so.",
        "normalised": "supported",
        "colour": "#00aa00",
        "position": "0",
    }

    def new_rating(self, **fields):
        return {f"ratings-0-{name}": value for name, value in {**self.rating, **fields}.items()}

    def test_a_scale_comes_with_its_ratings_and_its_history(self, sign_in, add):
        sign_in(Role.ADMINISTRATOR)
        add(Scale, name="Short", slug="short", **self.new_rating())
        scale = Scale.objects.get(slug="short")
        assert scale.ratings.get().label == "So"
        assert Event.objects.about(scale, scale.ratings.get()).count() == 2

    def test_a_rating_of_an_unused_scale_may_change(self, sign_in, change):
        sign_in(Role.ADMINISTRATOR)
        scale = Scale.objects.create(slug="short", name="Short")
        rating = Rating.objects.create(scale=scale, **{**self.rating, "position": 0})
        change(scale, **{"ratings-0-label": "Quite so"})
        rating.refresh_from_db()
        assert rating.label == "Quite so"

    def test_a_rating_that_somebody_used_means_what_it_meant(self, sign_in, change):
        sign_in(Role.ADMINISTRATOR)
        make_reviewed_claim()
        rating = house_rating("true")
        change(rating.scale, **{"ratings-0-id": rating.pk, "ratings-0-label": "Not quite"})
        rating.refresh_from_db()
        assert rating.label == "True"

    def test_a_colour_that_is_none_is_refused_in_words(self, sign_in, add):
        sign_in(Role.ADMINISTRATOR)
        response = add(Scale, name="Short", slug="short", **self.new_rating(colour="red"))
        assert response.status_code in {200, 400}
        assert not Scale.objects.filter(slug="short").exists()

    @pytest.mark.parametrize("role", [Role.CONTRIBUTOR, Role.REVIEWER, Role.EDITOR])
    def test_others_read_scales_only(self, client, sign_in, role):
        sign_in(role)
        assert "name" not in form_data(client.get(page(house_rating().scale)))


class TestPlainRecords:
    def test_a_claimant_is_added_and_corrected_with_a_history(self, sign_in, add, change):
        actor = sign_in(Role.CONTRIBUTOR)
        add(Claimant, name="Ida Quell", kind="person")
        claimant = Claimant.objects.get()
        change(claimant, role="Harbour master")
        events = Event.objects.about(claimant)
        assert [event.verb for event in events] == ["claimant.added", "claimant.changed"]
        assert {event.actor for event in events} == {actor}

    def test_two_claimants_of_one_name_and_office_are_refused(self, sign_in, add):
        sign_in(Role.CONTRIBUTOR)
        for _ in range(2):
            response = add(Claimant, name="Ida Quell", role="Harbour master", kind="person")
        assert response.status_code in {200, 400}
        assert Claimant.objects.count() == 1

    def test_a_fact_check_by_others_is_noted(self, sign_in, add):
        sign_in(Role.CONTRIBUTOR)
        add(
            ExternalCheck,
            url="https://other.example/1",
            publisher="Other desk",
            claim_reviewed="It cost 40.",
            rating="Mostly",
        )
        assert Event.objects.about(ExternalCheck.objects.get()).get().verb == "externalcheck.added"


class TestSources:
    def test_a_source_is_added_through_the_service(self, sign_in, add):
        actor = sign_in(Role.CONTRIBUTOR)
        add(Source, url="https://Audit.example?utm_source=x", title="Audit", kind="study")
        source = Source.objects.get()
        assert (source.url, source.added_by) == ("https://audit.example/", actor)

    def test_an_address_that_is_here_leads_to_the_source_that_has_it(self, sign_in, add):
        sign_in(Role.CONTRIBUTOR)
        make_source(url="https://audit.example/", title="Audit")
        response = add(Source, url="https://audit.example/", title="Audit again", kind="study")
        assert (response.status_code, Source.objects.get().title) == (302, "Audit")

    def test_a_withheld_source_needs_a_reason_for_readers(self, sign_in, add):
        sign_in(Role.CONTRIBUTOR)
        response = add(Source, title="A clerk", kind="withheld")
        assert response.status_code == 400
        assert "Tell readers why" in errors(response)

    def test_a_source_is_corrected_through_the_service(self, sign_in, change):
        sign_in(Role.CONTRIBUTOR)
        source = make_source(title="Old")
        change(source, title="New")
        assert Event.objects.about(source).last().verb == "source.corrected"


class TestHistory:
    def test_a_records_page_shows_what_was_done_to_it(self, client, sign_in, change):
        sign_in(Role.CONTRIBUTOR, name="Ida Quell")
        source = make_source(title="Old")
        change(source, title="New")
        shown = client.get(page(source)).content.decode()
        for word in ("source.corrected", "Ida Quell", "Old", "New"):
            assert word in shown

    def test_the_history_button_shows_the_same(self, client, sign_in, change):
        sign_in(Role.CONTRIBUTOR)
        source = make_source(title="Old")
        change(source, title="New")
        shown = client.get(page(source, "history")).content.decode()
        assert "source.corrected" in shown

    def test_a_long_history_is_paged(self, client, sign_in):
        from audit.services import record

        sign_in(Role.CONTRIBUTOR)
        source = make_source()
        for _ in range(100):
            record("source.corrected", source, actor=None)
        shown = client.get(page(source, "history"), {"p": "2"}).content.decode()
        assert "Page 2 of 2" in shown
        assert "source.added" in shown
