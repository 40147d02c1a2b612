"""Verdicts: what is in force, filters, and bytes that are served as they were published."""

import hashlib
import json

import pytest

from accounts.roles import Role
from publishing.chain import canonical
from publishing.models import CurrentVerdict, Publication
from publishing.services import reopen_claim, retract_verdict
from tests import factories

pytestmark = pytest.mark.django_db
VERDICTS = "/api/v1/verdicts/"


def ids(response):
    assert response.status_code == 200, response.content
    return [document["id"] for document in response.json()["results"]]


@pytest.fixture
def three(db):
    """One in force, one retracted, one under re-review."""
    editor = factories.make_user(Role.EDITOR)
    standing = {
        name: factories.make_published_claim() for name in ("published", "retracted", "reopened")
    }
    retract_verdict(actor=editor, claim=standing["retracted"], reason="The audit was forged.")
    reopen_claim(actor=editor, claim=standing["reopened"], reason="A new audit is out.")
    return {name: str(claim.pk) for name, claim in standing.items()}


def test_only_verdicts_in_force_are_listed_unless_others_are_asked_for(client, three):
    assert ids(client.get(VERDICTS)) == [three["published"]]


@pytest.mark.parametrize("name", ["verdicts", "claims"])
def test_the_record_is_listed_by_what_readers_are_told_today(client, three, subtests, name):
    for status, pk in three.items():
        with subtests.test(status):
            assert ids(client.get(f"/api/v1/{name}/", {"status": status})) == [pk]


def test_any_lists_every_verdict_the_newest_entry_first(client, three):
    expected = [three["reopened"], three["retracted"], three["published"]]
    assert ids(client.get(VERDICTS, {"status": "any"})) == expected


def test_a_verdict_is_the_stored_text_byte_for_byte(client, published):
    stored = Publication.objects.get().document
    assert client.get(f"{VERDICTS}{published.pk}/").content.decode() == stored


def test_a_list_holds_the_stored_texts_byte_for_byte(client, published):
    other = factories.make_published_claim()
    texts = [Publication.objects.get(claim=claim).document for claim in (other, published)]
    expected = f'{{"results":[{texts[0]},{texts[1]}],"next":null}}'
    assert client.get(VERDICTS).content.decode() == expected


def test_the_etag_of_a_verdict_is_the_hash_of_its_bytes(client, published):
    response = client.get(f"{VERDICTS}{published.pk}/")
    assert response["ETag"] == f'"{hashlib.sha256(response.content).hexdigest()}"'


def test_a_retracted_verdict_says_so_at_its_own_address(client, three):
    document = client.get(f"{VERDICTS}{three['retracted']}/").json()
    assert (document["kind"], document["note"]) == ("retraction", "The audit was forged.")


@pytest.fixture
def two(db):
    """A claim about prawns, found in a paper, and another."""
    article = factories.make_article(
        url="https://paper.example/prawns", publisher="The Paper", language="en"
    )
    wanted = factories.make_published_claim(
        article=article,
        statement="Prawns cost 40 crowns.",
        claimant_name="Ida Quell",
        kind="statistic",
        language="en",
    )
    other = factories.make_reviewed_claim("false", "false", language="nb")
    other = publish(other)
    return wanted, other


def publish(claim):
    from publishing.services import publish_verdict
    from reviews.services import write_verdict

    editor = factories.make_user(Role.EDITOR)
    write_verdict(actor=editor, claim=claim, summary="No.", justification="The audit says not.")
    publish_verdict(actor=factories.make_user(Role.EDITOR), claim=claim, signature=factories.SIGNED)
    return claim


FILTERS = [
    ("rating", "true"),
    ("normalised", "supported"),
    ("claimant", "Ida Quell"),
    ("article_url", "https://paper.example/prawns"),
    ("article_url", "HTTPS://Paper.example:443/prawns?utm_source=x#y"),
    ("publisher", "The Paper"),
    ("kind", "statistic"),
    ("language", "en"),
    ("q", "prawn"),
    ("q", "quell"),
]


@pytest.mark.parametrize("name", ["verdicts", "claims"])
def test_a_filter_keeps_what_fits_and_drops_the_rest(client, two, subtests, name):
    wanted, _ = two
    for parameter, value in [*FILTERS, ("article", wanted.article_id)]:
        with subtests.test(parameter, value=value):
            assert ids(client.get(f"/api/v1/{name}/", {parameter: value})) == [str(wanted.pk)]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"published_after": "2000-01-01"}, 1),
        ({"published_after": "2999-01-01"}, 0),
        ({"published_before": "2000-01-01T00:00:00Z"}, 0),
        ({"published_before": "2999-01-01T00:00:00+02:00"}, 1),
        ({"published_after": "2000-01-01", "published_before": "2999-01-01"}, 1),
    ],
)
def test_verdicts_can_be_narrowed_to_a_time(client, published, query, count):
    assert len(ids(client.get(VERDICTS, query))) == count


def test_a_time_bound_includes_its_start_and_excludes_its_end(client, published):
    moment = CurrentVerdict.objects.get().published_at.isoformat()
    assert len(ids(client.get(VERDICTS, {"published_after": moment}))) == 1
    assert ids(client.get(VERDICTS, {"published_before": moment})) == []


def test_a_tag_finds_the_claims_that_have_it(client):
    tagged = factories.make_published_claim(tags=["sand", "trade"])
    factories.make_published_claim(tags=["ferries"])
    for name in ("verdicts", "claims"):
        assert ids(client.get(f"/api/v1/{name}/", {"tag": " Sand "})) == [str(tagged.pk)]


def test_an_empty_list_is_an_answer(client, db):
    assert client.get(VERDICTS).json() == {"results": [], "next": None}


def test_a_verdict_of_a_claim_that_is_not_published_is_not_there(client, db):
    claim = factories.make_claim()
    assert client.get(f"{VERDICTS}{claim.pk}/").status_code == 404


def test_html_in_a_statement_stays_json(client, db):
    claim = factories.make_published_claim(statement="<script>alert(1)</script> is “here”.")
    response = client.get(VERDICTS)
    assert response["Content-Type"] == "application/json"
    assert json.loads(response.content)["results"][0]["claim"]["statement"] == claim.statement


def test_who_catches_up_sees_what_was_taken_back_oldest_first(client):
    first, second = factories.make_published_claim(), factories.make_published_claim()
    last = client.get(VERDICTS).json()["results"][0]["seq"]
    retract_verdict(actor=factories.make_user(Role.EDITOR), claim=first, reason="It was wrong.")
    for query in ({"since": last}, {"updated_since": "2000-01-01", "since": last}):
        (told,) = client.get(VERDICTS, query).json()["results"]
        assert (told["id"], told["kind"]) == (str(first.pk), "retraction")
    assert ids(client.get(VERDICTS, {"updated_since": "2000-01-01"})) == [
        str(second.pk),
        str(first.pk),
    ]


def test_catching_up_goes_on_by_place_and_not_by_cursor(client):
    wanted = [str(factories.make_published_claim().pk) for _ in range(3)]
    found, address = [], f"{VERDICTS}?since=0&limit=1"
    while address:
        page = client.get(address).json()
        found += [one["id"] for one in page["results"]]
        address = page["next"]
    assert found == wanted
    refused = client.get(VERDICTS, {"since": 0, "cursor": "x"})
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["cursor"])


def test_only_the_members_asked_for_are_sent(client, published):
    (told,) = client.get(VERDICTS, {"fields": "id,verdict.label"}).json()["results"]
    assert told == {"id": str(published.pk), "verdict": {"label": told["verdict"]["label"]}}
    refused = client.get(VERDICTS, {"fields": "nonsense"})
    assert (refused.status_code, list(refused.json()["errors"])) == (400, ["fields"])


def test_the_history_comes_with_a_verdict_that_is_asked_for_with_it(client, published):
    retract_verdict(actor=factories.make_user(Role.EDITOR), claim=published, reason="It was wrong.")
    (told,) = client.get(VERDICTS, {"include": "history", "status": "any"}).json()["results"]
    assert [entry["kind"] for entry in told["history"]] == ["publication", "retraction"]
    assert told["history"][-1] == {
        name: told[name] for name in ("seq", "kind", "published_at", "note")
    } | {"sha256": hashlib.sha256(canonical(without_history(told)).encode()).hexdigest()}


def without_history(document):
    return {name: value for name, value in document.items() if name != "history"}
