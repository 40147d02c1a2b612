"""Sources as everyone reads them: those that published documents cite, as they cite them."""

import importlib

import pytest
from django.apps import apps
from django.db import connection

from accounts.roles import Role
from publishing.models import CurrentVerdict
from publishing.services import publish_verdict, reopen_claim
from reviews.services import write_verdict
from sources.models import Source, SourceKind
from sources.services import withdraw_evidence
from tests import factories

pytestmark = pytest.mark.django_db
SOURCES = "/api/v1/sources/"
NAMES = {"id", "kind", "title", "url", "publisher", "author", "published_on"}


@pytest.fixture
def claim():
    claim = factories.make_claim()
    source = factories.make_source(title="Audit of the works", url="https://audit.example/1")
    factories.make_evidence(claim, source=source)
    withheld = factories.make_source(
        title="The clerk", kind=SourceKind.WITHHELD, withheld_reason="Her safety."
    )
    factories.make_evidence(claim, source=withheld, stance="undermines")
    return factories.publish_claim(claim)


@pytest.fixture
def source(claim):
    return Source.objects.get(title="Audit of the works")


def titles(client, **query):
    return [one["title"] for one in client.get(SOURCES, query).json()["results"]]


def test_a_source_that_a_published_verdict_cites_is_there_and_a_withheld_one_is_not(client, source):
    factories.make_evidence(factories.make_claim())
    [found] = client.get(SOURCES).json()["results"]
    assert found == client.get(f"{SOURCES}{source.pk}/").json()
    assert found["id"] == str(source.pk)
    assert found.keys() == NAMES


def test_a_withheld_source_answers_as_if_it_were_not_there(client, claim):
    withheld = Source.objects.get(kind=SourceKind.WITHHELD)
    assert client.get(f"{SOURCES}{withheld.pk}/").status_code == 404


def test_a_source_that_is_withheld_by_now_is_no_longer_listed(client, source):
    Source.objects.filter(pk=source.pk).update(kind="withheld", withheld_reason="In danger.")
    assert titles(client) == []


def test_what_is_corrected_at_the_desk_is_not_published(client, source):
    Source.objects.filter(pk=source.pk).update(title="Corrected", publisher="Corrected")
    assert "Corrected" not in client.get(SOURCES).content.decode()


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"q": "audit"}, 1),
        ({"q": "clerk"}, 0),
        ({"url": "https://audit.example/1"}, 1),
        ({"kind": "official_record"}, 1),
        ({"kind": "withheld"}, 0),
    ],
)
def test_a_list_is_narrowed(client, claim, query, count):
    assert len(titles(client, **query)) == count


def test_how_a_source_stands_is_for_the_desk(client, claim):
    assert "state" in client.get(SOURCES, {"state": "gone"}).json()["errors"]


def test_claims_are_found_by_the_source_that_they_lean_on(client, key, claim, source):
    factories.make_published_claim()
    for headers in ({}, key()):
        found = client.get("/api/v1/claims/", {"source": source.pk}, headers=headers).json()
        assert [one["id"] for one in found["results"]] == [str(claim.pk)]


def test_a_source_that_the_newest_entry_no_longer_cites_is_not_listed(client, claim, source):
    reopen_claim(actor=factories.make_user(Role.EDITOR), claim=claim, reason="A new audit.")
    [item] = claim.evidence.filter(source=source)
    withdraw_evidence(actor=factories.make_user(), evidence=item, reason="Forged.")
    claim.refresh_from_db()
    factories.make_evidence(claim)
    factories.review_claim(claim)
    words = {"summary": "It did.", "justification": "The audit says so."}
    write_verdict(actor=factories.make_user(Role.EDITOR), claim=claim, **words)
    assert titles(client) == ["Audit of the works"]  # the entry on the record still does
    editor = factories.make_user(Role.EDITOR)
    publish_verdict(actor=editor, claim=claim, signature=factories.SIGNED, note="One was forged.")
    assert "Audit of the works" not in titles(client)


def test_what_was_published_before_documents_named_their_sources_is_found_by_its_evidence(
    client, claim, source
):
    CurrentVerdict.objects.update(sources=[])
    migration = importlib.import_module("publishing.migrations.0011_fill_cited_sources")
    with connection.schema_editor() as editor:
        migration.fill(apps, editor)
    assert CurrentVerdict.objects.get().sources == [source.pk, None]
    assert titles(client) == ["Audit of the works"]


def test_a_list_takes_as_many_queries_for_many_as_for_one(client, django_assert_num_queries):
    for _ in range(4):
        factories.make_published_claim()
    with django_assert_num_queries(2):
        assert len(titles(client)) == 4
