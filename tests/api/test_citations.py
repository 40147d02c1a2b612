"""Sources of a claim as CSL-JSON: as published for everyone, as they stand for the desk."""

import pytest

from accounts.roles import Role
from sources.models import SourceKind
from sources.services import correct_source
from tests import factories

pytestmark = pytest.mark.django_db


def citations(client, claim, headers=None):
    response = client.get(f"/api/v1/claims/{claim.pk}/citations/", headers=headers or {})
    return response, response.json()


def test_everyone_is_given_the_sources_as_they_were_published(client):
    claim = factories.make_published_claim()
    source = claim.evidence.get().source
    correct_source(actor=factories.make_user(), source=source, title="Changed since")
    response, [item] = citations(client, claim)
    assert response.headers["Content-Type"] == "application/vnd.citationstyles.csl+json"
    assert (item["id"], item["title"]) == (f"{claim.pk}-1", source.title)


def test_the_desk_is_given_them_as_they_stand(client, key):
    claim = factories.make_published_claim()
    source = claim.evidence.get().source
    correct_source(actor=factories.make_user(), source=source, title="Changed since")
    _, [item] = citations(client, claim, key(Role.REVIEWER))
    assert item["title"] == "Changed since"


def test_a_source_of_several_pieces_of_evidence_is_there_once(client, key):
    claim, source = factories.make_claim(), factories.make_source()
    for stance in ("supports", "undermines"):
        factories.make_evidence(claim, source=source, stance=stance)
    assert len(citations(client, claim, key(Role.REVIEWER))[1]) == 1


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.EDITOR])
def test_a_withheld_source_is_a_placeholder_for_everyone(client, key, role):
    claim = factories.make_reviewed_claim("true", "true")
    withheld = factories.make_source(
        title="The nurse", kind=SourceKind.WITHHELD, withheld_reason="In danger."
    )
    factories.make_evidence(claim, source=withheld)
    editor = factories.make_user(Role.EDITOR)
    factories.write_verdict(actor=editor, claim=claim, summary="So.", justification="So.")
    factories.publish_verdict(actor=editor, claim=claim, signature=factories.SIGNED)
    for headers in ({}, key(role)):
        response, found = citations(client, claim, headers)
        assert found[1]["title"] == "Withheld source"
        assert found[1]["note"] == "In danger."
        assert b"nurse" not in response.content


def test_what_is_not_published_is_not_there(client):
    assert citations(client, factories.make_reviewed_claim("true", "true"))[0].status_code == 404


def test_what_is_known_already_is_not_sent_again(client):
    claim = factories.make_published_claim()
    etag = citations(client, claim)[0].headers["ETag"]
    response = client.get(f"/api/v1/claims/{claim.pk}/citations/", headers={"If-None-Match": etag})
    assert response.status_code == 304
