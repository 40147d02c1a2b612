"""Claims over the API: made of words of an article, given further words, worded anew."""

import pytest

from accounts.roles import Role
from audit.models import Event
from claims.kinds import Status
from claims.models import Claim, Claimant, Span
from tests import factories
from tests.api.writing import Writer

pytestmark = pytest.mark.django_db
QUOTE = "It cost 40 million crowns."


@pytest.fixture
def article():
    return factories.make_article()


@pytest.fixture
def writer():
    return Writer(Role.CONTRIBUTOR)


def claim_on(article, *spans, **fields):
    wanted = {"article": str(article.pk), "statement": "The works cost 40 million crowns."}
    return {**wanted, "spans": list(spans) or [{"quote": QUOTE}], **fields}


class TestMaking:
    def test_a_claim_comes_in_with_all_that_is_said_of_it(self, writer, article):
        said = factories.make_claim(article=article, kind="quotation")
        response = writer.post(
            "claims/",
            claim_on(
                article,
                kind="statistic",
                mode="indirect",
                claimant={"name": "Ida Quell", "role": "Harbour master", "kind": "person"},
                claimed_on="2026-03-01",
                language="en-GB",
                tags=["Harbours", "public  money"],
                attribution=str(said.pk),
            ),
        )
        assert response.status_code == 201
        found = response.json()
        assert (found["status"], found["kind"], found["mode"]) == ("open", "statistic", "indirect")
        assert (found["claimant"]["name"], found["claimed_on"]) == ("Ida Quell", "2026-03-01")
        assert (found["language"], found["attribution"]["id"]) == ("en-GB", str(said.pk))
        assert found["tags"] == ["harbours", "public money"]
        [span] = found["spans"]
        assert (span["quote"], span["version"], span["resolution"]) == (QUOTE, 1, "exact")

    def test_the_answer_is_what_its_address_gives(self, writer, article):
        made = writer.post("claims/", claim_on(article))
        read = writer.get(made["Location"])
        assert (read.content, read["ETag"]) == (made.content, made["ETag"])

    def test_who_made_it_is_in_its_history(self, writer, article):
        pk = writer.post("claims/", claim_on(article)).json()["id"]
        event = Event.objects.get(verb="claim.added", subject_id=pk)
        assert (event.actor, Claim.objects.get(pk=pk).added_by) == (writer.person, writer.person)

    def test_a_suggestion_waits_for_somebody_to_decide(self, writer, article):
        found = writer.post("claims/", claim_on(article, status="suggested")).json()
        assert found["status"] == "suggested"

    def test_words_that_are_nearly_there_are_taken_and_marked(self, writer, article):
        quote = "Fishermen said that the noise had driven the herring away."
        [span] = writer.post("claims/", claim_on(article, {"quote": quote})).json()["spans"]
        assert span["resolution"] == "fuzzy"
        assert span["quote"].startswith("Fishermen said the noise")

    def test_a_claim_may_be_said_in_several_runs_of_words(self, writer, article):
        spans = [{"quote": "reopened on Monday"}, {"quote": QUOTE}]
        found = writer.post("claims/", claim_on(article, *spans)).json()["spans"]
        assert [span["quote"] for span in found] == ["reopened on Monday", QUOTE]

    def test_an_older_version_can_be_named(self, writer, article):
        text = factories.TEXT.replace("40 million", "45 million")
        writer.post(f"articles/{article.pk}/versions/", {"text": text})
        refused = writer.post("claims/", claim_on(article, {"start": 0, "end": 5, "quote": "x"}))
        assert refused.status_code == 400
        found = writer.post("claims/", claim_on(article, version=1)).json()
        assert found["spans"][0]["version"] == 1

    def test_a_known_claimant_is_named_by_id(self, writer, article):
        ida = Claimant.objects.create(name="Ida Quell", role="Harbour master")
        found = writer.post("claims/", claim_on(article, claimant={"id": str(ida.pk)})).json()
        assert (found["claimant"]["role"], Claimant.objects.count()) == ("Harbour master", 1)

    def test_sent_again_with_its_key_it_is_made_once(self, writer, article):
        first, again = (
            writer.post("claims/", claim_on(article), idempotency_key="1") for _ in range(2)
        )
        assert (again.status_code, again.json()) == (201, first.json())
        assert (again["Idempotent-Replayed"], Claim.objects.count()) == ("true", 1)


START = factories.TEXT.index(QUOTE)


@pytest.mark.parametrize(
    ("changed", "wrong"),
    [
        ({"spans": []}, "spans"),
        ({"spans": None}, "spans"),
        ({"spans": {}}, "spans"),
        ({"spans": ["words"]}, "spans.0"),
        ({"spans": [{}]}, "spans.0.quote"),
        ({"spans": [{"start": 1}]}, "spans.0.end"),
        ({"spans": [{"start": "a", "end": 2}]}, "spans.0.start"),
        ({"spans": [{"start": -1, "end": 2}]}, "spans.0.start"),
        ({"spans": [{"start": 0, "end": 10**400}]}, "spans.0.end"),
        ({"spans": [{"start": 0, "end": 999_999}]}, "spans.0.end"),
        ({"spans": [{"start": 5, "end": 5}]}, "spans.0.end"),
        ({"spans": [{"start": 0, "end": 5, "quote": "Others"}]}, "spans.0.quote"),
        ({"spans": [{"quote": "the"}]}, "spans.0.quote"),
        ({"spans": [{"quote": "Words that nobody ever wrote here"}]}, "spans.0.quote"),
        ({"spans": [{"quote": "a\x00b"}]}, "spans.0.quote"),
        ({"spans": [{"quote": "\ud800"}]}, "spans.0.quote"),
        ({"spans": [{"exact": QUOTE}]}, "spans.0.exact"),
        ({"spans": [{"quote": QUOTE}] * 21}, "spans"),
        ({"article": "none"}, "article"),
        ({"article": "00000000-0000-7000-8000-000000000000"}, "article"),
        ({"version": 2}, "version"),
        ({"version": 0}, "version"),
        ({"statement": ""}, "statement"),
        ({"statement": "x" * 2001}, "statement"),
        ({"statement": ["It did."]}, "statement"),
        ({"statement": "\ud800"}, "statement"),
        ({"kind": "rumour"}, "kind"),
        ({"kind": []}, "kind"),
        ({"mode": None}, "mode"),
        ({"status": "published"}, "status"),
        ({"language": "English, please"}, "language"),
        ({"claimed_on": "yesterday"}, "claimed_on"),
        ({"claimed_on": "2026-02-30"}, "claimed_on"),
        ({"tags": "harbours"}, "tags"),
        ({"tags": [["harbours"]]}, "tags.0"),
        ({"tags": ["x" * 51]}, "tags.0"),
        ({"tags": ["x"] * 21}, "tags"),
        ({"claimant": "Ida Quell"}, "claimant"),
        ({"claimant": {}}, "claimant.name"),
        ({"claimant": {"name": ""}}, "claimant.name"),
        ({"claimant": {"name": "A", "id": "00000000-0000-7000-8000-000000000000"}}, "claimant.name"),
        ({"claimant": {"id": "00000000-0000-7000-8000-000000000000"}}, "claimant.id"),
        ({"claimant": {"name": "A", "kind": "ghost"}}, "claimant.kind"),
        ({"claimant": {"name": "A", "born": 1970}}, "claimant.born"),
        ({"attribution": "00000000-0000-7000-8000-000000000000"}, "attribution"),
        ({"verdict": "true"}, "verdict"),
        ({"\ud800": 1}, "\ud800"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named_and_no_claim_is_made(writer, article, changed, wrong):
    response = writer.post("claims/", {**claim_on(article), **changed})
    assert response.status_code == 400
    assert list(response.json()["errors"]) == [wrong]
    assert not Claim.objects.exists()
    assert not Claimant.objects.exists()


@pytest.mark.parametrize("body", [b"", b"[]", b"null", b"1", b'"a"', b"{", b"\xff", b"[" * 9_000])
def test_a_body_that_is_no_object_is_a_problem_in_words(writer, body):
    response = writer.post("claims/", body)
    assert response.status_code == 400
    assert response.json()["detail"]


def test_runs_of_words_that_overlap_are_refused(writer, article):
    spans = [{"quote": QUOTE}, {"quote": "40 million"}]
    response = writer.post("claims/", claim_on(article, *spans))
    assert (response.status_code, Span.objects.count()) == (400, 0)
    assert "overlap" in response.json()["detail"]


def test_a_claimant_who_is_known_as_something_else_is_not_renamed(writer, article):
    Claimant.objects.create(name="The Ministry", kind="organisation")
    sent = claim_on(article, claimant={"name": "The Ministry", "kind": "person"})
    response = writer.post("claims/", sent)
    assert response.status_code == 400
    assert "organisation" in response.json()["errors"]["claimant"][0]


@pytest.mark.parametrize("kind", ["event", "other article"])
def test_a_claim_is_attributed_only_to_that_it_was_said_there(writer, article, kind):
    elsewhere = factories.make_article("Another text\n\nIt cost 40 million crowns.\n")
    said = (
        factories.make_claim(article=article, kind="event")
        if kind == "event"
        else factories.make_claim(article=elsewhere, kind="quotation")
    )
    response = writer.post("claims/", claim_on(article, attribution=str(said.pk)))
    assert (response.status_code, list(response.json()["errors"])) == (400, ["attribution"])


class TestWording:
    def test_only_what_is_sent_changes(self, writer):
        claim = factories.make_claim(claimant_name="Ida Quell", kind="statistic")
        found = writer.patch(f"claims/{claim.pk}/", {"statement": "It cost 41 million."}).json()
        assert (found["statement"], found["kind"]) == ("It cost 41 million.", "statistic")
        assert found["claimant"]["name"] == "Ida Quell"

    def test_null_empties_a_field(self, writer):
        claim = factories.make_claim(claimant_name="Ida Quell")
        found = writer.patch(f"claims/{claim.pk}/", {"claimant": None, "claimed_on": None}).json()
        assert (found["claimant"], found["claimed_on"]) == (None, None)

    def test_the_history_has_both_wordings(self, writer):
        claim = factories.make_claim(statement="It cost 40.")
        writer.patch(f"claims/{claim.pk}/", {"statement": "It cost 41."})
        event = Event.objects.get(verb="claim.edited", subject_id=claim.pk)
        assert (event.before, event.after) == (
            {"statement": "It cost 40."},
            {"statement": "It cost 41."},
        )

    def test_nothing_sent_changes_nothing(self, writer):
        claim = factories.make_claim(status=Status.SUGGESTED)
        assert writer.patch(f"claims/{claim.pk}/").json()["status"] == "suggested"

    def test_a_suggestion_that_is_worded_is_taken_on(self, writer):
        claim = factories.make_claim(status=Status.SUGGESTED)
        found = writer.patch(f"claims/{claim.pk}/", {"statement": "It cost 41."}).json()
        assert (found["status"], found["statement"]) == ("open", "It cost 41.")

    def test_a_claim_is_not_attributed_to_itself(self, writer):
        claim = factories.make_claim(kind="quotation")
        response = writer.patch(f"claims/{claim.pk}/", {"attribution": str(claim.pk)})
        assert (response.status_code, list(response.json()["errors"])) == (400, ["attribution"])

    def test_what_is_published_is_not_worded_anew(self, writer):
        claim = factories.make_published_claim()
        response = writer.patch(f"claims/{claim.pk}/", {"statement": "It did not."})
        assert response.status_code == 400
        assert "Reopen it" in response.json()["detail"]


class TestFurtherWords:
    def test_they_are_added_to_the_claim(self, writer):
        claim = factories.make_claim()
        response = writer.post(f"claims/{claim.pk}/spans/", {"quote": "reopened on Monday"})
        quotes = [span["quote"] for span in response.json()["spans"]]
        assert (response.status_code, sorted(quotes)) == (201, [QUOTE, "reopened on Monday"])

    @pytest.mark.parametrize("sent", [{"quote": "40 million"}, {"start": START, "end": START + 7}])
    def test_words_that_it_has_are_refused(self, writer, sent):
        claim = factories.make_claim()
        response = writer.post(f"claims/{claim.pk}/spans/", sent)
        assert (response.status_code, claim.spans.count()) == (400, 1)

    def test_words_that_are_not_there_are_refused_by_name(self, writer):
        claim = factories.make_claim()
        response = writer.post(f"claims/{claim.pk}/spans/", {"quote": "Nobody wrote this here."})
        assert list(response.json()["errors"]) == ["quote"]
