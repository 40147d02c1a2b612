"""How the tests of readers' pages ask for one, and what they publish first."""

from django.urls import reverse

from accounts.roles import Role
from claims.kinds import Kind
from publishing.services import correct_verdict
from reviews.services import VerdictDraft
from tests.factories import house_rating, make_article, make_published_claim, make_user


def page(client, name, *args, **query):
    response = client.get(reverse(f"publishing:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def claim_page(client, claim):
    return page(client, "show-claim", claim.pk)


def correct(claim, slug="mostly-true", note="The year was wrong."):
    draft = VerdictDraft(house_rating(slug), "Nearly.", "One detail is off.")
    return correct_verdict(actor=make_user(Role.EDITOR), claim=claim, draft=draft, note=note)


def make_pair():
    article = make_article()
    said = make_published_claim(
        article=article, kind=Kind.QUOTATION, statement="Quell said that traffic will double."
    )
    is_true = make_published_claim(
        article=article,
        statement="Traffic will double.",
        attribution=said,
        claimant_name="Ida Quell",
    )
    return said, is_true
