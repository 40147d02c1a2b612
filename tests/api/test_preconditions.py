"""If-Match: a change is made to what the client knows, or not at all."""

import pytest

from accounts.roles import Role
from claims.models import Claim
from claims.services import correct_claim
from sources.models import Evidence
from tests import factories
from tests.api.writing import Writer
from tests.at_once import at_once

pytestmark = pytest.mark.django_db
STALE = '"0000"'


@pytest.fixture
def editor():
    return Writer(Role.EDITOR)


def etag(writer, address):
    return writer.get(address)["ETag"]


def test_a_change_is_made_to_what_the_client_knows(editor):
    claim = factories.make_claim()
    address = f"claims/{claim.pk}/"
    response = editor.patch(address, {"kind": "statistic"}, if_match=etag(editor, address))
    assert response.status_code == 200
    again = editor.patch(address, {"kind": "event"}, if_match=response["ETag"])
    assert again.json()["kind"] == "event"


def test_a_claim_that_changed_meanwhile_is_left_as_it_is(editor):
    claim = factories.make_claim()
    address = f"claims/{claim.pk}/"
    known = etag(editor, address)
    correct_claim(actor=factories.make_user(), claim=claim, expected=None, statement="It cost 41.")
    response = editor.patch(address, {"statement": "It cost 42."}, if_match=known)
    problem = response.json()
    assert (response.status_code, problem["type"].partition("#")[2]) == (412, "precondition-failed")
    assert "Read it again" in problem["detail"]
    claim.refresh_from_db()
    assert claim.statement == "It cost 41."


def test_evidence_that_came_meanwhile_is_a_change_too(editor):
    claim = factories.make_claim()
    known = etag(editor, f"claims/{claim.pk}/")
    factories.make_evidence(claim)
    response = editor.post(f"claims/{claim.pk}/actions/take/", if_match=known)
    assert response.status_code == 412


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        ("*", 200),
        (STALE, 412),
        ('"0", {known}, "1"', 200),
        ("W/{known}", 412),
        ("", 400),
        ("0000", 400),
        ("\u00e9", 400),
    ],
)
def test_what_is_sent_as_if_match_is_read_as_a_list_of_strong_tags(editor, sent, status):
    claim = factories.make_claim()
    known = etag(editor, f"claims/{claim.pk}/")
    sent = sent.replace("{known}", known)
    response = editor.post(f"claims/{claim.pk}/actions/take/", if_match=sent)
    assert response.status_code == status


ACTIONS = {
    "spans": {"quote": "reopened on Monday"},
    "actions/dismiss": {"reason": "It is a repeat."},
    "actions/assign": {"reviewer": "nobody@example.org"},
    "actions/publish": {},
    "reviews": {"rating": "true", "rationale": "So."},
    "comments": {"text": "Look."},
    "questions": {"text": "Who paid?"},
    "evidence": {"source": "00000000-0000-7000-8000-000000000000", "stance": "context"},
}


@pytest.mark.parametrize("action", ACTIONS)
def test_every_write_on_a_claim_asks_first(editor, action):
    """Before anything else is looked at: what the client means may no longer be so."""
    claim = factories.make_claim()
    address = f"claims/{claim.pk}/{action}/"
    assert editor.post(address, ACTIONS[action], if_match=STALE).status_code == 412


@pytest.mark.parametrize("action", ["withdraw", "override-quote"])
def test_so_does_a_write_on_its_evidence(editor, action):
    item = factories.make_evidence(factories.make_claim())
    sent = {"reason": "So."}
    response = editor.post(f"evidence/{item.pk}/{action}/", sent, if_match=STALE)
    assert response.status_code == 412
    assert Evidence.objects.standing().get().overridden_by is None


def test_what_was_done_with_a_key_is_not_asked_again(editor):
    """The answer got lost: sent again, the ETag no longer holds and need not."""
    claim = factories.make_claim()
    known = etag(editor, f"claims/{claim.pk}/")
    first, again = (
        editor.post(f"claims/{claim.pk}/actions/take/", if_match=known, idempotency_key="a")
        for _ in range(2)
    )
    assert (again.status_code, again.json()) == (200, first.json())


class TestArticles:
    def test_an_article_that_is_as_it_is_known_is_corrected(self, editor):
        address = f"articles/{factories.make_article().pk}/"
        sent = {"title": "The harbour"}
        response = editor.patch(address, sent, if_match=etag(editor, address))
        assert response.json()["title"] == "The harbour"
        assert response["ETag"] == etag(editor, address)

    @pytest.mark.parametrize(
        ("method", "part", "sent"),
        [
            ("PATCH", "", {"title": "Another"}),
            ("POST", "versions/", {"text": "Another text."}),
            ("POST", "detect/", {}),
        ],
    )
    def test_one_that_changed_is_left_as_it_is(self, editor, method, part, sent):
        article = factories.make_article()
        address = f"articles/{article.pk}/{part}"
        assert editor.send(method, address, sent, if_match=STALE).status_code == 412
        assert (article.versions.count(), article.current.detection_runs.count()) == (1, 0)


@pytest.mark.django_db(transaction=True)
class TestAtOnce:
    def test_of_many_with_the_same_etag_one_changes_the_claim(self):
        claim = factories.make_claim()
        writers = [Writer(Role.CONTRIBUTOR) for _ in range(6)]
        address = f"claims/{claim.pk}/"
        known = etag(writers[0], address)

        def change(writer, number):
            sent = {"statement": f"It cost {number}."}
            return writer.patch(address, sent, if_match=known).status_code

        calls = [lambda w=w, n=n: change(w, n) for n, w in enumerate(writers)]
        assert sorted(at_once(*calls)) == [200] + [412] * 5
        assert Claim.objects.get().lock_version == 2

    def test_evidence_and_a_decision_do_not_pass_each_other_by(self):
        """Whoever comes second is told that the claim is another now."""
        claim, source = factories.make_claim(), factories.make_source()
        people = [Writer(Role.CONTRIBUTOR), Writer(Role.CONTRIBUTOR)]
        known = etag(people[0], f"claims/{claim.pk}/")
        evidence = {"source": str(source.pk), "stance": "context"}
        sent = {"evidence": evidence, "actions/dismiss": {"reason": "No evidence."}}

        def write(writer, part):
            return writer.post(f"claims/{claim.pk}/{part}/", sent[part], if_match=known).status_code

        answers = at_once(
            *(lambda w=w, part=part: write(w, part) for w, part in zip(people, sent, strict=True))
        )
        assert sorted(answers) in ([200, 412], [201, 412])
