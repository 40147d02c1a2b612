"""A claim's tags at the desk: given with the claim, changed later, and refused in words when they are too many."""

import pytest

from claims.kinds import Status
from claims.models import Claim
from tests.factories import make_article, make_claim
from tests.reviews.forms import at, filled_in

pytestmark = pytest.mark.django_db
MANY = ", ".join(f"tag {n}" for n in range(21))


def edit(desk, claim, tags):
    return desk.post(at("reviews:edit-claim", claim), filled_in(claim) | {"tags": tags})


def tags_of(claim):
    claim.refresh_from_db()
    return claim.tags


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("port", ["port"]),
        (" The  Port ,budget,, port , Budget", ["budget", "port", "the port"]),
        (", ,", []),
        ("", []),
        ("a" * 50, ["a" * 50]),
        (f"{MANY[:-8]}, TAG 1, tag 2", sorted(MANY[:-8].split(", "))),
    ],
)
def test_tags_are_kept_in_small_letters_each_once(desk, typed, kept):
    claim = make_claim(tags=["rail"])
    assert edit(desk, claim, typed).status_code == 302
    assert tags_of(claim) == kept


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        (MANY, "These are 21 tags. Keep the 20 that matter most."),
        (f"port, {'a' * 51}", "too long for a tag: use at most 50 characters"),
        ("ß" * 26, "too long for a tag: use at most 50 characters"),
        ("<b>" * 20, "“&lt;b&gt;&lt;b&gt;"),
    ],
)
class TestTooMuch:
    def test_is_refused_at_the_field(self, desk, typed, words):
        response = edit(desk, make_claim(), typed)
        assert response.status_code == 400
        assert words in response.content.decode()
        assert list(response.context["form"].errors) == ["tags"]

    def test_changes_nothing_and_loses_nothing_typed(self, desk, typed, words):
        claim = make_claim(tags=["rail"])
        form = edit(desk, claim, typed).context["form"]
        assert form["tags"].value() == typed
        assert (form["statement"].value(), tags_of(claim)) == ("The mill burnt down.", ["rail"])


def test_a_new_claim_takes_its_tags(desk):
    article = make_article()
    sent = filled_in(article) | {"tags": "Port, Budget"}
    assert desk.post(at("reviews:add-claim", article), sent).status_code == 302
    assert Claim.objects.get().tags == ["budget", "port"]


def test_a_suggestion_is_taken_on_with_its_tags(desk):
    claim = make_claim(status=Status.SUGGESTED)
    edit(desk, claim, "port")
    assert (tags_of(claim), claim.status) == (["port"], Status.OPEN)


def test_the_form_has_the_tags_as_one_types_them(desk):
    page = desk.get(at("reviews:edit-claim", make_claim(tags=["budget", "port"])))
    assert 'name="tags" value="budget, port"' in page.content.decode()


def test_the_claims_page_has_a_link_for_each_tag(desk):
    claim = make_claim(tags=["fish & chips"])
    page = desk.get(claim.get_absolute_url()).content.decode()
    assert '<a href="/?tag=fish%20%26%20chips">fish &amp; chips</a>' in page


def test_a_claim_that_is_edited_is_not_offered_as_one_checked_already(desk):
    claim = make_claim()
    page = desk.get(at("reviews:edit-claim", claim)).content.decode()
    assert f"?except={claim.pk}" in page
