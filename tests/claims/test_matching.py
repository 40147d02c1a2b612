"""Finding claims by words, and by likeness to a new claim."""

import pytest

from claims.models import Claim
from tests.factories import make_article, make_claim

pytestmark = pytest.mark.django_db


@pytest.fixture
def claims():
    article = make_article()
    words = {
        "cost": "The harbour works cost 40 million crowns.",
        "ships": "The harbour handled 1,200 ships last year.",
        "herring": "The noise of the works drove the herring away from the harbour.",
    }
    return {key: make_claim(article=article, statement=text) for key, text in words.items()}


def keys(found, claims):
    return {key for key, claim in claims.items() if claim in set(found)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("herring", {"herring"}),
        ("Harbours", {"cost", "ships", "herring"}),
        ("harbour -herring", {"cost", "ships"}),
        ('"harbour works"', {"cost"}),
        ("ships or herring", {"ships", "herring"}),
        ("ferry", set()),
        ("", {"cost", "ships", "herring"}),
        ("  ", {"cost", "ships", "herring"}),
        ("\x00", {"cost", "ships", "herring"}),
        ("herr\x00ing", {"herring"}),
        ("' OR 1=1 --", set()),
        ("<script>& | ! ()", set()),
    ],
)
def test_claims_are_found_by_words_as_a_person_types_them(claims, text, found):
    assert keys(Claim.objects.search(text), claims) == found


def test_an_edited_copy_of_a_claim_is_found_as_alike(claims):
    (score, claim), *rest = Claim.objects.alike("The harbour works cost 41 million crowns.")
    assert (claim, rest) == (claims["cost"], [])
    assert 70 <= score < 100


def test_the_same_claim_scores_highest_and_comes_first(claims):
    twin = make_claim(statement="The harbour works cost 40 million crowns in all.")
    found = Claim.objects.alike(str(claims["cost"]))
    assert [claim for _, claim in found] == [claims["cost"], twin]
    assert found[0][0] == 100


@pytest.mark.parametrize("statement", ["", "a an it", "?! --", "Nothing whatever resembles this."])
def test_what_is_like_nothing_finds_nothing(claims, statement):
    assert Claim.objects.alike(statement) == []


def test_no_more_are_shown_than_asked_for(claims):
    for _ in range(3):
        make_claim(statement="The harbour works cost 40 million crowns.")
    assert len(Claim.objects.alike(str(claims["cost"]), limit=2)) == 2


def test_the_claims_of_a_version_are_those_with_words_in_it(claims):
    elsewhere = make_claim()
    version = claims["cost"].article.current
    assert elsewhere not in Claim.objects.of_version(version)
    assert keys(Claim.objects.of_version(version), claims) == set(claims)


def test_the_most_worth_checking_comes_first_and_unknown_worth_last(claims):
    Claim.objects.filter(pk=claims["ships"].pk).update(worth=0.9)
    Claim.objects.filter(pk=claims["herring"].pk).update(worth=0.1)
    assert list(Claim.objects.checkworthy()) == [
        claims["ships"],
        claims["herring"],
        claims["cost"],
    ]
