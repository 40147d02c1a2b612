"""Nothing unpublished shows, and nothing published runs."""

import json
import re
import xml.etree.ElementTree as ET

import pytest
from django.urls import reverse

from accounts.roles import Role
from articles.models import Article
from claims.kinds import Kind, Mode, Status
from claims.services import correct_claim
from publishing.services import correct_verdict, publish_verdict, reopen_claim
from reviews.services import (
    ReviewDraft,
    VerdictDraft,
    add_comment,
    submit_review,
    take_claim,
    write_verdict,
)
from sources.models import SourceKind
from sources.services import withdraw_evidence
from tests.factories import (
    SIGNED,
    house_rating,
    make_article,
    make_claim,
    make_evidence,
    make_published_claim,
    make_reviewed_claim,
    make_source,
    make_user,
)
from tests.publishing.crawl import crawl

pytestmark = pytest.mark.django_db
UNPUBLISHED = [status for status in Status if status not in {Status.PUBLISHED, Status.RETRACTED}]


def everything():
    return "\n".join(body for _, body in crawl())


@pytest.mark.parametrize("status", UNPUBLISHED)
class TestAClaimThatIsNotPublished:
    @pytest.fixture
    def claim(self, status):
        published = make_published_claim()
        return make_claim(
            article=published.article,
            status=status,
            quote="Fishermen said the noise had driven the herring away.",
            statement="SECRET statement.",
            claimant_name="SECRET claimant",
        )

    def test_shows_on_no_page(self, claim):
        assert "SECRET" not in everything()

    def test_leaves_no_mark_in_the_article(self, claim):
        assert "herring" not in " ".join(re.findall(r"<mark.*?</mark>", everything()))

    def test_has_no_page(self, claim, client):
        assert client.get(reverse("publishing:show-claim", args=[claim.pk])).status_code == 404


def test_an_article_without_a_verdict_has_no_page(client):
    claim = make_claim()
    address = reverse("publishing:show-article", args=[claim.article_id])
    assert client.get(address).status_code == 404


def test_an_article_without_a_verdict_is_not_listed():
    make_claim(
        article=make_article(
            text="SECRET headline\n\nA SECRET text of some words.", publisher="SECRET"
        ),
        quote="A SECRET text of some words.",
    )
    assert "SECRET" not in everything()


def test_a_claimant_without_a_verdict_has_no_page(client):
    claim = make_claim(claimant_name="Ida Quell")
    address = reverse("publishing:show-claimant", args=[claim.claimant_id])
    assert client.get(address).status_code == 404


@pytest.fixture
def internal():
    """A published claim with everything internal that a claim can have."""
    claim = make_claim()
    source = make_source(
        title="SECRET interview",
        author="SECRET person",
        publisher="SECRET office",
        url="https://secret.example/SECRET",
        kind=SourceKind.WITHHELD,
        withheld_reason="It would harm them.",
    )
    make_evidence(claim, source=source, copy="SECRET: it cost 40 million crowns.")
    withdrawn = make_evidence(claim, note="SECRET note", question="SECRET question?")
    withdraw_evidence(actor=make_user(), evidence=withdrawn, reason="SECRET reason")
    add_comment(actor=make_user(), claim=claim, text="SECRET remark")
    for number in range(2):
        reviewer = make_user(name="SECRET reviewer", email=f"secret{number}@example.org")
        take_claim(actor=reviewer, claim=claim)
        draft = ReviewDraft(rating=house_rating(), rationale="SECRET rationale")
        submit_review(actor=reviewer, claim=claim, draft=draft)
    editor = make_user(Role.EDITOR, name="SECRET editor")
    write_verdict(actor=editor, claim=claim, summary="It did.", justification="The audit.")
    publish_verdict(
        actor=make_user(Role.EDITOR, name="SECRET publisher"), claim=claim, signature=SIGNED
    )
    claim.refresh_from_db()
    return claim


@pytest.mark.usefixtures("internal")
def test_people_remarks_reviews_and_withheld_details_show_nowhere():
    assert "secret" not in everything().lower()


def test_what_is_changed_while_a_claim_is_under_re_review_does_not_show():
    claim = make_published_claim(claimant_name="Ida Quell")
    claim = reopen_claim(actor=make_user(Role.EDITOR), claim=claim, reason="New evidence.")
    correct_claim(actor=make_user(), claim=claim, expected=None, statement="SECRET new wording.")
    make_evidence(claim, note="SECRET evidence")
    assert "SECRET" not in everything()


def test_a_claim_sent_back_for_another_round_does_not_show():
    make_reviewed_claim(statement="SECRET statement.")
    assert "SECRET" not in everything()


# Hostile words

ATTACK = "</script><script>alert(1)</script>\"'><img src=x onerror=alert(1)>&amp;{{ 7|add:7 }}"


@pytest.fixture
def hostile():
    article = make_article(
        text=f"{ATTACK}\n\nIt cost 40 million crowns. {ATTACK} It was said.\n", publisher=ATTACK
    )
    Article.objects.filter(pk=article.pk).update(url="javascript:alert(1)", title=ATTACK)
    claim = make_claim(
        article=Article.objects.get(pk=article.pk),
        statement=f"Claim {ATTACK}",
        claimant_name=f"Ida {ATTACK}",
    )
    source = make_source(title=ATTACK, author=ATTACK, publisher=ATTACK)
    make_evidence(claim, source=source, note=ATTACK, question=ATTACK, quote=ATTACK, copy=ATTACK)
    for _ in range(2):
        reviewer = make_user()
        take_claim(actor=reviewer, claim=claim)
        submit_review(actor=reviewer, claim=claim, draft=ReviewDraft(house_rating(), ATTACK))
    write_verdict(actor=make_user(Role.EDITOR), claim=claim, summary=ATTACK, justification=ATTACK)
    editor = make_user(Role.EDITOR)
    publish_verdict(actor=editor, claim=claim, signature=SIGNED)
    draft = VerdictDraft(house_rating("false"), ATTACK, ATTACK)
    correct_verdict(actor=editor, claim=claim, draft=draft, note=ATTACK)
    return claim


@pytest.mark.usefixtures("hostile")
class TestHostileWords:
    def test_no_page_holds_them_as_markup(self):
        bodies = everything()
        assert not re.findall(r"<img src=x|<script>|javascript:", bodies)

    def test_every_script_is_a_data_block(self):
        kinds = re.findall(r"<script([^>]*)>", everything())
        assert kinds == [' type="application/ld+json"']

    def test_the_json_ld_still_holds_the_words(self, client, hostile):
        html = client.get(reverse("publishing:show-claim", args=[hostile.pk])).content.decode()
        block = re.search(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
        assert json.loads(block[1])["reviewBody"] == ATTACK

    def test_searching_for_them_gives_a_page(self, client):
        response = client.get(
            reverse("publishing:list-verdicts"), {"q": ATTACK, "claimant": ATTACK}
        )
        assert (response.status_code, b"<script>" in response.content) == (200, False)


# The feed

ATOM = "{http://www.w3.org/2005/Atom}"


def entries(client):
    feed = client.get(reverse("publishing:feed")).content
    root = ET.fromstring(feed)  # noqa: S314 - our own feed
    return root.findall(f"{ATOM}entry")


def test_the_feed_has_an_entry_for_each_publication_newest_first(client):
    claim = make_published_claim(statement="It cost 40 million.")
    draft = VerdictDraft(house_rating("false"), "No.", "It did not.")
    correct_verdict(actor=make_user(Role.EDITOR), claim=claim, draft=draft, note="We misread it.")
    reopen_claim(actor=make_user(Role.EDITOR), claim=claim, reason="Once more.")
    assert [entry.findtext(f"{ATOM}title") for entry in entries(client)] == [
        "Under re-review: It cost 40 million.",
        "Corrected: False: It cost 40 million.",
        "True: It cost 40 million.",
    ]


def test_entries_of_one_claim_have_ids_of_their_own(client):
    claim = make_published_claim()
    reopen_claim(actor=make_user(Role.EDITOR), claim=claim, reason="Once more.")
    assert len({entry.findtext(f"{ATOM}id") for entry in entries(client)}) == 2


def test_the_feed_parses_whatever_a_statement_holds(client):
    make_published_claim(statement="A bell \x07, an escape \x1b and <b>markup</b> & \ufffe.")
    assert entries(client)[0].findtext(f"{ATOM}title") == (
        "True: A bell \N{REPLACEMENT CHARACTER}, an escape \N{REPLACEMENT CHARACTER} and <b>markup</b> & "
        "\N{REPLACEMENT CHARACTER}."
    )


def test_a_pair_s_other_question_is_not_linked_before_it_is_published(client):
    article = make_article()
    said = make_claim(article=article, kind=Kind.QUOTATION, mode=Mode.NARRATOR)
    is_true = make_published_claim(article=article, attribution=said)
    html = client.get(reverse("publishing:show-claim", args=[is_true.pk])).content.decode()
    assert str(said.pk) not in html
