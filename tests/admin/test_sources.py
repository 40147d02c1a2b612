"""Sources in the admin: how they stand, looks at them, and what a withheld one keeps to itself."""

import pytest

from accounts.roles import Role
from articles.ingest.fetch_double import FakeFetcher
from articles.ingest.fetch_errors import BadAnswer
from sources.captures import request_capture, run_capture
from sources.models import Capture, Source, SourceKind
from tests.admin.pages import form_data, page, said
from tests.factories import make_source

pytestmark = pytest.mark.django_db
ADDRESS = "https://records.example/minutes"
GONE = BadAnswer("It is gone from quillon.example (410).", 410)


@pytest.fixture
def source():
    return make_source(title="Minutes of May", url=ADDRESS)


@pytest.fixture
def withheld():
    reason = "They fear for their work."
    url = "https://quillon.example/1"
    return make_source(title="Quillon", url=url, kind=SourceKind.WITHHELD, withheld_reason=reason)


def look(source):
    capture = request_capture(actor=None, source=source)
    return run_capture(capture_id=str(capture.pk), fetcher=FakeFetcher({source.url: GONE}))


def look_now(client, *rows):
    chosen = [row.pk for row in rows]
    data = {"action": "look_now", "_selected_action": chosen, "index": 0}
    return client.post(page(Source, "changelist"), data, follow=True)


def test_sources_are_narrowed_by_how_they_stand(client, sign_in, source):
    sign_in()
    other = make_source(title="Another", url="https://records.example/2")
    look(source)
    shown = client.get(page(Source, "changelist"), {"state__exact": "gone"}).content.decode()
    assert source.title in shown
    assert other.title not in shown


def test_a_source_is_found_by_its_doi(client, sign_in):
    sign_in()
    make_source(title="A study", doi="10.1000/xyz")
    make_source(title="Another study")
    rows = client.get(page(Source, "changelist"), {"q": "10.1000/XYZ"}).context["cl"].result_list
    assert [row.title for row in rows] == ["A study"]


def test_numbers_and_references_are_corrected(client, sign_in, source):
    sign_in()
    form = form_data(client.get(page(source)), reference="Section 4", isbn="")
    client.post(page(source), form)
    source.refresh_from_db()
    assert source.reference == "Section 4"


def test_the_same_doi_is_refused_at_its_field(client, sign_in, source):
    sign_in()
    make_source(title="A study", doi="10.1000/xyz")
    response = client.post(page(source), form_data(client.get(page(source)), doi="10.1000/xyz"))
    assert response.status_code == 400
    assert "Another source has this DOI" in response.content.decode()


def test_a_sources_page_shows_its_looks(client, sign_in, source):
    sign_in()
    look(source)
    shown = client.get(page(source)).content.decode()
    assert "It is gone from quillon.example" in shown


def test_ticked_sources_are_looked_at(client, sign_in, source):
    person = sign_in()
    response = look_now(client, source, make_source(url="https://records.example/2"))
    assert said(response) == ["2 to be looked at."]
    assert {capture.requested_by for capture in Capture.objects.all()} == {person}


def test_a_source_without_an_address_is_refused_and_the_others_are_looked_at(
    client, sign_in, source
):
    sign_in()
    refused, done = said(look_now(client, make_source(title="A talk"), source))
    assert "has no address" in refused
    assert done == "1 to be looked at."


def test_looks_at_a_withheld_source_are_shown_to_those_who_may_see_it(client, sign_in, withheld):
    capture = look(withheld)
    for role, status in ((Role.REVIEWER, 302), (Role.EDITOR, 200)):
        sign_in(role)
        assert client.get(page(capture)).status_code == status
        shown = client.get(page(Capture, "changelist")).context["cl"].result_count
        assert shown == (status == 200)


def test_a_withheld_source_is_looked_at_by_those_who_may_see_it(client, sign_in, withheld):
    sign_in(Role.REVIEWER)
    assert "an editor looks after it" in said(look_now(client, withheld))[0]
    assert not Capture.objects.exists()


def test_looks_are_narrowed_by_what_became_of_them(client, sign_in, source):
    sign_in()
    look(source)
    request_capture(actor=None, source=make_source(url="https://records.example/2"))
    found = client.get(page(Capture, "changelist"), {"state__exact": "failed"}).context["cl"]
    assert found.result_count == 1
