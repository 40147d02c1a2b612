"""Nothing that is not published reaches anybody without a role at the desk."""

import pytest

from accounts.models import Scope
from accounts.roles import Role
from claims.models import Claim
from claims.services import correct_claim
from claims.services.claimants import find_claimant
from publishing.services import reopen_claim
from reviews.services import add_comment
from sources.models import SourceKind
from tests import factories

pytestmark = pytest.mark.django_db

OUTSIDERS = ["anonymous", "consumer who reads", "consumer who writes"]
LISTS = ["articles", "claims", "verdicts", "publications"]
#: Words that are only in what is not published.
SECRET = "Secretly"


@pytest.fixture
def outsider(request, key):
    return {
        "anonymous": lambda: {},
        "consumer who reads": lambda: key(Role.CONSUMER, Scope.READ),
        "consumer who writes": lambda: key(Role.CONSUMER, Scope.WRITE),
    }[request.param]()


@pytest.fixture
def desk(db):
    """A published claim with an inner life, beside claims and an article that nobody has published."""
    editor = factories.make_user(Role.EDITOR, name=f"{SECRET} named")
    article = factories.make_article(byline="By a reporter")
    public = factories.make_published_claim(article=article, statement="The works cost 40 million.")
    inner = {"engine": SECRET, "flag": f"{SECRET} flagged", "reasons": [f"{SECRET} suggested"]}
    Claim.objects.filter(pk=public.pk).update(**inner)
    add_comment(actor=editor, claim=public, text=f"{SECRET} remarked.")
    hidden = factories.make_reviewed_claim(
        "true", "false", article=article, statement=f"{SECRET} disputed."
    )
    withheld = factories.make_source(
        title=f"{SECRET} told", kind=SourceKind.WITHHELD, withheld_reason="In danger."
    )
    decided = factories.make_reviewed_claim("true", "true", article=article)
    return {
        "public": public,
        "hidden": hidden,
        "withheld": withheld,
        "decided": decided,
        "elsewhere": factories.make_claim(
            article=factories.make_article(title=f"{SECRET} written"), statement=f"{SECRET} open."
        ),
    }


#: Address, whose id, and what an outsider gets.
TABLE = [
    ("articles/", None, 200),
    ("claims/", None, 200),
    ("verdicts/", None, 200),
    ("verdicts/?status=any", None, 200),
    ("publications/", None, 200),
    ("publications/1/", None, 200),
    ("publications/2/", None, 404),
    ("articles/{article}/", "public", 200),
    ("claims/{claim}/", "public", 200),
    ("verdicts/{claim}/", "public", 200),
    ("claims/{claim}/", "hidden", 404),
    ("claims/{claim}/", "decided", 404),
    ("claims/{claim}/", "elsewhere", 404),
    ("verdicts/{claim}/", "hidden", 404),
    ("verdicts/{claim}/", "decided", 404),
    ("verdicts/{claim}/", "elsewhere", 404),
    ("articles/{article}/", "elsewhere", 404),
    ("claims/?q=disputed", None, 200),
    ("articles/?q=written", None, 200),
    ("claims/?status=disputed", None, 400),
    ("claims/?status=open", None, 400),
    ("claims/?worth=1", None, 400),
]


@pytest.mark.parametrize("outsider", OUTSIDERS, indirect=True)
def test_an_outsider_gets_what_is_published_and_nothing_else(client, desk, outsider, subtests):
    for address, which, status in TABLE:
        claim = desk[which or "public"]
        path = address.format(claim=claim.pk, article=claim.article_id)
        with subtests.test(address=address, which=which):
            response = client.get(f"/api/v1/{path}", headers=outsider)
            assert response.status_code == status
            assert SECRET not in response.content.decode()
            assert '"desk"' not in response.content.decode()


@pytest.mark.parametrize("outsider", OUTSIDERS, indirect=True)
@pytest.mark.parametrize("name", LISTS)
def test_a_list_has_one_row_for_the_one_thing_that_is_published(client, published, outsider, name):
    factories.make_reviewed_claim("true", "true")
    assert len(client.get(f"/api/v1/{name}/", headers=outsider).json()["results"]) == 1


@pytest.mark.parametrize("name", ["articles", "claims", "verdicts"])
def test_a_reopened_claim_keeps_its_published_words_while_the_desk_changes_them(client, desk, name):
    editor, claim = factories.make_user(Role.EDITOR), desk["public"]
    reopen_claim(actor=editor, claim=claim, reason="A new audit is out.")
    claimant = find_claimant(f"{SECRET} accused")
    correct_claim(
        actor=editor, claim=claim, expected=None, statement=f"{SECRET} reworded.", claimant=claimant
    )
    for address in (f"articles/{claim.article_id}", f"claims/{claim.pk}", f"verdicts/{claim.pk}"):
        assert SECRET not in client.get(f"/api/v1/{address}/").content.decode()


def test_a_published_withheld_source_is_a_placeholder_with_a_reason(client, desk):
    claim = factories.make_claim(status="open")
    factories.make_evidence(claim, source=desk["withheld"])
    _publish(claim)
    [item] = client.get(f"/api/v1/claims/{claim.pk}/").json()["evidence"]
    placeholder = {"kind": "withheld", "title": "Withheld source", "reason": "In danger."}
    assert item["source"] == placeholder


def _publish(claim):
    from publishing.services import publish_verdict
    from reviews.services import ReviewDraft, submit_review, take_claim, write_verdict

    for _ in range(2):
        reviewer = factories.make_user()
        take_claim(actor=reviewer, claim=claim)
        draft = ReviewDraft(rating=factories.house_rating("true"), rationale="It shows.")
        submit_review(actor=reviewer, claim=claim, draft=draft)
    write_verdict(
        actor=factories.make_user(Role.EDITOR), claim=claim, summary="Yes.", justification="So."
    )
    publish_verdict(actor=factories.make_user(Role.EDITOR), claim=claim, signature=factories.SIGNED)


@pytest.fixture
def closed(settings):
    settings.ASSAY_PUBLIC_API = False


def test_a_closed_api_asks_strangers_for_a_key_whatever_they_ask(
    client, published, closed, subtests
):
    for address in [*LISTS, f"claims/{published.pk}", f"articles/{published.article_id}"]:
        with subtests.test(address):
            assert client.get(f"/api/v1/{address}/").status_code == 401


def test_a_closed_api_does_not_say_what_is_there(client, closed, db):
    nothing = "00000000-0000-0000-0000-000000000000"
    assert client.get(f"/api/v1/claims/{nothing}/").status_code == 401


def test_a_closed_api_answers_a_consumers_key(client, published, closed, key, subtests):
    headers = key(Role.CONSUMER)
    for name in LISTS:
        with subtests.test(name):
            response = client.get(f"/api/v1/{name}/", headers=headers)
            assert (response.status_code, response["Cache-Control"]) == (200, "private, no-store")
