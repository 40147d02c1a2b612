"""Annotations of a document, held against the rules of the W3C Web Annotation Data Model."""

import json
import re

import pytest

from accounts.roles import Role
from publishing.models import CurrentVerdict
from publishing.services import publish_verdict, reopen_claim, retract_verdict
from publishing.webannotation import render_annotations
from reviews.services import write_verdict
from sources.models import SourceKind
from tests.factories import (
    SIGNED,
    make_article,
    make_evidence,
    make_published_claim,
    make_reviewed_claim,
    make_source,
    make_user,
)
from tests.publishing.pages import correct

pytestmark = pytest.mark.django_db
READ_AT = {1: "2026-01-02T00:00:00Z"}
#: Those of the model.
MOTIVATIONS = {
    "assessing", "bookmarking", "classifying", "commenting", "describing", "editing", "highlighting",
    "identifying", "linking", "moderating", "questioning", "replying", "tagging",
}  # fmt: skip
UTC = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")


def annotations(claim):
    document = json.loads(CurrentVerdict.objects.get(pk=claim.pk).publication.document)
    return render_annotations(document, read_at=READ_AT, first_published_at="2026-01-03T00:00:00Z")


def by_motivation(claim):
    return {one["motivation"]: one for one in annotations(claim)}


@pytest.fixture
def rich():
    """A claim with a withheld source and one without an address besides the usual one."""
    article = make_article(url="https://paper.example/1")
    claim = make_reviewed_claim(article=article, claimant_name="Ida Quell")
    web = make_source(url="https://audit.example/1", title="Audit")
    make_evidence(claim, source=web, question="What did it cost?")
    make_evidence(claim, source=make_source(title="A report on paper"))
    withheld = make_source(
        title="Witness", kind=SourceKind.WITHHELD, withheld_reason="They fear for their work."
    )
    make_evidence(claim, source=withheld, quote="", copy="They said so.")
    write_verdict(actor=make_user(Role.EDITOR), claim=claim, summary="Yes.", justification="So.")
    publish_verdict(actor=make_user(Role.EDITOR), claim=claim, signature=SIGNED)
    correct(claim)
    return claim


def resources(thing):
    """Every object in it."""
    if isinstance(thing, dict):
        yield thing
        for inner in thing.values():
            yield from resources(inner)
    elif isinstance(thing, list):
        for inner in thing:
            yield from resources(inner)


def several(value):
    return value if isinstance(value, list) else [value]


class TestTheModelsRules:
    def test_an_annotation_has_an_address_a_type_a_target_and_one_motivation(self, rich):
        for one in annotations(rich):
            assert one["id"].startswith("http")
            assert one["type"] == "Annotation"
            assert several(one["target"])
            assert one["motivation"] in MOTIVATIONS

    def test_ids_are_of_one_annotation_each(self, rich):
        ids = [one["id"] for one in annotations(rich)]
        assert len(set(ids)) == len(ids) == 6

    def test_a_textual_body_has_one_value_and_known_purposes(self, rich):
        bodies = [r for r in resources(annotations(rich)) if r.get("type") == "TextualBody"]
        assert all(isinstance(body["value"], str) and body["value"] for body in bodies)
        assert {body["purpose"] for body in bodies if "purpose" in body} <= MOTIVATIONS

    def test_a_specific_resource_has_one_source_and_only_it_has_selectors(self, rich):
        for resource in resources(annotations(rich)):
            if resource.get("type") == "SpecificResource":
                assert resource["source"].startswith("http")
            else:
                assert not resource.keys() & {"selector", "state", "scope", "source"}

    def test_a_quote_selector_has_the_words_and_what_stands_around_them(self, rich):
        for one in annotations(rich):
            quote, _ = one["target"]["selector"]
            assert quote["type"] == "TextQuoteSelector"
            assert all(isinstance(quote[name], str) for name in ("exact", "prefix", "suffix"))

    def test_a_position_selector_counts_code_points_of_the_version_s_text(self, rich):
        text = rich.article.current.text
        for one in annotations(rich):
            quote, place = one["target"]["selector"]
            assert place["type"] == "TextPositionSelector"
            assert text[place["start"] : place["end"]] == quote["exact"]

    def test_times_are_in_utc(self, rich):
        for one in annotations(rich):
            times = [one["created"], one["modified"]]
            times += [r["sourceDate"] for r in resources(one) if "sourceDate" in r]
            assert all(UTC.fullmatch(time) for time in times)

    def test_nothing_is_empty(self, rich):
        found = [value for r in resources(annotations(rich)) for value in r.values()]
        assert not [value for value in found if value in ("", None, [], {})]


def test_a_verdict_assesses_the_claim_s_words(rich):
    one = by_motivation(rich)["assessing"]
    said = {body.get("purpose"): body.get("value") for body in one["body"]}
    assert (said["assessing"], said["describing"]) == ("Mostly true", "One detail is off.")
    assert one["target"]["source"].endswith(f"/api/v1/articles/{rich.article_id}/versions/1/")
    assert one["target"]["scope"] == "https://paper.example/1"


def test_a_target_says_when_it_was_read_and_where_it_is_kept(rich):
    target = by_motivation(rich)["identifying"]["target"]
    assert target["state"] == {
        "type": "TimeState",
        "sourceDate": READ_AT[1],
        "cached": target["source"],
    }


def test_evidence_links_the_quote_in_the_source_as_it_was_read(rich):
    [body] = [
        body
        for one in annotations(rich)
        for body in several(one["body"])
        if body.get("source") == "https://audit.example/1"
    ]
    assert body["selector"] == {"type": "TextQuoteSelector", "exact": "cost 40 million crowns"}
    assert UTC.fullmatch(body["state"]["sourceDate"])


def test_a_withheld_source_is_a_placeholder(rich):
    text = json.dumps(annotations(rich))
    assert ("Withheld source" in text, "Witness" in text) == (True, False)


def test_evidence_keeps_its_id_when_its_place_changes(rich):
    document = json.loads(CurrentVerdict.objects.get(pk=rich.pk).publication.document)
    before = {one["id"] for one in annotations(rich)}
    document["evidence"].reverse()
    assert {one["id"] for one in render_annotations(document, read_at=READ_AT)} == before


@pytest.mark.parametrize("take_back", [retract_verdict, reopen_claim])
def test_what_is_not_in_force_is_not_assessed(take_back):
    claim = make_published_claim()
    take_back(actor=make_user(Role.EDITOR), claim=claim, reason="It was wrong.")
    assert list(by_motivation(claim)) == ["identifying"]


def test_a_script_for_an_address_is_no_source():
    claim = make_published_claim()
    document = json.loads(CurrentVerdict.objects.get(pk=claim.pk).publication.document)
    document["evidence"][0]["source"]["address"] = "javascript:alert(1)"
    document["article"]["address"] = "javascript:alert(1)"
    found = render_annotations(document, read_at=READ_AT)
    assert "javascript" not in json.dumps(found)


def test_a_claim_without_words_is_about_the_article():
    claim = make_published_claim()
    document = json.loads(CurrentVerdict.objects.get(pk=claim.pk).publication.document)
    document["claim"]["spans"] = []
    [one, *_] = render_annotations(document, read_at=READ_AT)
    assert one["target"] == document["article"]["url"]
