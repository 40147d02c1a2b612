"""Who may open what in the admin. Every page of ours is in the table; the others are nobody's."""

import pytest
from django.contrib import admin
from django.urls import reverse

from accounts.models import ApiKey, User
from accounts.roles import DESK, Role
from accounts.services import make_key
from articles.ingest.post_double import FakePoster
from articles.models import Article, Batch, Feed, Import, Version
from audit.models import Event
from claims.models import (
    CheckImport,
    Claim,
    Claimant,
    DetectionRun,
    ExternalCheck,
    TrustedPublisher,
    WorthModel,
)
from publishing.models import (
    Attempt,
    Delivery,
    Endpoint,
    MarkupPage,
    Publication,
    SignedHead,
    SigningKey,
)
from publishing.webhooks.sending import take_turn
from reviews.models import Scale, Verdict
from sources.captures import request_capture
from sources.models import Capture, Evidence, OpenQuestion, Snapshot, Source
from tests.admin.pages import page
from tests.factories import make_published_claim, make_source, make_user
from tests.publishing.webhooks.making import make_endpoint

pytestmark = pytest.mark.django_db
READERS = DESK
EDITORS = {Role.EDITOR, Role.ADMINISTRATOR}
ADMINISTRATORS = {Role.ADMINISTRATOR}
NOBODY = set()

#: Model: who sees its list and records, who adds one, who changes one.
TABLE = {
    Article: (READERS, DESK, DESK),
    Version: (READERS, NOBODY, NOBODY),
    Import: (READERS, NOBODY, NOBODY),
    Batch: (READERS, NOBODY, NOBODY),
    Feed: (READERS, NOBODY, NOBODY),
    Claim: (READERS, NOBODY, DESK),
    Claimant: (READERS, DESK, DESK),
    ExternalCheck: (READERS, DESK, DESK),
    TrustedPublisher: (READERS, EDITORS, EDITORS),
    CheckImport: (READERS, NOBODY, NOBODY),
    DetectionRun: (READERS, NOBODY, NOBODY),
    WorthModel: (READERS, NOBODY, NOBODY),
    Source: (READERS, DESK, DESK),
    Snapshot: (READERS, NOBODY, NOBODY),
    Capture: (READERS, NOBODY, NOBODY),
    Evidence: (READERS, NOBODY, NOBODY),
    OpenQuestion: (READERS, NOBODY, NOBODY),
    Scale: (READERS, ADMINISTRATORS, ADMINISTRATORS),
    Verdict: (READERS, NOBODY, EDITORS),
    Publication: (READERS, NOBODY, NOBODY),
    MarkupPage: (READERS, NOBODY, NOBODY),
    SigningKey: (READERS, NOBODY, NOBODY),
    SignedHead: (READERS, NOBODY, NOBODY),
    Endpoint: (EDITORS, NOBODY, NOBODY),
    Delivery: (EDITORS, NOBODY, NOBODY),
    Attempt: (EDITORS, NOBODY, NOBODY),
    Event: (EDITORS, NOBODY, NOBODY),
    User: (ADMINISTRATORS, ADMINISTRATORS, ADMINISTRATORS),
    ApiKey: (DESK, NOBODY, NOBODY),
}
OURS = {"accounts", "articles", "audit", "claims", "publishing", "reviews", "sources"}
PEOPLE = sorted(Role)


@pytest.fixture
def desk():
    endpoint = make_endpoint()
    claim = make_published_claim(claimant_name="Ida Quell")
    ExternalCheck.objects.create(
        claim=claim,
        url="https://other.example/1",
        publisher="Other",
        claim_reviewed="X",
        rating="No",
    )
    version = claim.article.current
    request_capture(actor=None, source=make_source(url="https://records.example/1"))
    TrustedPublisher.objects.create(host="other.example", name="Other")
    CheckImport.objects.create(address="https://other.example/checks")
    Batch.objects.create(title="2 addresses")
    Feed.objects.create(address="https://example.org/feed")
    Import.objects.create(address="https://example.org/on-its-way")
    DetectionRun.objects.create(version=version, engine="fake", engine_version="1")
    OpenQuestion.objects.create(claim=claim, text="What did it cost?")
    WorthModel.objects.create(name="desk-1", document={}, before={}, after={})
    editor = make_user(Role.EDITOR)
    MarkupPage.objects.create(
        url="https://desk.example/1", site="desk.example", created_by=editor, changed_by=editor
    )
    take_turn(endpoint_id=str(endpoint.pk), poster=FakePoster())
    return claim


def a_row(model, person):
    return make_key(actor=person, name="Site")[0] if model is ApiKey else model.objects.first()


def test_every_model_of_ours_that_the_admin_knows_is_in_the_table():
    known = {model for model in admin.site._registry if model._meta.app_label in OURS}
    assert known == set(TABLE)


def test_pages_that_other_packages_bring_are_closed_even_to_administrators(client, sign_in):
    sign_in(Role.ADMINISTRATOR)
    others = [model for model in admin.site._registry if model not in TABLE]
    pages = [page(model, name) for model in others for name in ("changelist", "add")]
    assert {client.get(address).status_code for address in pages} == {403}


def those_who(right, role):
    return {model.__name__ for model, row in TABLE.items() if role in row[right]}


def those_that(answer, rows):
    """The models whose page lets this person in, however it is asked for."""
    return {type(row).__name__ for row in rows if answer(row).status_code != 403}


@pytest.mark.parametrize("role", PEOPLE)
class TestEveryPage:
    """One table of pages a role, so that the desk is set up once for it."""

    @pytest.fixture
    def rows(self, desk, sign_in, role):
        person = sign_in(role)
        return [a_row(model, person) for model in TABLE]

    def test_a_list_opens_for_those_who_may_see_it(self, client, rows, role):
        opened = those_that(lambda r: client.get(page(type(r), "changelist"), follow=True), rows)
        assert opened == those_who(0, role)

    def test_a_new_record_is_made_by_those_who_may(self, client, rows, role):
        opened = those_that(lambda r: client.get(page(type(r), "add"), follow=True), rows)
        assert opened == those_who(1, role)

    def test_a_record_opens_for_those_who_may_see_it(self, client, rows, role):
        opened = those_that(lambda r: client.get(page(r), follow=True), rows)
        assert opened == those_who(0, role)

    def test_a_history_opens_for_those_who_see_the_record(self, client, rows, role):
        opened = those_that(lambda r: client.get(page(r, "history"), follow=True), rows)
        assert opened == those_who(0, role)

    def test_a_record_is_sent_back_changed_only_by_those_who_may(self, client, rows, role):
        """An empty form is refused by its own words, not for want of a right."""
        opened = those_that(lambda r: client.post(page(r), {}, follow=True), rows)
        assert opened == those_who(2, role)

    def test_nothing_is_deleted(self, client, rows, role):
        for row in rows:
            client.post(page(row, "delete"), {"post": "yes"})
        assert [row for row in rows if not type(row).objects.filter(pk=row.pk).exists()] == []

    def test_no_list_offers_to_delete(self, client, rows, role):
        lists = [client.get(page(type(row), "changelist")) for row in rows]
        assert not [answer for answer in lists if b"delete_selected" in answer.content]


@pytest.mark.parametrize("name", ["index", "jsi18n", "password_change"])
def test_somebody_without_a_session_is_led_to_the_desks_sign_in(client, name):
    response = client.get(reverse(f"admin:{name}"))
    assert response.status_code == 302
    assert response.url.startswith("/accounts/login/?next=/admin/") or response.url.startswith(
        "/admin/login/"
    )


def test_the_admins_own_sign_in_is_the_desks(client):
    response = client.get(reverse("admin:login"), {"next": "/admin/"})
    assert response.url.startswith("/accounts/login/")


def test_an_api_consumer_is_refused_and_not_asked_to_sign_in_again(client, sign_in):
    sign_in(Role.CONSUMER)
    assert client.get(reverse("admin:index"), follow=True).status_code == 403


def test_somebody_deactivated_is_out_at_once(client, sign_in):
    person = sign_in(Role.ADMINISTRATOR)
    User.objects.filter(pk=person.pk).update(is_active=False)
    assert client.get(reverse("admin:index")).status_code == 302


def test_the_front_page_names_the_product(client, sign_in):
    sign_in()
    assert b"Assay" in client.get(reverse("admin:index")).content


@pytest.mark.parametrize("person", ["not-a-key", "00000000-0000-0000-0000-000000000000"])
def test_a_record_that_is_not_there_leads_home_with_a_word(client, sign_in, person):
    sign_in()
    address = reverse("admin:claims_claim_change", args=[person])
    response = client.get(address, follow=True)
    assert "doesn’t exist" in response.content.decode()


@pytest.mark.parametrize(
    ("app", "model", "field"),
    [
        ("claims", "claim", "claimant"),
        ("sources", "evidence", "source"),
        ("claims", "externalcheck", "claim"),
    ],
)
def test_choosers_answer_the_desk(client, sign_in, app, model, field):
    sign_in(Role.CONTRIBUTOR)
    response = client.get(
        reverse("admin:autocomplete"),
        {"app_label": app, "model_name": model, "field_name": field, "term": "x"},
    )
    assert response.status_code == 200


def test_choosers_answer_nobody_else(client):
    make_user()
    response = client.get(reverse("admin:autocomplete"), {"term": "x"})
    assert response.status_code == 302
